"""Compute how long the slowest one in a hundred requests waits, over the load of its pool, for pools of several sizes.

M/M/c queue: random arrivals, exponential service times, one queue before c equal servers (Erlang C). The wait is in
units of the mean service time.
"""

from __future__ import annotations

import math
from pathlib import Path

from archfolio.systems.blocks.charts.line_chart import AMBER, BLUE, TEAL, VIOLET, Axis, Line, line_chart

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
    lines = [
        Line(name, colour, [(100 * load, p99_wait(servers, load)) for load in LOADS])
        for servers, name, colour in (
            (1, "1 server", AMBER),
            (4, "4", VIOLET),
            (16, "16", TEAL),
            (64, "64 servers", BLUE),
        )
    ]
    svg = line_chart(
        "p99 wait over load, for pools of 1, 4, 16 and 64 servers",
        Axis("load of the pool, % of its capacity", 0, 100, range(0, 101, 10)),
        Axis("p99 wait, in service times", 0, 10, range(0, 11, 2)),
        lines,
    )
    Path(__file__).with_suffix(".svg").write_text(svg, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
