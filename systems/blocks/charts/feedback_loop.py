"""Simulate a recommender that learns only from what it shows; draw its click rate over the share shown at random.

Each day the item with the best estimate is shown and its clicks update the estimate. Items lose their appeal by 3 % a
day, and two new ones arrive, of which nothing is known: their estimate is the mean of all, with the weight of 50 views.
Averages of 40 worlds, days 30 to 90.
"""

from __future__ import annotations

import random

from archfolio.systems.blocks.charts._line_chart import Axis, Line, write_chart

ITEMS, DAYS, SETTLED, SHOWN, WORLDS, NEW = 60, 90, 30, 1_200, 40, 2
LOW, HIGH = 0.02, 0.10  # click rates of new items, evenly between
FADES, KEPT = 0.97, 0.9  # of yesterday's appeal, and of yesterday's counts
PRIOR, VIEWS = (LOW + HIGH) / 2, 50.0


def clicks(chance: random.Random, shown: int, rate: float) -> int:
    """Return how many of the shown are clicked."""
    return sum(chance.random() < rate for _ in range(shown))


def world(seed: int, explored: float) -> float:
    """Return the click rate of what is shown, in per cent; `explored` is the share of views that is dealt out at random."""
    chance = random.Random(seed)  # noqa: S311  a simulation that repeats
    rates = [LOW + (HIGH - LOW) * chance.random() for _ in range(ITEMS)]
    seen, clicked = [VIEWS] * ITEMS, [float(clicks(chance, int(VIEWS), rate)) for rate in rates]
    at_random = round(SHOWN * explored / ITEMS)
    total = 0.0
    for day in range(DAYS):
        for number in range(NEW):  # the oldest give way
            item = (day * NEW + number) % ITEMS
            rates[item] = LOW + (HIGH - LOW) * chance.random()
            seen[item], clicked[item] = 0.0, 0.0
        estimates = [(hits + PRIOR * VIEWS) / (views + VIEWS) for hits, views in zip(clicked, seen, strict=True)]
        top = max(range(ITEMS), key=lambda item: (estimates[item], chance.random()))
        for item in range(ITEMS):
            shown = at_random + (SHOWN - at_random * ITEMS if item == top else 0)
            total += shown * rates[item] if day >= SETTLED else 0
            seen[item] = KEPT * seen[item] + shown
            clicked[item] = KEPT * clicked[item] + clicks(chance, shown, rates[item])
        rates = [rate * FADES for rate in rates]
    return 100 * total / SHOWN / (DAYS - SETTLED)


def main() -> None:
    """Write feedback_loop.svg beside this script."""
    shares = [views * ITEMS / SHOWN for views in (0, 1, 2, 3, 4, 6, 8, 10, 12)]
    curve = [(100 * share, sum(world(seed, share) for seed in range(WORLDS)) / WORLDS) for share in shares]
    write_chart(
        __file__,
        "Click rate of what is shown over the share of views that is dealt out at random",
        Axis("shown at random, % of views", [(share, str(share)) for share in range(0, 61, 10)]),
        Axis("click rate of what is shown, %", [(fifths / 5, str(fifths / 5)) for fifths in range(25, 33)]),
        [Line("click rate", curve, colour=0), Line("", curve, dots=True, colour=0)],
    )


if __name__ == "__main__":
    main()
