"""Simulate one GPU replica that batches what waits, and draw its p99 latency over the load.

Service times are the published ones of BERT-base at 128 tokens on an A100-40GB (AITemplate, examples/03_bert). Requests
arrive as a Poisson process; a free replica takes what waits, up to the batch limit, and delays nobody to fill a batch.
"""

from __future__ import annotations

import math
import random
from bisect import bisect_right
from typing import TYPE_CHECKING

from archfolio.systems.blocks.charts._line_chart import Axis, Line, write_chart

if TYPE_CHECKING:
    from collections.abc import Iterator

MEASURED = {1: 0.78, 2: 0.85, 4: 0.99, 8: 1.43, 16: 2.21, 32: 4.17}  # ms for a batch of that size
REQUESTS, WARM_UP = 60_000, 5_000


def service_time(batch: int) -> float:
    """Return the milliseconds of a batch, linear between the sizes that were measured."""
    sizes = list(MEASURED)
    right = min(bisect_right(sizes, batch), len(sizes) - 1)
    low, high = sizes[right - 1], sizes[right]
    return MEASURED[low] + (MEASURED[high] - MEASURED[low]) * (batch - low) / (high - low)


def p99(rate: float, limit: int) -> float:
    """Return the p99 latency in milliseconds at a rate of requests per second, with batches of at most `limit`."""
    uniform = random.Random(7)  # noqa: S311  a simulation that repeats
    now, arrivals = 0.0, []
    for _ in range(REQUESTS):
        now -= math.log(1 - uniform.random()) * 1000 / rate
        arrivals.append(now)
    free, at, latencies = 0.0, 0, []
    while at < REQUESTS:
        start = max(free, arrivals[at])
        batch = min(limit, bisect_right(arrivals, start, lo=at) - at)
        free = start + service_time(batch)
        latencies += [free - arrival for arrival in arrivals[at : at + batch]]
        at += batch
    steady = sorted(latencies[WARM_UP:])
    return steady[math.ceil(0.99 * len(steady)) - 1]


def curve(limit: int) -> Iterator[tuple[float, float]]:
    """Go through loads from light to almost all that batches of that limit can carry."""
    capacity = limit / service_time(limit) * 1000
    for share in (0.02, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.98):
        yield share * capacity, p99(share * capacity, limit)


def main() -> None:
    """Write batching.svg beside this script."""
    write_chart(
        __file__,
        "p99 latency of one replica over its load, for batch limits of 1, 4, 8 and 32",
        Axis("load of one replica, requests per second", [(load, f"{load:,}") for load in range(0, 8001, 1000)]),
        Axis("p99 latency, ms", [(time, str(time)) for time in range(0, 31, 5)]),
        [Line(f"limit {limit}", list(curve(limit))) for limit in (1, 4, 8, 32)],
    )


if __name__ == "__main__":
    main()
