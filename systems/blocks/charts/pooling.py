"""Compute how long the slowest one in a hundred requests waits, over the load of its pool, for pools of several sizes.

M/M/c queue: random arrivals, exponential service times, one queue before c equal servers (Erlang C). The wait is in
units of the mean service time.
"""

from __future__ import annotations

import math

from archfolio.systems.blocks.charts._line_chart import Axis, Line, write_chart

LOADS = (0.05, *(share / 100 for share in range(10, 96, 2)), 0.96, 0.97, 0.98, 0.985, 0.99)


def waits(servers: int, load: float) -> float:
    """Return the probability that a request has to wait (Erlang C), from the recursion of Erlang B."""
    offered = servers * load
    blocked = 1.0
    for count in range(1, servers + 1):
        blocked = offered * blocked / (count + offered * blocked)
    return blocked / (1 - load * (1 - blocked))


def p99_wait(servers: int, load: float) -> float:
    """Return the wait that one request in a hundred exceeds: P(W > t) = C exp(-c (1 - load) t)."""
    return max(0.0, math.log(waits(servers, load) / 0.01) / (servers * (1 - load)))


def main() -> None:
    """Write pooling.svg beside this script."""
    write_chart(
        __file__,
        "p99 wait over load, for pools of 1, 4, 16 and 64 servers",
        Axis("load of the pool, % of its capacity", [(load, str(load)) for load in range(0, 101, 10)]),
        Axis("p99 wait, in service times", [(wait, str(wait)) for wait in range(0, 11, 2)]),
        [
            Line(name, [(100 * load, p99_wait(servers, load)) for load in LOADS])
            for servers, name in ((1, "1 server"), (4, "4"), (16, "16"), (64, "64 servers"))
        ],
    )


if __name__ == "__main__":
    main()
