"""Fit the weights of `render/layout/judge.py`: what boxes, and boxes with lines, say about the finished drawing.

    python -m bench.judge

Every fourth reference view and every fifth random graph are finished from every placement, and from some of the small
changes of the best one, as a search for a record tries them. Half of them are fitted, the other half says how much is
lost if only the few are finished that the guess thinks best. The other reference views are not looked at. Takes some
minutes of both cores.
"""

from __future__ import annotations

import sys
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from archfolio.render.layout import judge
from archfolio.render.layout.draft import frame
from archfolio.render.layout.engine import Bundled
from archfolio.render.layout.measure import size
from archfolio.render.layout.moves import apply_change, changes, tree
from archfolio.render.layout.route_edges import lines
from archfolio.render.layout.search import Effort, place_boxes, search_among
from archfolio.render.layout.settings import CANDIDATES

if TYPE_CHECKING:
    from archfolio.render.layout.draft import Frame, Placement
    from archfolio.render.model.graph import Graph

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
reference = import_module("reference")


class Row(NamedTuple):
    """What the boxes of a placement say, what boxes and lines say, and what the finished drawing costs."""

    boxes: dict[str, float]
    lines: dict[str, float]
    cost: float


ONE = Effort(1, 1, 1, (("in columns and rows", 1.2), ("in columns", 1.1)))
A_FAULT = 10.0  # what a fault costs here
CHANGES = 24  # of the best placement, spread over all that there are
MOST = 40.0  # of a drawing over the best one; how bad a bad one is does not matter


def rows_of(graph: Graph) -> list[Row]:
    """Finish a graph from each of its placements, and from small changes of the best one."""
    whole = frame(size(graph))
    placements = place_boxes(whole, Bundled(), CANDIDATES)
    found = [row_of(whole, placement) for placement in placements]
    best = placements[min(range(len(found)), key=lambda at: found[at].cost)]
    things = tree(whole)
    every = list(changes(things, range(things.cards)))
    near = (apply_change(whole, things, best, change) for change in every[:: len(every) // CHANGES + 1])
    return [*found, *(row_of(whole, placement) for placement in near if placement)]


def row_of(whole: Frame, placement: Placement) -> Row:
    """Finish a graph from one placement."""
    faults = search_among(whole, [placement], ONE).faults
    return Row(
        judge.features(whole, placement),
        judge.features_with_lines(whole, placement, lines(whole, placement)),
        A_FAULT * faults.count + faults.cost,
    )


def fitted(views: list[list[Row]], which: Literal["boxes", "lines"]) -> dict[str, float]:
    """Fit weights of at least 0 to the differences between the placements of each view."""
    names = [name for name in getattr(views[0][0], which) if name != "entry"]  # it is what it costs
    features, costs = [], []
    for view in views:
        x = np.array([[getattr(row, which)[name] for name in names] for row in view])
        y = np.minimum(np.array([row.cost for row in view]) - min(row.cost for row in view), MOST)
        features.append(x - x.mean(axis=0))
        costs.append(y - y.mean())
    x, y = np.vstack(features), np.concatenate(costs)
    used = list(range(len(names)))
    while True:
        weights = np.linalg.lstsq(x[:, used], y, rcond=None)[0]
        if not used or weights.min() >= 0:
            return {names[at]: round(float(weight), 3) for at, weight in zip(used, weights, strict=True)}
        used.pop(int(weights.argmin()))


def lost(views: list[list[Row]], weights: dict[str, float], which: Literal["boxes", "lines"], kept: int) -> float:
    """Average what is lost if only the best by the guess are finished."""
    losses = []
    for view in views:
        ranked = sorted(
            view, key=lambda row: sum(weight * getattr(row, which)[name] for name, weight in weights.items())
        )
        losses.append(min(row.cost for row in ranked[:kept]) - min(row.cost for row in view))
    return float(np.mean(losses))


def main() -> None:
    """Print the weights, and what they lose on views that they were not fitted on."""
    graphs = [*reference.reference_graphs()[::4], *(reference.random_graph(seed) for seed in range(0, 60, 5))]
    with get_context("fork").Pool() as pool:
        views = pool.map(rows_of, graphs, chunksize=1)
    train, test = views[::2], views[1::2]
    which: Literal["boxes", "lines"]
    for which, name in (("boxes", "OF_BOXES"), ("lines", "OF_LINES")):
        weights = fitted(train, which)
        losses = {kept: round(lost(test, weights, which, kept), 2) for kept in (1, 2, 3, 4, 6)}
        sys.stdout.write(f"{name} {weights}\n  lost on held-out views {losses}\n")


if __name__ == "__main__":
    main()
