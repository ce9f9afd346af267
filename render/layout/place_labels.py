"""Place edge labels: on their line over a ground, or beside it, all of them together.

Each label has many possible places along its line. A place costs what it covers or comes near; then each label in
turn takes the cheapest place that the others leave it, until none wants to move.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from archfolio.render.layout.segments import Segments, grown, hits, inside, of_corners, overlaps
from archfolio.render.model import style
from archfolio.render.model.geometry import Box, PlacedLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archfolio.render.layout.segments import Bools, Floats
    from archfolio.render.model.geometry import LabelShape, Point, Sized

PLACES = 24  # along a line, at most
STEP = 9.0  # px between places, at least
SHAPES = 4  # ways to break a label that are tried
BEST = 40  # places of a label that are kept for the choice among all labels
SWEEPS = 6  # in which labels may move out of each other's way

GAP = 3.0  # px between a line and the label beside it
AIR = 3.0  # px around a label that cards, titles and other labels stay out of
NEAR = 7.0  # px around a label in which another line makes it doubtful whose it is
BEND_REACH = 8.0  # px before and after a bend that a label should leave free
STUB = 7.0  # px of line that must show between a label and an end of its line

SIDES = np.array([0.0, 1.0, -1.0])  # of a line: on it, and to the left and right of its direction
LEVEL = 0.7  # of the direction across a line that points up or down: more, and the line is rather level

# What is wrong with a place, weighed against each other; the last ones only choose between good places.
ON_CARD = 3000.0
ON_TITLE = 1500.0
ON_LABEL = 900.0
ON_FOREIGN_LINE = 400.0
STRUCK = 400.0  # a label without a ground, and its own line runs through it
ON_ARROW = 250.0
OUTSIDE = 60.0
ON_STUB = 40.0
NEAR_FOREIGN_LINE = 30.0
ON_BEND = 30.0
ON_BORDER = 12.0
BESIDE = 7.0
OTHER_SHAPE = 3.0  # than the first, for each that comes before it
OFF_MIDDLE = 14.0  # at an end of the line
UPRIGHT = 4.0  # on an upright part of a line that has level ones


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What labels must respect: cards, titles, panels, and the corners of every line in the order of the edges."""

    cards: Floats
    titles: Floats
    panels: Floats
    lines: Sequence[Sequence[Point]]
    bounds: Box


@dataclass(frozen=True, slots=True)
class _Places:
    """The places of one label, cheapest first."""

    edge: int
    boxes: Floats
    costs: Floats
    shapes: tuple[LabelShape, ...]
    anchors: tuple[str, ...]
    on_line: tuple[bool, ...]


def place_labels(sized: Sized, around: Surroundings) -> tuple[PlacedLabel, ...]:
    """Place the labels of all edges that have one, in the order of the edges."""
    lines = of_corners(around.lines)
    tables = [
        _priced(number, around, lines, sized.edges[number].shapes, sized.edges[number].arrows)
        for number in range(len(sized.edges))
        if sized.edges[number].shapes
    ]
    chosen = _chosen(tables)
    return tuple(
        PlacedLabel(
            sized.edges[table.edge].id,
            table.shapes[at],
            Box(*(round(float(value), 2) for value in table.boxes[at])),
            table.anchors[at],
            table.on_line[at],
        )
        for table, at in zip(tables, chosen, strict=True)
    )


def _chosen(tables: Sequence[_Places]) -> list[int]:
    """Let each label take its cheapest place, then move those that lie on one another."""
    chosen = [0] * len(tables)
    if not tables:
        return chosen
    taken = np.array([table.boxes[0] for table in tables])
    for _ in range(SWEEPS):
        meeting = overlaps(grown(taken, AIR), taken)
        np.fill_diagonal(meeting, val=False)
        moved = False
        for number in np.nonzero(meeting.any(axis=1))[0].tolist():
            table = tables[number]
            on_others = overlaps(grown(table.boxes, AIR), taken)
            on_others[:, number] = False
            best = int((table.costs + ON_LABEL * on_others.sum(axis=1)).argmin())
            if best != chosen[number]:
                chosen[number], moved = best, True
                taken[number] = table.boxes[best]
        if not moved:
            break
    return chosen


def _priced(
    edge: int, around: Surroundings, lines: Segments, shapes: tuple[LabelShape, ...], arrows: tuple[bool, bool]
) -> _Places:
    """List the places along an edge, by shape, side of the line and station, and keep the cheapest."""
    corners = np.array(around.lines[edge], dtype=float)
    points, normals, shares = _stations(corners)
    tried = _variety(shapes)
    half = np.array([shape.size for shape in tried])[:, None, None] / 2
    off = np.abs(normals[None]) @ half[:, 0, 0, :, None] + GAP - style.LABEL_PADDING[1]
    centre = points[None, None] + SIDES[None, :, None, None] * normals[None, None] * off[:, None]
    boxes = np.concatenate([centre - half, centre + half], axis=3)
    count = boxes.shape[:3]
    boxes = boxes.reshape(-1, 4)
    on_line = np.broadcast_to((SIDES == 0)[None, :, None], count).ravel()
    cost = _taste(len(tried), normals, shares).ravel()
    cost = cost + _surroundings_cost(boxes, on_line, edge, around, lines)
    cost = cost + _own_cost(boxes, on_line, corners, arrows)
    kept = np.argsort(cost, kind="stable")[:BEST]
    shape_at, side_at, station_at = np.unravel_index(kept, count)
    sideways = SIDES[side_at] * normals[station_at, 0]
    return _Places(
        edge,
        boxes[kept],
        cost[kept],
        tuple(tried[at] for at in shape_at.tolist()),
        tuple(_anchor(value) for value in sideways.tolist()),
        tuple(on_line[kept].tolist()),
    )


