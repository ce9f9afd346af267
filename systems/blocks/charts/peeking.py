"""Simulate how often an experiment without any effect is called significant when one looks at it every day.

20,000 A/A tests of 28 days. Each day adds one part of the same normal noise to the difference, so that after k looks it
is a sum S of variance k, and z = S / sqrt(k). Three rules: stop at the first look with |z| above 1.96; look once, at the
end; stop when a mixture sequential probability ratio test (always-valid p-value) falls below 5 %.
"""

from __future__ import annotations

import math
import random

from archfolio.systems.blocks.charts._line_chart import Axis, Line, write_chart

SEED, TESTS, DAYS = 11, 20_000, 28
BOUND, ALPHA = 1.96, 0.05
PRIOR = 0.25  # variance of the effect that the mixture expects, in units of a day's noise

Rates = dict[str, list[float]]
PEEKING, FIXED, SEQUENTIAL = "stop if significant", "one look, that day", "always-valid p"


def simulated() -> Rates:
    """Return for each rule the share of tests that it has called significant by each day."""
    chance = random.Random(SEED)  # noqa: S311  a sample, no secret
    calls = {rule: [0] * DAYS for rule in (PEEKING, FIXED, SEQUENTIAL)}
    for _ in range(TESTS):
        total = 0.0
        stopped, rejected = False, False
        for day in range(1, DAYS + 1):
            total += chance.gauss(0, 1)
            beyond = abs(total) > BOUND * math.sqrt(day)
            ratio = math.exp(PRIOR * total * total / (2 * (1 + PRIOR * day))) / math.sqrt(1 + PRIOR * day)
            stopped, rejected = stopped or beyond, rejected or ratio > 1 / ALPHA
            calls[PEEKING][day - 1] += stopped
            calls[FIXED][day - 1] += beyond
            calls[SEQUENTIAL][day - 1] += rejected
    return {rule: [count / TESTS for count in counts] for rule, counts in calls.items()}


def main() -> None:
    """Simulate and draw."""
    rates = simulated()
    write_chart(
        __file__,
        "Tests without an effect that are called significant, over days of looking",
        Axis("Days, one look each", [(1, "1"), (7, "7"), (14, "14"), (21, "21"), (28, "28")]),
        Axis("Called significant, of tests", [(tenth / 20, f"{5 * tenth} %") for tenth in range(7)]),
        [
            Line(f"{rule}: {shares[-1]:.0%}".replace("%", " %"), list(enumerate(shares, 1)))
            for rule, shares in rates.items()
        ],
    )


if __name__ == "__main__":
    main()
