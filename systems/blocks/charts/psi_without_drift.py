"""Simulate the population stability index of windows that have not drifted, by their number of rows.

A window and a reference of 100,000 rows are drawn from the same uniform distribution over 10 bins, 400 times for each
size; the median and the 99th percentile are compared with the expectation (B - 1)(1/n + 1/m) of Yurdakul (2018).
"""

from __future__ import annotations

import math
import random
from collections import Counter

from archfolio.systems.blocks.charts._line_chart import Axis, Line, write_chart

BINS, REFERENCE, REPEATS = 10, 100_000, 400
SIZES = (100, 200, 500, 1_000, 2_000, 5_000)
SEED = 20261128


def shares(rows: int, random_state: random.Random) -> list[float]:
    """Return the share of each bin among rows of the same distribution; half a row stands in for an empty bin."""
    counts = Counter(int(random_state.random() * BINS) for _ in range(rows))
    return [max(counts[index], 0.5) / rows for index in range(BINS)]


def psi(actual: list[float], expected: list[float]) -> float:
    """Return the population stability index of two distributions over the same bins."""
    return sum((a - e) * math.log(a / e) for a, e in zip(actual, expected, strict=True))


def main() -> None:
    """Simulate and draw."""
    random_state = random.Random(SEED)  # noqa: S311  a simulation
    reference = shares(REFERENCE, random_state)
    median, high = [], []
    for rows in SIZES:
        values = sorted(psi(shares(rows, random_state), reference) for _ in range(REPEATS))
        median.append((rows, values[REPEATS // 2]))
        high.append((rows, values[REPEATS * 99 // 100]))
    expected = [(rows, (BINS - 1) * (1 / rows + 1 / REFERENCE)) for rows in SIZES]
    ends = (SIZES[0], SIZES[-1])
    write_chart(
        __file__,
        "PSI of windows that have not drifted",
        Axis("Rows in the window (logarithmic)", [(rows, f"{rows:,}") for rows in SIZES], log=True),
        Axis(
            "PSI over 10 bins",
            [(0.0, "0"), (0.05, "0.05"), (0.1, "0.10"), (0.15, "0.15"), (0.2, "0.20"), (0.25, "0.25")],
        ),
        [
            Line("99th percentile", high),
            Line("median", median),
            Line("expected, 9 (1/n + 1/m)", expected, dots=True, colour=2),
            Line("“investigate”, 0.10", [(x, 0.1) for x in ends], colour=4),
        ],
    )


if __name__ == "__main__":
    main()
