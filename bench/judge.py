"""Fit the weights of `render/layout/judge.py`: what boxes, and boxes with lines, say about the finished drawing.

    python -m bench.judge

Every reference view is finished from each of its placements. Every other view is fitted; the rest is held out, and says
how much is lost if only those placements are finished that the guess thinks best: by the weights of `judge`, and by
those that are fitted here; and what a quick search loses that routes but those within a margin of the best one.
Takes some minutes of a processor.
"""

from __future__ import annotations

import sys
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from archfolio.render.layout import judge
from archfolio.render.layout.draft import frame
from archfolio.render.layout.effort import QUICK
from archfolio.render.layout.engine import Bundled
from archfolio.render.layout.measure import size
from archfolio.render.layout.place_boxes import place_boxes
from archfolio.render.layout.route_edges import lines
from archfolio.render.layout.search import search_among
from archfolio.render.layout.settings import candidates_for

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from archfolio.render.layout.draft import Frame, Placement
    from archfolio.render.model.graph import Graph

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
reference = import_module("reference")


class Seen(NamedTuple):
    """What the guess sees of a placement: what it knows the price of, and features."""

    known: float
    features: dict[str, float]

    def guess(self, weights: Mapping[str, float]) -> float:
        """Return what is guessed with these weights."""
        return self.known + sum(weight * self.features[name] for name, weight in weights.items())


class Row(NamedTuple):
    """A placement: what its boxes say, what boxes and lines say, and what the finished drawing costs."""

    boxes: Seen
    lines: Seen
    cost: float


A_FAULT = 10.0  # what a fault costs here
NEAR = 10.0  # how much worse than the best of its view a drawing is that counts half
KEPT = (1, 2, 3, 4, 6)
MARGINS = (2.0, 4.0, 5.0, 6.0, 8.0, np.inf)


def rows_of(graph: Graph) -> list[Row]:
    """Finish a graph from each of its placements."""
    whole = frame(size(graph))
    return [row_of(whole, placement) for placement in place_boxes(whole, Bundled(), candidates_for(whole.sized))]


def row_of(whole: Frame, placement: Placement) -> Row:
    """Finish a graph from one placement."""
    faults, cost = search_among(whole, [placement]).score
    routes = lines(whole, placement)
    return Row(
        Seen(*judge.judged(whole, [placement])[0]),
        Seen(judge.known_with_lines(whole, placement, routes), judge.features_with_lines(whole, placement, routes)),
        A_FAULT * faults + cost,
    )


def fitted(views: Sequence[Sequence[tuple[Seen, float]]]) -> dict[str, float]:
    """Fit weights of at least 0 to what the placements of each view cost beyond what is known of them.

    The nearer a placement is to the best of its view, the more it counts: how bad a bad one is does not matter.
    """
    names = list(views[0][0][0].features)
    features, costs = [], []
    for view in views:
        x = np.array([[seen.features[name] for name in names] for seen, _ in view])
        cost = np.array([cost for _, cost in view])
        weight = 1 / (NEAR + cost - cost.min())
        y = cost - np.array([seen.known for seen, _ in view])
        features.append((x - np.average(x, axis=0, weights=weight)) * np.sqrt(weight)[:, None])
        costs.append((y - np.average(y, weights=weight)) * np.sqrt(weight))
    x, y = np.vstack(features), np.concatenate(costs)
    used = list(range(len(names)))
    while True:
        weights = np.linalg.lstsq(x[:, used], y, rcond=None)[0]
        if not used or weights.min() >= 0:
            found = dict(zip((names[at] for at in used), weights.tolist(), strict=True))
            return {name: round(found.get(name, 0.0), 2) for name in names}
        used.pop(int(weights.argmin()))


def lost(views: Sequence[Sequence[tuple[Seen, float]]], weights: Mapping[str, float], kept: int) -> tuple[float, float]:
    """Average what is lost if only the best by the guess are finished, and in how many views that is nothing."""
    losses = []
    for view in views:
        ranked = sorted(view, key=lambda row: row[0].guess(weights))
        losses.append(min(cost for _, cost in ranked[:kept]) - min(cost for _, cost in view))
    return float(np.mean(losses)), float(np.mean(np.array(losses) <= 0))


def report(views: Sequence[Sequence[Row]]) -> str:
    """Fit every other view, and tell what is lost on the rest by the weights that there are and by the fitted ones."""
    told = []
    for name, there in (("OF_BOXES", judge.OF_BOXES), ("OF_LINES", judge.OF_LINES)):
        seen = [[(row.boxes if there is judge.OF_BOXES else row.lines, row.cost) for row in view] for view in views]
        fit = fitted(seen[::2])
        told.append(f"{name} {fit}")
        told.append("  placements finished         " + "".join(f"{kept:>8}" for kept in KEPT))
        for whose, weights in (("as they are", there), ("fitted here", fit)):
            losses = [lost(seen[1::2], weights, kept) for kept in KEPT]
            told.append(f"  lost, {whose}           " + "".join(f"{cost:8.2f}" for cost, _ in losses))
            told.append(f"  best is found, {whose}  " + "".join(f"{none:8.0%}" for _, none in losses))
    told += ["MARGIN", *table(views[1::2])]
    return "\n".join(told) + "\n"


def by_guess(rows: Sequence[Row]) -> list[Row]:
    """Sort placements as the guess from their boxes does."""
    return sorted(rows, key=lambda row: row.boxes.guess(judge.OF_BOXES))


def within(view: Sequence[Row], margin: float) -> list[Row]:
    """Return the placements that a quick search routes, if none may be worse by more than a margin, by the guess."""
    ranked = by_guess(view)[: QUICK.routed]
    return [row for row in ranked if row.boxes.guess(judge.OF_BOXES) <= ranked[0].boxes.guess(judge.OF_BOXES) + margin]


def table(views: Sequence[Sequence[Row]]) -> list[str]:
    """Tell how many placements get lines with each of the margins, and what the best of them costs on average."""
    found = [[within(view, margin) for view in views] for margin in MARGINS]
    costs = [[min(row.cost for row in rows) for rows in of] for of in found]
    return [
        "  margin                      " + "".join(f"{margin:8g}" for margin in MARGINS),
        "  placements with lines       " + "".join(f"{np.mean([len(rows) for rows in of]):8.2f}" for of in found),
        "  cost of the best            " + "".join(f"{np.mean(of):8.2f}" for of in costs),
    ]


def main() -> None:
    """Print the weights, and what they lose on views that they were not fitted on."""
    with get_context("fork").Pool() as pool:
        views = pool.map(rows_of, reference.reference_graphs(), chunksize=1)
    sys.stdout.write(report(views))


if __name__ == "__main__":
    main()
