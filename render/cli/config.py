"""`[tool.archfolio]` of the nearest pyproject.toml: defaults of the command line's options."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archfolio.render.base.errors import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import click

SITE = "site"  # where builds go unless somebody says otherwise
FILE = "pyproject.toml"
_OF_NOTES = ("notes", "sync")  # tables that `render.notes` reads and checks
_TABLE = "[tool.archfolio]"
_FOLDERS = ("output", "systems")  # relative to the file
_KINDS: dict[str, tuple[type, ...]] = {
    "output": (str,),
    "systems": (str,),
    "jobs": (int,),
    "engine": (str,),
    "style": (str,),
    "scale": (int, float),
    "title": (bool,),
    "legend": (bool,),
    "png": (bool,),
    "pdf": (bool,),
    "dark": (bool,),
}
_WORDS = {str: "a text", int: "a whole number", float: "a number", bool: "true or false"}


@dataclass(frozen=True, slots=True)
class ProjectConfig:
    """What a file says, by the names of options; folders are absolute."""

    values: tuple[tuple[str, object], ...] = ()


def load_config(start: Path) -> ProjectConfig:
    """Read the nearest pyproject.toml, from a folder upwards; nothing where there is none or it does not speak of us.

    Raises UsageProblem for a file that is not TOML, a key that is none of ours, or a value of another kind.
    """
    path = next((folder / FILE for folder in (start, *start.parents) if (folder / FILE).is_file()), None)
    text = path.read_text(encoding="utf-8") if path else ""
    if path is None or not _may_speak_of_us(text):
        return ProjectConfig()
    import tomllib  # noqa: PLC0415  most projects have nothing to read

    try:
        table = tomllib.loads(text).get("tool", {}).get("archfolio", {})
    except tomllib.TOMLDecodeError as error:
        message = f"{path} is not TOML: {error}"
        raise UsageProblem(message) from error
    ours = {key: value for key, value in table.items() if key not in _OF_NOTES}
    return ProjectConfig(tuple((key, _checked(path, key, value)) for key, value in ours.items()))


def _may_speak_of_us(text: str) -> bool:
    """Return whether it is worth reading TOML, which takes longer than all else that an unchanged build does."""
    tools = [line for line in text.splitlines() if line.lstrip(" \t[\"'").startswith("tool")]
    return any("archfolio" in line or "." not in line for line in tools)


def option_defaults(start: Path, commands: Mapping[str, click.Command]) -> dict[str, dict[str, object]]:
    """Return for each command which of its options have another default here, in the form of click's `default_map`.

    The output folder is that of builds: a command whose own default is another one keeps it.
    """
    values = dict(load_config(start).values)
    wanted = {}
    for name, command in commands.items():
        options = {option.name: option for option in command.params if option.name in values}
        builds = options.get("output")
        if builds is not None and builds.default != SITE:
            del options["output"]
        wanted[name] = {str(option): values[str(option)] for option in options}
    return wanted


def _checked(path: Path, key: str, value: object) -> object:
    if key not in _KINDS:
        import difflib  # noqa: PLC0415  mistakes are rare

        near = difflib.get_close_matches(key, _KINDS, n=1)
        hint = f"did you mean '{near[0]}'?" if near else f"there are: {', '.join(_KINDS)}"
        message = f"{path}: there is no key '{key}' in {_TABLE}; {hint}"
        raise UsageProblem(message)
    kinds = _KINDS[key]
    if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
        message = f"{path}: '{key}' in {_TABLE} is {_WORDS[kinds[-1]]}, not {value!r}"
        raise UsageProblem(message)
    return str((path.parent / str(value)).resolve()) if key in _FOLDERS else value
