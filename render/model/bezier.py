"""Cubic Bézier pieces: a point on one, and circles, ellipses, rounded corners and straight lines made of them.

A line of n pieces has 3n + 1 points: each piece goes on where the one before it ends.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

from archfolio.render.model.geometry import Point

if TYPE_CHECKING:
    from collections.abc import Sequence

QUARTER = 4 / 3 * math.tan(math.pi / 8)  # handles of a quarter of a circle, in radii
ROUND = 0.5523  # of the way from a rounded corner's ends to the corner, for a control point: as of a circle
_TURNS = ((1, 0), (0, 1), (-1, 0), (0, -1), (1, 0))


def point_at(piece: Sequence[Point], t: float) -> Point:
    """Return the point of a piece at t, 0 at its start and 1 at its end (Bernstein)."""
    a, b, c, d = (1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t**2, t**3
    (px, py), (qx, qy), (rx, ry), (sx, sy) = piece
    return Point(a * px + b * qx + c * rx + d * sx, a * py + b * qy + c * ry + d * sy)


def circle(middle: Point, radius: float) -> tuple[Point, ...]:
    """Return a circle, clockwise from its right."""
    return ellipse(middle, radius, radius)


def ellipse(middle: Point, across: float, down: float) -> tuple[Point, ...]:
    """Return an ellipse of two radii, clockwise from its right."""
    points = [Point(middle.x + across, middle.y)]
    for (c, s), (nc, ns) in pairwise(_TURNS):
        points += [
            Point(middle.x + across * (c - s * QUARTER), middle.y + down * (s + c * QUARTER)),
            Point(middle.x + across * (nc + ns * QUARTER), middle.y + down * (ns - nc * QUARTER)),
            Point(middle.x + across * nc, middle.y + down * ns),
        ]
    return tuple(points)


def straight(corners: Sequence[Point], *, is_closed: bool = True) -> tuple[Point, ...]:
    """Return straight lines through corners, and back to the first."""
    points = [corners[0]]
    for before, after in pairwise([*corners, corners[0]] if is_closed else corners):
        points += [before, after, after]
    return tuple(points)


def between(start: Point, end: Point, share: float) -> Point:
    """Return the point that lies a share of the way from one to another."""
    (x, y), (to_x, to_y) = start, end
    return Point(x + (to_x - x) * share, y + (to_y - y) * share)


def towards(start: Point, end: Point, length: float) -> Point:
    """Return the point that lies so many px from one on the way to another."""
    return between(start, end, length / (math.dist(start, end) or 1.0))


def straight_to(line: list[Point], end: Point) -> None:
    """Lead a line straight on to a point."""
    start = line[-1]
    line += [between(start, end, 1 / 3), between(start, end, 2 / 3), end]
