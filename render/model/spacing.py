"""How far apart an author wants things, as factors of what is usual: Graphviz's `nodesep` and `ranksep`."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from archfolio.render.model.author import parse_number
from archfolio.render.model.geometry import Spacing

if TYPE_CHECKING:
    from archfolio.render.model.graph import Attrs

_LIBRARY_INCHES = {"nodesep": 0.60, "ranksep": 0.75}  # in the library's drawings
LEAST, MOST = 0.6, 3.0  # factors: arrows still fit between cards, and cards still stand in columns


def _factor(key: str, value: str) -> float:
    """Return how many times as far as in the library's drawings a value asks for; NaN for none that can be read.

    A `ranksep` may say more: "1.2 equally" (https://graphviz.org/docs/attrs/ranksep/).
    """
    return (
        parse_number({key: value.split(maxsplit=1)[0] if value.strip() else ""}, key, math.nan) / _LIBRARY_INCHES[key]
    )


def is_drawn(key: str, value: str) -> bool:
    """Return whether a value is honoured as it is."""
    return LEAST <= _factor(key, value) <= MOST


def spacing(attrs: Attrs) -> Spacing:
    """Read the spacing from the attributes of a drawing, within what can be drawn well."""
    said = dict(attrs)

    def bounded(key: str) -> float:
        wanted = _factor(key, said.get(key, ""))
        return 1.0 if math.isnan(wanted) else round(min(max(wanted, LEAST), MOST), 2)

    return Spacing(across=bounded("nodesep"), along=bounded("ranksep"))
