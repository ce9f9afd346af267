"""Find notes: the files of a kind that can have marked blocks, in what a person names."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from render.errors import UsageProblem
from render.manifest import NAME
from render.notes.marks import SYNTAXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def find_notes(named: Iterable[Path]) -> tuple[Path, ...]:
    """List the notes in files and folders, each once, by path; hidden folders and builds are passed over.

    Raises UsageProblem for what is not there, and for a file of a kind that has no blocks.
    """
    found: dict[Path, Path] = {}
    for path in named:
        if path.is_dir():
            found |= {note.resolve(): note for note in sorted(_walk(path))}
        elif not path.exists():
            raise UsageProblem(f"there is no note or folder '{path}': correct its path")
        elif path.suffix.lower() not in SYNTAXES:
            raise UsageProblem(f"'{path}' is no kind of note that has blocks: there are {', '.join(SYNTAXES)}")
        else:
            found[path.resolve()] = path
    return tuple(found.values())


def _walk(top: Path) -> Iterator[Path]:
    for folder, below, files in os.walk(top):
        if NAME in files and "index.html" in files:  # the pages of a build are not notes
            below.clear()
            continue
        below[:] = sorted(name for name in below if not name.startswith(".") and name != "node_modules")
        for name in files:
            if os.path.splitext(name)[1].lower() in SYNTAXES:  # noqa: PTH122  a thousand of them
                yield Path(folder, name)
