"""Read values of Graphviz attributes that an author set: numbers, words of a style, fonts."""

from __future__ import annotations

import math
from contextlib import suppress
from typing import TYPE_CHECKING

from archfolio.render.model.font import Weight
from archfolio.render.model.rich_text import TextStyle, font_of

if TYPE_CHECKING:
    from collections.abc import Mapping

INCH = 72.0  # px of ours in one of Graphviz's inches
_SMALLEST, _LARGEST = 0.6, 4.0  # factors by which an author may change a size of ours


def parse_number(attrs: Mapping[str, str], key: str, otherwise: float) -> float:
    """Return a number that an author gave, or the other where there is none that can be read."""
    if key not in attrs:
        return otherwise
    with suppress(ValueError):
        value = float(attrs[key])
        if value == value and abs(value) < 1e6:  # noqa: PLR0124, PLR2004  no NaN, nothing endless
            return value
    return otherwise


def parse_inches(attrs: Mapping[str, str], key: str) -> float | None:
    """Return a distance of a page that an author gave, the larger one where it is two, "0.5,1"; None for none."""
    numbers = [parse_number({key: part}, key, math.nan) for part in attrs.get(key, "").split(",")]
    return None if any(map(math.isnan, numbers)) else max(numbers)


def style_words(attrs: Mapping[str, str]) -> frozenset[str]:
    """Return the words of a style: "rounded,filled"."""
    return frozenset(word.strip().lower() for word in attrs.get("style", "").strip("\"'").split(",") if word.strip())


def is_true(value: str) -> bool:
    """Return whether a value means yes."""
    return value.strip().lower() in {"true", "yes", "1"}


def text_style(base: TextStyle, attrs: Mapping[str, str], library_size: float, prefix: str = "") -> TextStyle:
    """Change a style of ours by an author's font name, size and colour.

    Sizes are taken as a factor: what is twice as large in the library's look is twice as large in ours.
    """
    family, is_bold, is_italic = font_of(attrs.get(f"{prefix}fontname", ""))
    factor = parse_number(attrs, f"{prefix}fontsize", library_size) / library_size
    factor = min(max(factor, _SMALLEST), _LARGEST)
    return base._replace(
        size=round(base.size * factor, 2),
        weight=Weight.SEMIBOLD if is_bold else base.weight,
        family=family,
        is_italic=is_italic,
        colour=attrs.get(f"{prefix}fontcolor", ""),
    )
