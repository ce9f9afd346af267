"""How lines and texts of drawings look, as classes that the drawings of a page share: in a file they are attributes."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree import ElementTree as ET

_LETTERS = {
    "fill": "n",  # none: a colour has a class of its own
    "stroke-width": "w",
    "stroke-dasharray": "d",
    "stroke-linecap": "c",
    "stroke-linejoin": "j",
    "font-size": "z",
    "font-weight": "b",
    "text-anchor": "a",
}
_VALUES = {"none": "", "round": "", "middle": "m", "end": "e"}
_NUMBERS = re.compile(r"\d+(?:\.\d+)?(?: \d+(?:\.\d+)?)*")
_UNITS = {"font-size": "px"}


def share_looks(root: ET.Element) -> dict[str, str]:
    """Put classes in place of what the shapes of a drawing say of their look; return the rules of these by class.

    A class says its look, so that it means the same in every drawing: `nw1_6d7-4` is a dashed line 1.6 px wide.
    """
    rules: dict[str, str] = {}
    for element in root.iter():
        said = tuple(attribute for attribute in element.attrib.items() if attribute[0] in _LETTERS)
        if not said or element is root:
            continue
        look, rule, taken = _look(said)
        if not look:
            continue
        rules[look] = rule
        for name in taken:
            del element.attrib[name]
        element.set("class", f"{element.get('class', '')} {look}".strip())
    return rules


@lru_cache(maxsize=1 << 10)  # most shapes look like many others
def _look(said: tuple[tuple[str, str], ...]) -> tuple[str, str, tuple[str, ...]]:
    """Return a class for what a shape says of its look, its rule, and the attributes that it stands for."""
    codes = {name: (code, value) for name, value in said for code in _codes(name, value)}
    rule = ";".join(f"{name}:{value}{_UNITS.get(name, '')}" for name, (_, value) in codes.items())
    return "".join(code for code, _ in codes.values()), rule, tuple(codes)


def _codes(name: str, value: str) -> Iterator[str]:
    """Yield how a class says a value; nothing where it cannot."""
    if name == "fill" and value != "none":
        return
    if value in _VALUES:
        yield f"{_LETTERS[name]}{_VALUES[value]}"
    elif _NUMBERS.fullmatch(value):
        yield f"{_LETTERS[name]}{value.replace('.', '_').replace(' ', '-')}"
