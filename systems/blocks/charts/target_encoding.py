"""Encode a column of pure noise by its mean label, and draw how well that predicts rows it has seen and rows it has not.

Every row gets a random category and a random label; nothing can be learnt. The column is encoded by the mean label of
its category over all training rows, or of the other four fifths (out of fold), and read as a score: AUC is 0.5 by right.
"""

from __future__ import annotations

import random

from archfolio.systems.blocks.charts._line_chart import Axis, Line, write_chart

ROWS, RATE, PRIOR, FOLDS = 20_000, 0.2, 0.2, 5
PER_CATEGORY = (2, 3, 5, 10, 20, 50, 100, 200, 500, 1000)


def auc(scores: list[float], labels: list[int]) -> float:
    """Return the area under the ROC curve: the chance that a positive outscores a negative, ties as half."""
    order = sorted(range(len(scores)), key=lambda row: scores[row])
    ranks, at = [0.0] * len(scores), 0
    while at < len(order):
        end = at
        while end < len(order) and scores[order[end]] == scores[order[at]]:
            end += 1
        for row in order[at:end]:
            ranks[row] = (at + end + 1) / 2
        at = end
    positives = sum(labels)
    above = sum(rank for rank, label in zip(ranks, labels, strict=True) if label)
    return (above - positives * (positives + 1) / 2) / (positives * (len(labels) - positives))


def means(categories: list[int], labels: list[int]) -> dict[int, float]:
    """Return the mean label by category, smoothed by one row of the prior."""
    total: dict[int, float] = {}
    count: dict[int, int] = {}
    for category, label in zip(categories, labels, strict=True):
        total[category] = total.get(category, 0.0) + label
        count[category] = count.get(category, 0) + 1
    return {category: (total[category] + PRIOR) / (count[category] + 1) for category in total}


def measure(per_category: int) -> tuple[float, float, float]:
    """Return the AUC of the encoding on its own rows, out of fold, and on fresh rows."""
    chance = random.Random(per_category)  # noqa: S311  a simulation that repeats
    distinct = ROWS // per_category

    def drawn() -> tuple[list[int], list[int]]:
        rows = [(int(chance.random() * distinct), int(chance.random() < RATE)) for _ in range(ROWS)]
        return [category for category, _ in rows], [label for _, label in rows]

    categories, labels = drawn()
    encoded = means(categories, labels)
    own = auc([encoded[category] for category in categories], labels)
    held_out = []
    for fold in range(FOLDS):
        rest = [row for row in range(ROWS) if row % FOLDS != fold]
        other = means([categories[row] for row in rest], [labels[row] for row in rest])
        mine = range(fold, ROWS, FOLDS)
        held_out.append(auc([other.get(categories[row], PRIOR) for row in mine], [labels[row] for row in mine]))
    fresh, outcomes = drawn()
    return own, sum(held_out) / FOLDS, auc([encoded.get(category, PRIOR) for category in fresh], outcomes)


def main() -> None:
    """Write target_encoding.svg beside this script."""
    measured = [(count, measure(count)) for count in PER_CATEGORY]
    names = ("with its own label", "out of fold", "fresh rows")
    write_chart(
        __file__,
        "AUC of a target-encoded column of noise over the number of rows per category",
        Axis(
            "training rows per category",
            [(count, f"{count:,}") for count in (2, 5, 10, 20, 50, 100, 200, 500, 1000)],
            log=True,
        ),
        Axis("AUC", [(tenths / 10, str(tenths / 10)) for tenths in range(4, 11)]),
        [Line(name, [(count, found[at]) for count, found in measured]) for at, name in enumerate(names)],
    )


if __name__ == "__main__":
    main()
