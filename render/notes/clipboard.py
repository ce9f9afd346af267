"""The clipboard of the desktop, through the program that has it."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archfolio.render.base.errors import EnvironmentProblem

if TYPE_CHECKING:
    from pathlib import Path

_SECONDS = 10


@dataclass(frozen=True, slots=True)
class _Program:
    """A program that puts its standard input on the clipboard."""

    text: tuple[str, ...]
    png: tuple[str, ...] = ()  # empty where it takes no pictures


_PROGRAMS = (
    _Program(("wl-copy",), ("wl-copy", "--type", "image/png")),
    _Program(("xclip", "-selection", "clipboard"), ("xclip", "-selection", "clipboard", "-t", "image/png")),
    _Program(("xsel", "--clipboard", "--input")),
    _Program(("pbcopy",)),
    _Program(("clip.exe",)),
)


def copy_text(text: str) -> None:
    """Put a text on the clipboard.

    Raises EnvironmentProblem where there is none.
    """
    _run([program.text for program in _PROGRAMS], text.encode())


def copy_picture(path: Path) -> None:
    """Put a PNG on the clipboard.

    Raises EnvironmentProblem where there is none that takes pictures.
    """
    _run([program.png for program in _PROGRAMS if program.png], path.read_bytes())


def _run(commands: list[tuple[str, ...]], content: bytes) -> None:
    for command in commands:
        if shutil.which(command[0]):
            # The program stays in the background to hand out what it holds: its output must not keep us waiting.
            try:
                subprocess.run(  # noqa: S603  a fixed command
                    command,
                    input=content,
                    check=True,
                    timeout=_SECONDS,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )
            except (subprocess.SubprocessError, OSError) as error:
                raise EnvironmentProblem(f"{command[0]} did not take it ({error}): leave --copy out") from error
            return
    names = ", ".join(command[0] for command in commands)
    raise EnvironmentProblem(f"there is no clipboard here: install one of {names}, or leave --copy out")
