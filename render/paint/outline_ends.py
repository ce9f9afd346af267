"""Lead lines on to the outlines of nodes that are no rectangles: layout ends them at the boxes around these."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

from archfolio.render.model.bezier import point_at
from archfolio.render.model.geometry import Point
from archfolio.render.model.node_style import Outline, node_style
from archfolio.render.paint.outlines import outline_shapes
from archfolio.render.paint.shapes import Path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archfolio.render.model.geometry import Box
    from archfolio.render.model.graph import Node

_CHORDS = 16  # of a Bézier piece of an outline: of a quarter of a circle they are nowhere 0.2 % of its radius off
_TOUCHES = 0.5  # px from an outline at which a line is at it
_IN_LINE = 0.01  # px² of the triangle of three points


def node_outline(node: Node, box: Box) -> tuple[Point, ...]:
    """Return the outline of a node as a closed line of Bézier pieces; nothing of one that fills its box."""
    look = node_style(node)
    if look.is_hidden or look.outline in (Outline.COMPONENT, Outline.POINT):  # the ears of a component hide heads
        return ()
    first = next(iter(outline_shapes(look, box)), None)
    return first.points if isinstance(first, Path) and first.fill else ()


def lead_on(points: tuple[Point, ...], tail: tuple[Point, ...], head: tuple[Point, ...]) -> tuple[Point, ...]:
    """Return a line whose ends go on, as they run, to the outlines of its tail and its head."""
    return _led(_led(points, head)[::-1], tail)[::-1]


def _led(points: tuple[Point, ...], outline: tuple[Point, ...]) -> tuple[Point, ...]:
    tip = points[-1]
    before = next((point for point in reversed(points) if math.dist(point, tip) > _TOUCHES), tip)
    end = _first_crossing(tip, before, outline)
    if end is None:
        return points
    *rest, start, one, two, _ = points
    is_straight = all(abs(_area(start, end, point)) < _IN_LINE for point in (one, two))
    kept, start = ((*rest, start), start) if is_straight else (points, tip)
    thirds = (Point(*(round(a + (b - a) * part / 3, 2) for a, b in zip(start, end, strict=True))) for part in (1, 2))
    return (*kept, *thirds, end)


def _first_crossing(tip: Point, before: Point, outline: tuple[Point, ...]) -> Point | None:
    """Find where a line first meets an outline beyond its tip; None where it is there already, or never is."""
    length = math.dist(before, tip)
    if not length:
        return None
    along = Point((tip.x - before.x) / length, (tip.y - before.y) / length)
    found = []
    for one, other in pairwise(_chords(outline)):
        across = along.x * (other.y - one.y) - along.y * (other.x - one.x)
        if not across:
            continue
        share = ((tip.x - one.x) * along.y - (tip.y - one.y) * along.x) / -across
        if 0 <= share <= 1:
            x, y = one.x + (other.x - one.x) * share, one.y + (other.y - one.y) * share
            found.append((x - tip.x) * along.x + (y - tip.y) * along.y)
    reach = min((way for way in found if way > -_TOUCHES), default=0.0)
    return Point(round(tip.x + along.x * reach, 2), round(tip.y + along.y * reach, 2)) if reach > _TOUCHES else None


def _chords(points: tuple[Point, ...]) -> Iterator[Point]:
    """Yield points along a line of Bézier pieces."""
    yield from points[:1]
    for at in range(0, len(points) - 1, 3):
        piece = points[at : at + 4]
        yield from (point_at(piece, step / _CHORDS) for step in range(1, _CHORDS + 1))


def _area(a: Point, b: Point, c: Point) -> float:
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
