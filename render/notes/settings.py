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

import re
from pathlib import Path
from typing import Literal

import msgspec

from archfolio.render.base.errors import UsageProblem
from archfolio.render.base.project_file import read_project_file

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
    """Our part of the table `tool.archfolio`. Paths are absolute after `read_settings`."""

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
    try:
        said = msgspec.convert(table, NotesTable)
    except msgspec.ValidationError as error:
        raise UsageProblem(f"{path}:{_line(text, str(error))}: {_sentence(str(error))}") from error
    folders = tuple(
        msgspec.structs.replace(one, destination=_absolute(path.parent, one.destination)) for one in said.sync
    )
    files = tuple(_absolute(path.parent, note) for note in said.notes.files)
    url = said.notes.url
    if url and "://" not in url:  # a folder
        url = _absolute(path.parent, url)
    return NotesTable(msgspec.structs.replace(said.notes, files=files, url=url), folders)


def _absolute(home: Path, path: str) -> str:
    return str(home / Path(path).expanduser())


def _sentence(mistake: str) -> str:
    """Return what is wrong, from what msgspec says of it."""
    unknown = re.match(r"Object contains unknown field `(.*)` - at `\$\.(sync|notes)", mistake)
    if unknown is None:
        return f"[tool.archfolio]: {mistake}; see docs/notes.md"
    key, table = unknown.groups()
    keys = (SyncFolder if table == "sync" else NoteSettings).__struct_fields__
    where = f"[[tool.archfolio.{table}]]" if table == "sync" else f"[tool.archfolio.{table}]"
    import difflib  # noqa: PLC0415  mistakes are rare

    near = difflib.get_close_matches(key, keys, n=1)
    hint = f"did you mean '{near[0]}'?" if near else f"there are: {', '.join(keys)}"
    return f"there is no key '{key}' in {where}; {hint}"


def _line(text: str, mistake: str) -> int:
    """Find the line of the table that a mistake is in."""
    entry = re.search(r"\$\.sync\[(\d+)\]", mistake)
    table = "[[tool.archfolio.sync]]" if entry else "[tool.archfolio.notes]"
    lines = [number for number, line in enumerate(text.splitlines(), 1) if line.strip().startswith(table)]
    place = int(entry[1]) if entry else 0
    return lines[place] if place < len(lines) else 1
