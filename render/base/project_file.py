"""The nearest pyproject.toml, and what is ours in it: the table `[tool.archfolio]`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from archfolio.render.base.errors import UsageProblem

if TYPE_CHECKING:
    from pathlib import Path

FILE = "pyproject.toml"
_HEADER = re.compile(r"\s*\[+\s*[\"']?([\w-]+)[\"']?(?:\s*\.\s*[\"']?([\w-]+))?")  # the first two names of a table
_ALIKE = 0.8  # as alike as a misspelling is


class ProjectFile(NamedTuple):
    """A file that speaks of us: where it is, its text, in which mistakes are found, and our table."""

    path: Path
    text: str
    table: dict[str, Any]


def nearest_project_file(start: Path) -> Path | None:
    """Find the nearest pyproject.toml, from a folder upwards."""
    return next((folder / FILE for folder in (start, *start.parents) if (folder / FILE).is_file()), None)


def read_project_file(start: Path) -> ProjectFile | None:
    """Read the nearest pyproject.toml, from a folder upwards; None where there is none or it does not speak of us.

    Raises UsageProblem for one that is not TOML, in which `[tool.archfolio]` is no table, or has a misspelt name.
    """
    path = nearest_project_file(start)
    text = path.read_bytes().decode("utf-8", "surrogateescape") if path else ""
    if path:
        _refuse_misspelt_tables(path, text)
    return ProjectFile(path, text, _our_table(path, text)) if path and _may_speak_of_us(text) else None


def line_of(text: str, table: str, key: str) -> int:
    """Find the line of a key in a table, else in one below it, else that of the table; 1 where nothing is there."""
    found, below, name = 0, 0, ""
    last = key.rpartition(".")[2].split("[")[0]
    for number, line in enumerate(text.splitlines(), 1):
        header = re.fullmatch(r"\s*\[+\s*([^\]]*?)\s*\]+\s*(#.*)?", line)
        if header:
            name = re.sub(r"[\s\"']", "", header[1])
            if _is_in(name, table) and (not found or name.endswith(f".{last}")):
                found = number
        elif _is_in(name, table) and last and re.search(rf"(^|[{{,])\s*[\"']?{re.escape(last)}[\"']?\s*[=.]", line):
            if name == table:
                return number
            below = below or number
    if below or found or not table:
        return below or found or 1
    around, _, own = table.rpartition(".")  # it may be a value there
    return line_of(text, around, own)


def _refuse_misspelt_tables(path: Path, text: str) -> None:
    """Refuse tables that are meant as ours and are none; what they say would be left out in silence."""
    for number, line in enumerate(text.splitlines(), 1):
        header = _HEADER.match(line)
        if not header or header.groups() == ("tool", "archfolio"):
            continue
        first, second = header[1], header[2] or ""
        said = f"{first}.{second}" if _is_alike(first, "tool") and _is_alike(second, "archfolio") else ""
        said = said or (first if _is_alike(first, "archfolio") else "")
        if said:
            message = f"{path}:{number}: there is no table [{said}]; did you mean [tool.archfolio]?"
            raise UsageProblem(message)


def _is_alike(name: str, right: str) -> bool:
    """Return whether a name is another one, or a misspelling of it."""
    letters = set(right)
    if len(letters & set(name.lower())) < len(letters) - 2:  # most are not, and the module takes its time
        return False
    from difflib import SequenceMatcher  # noqa: PLC0415  mistakes are rare

    return SequenceMatcher(None, name.lower(), right).ratio() >= _ALIKE


def _is_in(name: str, table: str) -> bool:
    return name == table or name.startswith(f"{table}.")


def _our_table(path: Path, text: str) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415  most projects have nothing to read

    try:
        text.encode("utf-8")  # as TOML is; what is not was read as halves of pairs
        tool = tomllib.loads(text).get("tool", {})
    except (tomllib.TOMLDecodeError, UnicodeEncodeError) as error:
        message = f"{path}:{_why(text, error)}"
        raise UsageProblem(message) from error
    table = tool.get("archfolio", {}) if isinstance(tool, dict) else {}
    if not isinstance(table, dict):
        message = f"{path}: 'archfolio' in [tool] is a table: write [tool.archfolio] above its keys"
        raise UsageProblem(message)
    return table


def _why(text: str, error: ValueError) -> str:
    """Return the line at which a text is no TOML, and why it is none; Python has the place in its sentence."""
    if isinstance(error, UnicodeEncodeError):
        line_ends = text.count("\n", 0, error.start)
        return f"{line_ends + 1}: this is not TOML: it is not UTF-8"
    why, _, place = str(error).partition(" (at ")
    line = re.match(r"line (\d+)", place)
    return f"{line[1] if line else len(text.splitlines())}: this is not TOML: {why[:1].lower()}{why[1:]}"


def _may_speak_of_us(text: str) -> bool:
    """Return whether it is worth reading TOML, which takes longer than all else that an unchanged build does."""
    tools = [line for line in text.splitlines() if line.lstrip(" \t[\"'").startswith("tool")]
    return any("archfolio" in line or "." not in line for line in tools)
