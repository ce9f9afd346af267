"""Simulate a training job that fails at random and resumes from its last checkpoint; draw the time lost by interval.

Failures are a Poisson process. A save takes 2 minutes, a restart 10; what was computed since the last finished save is
computed again. The dots are where Young's formula puts the best interval.
"""

from __future__ import annotations

import math
import random

from archfolio.systems.blocks.charts._line_chart import Axis, Line, write_chart

SAVE, RESTART = 2.0, 10.0  # minutes
FAILURES = 6_000
INTERVALS = (5, 6, 8, 10, 14, 20, 28, 40, 56, 80, 112, 160, 224, 320)


def lost(interval: float, mean: float) -> float:
    """Return the percentage of time that is not progress: saving, redone work and restarts.

    Until it fails, a run repeats `interval` minutes of work and a save; `mean` is the time between failures.
    """
    chance = random.Random(11)  # noqa: S311  a simulation that repeats
    elapsed = progress = 0.0
    for _ in range(FAILURES):
        until = -math.log(1 - chance.random()) * mean
        if until > RESTART:  # else it fails again while it restarts
            progress += math.floor((until - RESTART) / (interval + SAVE)) * interval
        elapsed += until
    return 100 * (1 - progress / elapsed)


def main() -> None:
    """Write checkpoint_interval.svg beside this script."""
    lines = []
    for at, hours in enumerate((3, 12, 48)):
        mean = 60.0 * hours
        best = math.sqrt(2 * SAVE * mean)
        lines.append(Line(f"fails every {hours} h", [(gap, lost(gap, mean)) for gap in INTERVALS], colour=at))
        lines.append(Line("", [(best, lost(best, mean))], dots=True, colour=at))
    write_chart(
        __file__,
        "Time lost over the interval between checkpoints, for failures every 3, 12 and 48 hours",
        Axis(
            "minutes of work between checkpoints", [(gap, str(gap)) for gap in (5, 10, 20, 40, 80, 160, 320)], log=True
        ),
        Axis("time that is no progress, %", [(share, str(share)) for share in range(0, 51, 10)]),
        lines,
    )


if __name__ == "__main__":
    main()
