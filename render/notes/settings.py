"""Read the settings for notes from `pyproject.toml`.

[tool.archfolio.notes]
url = "https://example.org/architecture/"  # where the gallery is published, for links
files = ["docs", "README.md"]              # folders and files with marked blocks

[[tool.archfolio.sync]]
destination = "~/vault/assets/architecture"
select = ["feed-ranking", "*/serving"]     # everything without it
formats = ["svg", "png"]                   # svg, png, png-dark, pdf
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

from archfolio.render.base.project_file import read_project_file
from archfolio.render.base.project_table import read_table, read_tables

CopyFormat = Literal["svg", "png", "png-dark", "pdf"]


class SyncFolder(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A folder that is kept in step with a build."""

    destination: str
    select: tuple[str, ...] = ("*",)
    formats: tuple[CopyFormat, ...] = ("svg",)


class NoteSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The table `tool.archfolio.notes`."""

    url: str = ""
    remote: bool = False  # notes show the published pictures
    files: tuple[str, ...] = ()


class NotesTable(msgspec.Struct, frozen=True):
    """What `tool.archfolio` says of notes. Paths are absolute after `read_settings`."""

    notes: NoteSettings = NoteSettings()
    sync: tuple[SyncFolder, ...] = ()


def read_settings(start: Path) -> NotesTable:
    """Read the nearest `pyproject.toml` at or above a folder; without one everything is as by default.

    Raises UsageProblem for a file that cannot be read, and for a key or value that means nothing.
    """
    file = read_project_file(start)
    if file is None:
        return NotesTable()
    path, text, table = file
    notes = read_table(table.get("notes", {}), NoteSettings, "tool.archfolio.notes", path, text)
    sync = read_tables(table.get("sync", []), SyncFolder, "tool.archfolio.sync", path, text)
    folders = tuple(msgspec.structs.replace(one, destination=_absolute(path.parent, one.destination)) for one in sync)
    files = tuple(_absolute(path.parent, note) for note in notes.files)
    url = notes.url
    if url and "://" not in url:  # a folder
        url = _absolute(path.parent, url)
    return NotesTable(msgspec.structs.replace(notes, files=files, url=url), folders)


def _absolute(home: Path, path: str) -> str:
    return str(home / Path(path).expanduser())
