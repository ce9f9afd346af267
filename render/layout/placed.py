"""A finished layout: everything has its name and its place again, and it can be asked what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from archfolio.render.layout.quality import measure
from archfolio.render.layout.respace import spots
from archfolio.render.layout.route_edges import smooth
from archfolio.render.model.geometry import FLOW, Box, Layout, PlacedLabel, Point, Route, Size

if TYPE_CHECKING:
    from archfolio.render.layout.draft import Draft, Frame, Ints, Placement, Spot
    from archfolio.render.layout.quality import Faults
    from archfolio.render.layout.settle import Kept
    from archfolio.render.model.geometry import Sized


@dataclass(frozen=True)
class Placed:
    """A layout, where its cards stood before they settled, and what is wrong with it, measured when somebody asks."""

    sized: Sized
    square: Layout  # its routes have corners in place of points: most drawings are thrown away before they are rounded
    spots: dict[str, Spot]
    held: bool  # were cards held near the second half of their spots
    simplified: str = ""  # a sentence, if it was too large for a search: what was done instead

    @cached_property
    def layout(self) -> Layout:
        """The layout, whose lines turn softly."""
        routes = tuple(Route(route.edge, smooth(route.points)) for route in self.square.routes)
        return replace(self.square, routes=routes)

    @cached_property
    def faults(self) -> Faults:
        """What is wrong with it."""
        return measure(self.sized, self.square, [route.points for route in self.square.routes])

    @cached_property
    def score(self) -> tuple[int, float]:
        """How bad it is: first the number of faults, then how restless it looks.

        That text is small is no fault of what runs to a side, but has a price: a row that is folded is no row any more.
        """
        runs_aside = FLOW[self.sized.rankdir][0] == 0
        return self.faults.count - runs_aside * len(self.faults.small), self.faults.cost


def placed(whole: Frame, draft: Draft, start: Placement, kept: Kept = ()) -> Placed:
    """Name everything again, and move the drawing to its corner."""
    x, y, right, bottom = _extent(draft)
    layout = _named(whole.sized, draft, (x, y), Size(float(right - x), float(bottom - y)), start.name)
    cards, panels = (
        [(left - x, above - y) for left, above, *_ in rows.tolist()] for rows in (draft.cards, draft.panels)
    )
    return Placed(whole.sized, layout, spots(whole, start, kept or cards, panels), bool(kept))


def _extent(draft: Draft) -> tuple[int, int, int, int]:
    """Return the box around all that stands in a drawing."""
    corners = [corner for line in draft.lines for corner in line]
    points = np.array(corners, dtype=np.int64).reshape(-1, 2)
    everything = np.vstack([draft.cards, draft.panels, draft.boxes, np.hstack([points, points])])
    if not len(everything):
        everything = np.zeros((1, 4), dtype=np.int64)
    x, y = everything[:, :2].min(axis=0).tolist()
    right, bottom = everything[:, 2:].max(axis=0).tolist()
    return x, y, right, bottom


def _named(sized: Sized, draft: Draft, corner: tuple[int, int], size: Size, candidate: str) -> Layout:
    """Give what stands in a drawing its name, and its place from the drawing's own corner; lines stay square."""
    x, y = corner

    def moved(rows: Ints) -> list[Box]:
        return [Box(*map(float, row)) for row in (rows - np.array([x, y, x, y])).tolist()]

    return Layout(
        size,
        {node.id: box for node, box in zip(sized.nodes, moved(draft.cards), strict=True)},
        {cluster.id: box for cluster, box in zip(sized.clusters, moved(draft.panels), strict=True)},
        {
            cluster.id: Box(
                box.x0, box.y0, round(box.x0 + cluster.title.width, 2), round(box.y0 + cluster.title.height, 2)
            )
            for cluster, box in zip(sized.clusters, moved(draft.titles), strict=True)
        },
        tuple(
            Route(edge.id, tuple([Point(float(a - x), float(b - y)) for a, b in line]))
            for edge, line in zip(sized.edges, draft.lines, strict=True)
        ),
        tuple(
            PlacedLabel(sized.edges[tag.edge].id, tag.shape, _fitted(box, tag.shape.size), tag.anchor, tag.on_line)
            for tag, box in zip(draft.tags, moved(draft.boxes), strict=True)
        ),
        candidate,
    )


def _fitted(box: Box, size: Size) -> Box:
    """Shrink a box in whole px to the size of what is in it, around its middle."""
    x, y = box.centre
    across, down = size.width / 2, size.height / 2
    return Box(round(x - across, 2), round(y - down, 2), round(x + across, 2), round(y + down, 2))
