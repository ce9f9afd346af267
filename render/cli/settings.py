"""Read the tables of a project's settings: each key is one of ours, each value of its kind, each file is there."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args, get_origin, get_type_hints

import msgspec

from archfolio.author_error import suggest
from archfolio.render.base.errors import UsageProblem
from archfolio.render.base.project_file import line_of
from archfolio.render.base.settings import TABLES, ProjectSettings
from archfolio.render.model.font_files import family_of
from archfolio.render.model.palette import WrongColour, conventions_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_FILES = {"site": ("logo", "favicon", "words"), "style": ("font",)}


def read_settings_tables(tables: Mapping[str, object], path: Path, text: str) -> ProjectSettings:
    """Read the tables of `[tool.archfolio]`; `text` is that of the file, in which mistakes are found.

    Raises UsageProblem, with file and line, for a key that is none of ours, a value of another kind, a file that is
    not there, and a colour that cannot be seen on its ground.
    """
    read: dict[str, msgspec.Struct] = {}
    for name, table in tables.items():
        for key, message in _unknown(TABLES[name], table, f"tool.archfolio.{name}"):
            raise UsageProblem(f"{path}:{_line_of(text, name, key)}: {message}")
        try:
            said = msgspec.convert(table, TABLES[name])
        except msgspec.ValidationError as error:
            key, sentence = _sentence(str(error))
            message = f"{path}:{_line_of(text, name, key)}: [tool.archfolio.{name}] {key}: {sentence}"
            raise UsageProblem(message) from error
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


def _unknown(kind: Any, table: object, where: str) -> Iterator[tuple[str, str]]:
    """Yield each key that a table cannot have, at any depth, and the sentence about it."""
    if get_origin(kind) is dict:
        inner = get_args(kind)[1]
        if isinstance(table, dict):
            for key, value in table.items():
                yield from _unknown(inner, value, f"{where}.{key}")
        return
    kinds = [one for one in (kind, *get_args(kind)) if isinstance(one, type) and issubclass(one, msgspec.Struct)]
    if not kinds or not isinstance(table, dict):
        return
    hints = get_type_hints(kinds[0])
    for key, value in table.items():
        if key not in hints:
            hint = suggest(key, hints) or f"; there are: {', '.join(hints)}"
            yield key, f"there is no key '{key}' in [{where}]{hint}"
        else:
            yield from _unknown(hints[key], value, f"{where}.{key}")


def _line_of(text: str, table: str, key: str) -> int:
    return line_of(text, f"tool.archfolio.{table}", key)


_PLACE = re.compile(r"(.*) - at `\$\.?([^`]*)`")


def _sentence(mistake: str) -> tuple[str, str]:
    """Split what msgspec says into the key that it is about and the rest, without a final dot."""
    match = _PLACE.fullmatch(mistake)
    sentence, key = (match[1], match[2]) if match else (mistake, "")
    sentence = sentence[:1].lower() + sentence[1:]
    return key, sentence.replace("object", "table").replace("`str`", "a text").replace("`array`", "a list")


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
