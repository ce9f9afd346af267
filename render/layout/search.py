"""From `Sized` to `Layout`: have Graphviz place the boxes, draw lines, titles and labels, and keep the best of several.

Of two layouts the one with fewer faults is better, and of two with equally many the one that costs less
(`Faults.cost`: crossings, lines on one another, labels over bends, length against the flow, corners, area).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from archfolio.render.layout.dot_reader import read
from archfolio.render.layout.dot_writer import dot
from archfolio.render.layout.engine import LayoutFailed
from archfolio.render.layout.place_labels import Surroundings, place_labels
from archfolio.render.layout.place_titles import slid_titles
from archfolio.render.layout.quality import measure
from archfolio.render.layout.route_edges import lines, smooth
from archfolio.render.layout.segments import of_corners, rows
from archfolio.render.layout.settings import CANDIDATES, candidates_for
from archfolio.render.model.geometry import Box, Layout, PlacedLabel, Point, Route, Size

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archfolio.render.layout.dot_reader import Drawn
    from archfolio.render.layout.dot_writer import Candidate
    from archfolio.render.layout.engine import Engine
    from archfolio.render.layout.quality import Faults
    from archfolio.render.model.geometry import Sized

__all__ = ["CANDIDATES", "Placed", "best", "is_good_enough", "lay_out_with", "layout", "search"]

AT_LEAST = 6
"""How many candidates are compared before a good one ends the search."""


@dataclass(frozen=True)
class Placed:
    """A layout, and what is wrong with it, measured when somebody asks."""

    sized: Sized
    layout: Layout

    @cached_property
    def faults(self) -> Faults:
        """What is wrong with it."""
        return measure(self.sized, self.layout)

    @property
    def score(self) -> tuple[int, float]:
        """How bad it is: first the number of faults, then how restless it looks."""
        return self.faults.count, self.faults.cost


def layout(sized: Sized, engine: Engine, candidates: Sequence[Candidate] = ()) -> Layout:
    """Lay a graph out as well as any of the candidates can; see `search`."""
    return search(sized, engine, candidates).layout


def search(sized: Sized, engine: Engine, candidates: Sequence[Candidate] = (), at_least: int = AT_LEAST) -> Placed:
    """Lay a graph out with the candidates in turn, those for its size unless others are given, and return the best.

    A good one ends the search once `at_least` so many were compared. Raises `LayoutFailed` if Graphviz can draw none.
    """
    found: list[Placed] = []
    reasons = []
    for candidate in candidates or candidates_for(sized):
        try:
            found.append(lay_out_with(sized, engine, candidate))
        except LayoutFailed as failure:
            reasons.append(f"{candidate.name}: {failure}")
        if len(found) >= at_least and is_good_enough(best(found)):
            break
    if not found:
        raise LayoutFailed("; ".join(reasons))
    return best(found)


def best(found: Sequence[Placed]) -> Placed:
    """Choose the best layout; of equally good ones the first."""
    return found[0] if len(found) == 1 else min(found, key=lambda placed: placed.score)


def is_good_enough(placed: Placed) -> bool:
    """Say whether to stop searching: nothing is wrong and no lines meet."""
    faults = placed.faults
    return not (faults.count or faults.crossings or faults.coincident)


def lay_out_with(sized: Sized, engine: Engine, candidate: Candidate) -> Placed:
    """Lay a graph out with one candidate.

    Raises `LayoutFailed` if Graphviz cannot, or loses a node or an edge.
    """
    drawn = read(engine.layout(dot(sized, candidate)), sized, candidate)
    return Placed(sized, _placed(sized, drawn, candidate))


def _placed(sized: Sized, drawn: Drawn, candidate: Candidate) -> Layout:
    corners = lines(sized, drawn)
    titles = slid_titles(sized, drawn.clusters, drawn.nodes.values(), of_corners(corners))
    cards, panels = rows(drawn.nodes.values()), rows(drawn.clusters.values())
    points = [Box(*point, *point) for line in corners for point in line]
    bounds = _bounds([*drawn.nodes.values(), *drawn.clusters.values(), *points])
    labels = place_labels(sized, Surroundings(cards, rows(titles.values()), panels, corners, bounds))
    bounds = _bounds([bounds, *(label.box for label in labels)])
    return _at_origin(
        Layout(
            Size(round(bounds.width, 2), round(bounds.height, 2)),
            drawn.nodes,
            drawn.clusters,
            titles,
            tuple(Route(edge.id, smooth(line)) for edge, line in zip(sized.edges, corners, strict=True)),
            labels,
            candidate.name,
        ),
        bounds,
    )


def _bounds(boxes: Sequence[Box]) -> Box:
    """Enclose boxes; a drawing of nothing has no size."""
    if not boxes:
        return Box(0.0, 0.0, 0.0, 0.0)
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return Box(min(x0), min(y0), max(x1), max(y1))


def _at_origin(drawing: Layout, bounds: Box) -> Layout:
    """Move everything so that the drawing begins at (0, 0), and round to a hundredth of a px."""

    def box(old: Box) -> Box:
        x, y = bounds.x0, bounds.y0
        return Box(round(old.x0 - x, 2), round(old.y0 - y, 2), round(old.x1 - x, 2), round(old.y1 - y, 2))

    def point(old: Point) -> Point:
        return Point(round(old.x - bounds.x0, 2), round(old.y - bounds.y0, 2))

    return Layout(
        drawing.size,
        {key: box(old) for key, old in drawing.nodes.items()},
        {key: box(old) for key, old in drawing.clusters.items()},
        {key: box(old) for key, old in drawing.titles.items()},
        tuple(Route(route.edge, tuple(map(point, route.points))) for route in drawing.routes),
        tuple(PlacedLabel(old.edge, old.shape, box(old.box), old.anchor, old.on_line) for old in drawing.labels),
        drawing.candidate,
    )
