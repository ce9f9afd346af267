"""Find notes: the files of a kind that can have marked blocks, in what a person names."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from archfolio.gallery.manifest import NAME
from archfolio.render.base.errors import UsageProblem
from archfolio.render.notes.markers import SYNTAXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def find_notes(named: Iterable[Path]) -> tuple[Path, ...]:
    """List the notes in files and folders, each once, by path; hidden folders and builds are passed over.

    Raises UsageProblem for what is not there, and for a file of a kind that has no blocks.
    """
    found: dict[str, Path] = {}  # by the path behind all links
    for path in named:
        if path.is_dir():
            found |= _walk(str(path), os.path.realpath(path))
        elif not path.exists():
            raise UsageProblem(f"there is no note or folder '{path}': correct its path")
        elif not path.is_file():
            raise UsageProblem(f"'{path}' is no file: name a note or a folder")
        elif path.suffix.lower() not in SYNTAXES:
            raise UsageProblem(f"'{path}' is no kind of note that has blocks: there are {', '.join(SYNTAXES)}")
        else:
            found[os.path.realpath(path)] = path
    return tuple(found.values())


def _walk(folder: str, real: str) -> Iterator[tuple[str, Path]]:
    """List the notes below a folder, each after the path behind all links; no link to a folder is followed."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:  # whoever may not look into a folder has no notes there
        return
    if {NAME, "index.html"} <= {entry.name for entry in entries}:  # the pages of a build are not notes
        return
    for entry in entries:
        path = f"{real}{os.sep}{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            if not entry.name.startswith(".") and entry.name != "node_modules":
                yield from _walk(entry.path, path)
        elif os.path.splitext(entry.name)[1].lower() in SYNTAXES and _is_file(entry):  # noqa: PTH122  a thousand
            yield os.path.realpath(entry.path) if entry.is_symlink() else path, Path(entry.path)


def _is_file(entry: os.DirEntry[str]) -> bool:
    """Return whether there is a file to read: no pipe, and no link that leads nowhere, as editors make for a lock."""
    try:
        return entry.is_file()
    except OSError:
        return False
