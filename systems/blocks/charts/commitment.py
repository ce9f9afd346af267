"""Compute what a day's fleet costs over how much of it is committed, for several discounts.

Demand follows the hours of a day: a trough at 25 % of the peak at four in the morning, the peak at four in the afternoon,
a cosine between them. What is committed is paid all day at a discount; what demand exceeds it by is paid on demand.
"""

from __future__ import annotations

import math

from archfolio.systems.blocks.charts._line_chart import Axis, Line, write_chart

TROUGH = 0.25
DEMAND = [(1 + TROUGH) / 2 - (1 - TROUGH) / 2 * math.cos(2 * math.pi * (hour - 4) / 24) for hour in range(24)]
COMMITTED = [share / 50 for share in range(51)]


def cost(committed: float, discount: float) -> float:
    """Return the day's cost in per cent of the same day on demand alone; `committed` is a share of the peak."""
    on_demand = sum(max(0.0, hour - committed) for hour in DEMAND)
    return 100 * (24 * committed * (1 - discount) + on_demand) / sum(DEMAND)


def main() -> None:
    """Write commitment.svg beside this script."""
    lines = []
    for at, discount in enumerate((0.2, 0.4, 0.6)):
        curve = [(100 * share, cost(share, discount)) for share in COMMITTED]
        lines.append(Line(f"{discount:.0%} off", curve, colour=at))
        lines.append(Line("", [min(curve, key=lambda point: point[1])], dots=True, colour=at))
    write_chart(
        __file__,
        "Cost of a day over the share of the peak that is committed, for discounts of 20, 40 and 60 per cent",
        Axis("committed, % of the peak", [(share, str(share)) for share in range(0, 101, 10)]),
        Axis("cost, % of all on demand", [(share, str(share)) for share in range(50, 131, 10)]),
        lines,
    )


if __name__ == "__main__":
    main()
