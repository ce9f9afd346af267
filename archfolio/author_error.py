"""An author's mistake, with the file and line that made it."""

from __future__ import annotations

import contextlib
import difflib
import os
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_MACHINERY = Path(__file__).parent
_ROOMS = tuple(f"{root / 'render'}{os.sep}" for root in (_MACHINERY, _MACHINERY.parent))  # in a wheel, in a clone
_LIBRARY = f"{os.sep}diagrams{os.sep}__init__.py"  # between an edge's operator and the author who wrote it


def where() -> tuple[str, int]:
    """Find the file and line of the author's code that is calling us: the first frame outside the machinery."""
    frame = sys._getframe(1)
    while frame.f_back is not None:
        if not _is_machinery(frame.f_code.co_filename):
            break
        frame = frame.f_back
    return frame.f_code.co_filename, frame.f_lineno


@cache
def _is_machinery(file: str) -> bool:
    """Return whether a frame's file is no author's."""
    ours = Path(file).parent == _MACHINERY or file.startswith(_ROOMS) or file.endswith(_LIBRARY)
    generated = file.startswith("<")  # the __init__ that dataclass writes
    between = file == contextlib.__file__  # `with step(...)` enters through it
    return ours or generated or between


class AuthorError(Exception):
    """Something in a system's module that cannot be right: one sentence with the fix, at a file and line."""

    def __init__(self, sentence: str, at: tuple[str, int] | None = None) -> None:
        """Blame the author's line that is running now, or the one given as (file, line)."""
        self.sentence = sentence
        self.file, self.line = at or where()
        super().__init__(sentence)

    def __reduce__(self) -> tuple[type[AuthorError], tuple[str, tuple[str, int]]]:
        """Travel between processes with the place it blames."""
        return AuthorError, (self.sentence, (self.file, self.line))

    def __str__(self) -> str:
        """Read as `file:line: sentence`."""
        return f"{self.file}:{self.line}: {self.sentence}"


def suggest(word: str, known: Iterable[str]) -> str:
    """Return "; did you mean 'x'?" for the nearest known word, or nothing."""
    near = difflib.get_close_matches(word, list(known), n=1)
    return f"; did you mean '{near[0]}'?" if near else ""
