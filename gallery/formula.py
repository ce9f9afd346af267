"""Formulas of an estimate as readers write them: with multiplication and division signs, and figures for names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from archfolio.gallery.sections import Quantity

_MINUS = "\u2212"
_TOKEN = re.compile(r"\s*(\*\*|[-+*/(),]|[A-Za-z_]\w*|[\d.]+(?:[eE][-+]?\d+)?)")
_SIGNS = {"*": " \u00d7 ", "/": " \u00f7 ", "+": " + ", "-": f" {_MINUS} ", "**": " ^ ", ",": ", "}


def tokens(formula: str) -> list[str]:
    """Split a formula into its names, numbers and signs."""
    return [match[1] for match in _TOKEN.finditer(formula)]


def formula_parts(formula: str, figures: Mapping[str, Quantity]) -> Iterator[Quantity | str]:
    """Yield the figures that a formula names, in its order, and what stands between them as it is written."""
    before = "("
    for one in tokens(formula):
        if one == "-" and before in {"(", ",", "*", "/", "+", "-", "**"}:
            yield _MINUS  # a sign, not a difference
        else:
            yield figures.get(one) or _SIGNS.get(one, one)
        before = one


def in_words(formula: str, figures: Mapping[str, Quantity]) -> str:
    """Write a formula with labels for names: "Daily active users" times "Visits per user"."""
    return "".join(part if isinstance(part, str) else part.label for part in formula_parts(formula, figures))


def in_figures(formula: str, figures: Mapping[str, Quantity]) -> str:
    """Write a formula with figures for names: 50 M times 20."""
    return "".join(part if isinstance(part, str) else part.shown for part in formula_parts(formula, figures))