def _taste(shapes: int, normals: Floats, shares: Floats) -> Floats:
    """Price what only looks less good: by shape, side and station."""
    is_level = np.abs(normals[:, 1]) > LEVEL
    by_shape = OTHER_SHAPE * np.arange(shapes)
    by_side = BESIDE * np.abs(SIDES)
    by_station = 2 * OFF_MIDDLE * np.abs(shares - 0.5) + UPRIGHT * (~is_level & is_level.any())
    return np.asarray(by_shape[:, None, None] + by_side[None, :, None] + by_station[None, None])


def _anchor(sideways: float) -> str:
    """Align the lines of a label to the edge that it stands beside."""
    if abs(sideways) < 1 - LEVEL:  # above, below or on the line
        return "middle"
    return "start" if sideways > 0 else "end"


def _variety(shapes: tuple[LabelShape, ...]) -> tuple[LabelShape, ...]:
    """Keep the label as given and the least wide of the others."""
    others = sorted(shapes[1:], key=lambda shape: (shape.size.width, shape.lines))
    return (shapes[0], *others[: SHAPES - 1])


def _stations(corners: Floats) -> tuple[Floats, Floats, Floats]:
    """Walk along a line: points on it, the direction across it there, and the share of its length walked."""
    along = np.diff(corners, axis=0)
    lengths = np.hypot(along[:, 0], along[:, 1])
    walked = np.concatenate([[0.0], np.cumsum(lengths)])
    total = float(walked[-1])
    number = int(np.clip(total // STEP, 1, PLACES))
    middles = (walked[:-1] + walked[1:]) / 2  # of the parts: the calmest places
    at = np.unique(np.concatenate([(np.arange(number) + 0.5) / number * total, middles[lengths > STEP]]))
    part = np.clip(np.searchsorted(walked, at, side="right") - 1, 0, len(along) - 1)
    unit = along / np.maximum(lengths, 1e-9)[:, None]
    points = corners[part] + unit[part] * (at - walked[part])[:, None]
    normals = np.stack([-unit[part, 1], unit[part, 0]], axis=1)
    return points, normals, at / max(total, 1e-9)


def _surroundings_cost(boxes: Floats, on_line: Bools, edge: int, around: Surroundings, lines: Segments) -> Floats:
    """Price what a label would cover or come near that is not its own."""
    whole = np.concatenate([boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)])[None]
    cards = around.cards[overlaps(grown(whole, AIR), around.cards)[0]]
    titles = around.titles[overlaps(grown(whole, AIR), around.titles)[0]]
    panels = around.panels[overlaps(whole, around.panels)[0]]
    near = lines.of((lines.owner != edge) & overlaps(grown(whole, NEAR), grown(lines.bounds, 1.0))[0])
    cost = ON_CARD * overlaps(grown(boxes, AIR), cards).sum(axis=1)
    cost = cost + ON_TITLE * overlaps(grown(boxes, AIR), titles).sum(axis=1)
    cost = cost + ON_BORDER * (overlaps(boxes, panels) & ~inside(boxes, panels)).sum(axis=1)
    cost = cost + ON_FOREIGN_LINE * hits(grown(boxes, 1.0), near).any(axis=1)
    nearer = np.where(on_line, NEAR / 2, NEAR)[:, None]
    cost = cost + NEAR_FOREIGN_LINE * hits(boxes + nearer * np.array([-1, -1, 1, 1]), near).sum(axis=1)
    bounds = around.bounds
    outside = (boxes[:, :2] < (bounds.x0, bounds.y0)).any(axis=1) | (boxes[:, 2:] > (bounds.x1, bounds.y1)).any(axis=1)
    return np.asarray(cost + OUTSIDE * outside)


def _own_cost(boxes: Floats, on_line: Bools, corners: Floats, arrows: tuple[bool, bool]) -> Floats:
    """Price what a label would hide of its own line: arrow heads, bends, and the line itself."""
    own = Segments(corners[:-1], corners[1:], np.zeros(len(corners) - 1, dtype=np.int64))
    cost = STRUCK * (hits(boxes, own).any(axis=1) & ~on_line)
    bends = np.hstack([corners[1:-1], corners[1:-1]])
    cost = cost + ON_BEND * overlaps(grown(boxes, BEND_REACH), grown(bends, 0.1)).sum(axis=1)
    for first, second, has_arrow in ((corners[0], corners[1], arrows[0]), (corners[-1], corners[-2], arrows[1])):
        unit = (second - first) / max(float(np.hypot(*(second - first))), 1e-9)
        arrow = style.ARROW_LENGTH if has_arrow else 0.0
        stubs = np.stack([first + unit * arrow, first + unit * (arrow + STUB)])
        tip, stub = (np.concatenate([np.minimum(first, end), np.maximum(first, end)])[None] for end in stubs)
        cost = cost + ON_ARROW * overlaps(boxes, grown(tip, style.ARROW_WIDTH / 2))[:, 0] * has_arrow
        cost = cost + ON_STUB * (overlaps(boxes, grown(stub, 0.1))[:, 0] & on_line)
    return np.asarray(cost)
