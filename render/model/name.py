"""The name on a card: which lines of a label are it, and how they are read as one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_UNNAMED = "unnamed"

_IS_GOING_ON = re.compile(
    r"(\w-|[/\\_&+,(|]"  # "foundation-", "Web App /": but a dash of its own, or a colon, ends a name
    r"|\s([Aa]nd|[Oo]r|[Oo]f|[Ff]or|[Tt]o|[Ww]ith|[Ff]rom|[Vv]ia|[Tt]he|an?))$"  # but "Zone A" is one, and "Sign in"
)
_GOES_ON = re.compile(r"[&)]")  # at the beginning of the next line
_IS_ONE_WORD = re.compile(r"\S[-/\\_]$|\($")  # what follows needs no space


def name_length(lines: Sequence[str]) -> int:
    """Return how many of a label's lines, of which none is blank, are its name: the first, and what it goes on with."""
    count = min(len(lines), 1)
    while count < len(lines) and _is_continued("".join(lines[:count]), lines[count - 1], lines[count]):
        count += 1
    asked = next((at for at, line in enumerate(lines) if line.rstrip().endswith("?")), 0)
    is_one_question = all(line.lstrip()[:1].islower() for line in lines[count : asked + 1])
    return max(count, asked + 1) if asked and is_one_question else count


def _is_continued(name: str, line: str, following: str) -> bool:
    is_begun = name.count("(") > name.count(")") or not any(map(str.isalnum, name))
    return bool(is_begun or _IS_GOING_ON.search(line.strip()) or _GOES_ON.match(following.strip()))


def joint(line: str, following: str) -> str:
    """Return what stands between two lines of a name where they are one: a space, or nothing within a word."""
    return "" if _IS_ONE_WORD.search(line.rstrip()) or following.lstrip().startswith(")") else " "


def name_and_detail(label: str) -> tuple[str, str]:
    """Return the name on a card, "unnamed" where its label says nothing, and the rest of the label, a line each."""
    lines = [line.strip() for line in label.split("\n") if line.strip()]
    if not lines:
        return _UNNAMED, ""
    count = name_length(lines)
    name = lines[0]
    for line in lines[1:count]:
        name += joint(name, line) + line
    return name, "\n".join(lines[count:])


def name_of(label: str) -> str:
    """Return the name on a card."""
    return name_and_detail(label)[0]
