"""Compute error rates of two groups whose scores are calibrated alike, over the threshold that both share.

In each group the score s is Beta-distributed and the outcome is positive with probability s: calibration is perfect by
construction. Group A has Beta(3, 3), a base rate of 50 %, group B has Beta(1.5, 4.5), a base rate of 25 %. Then
TPR(t) = E[s; s >= t] / E[s] and FPR(t) = E[1 - s; s >= t] / E[1 - s], integrated by the midpoint rule.
"""

from __future__ import annotations

import math

from archfolio.systems.blocks.charts._line_chart import Axis, Line, write_chart

GROUPS = {"A": (3.0, 3.0), "B": (1.5, 4.5)}
STEPS = 2_000
THRESHOLDS = [step / 50 for step in range(51)]


def rates(a: float, b: float) -> tuple[list[tuple[float, float]], list[tuple[float, float]]]:
    """Return true-positive and false-positive rates over thresholds for scores of Beta(a, b)."""
    scale = math.gamma(a + b) / (math.gamma(a) * math.gamma(b)) / STEPS
    scores = [(step + 0.5) / STEPS for step in range(STEPS)]
    mass = [scale * s ** (a - 1) * (1 - s) ** (b - 1) for s in scores]
    base = a / (a + b)
    true = [(t, math.fsum(m * s for m, s in zip(mass, scores, strict=True) if s >= t) / base) for t in THRESHOLDS]
    false = [
        (t, math.fsum(m * (1 - s) for m, s in zip(mass, scores, strict=True) if s >= t) / (1 - base))
        for t in THRESHOLDS
    ]
    return true, false


def main() -> None:
    """Compute and draw."""
    lines: list[Line] = []
    for name, (a, b) in GROUPS.items():
        true, false = rates(a, b)
        colour = len(lines) // 2
        lines += [
            Line(f"TPR, group {name}", true[:36], colour=colour),
            Line(f"FPR, group {name}", false[:36], colour=colour),
        ]
    write_chart(
        __file__,
        "Error rates of two groups with perfectly calibrated scores",
        Axis("Threshold on the score", [(step / 10, f"{step / 10:.1f}") for step in range(8)]),
        Axis("Rate, of positives or of negatives", [(step / 5, f"{20 * step} %") for step in range(6)]),
        lines,
    )


if __name__ == "__main__":
    main()
