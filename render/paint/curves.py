"""Give lines the turns that an author wishes for: wider ones, or none."""

from __future__ import annotations

import math

from archfolio.render.model.geometry import Point

_ROUND = 0.5523  # of the way to the corner: the handle of a quarter of a circle
_STRAIGHT = 1e-6  # sine under which two directions are one


def turned(points: tuple[Point, ...], reach: float) -> tuple[Point, ...]:
    """Return a line of Bézier pieces whose corners take so many px before and after them; 0 leaves them sharp."""
    corners = _corners(points)
    line = [corners[0]]
    for before, corner, after in zip(corners, corners[1:], corners[2:], strict=False):
        room = min(reach, math.dist(before, corner) / 2, math.dist(corner, after) / 2)
        enter, leave = _toward(corner, before, room), _toward(corner, after, room)
        _straight_to(line, enter)
        if room > 0:
            line += [_between(enter, corner, _ROUND), _between(leave, corner, _ROUND), leave]
    _straight_to(line, corners[-1])
    return tuple(Point(round(x, 2), round(y, 2)) for x, y in line)


def joined(points: tuple[Point, ...], tail: Point | None, head: Point | None) -> tuple[Point, ...]:
    """Lead a line on to the middle of the junction that it begins or ends at."""
    line = [tail or points[0]]
    if tail:
        _straight_to(line, points[0])
    line += points[1:]
    if head:
        _straight_to(line, head)
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


def _toward(start: Point, end: Point, length: float) -> Point:
    return _between(start, end, length / (math.dist(start, end) or 1.0))


def _between(start: Point, end: Point, share: float) -> Point:
    return Point(start.x + (end.x - start.x) * share, start.y + (end.y - start.y) * share)


def _straight_to(line: list[Point], end: Point) -> None:
    start = line[-1]
    line += [_between(start, end, 1 / 3), _between(start, end, 2 / 3), end]
