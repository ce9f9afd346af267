"""Compute how many calls reach a failing dependency for each request of a user, with retries in one layer or in three.

Attempts fail independently with the share on the horizontal axis. A layer that tries up to three times makes
1 + p + p² calls on average and fails with p³; three such layers multiply. A retry budget of 10 % lets through at most
one retry for ten requests in each layer (Site Reliability Engineering, chapter 21); it is shared out evenly among the
requests that fail first, each of which gets both its retries or none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archfolio.systems.blocks.charts._line_chart import Axis, Line, write_chart

if TYPE_CHECKING:
    from collections.abc import Callable

LAYERS, BUDGET = 3, 0.1
SHARES = [step / 50 for step in range(51)]


def free(p: float) -> tuple[float, float]:
    """Return the calls that three tries make, and the share of requests that still fail."""
    return 1 + p + p**2, p**3


def budgeted(p: float) -> tuple[float, float]:
    """Return the same where retries are at most a tenth of requests."""
    wanted = p + p**2
    granted = min(1.0, BUDGET / wanted) if wanted else 1.0
    return 1 + granted * wanted, p * (1 - granted) + granted * p**3


def calls(p: float, layer: Callable[[float], tuple[float, float]], layers: int) -> float:
    """Return the calls that reach the dependency for a request that enters the outermost layer."""
    total = 1.0
    for _ in range(layers):
        factor, p = layer(p)
        total *= factor
    return total


def main() -> None:
    """Compute and draw."""
    write_chart(
        __file__,
        "Calls that reach a failing dependency for each request",
        Axis("Attempts that fail, of attempts", [(step / 5, f"{20 * step} %") for step in range(6)]),
        Axis("Calls per request (logarithmic)", [(1, "1"), (3, "3"), (9, "9"), (27, "27")], log=True),
        [
            Line("3 layers, 3 tries", [(p, calls(p, free, LAYERS)) for p in SHARES]),
            Line("1 layer, 3 tries", [(p, calls(p, free, 1)) for p in SHARES]),
            Line("3 layers, 10 % budget", [(p, calls(p, budgeted, LAYERS)) for p in SHARES]),
        ],
    )


if __name__ == "__main__":
    main()
