"""Follow a page of the documentation: write the files that it shows, run the commands that it shows, in its order.

A file is a code block below a line that is nothing but its name, ``name``:, and a command a line of a `console` block
that begins with "$ ". What stands below a command is what it prints: every such line is there, and `...` stands for
anything.
"""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

DOCS = Path(__file__).parent.parent / "docs"
_STEP = re.compile(r"(?:^`(?P<file>[\w./-]+)`:\n\n)?^```(?P<kind>\w*)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Command:
    """A line for the shell, what it is said to print, and where it stands."""

    line: str
    prints: tuple[str, ...]


@dataclass(frozen=True)
class File:
    """A file and what is in it."""

    name: str
    text: str


def steps(page: str) -> list[Command | File]:
    """List what a page has one do."""
    found: list[Command | File] = []
    for match in _STEP.finditer((DOCS / page).read_text(encoding="utf-8")):
        if match["file"]:
            found.append(File(match["file"], match["text"]))
        elif match["kind"] == "console":
            for part in re.split(r"^\$ ", match["text"], flags=re.MULTILINE)[1:]:
                line, *prints = part.splitlines()
                found.append(Command(line, tuple(prints)))
    return found


def follow(page: str, folder: Path, environment: dict[str, str]) -> list[Command | File]:
    """Do what a page says in a folder, and fail where something prints what the page does not say."""
    done = steps(page)
    for step in done:
        if isinstance(step, File):
            path = folder / step.name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(step.text, encoding="utf-8")
            continue
        ran = subprocess.run(
            ["bash", "-c", step.line],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        said = ran.stdout + ran.stderr
        assert ran.returncode == 0, f"{page}: $ {step.line}\n{said}"
        for line in step.prints:
            pattern = ".*".join(map(re.escape, line.split("...")))
            assert re.search(f"^{pattern}$", said, re.MULTILINE), f"{page}: $ {step.line}\nprinted no '{line}':\n{said}"
    return done
