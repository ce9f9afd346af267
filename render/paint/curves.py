"""Give lines the turns that an author wishes for: wider ones, or none."""

from __future__ import annotations

import math

from archfolio.render.model.bezier import ROUND, between, straight_to, towards
from archfolio.render.model.geometry import Point

_STRAIGHT = 1e-6  # sine under which two directions are one


def turned(points: tuple[Point, ...], reach: float) -> tuple[Point, ...]:
    """Return a line of Bézier pieces whose corners take so many px before and after them; 0 leaves them sharp."""
    corners = _corners(points)
    line = [corners[0]]
    for before, corner, after in zip(corners, corners[1:], corners[2:], strict=False):
        room = min(reach, math.dist(before, corner) / 2, math.dist(corner, after) / 2)
        enter, leave = towards(corner, before, room), towards(corner, after, room)
        straight_to(line, enter)
        if room > 0:
            line += [between(enter, corner, ROUND), between(leave, corner, ROUND), leave]
    straight_to(line, corners[-1])
    return tuple(Point(round(x, 2), round(y, 2)) for x, y in line)


def joined(points: tuple[Point, ...], tail: Point | None, head: Point | None) -> tuple[Point, ...]:
    """Lead a line on to the middle of the junction that it begins or ends at."""
    line = [tail or points[0]]
    if tail:
        straight_to(line, points[0])
    line += points[1:]
    if head:
        straight_to(line, head)
    return tuple(line)


def _corners(points: tuple[Point, ...]) -> list[Point]:
    """Find the corners of a line: its ends, and where the tangents of its curved pieces meet."""
    corners = [points[0]]
    for at in range(0, len(points) - 1, 3):
        start, one, two, end = points[at : at + 4]
        meeting = _meeting(start, one, end, two)
        if meeting is not None:
            corners.append(meeting)
    return [*corners, points[-1]]


def _meeting(start: Point, one: Point, end: Point, two: Point) -> Point | None:
    """Find where two rays meet, from `start` over `one` and from `end` over `two`; None where they are one line."""
    a, b = (one.x - start.x, one.y - start.y), (two.x - end.x, two.y - end.y)
    across = a[0] * b[1] - a[1] * b[0]
    if abs(across) < _STRAIGHT * (math.hypot(*a) * math.hypot(*b) or 1.0):
        return None
    share = ((end.x - start.x) * b[1] - (end.y - start.y) * b[0]) / across
    return Point(start.x + a[0] * share, start.y + a[1] * share)
