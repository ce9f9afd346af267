"""Simulate how often an experiment without any effect is called significant when one looks at it every day.

20,000 A/A tests of 28 days. Each day adds one part of the same normal noise to the difference, so that after k looks it
is a sum S of variance k, and z = S / sqrt(k). Three rules: stop at the first look with |z| above 1.96; look once, at the
end; stop when a mixture sequential probability ratio test (always-valid p-value) falls below 5 %.
"""

from __future__ import annotations

import math
import random
from pathlib import Path

SEED, TESTS, DAYS = 11, 20_000, 28
BOUND, ALPHA = 1.96, 0.05
PRIOR = 0.25  # variance of the effect that the mixture expects, in units of a day's noise

Rates = dict[str, list[float]]
PEEKING, FIXED, SEQUENTIAL = "stopping at the first |z| above 1.96", "one look at day k", "always-valid p-value"


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


LEFT, TOP, WIDTH, HEIGHT, MOST = 56, 30, 520, 250, 0.35  # of the plot, in px; MOST is the share at its top
LINES = (
    (PEEKING, "var(--mark, #92400e)", ""),
    (FIXED, "var(--bar, #2563eb)", ""),
    (SEQUENTIAL, "var(--bar-alternate, #0d9488)", ' stroke-dasharray="6 3"'),
)


def drawn(rates: Rates) -> str:
    """Return the chart: days against the share of tests without an effect that are called significant."""

    def at(day: int, share: float) -> tuple[float, float]:
        return LEFT + (day - 1) / (DAYS - 1) * WIDTH, TOP + (1 - share / MOST) * HEIGHT

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LEFT + WIDTH + 40} {TOP + HEIGHT + 46}"'
        ' font-size="13" fill="currentColor">',
        '<text x="4" y="14">Called significant, of tests without an effect</text>',
    ]
    for percent in range(0, 36, 5):
        _, y = at(1, percent / 100)
        parts.append(
            f'<path d="M{LEFT} {y:.1f}H{LEFT + WIDTH}" stroke="currentColor" stroke-opacity="0.15"/>'
            f'<text x="{LEFT - 8}" y="{y + 4.5:.1f}" text-anchor="end">{percent} %</text>'
        )
    for day in (1, 7, 14, 21, 28):
        x, _ = at(day, 0)
        parts.append(f'<text x="{x:.1f}" y="{TOP + HEIGHT + 20}" text-anchor="middle">{day}</text>')
    parts.append(
        f'<text x="{LEFT + WIDTH / 2}" y="{TOP + HEIGHT + 40}" text-anchor="middle">Days, one look each</text>'
    )
    for rule, colour, dash in LINES:
        line = " ".join("{:.1f},{:.1f}".format(*at(day, share)) for day, share in enumerate(rates[rule], 1))
        parts.append(f'<polyline points="{line}" fill="none" stroke-width="2"{dash} style="stroke: {colour}"/>')
        x, y = at(DAYS, rates[rule][-1])
        parts.append(f'<text x="{x + 6:.1f}" y="{y + 4.5:.1f}">{rates[rule][-1]:.0%}</text>')
        parts.append(f'<text x="{x - 8:.1f}" y="{y - 10:.1f}" text-anchor="end">{rule.replace("<", "&lt;")}</text>')
    return "\n".join([*parts, "</svg>", ""])


if __name__ == "__main__":
    Path(__file__).with_suffix(".svg").write_text(drawn(simulated()), encoding="utf-8")
