"""Read the tables of a project's settings: each key is one of ours, each value of its kind, each file is there."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from archfolio.author_error import suggest
from archfolio.render.base.errors import UsageProblem
from archfolio.render.base.project_file import line_of
from archfolio.render.base.project_table import read_table
from archfolio.render.base.settings import TABLES, ProjectSettings
from archfolio.render.model.font_files import family_of
from archfolio.render.model.palette import WrongColour, conventions_of

if TYPE_CHECKING:
    from collections.abc import Mapping

_FILES = {"site": ("logo", "favicon", "words"), "style": ("font",)}


def read_settings_tables(tables: Mapping[str, object], path: Path, text: str) -> ProjectSettings:
    """Read the tables of `[tool.archfolio]`; `text` is that of the file, in which mistakes are found.

    Raises UsageProblem, with file and line, for a key that is none of ours, a value of another kind, a file that is
    not there, and a colour that cannot be seen on its ground.
    """
    read: dict[str, msgspec.Struct] = {}
    for name, table in tables.items():
        said = read_table(table, TABLES[name], f"tool.archfolio.{name}", path, text)
        read[name] = _with_files(said, name, path, text)
    settings = ProjectSettings(**read)  # type: ignore[arg-type]
    for section in settings.check.sections or ():
        from archfolio import System  # noqa: PLC0415  it loads what modules import

        known = {field.name for field in fields(System)}
        if section not in known:
            hint = suggest(section, known) or "; there are: requirements, estimate, budget, decisions, failures, ..."
            place = f"{path}:{_line_of(text, 'check', 'sections')}"
            raise UsageProblem(f"{place}: [tool.archfolio.check] a system has no section '{section}'{hint}")
    if settings.site.language != "en" and not settings.site.words:
        sentence = f"there are no words for the language '{settings.site.language}': name a file of them with 'words'"
        raise UsageProblem(f"{path}:{_line_of(text, 'site', 'language')}: [tool.archfolio.site] {sentence}")
    try:
        conventions_of(settings)
    except WrongColour as wrong:
        message = f"{path}:{_line_of(text, wrong.table, wrong.key)}: [tool.archfolio.{wrong.table}] {wrong.sentence}"
        raise UsageProblem(message) from wrong
    return settings


def _line_of(text: str, table: str, key: str) -> int:
    return line_of(text, f"tool.archfolio.{table}", key)


def _with_files(said: msgspec.Struct, table: str, path: Path, text: str) -> msgspec.Struct:
    """Make the files that a table names absolute. Raises UsageProblem for one that is not there, or is no font."""
    found: dict[str, object] = {}
    for key in _FILES.get(table, ()):
        value = getattr(said, key)
        names = (value,) if isinstance(value, str) else value
        files = tuple(str((path.parent / Path(name).expanduser()).resolve()) for name in names if name)
        for name, file in zip(names, files, strict=False):
            lost = not Path(file).is_file()
            if lost or (key == "font" and not family_of(Path(file))):
                what = "there is no file" if lost else "no font can be read from"
                message = f"{path}:{_line_of(text, table, key)}: [tool.archfolio.{table}] {key}: {what} '{name}'"
                raise UsageProblem(message)
        found[key] = files if isinstance(value, tuple) else "".join(files)
    return msgspec.structs.replace(said, **found)
