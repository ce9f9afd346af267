"""Two annotators who are each right 95 times in 100: compute how often they agree, and their kappa, over prevalence.

Their errors are independent and as likely on positives as on negatives. Nothing but the share of positives changes.
"""

from __future__ import annotations

from archfolio.systems.blocks.charts._line_chart import Axis, Line, write_chart

RIGHT = 0.95
PREVALENCE = (0.01, 0.015, 0.02, 0.03, 0.05, 0.07, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5)


def agreement() -> float:
    """Return how often both say the same: both right, or both wrong."""
    return RIGHT**2 + (1 - RIGHT) ** 2


def kappa(prevalence: float) -> float:
    """Return Cohen's kappa: the agreement beyond what their rates of positives would give by chance."""
    positive = prevalence * RIGHT + (1 - prevalence) * (1 - RIGHT)
    chance = positive**2 + (1 - positive) ** 2
    return (agreement() - chance) / (1 - chance)


def main() -> None:
    """Write kappa.svg beside this script."""
    write_chart(
        __file__,
        "Agreement and Cohen's kappa of two annotators over the share of positives",
        Axis("share of positives, %", [(share, str(share)) for share in (1, 2, 5, 10, 20, 50)], log=True),
        Axis("agreement, kappa", [(fifths / 5, str(fifths / 5)) for fifths in range(6)]),
        [
            Line("agreement", [(100 * share, agreement()) for share in PREVALENCE]),
            Line("kappa", [(100 * share, kappa(share)) for share in PREVALENCE]),
        ],
    )


if __name__ == "__main__":
    main()
