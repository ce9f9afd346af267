"""Compute how the privacy loss of many queries adds up under three rules, for queries that are 0.1-private each.

Basic: the sum. Advanced (Dwork and Roth 2014, theorem 3.20): e √(2 k ln 1/δ) + k e (exp(e) - 1). Concentrated (Bun and
Steinke 2016): each query is e²/2-zCDP, k of them are r-zCDP with r = k e²/2, and that gives r + 2 √(r ln 1/δ). δ is one in a million.
"""

from __future__ import annotations

import math

from archfolio.systems.blocks.charts._line_chart import Axis, Line, write_chart

EPSILON, DELTA = 0.1, 1e-6
QUERIES = range(0, 401, 10)


def basic(queries: int) -> float:
    """Return the total after basic composition."""
    return queries * EPSILON


def advanced(queries: int) -> float:
    """Return the total after advanced composition."""
    spread = EPSILON * math.sqrt(2 * queries * math.log(1 / DELTA))
    return spread + queries * EPSILON * (math.exp(EPSILON) - 1)


def concentrated(queries: int) -> float:
    """Return the total by way of zero-concentrated differential privacy."""
    rho = queries * EPSILON**2 / 2
    return rho + 2 * math.sqrt(rho * math.log(1 / DELTA))


def main() -> None:
    """Compute and draw."""
    rules = {"basic": basic, "advanced": advanced, "concentrated": concentrated}
    write_chart(
        __file__,
        "Privacy loss of many queries under three rules of composition",
        Axis("Queries of ε = 0.1 on the same people", [(step * 100, str(step * 100)) for step in range(5)]),
        Axis("ε in all, at δ = 1 in a million", [(step * 10, str(step * 10)) for step in range(5)]),
        [Line(name, [(queries, rule(queries)) for queries in QUERIES]) for name, rule in rules.items()],
    )


if __name__ == "__main__":
    main()
