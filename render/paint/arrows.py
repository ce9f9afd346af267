"""Small geometry of cubic Bézier lines: shortening them for arrow heads, and the heads."""

from __future__ import annotations

import math
from itertools import pairwise

from archfolio.render.model import style
from archfolio.render.model.geometry import Point

_STEPS = 24  # samples of one piece: a tenth of a pixel on the short pieces at the ends of routes


def shorten_for_arrowheads(points: tuple[Point, ...], at_tail: bool, at_head: bool) -> tuple[Point, ...]:  # noqa: FBT001  two ends
    """Shorten a line by the length of an arrow head at its tail, its head, or both."""
    if at_head:
        points = _shortened(points)
    if at_tail:
        points = tuple(reversed(_shortened(tuple(reversed(points)))))
    return points


def _shortened(points: tuple[Point, ...]) -> tuple[Point, ...]:
    """FontSubset the arrow's length off the end, leaving at least a trace of the last piece that remains."""
    length = style.ARROW_LENGTH
    while len(points) > 4:  # noqa: PLR2004  one piece
        last = points[-4:]
        piece = _length(last)
        if piece > length:
            break
        points, length = points[:-3], length - piece
    last = points[-4:]
    cut = _at_distance_from_end(last, length)
    return points[:-4] + _split(last, cut)


def _point(piece: tuple[Point, ...], t: float) -> Point:
    a, b, c, d = (1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t**2, t**3
    p, q, r, s = piece
    return Point(a * p.x + b * q.x + c * r.x + d * s.x, a * p.y + b * q.y + c * r.y + d * s.y)


def _length(piece: tuple[Point, ...]) -> float:
    samples = [_point(piece, step / _STEPS) for step in range(_STEPS + 1)]
    return sum(math.dist(a, b) for a, b in pairwise(samples))


def _at_distance_from_end(piece: tuple[Point, ...], distance: float) -> float:
    """Find t of the point from which the tip is so far away as the crow flies (the base of the arrow head)."""
    low, high = 0.0, 1.0
    for _ in range(30):
        middle = (low + high) / 2
        if math.dist(_point(piece, middle), piece[3]) > distance:
            low = middle
        else:
            high = middle
    return max(low, 0.02)


def _split(piece: tuple[Point, ...], t: float) -> tuple[Point, ...]:
    """Return the first part of a piece, up to t (de Casteljau)."""

    def mix(a: Point, b: Point) -> Point:
        return Point(a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t)

    p, q, r, s = piece
    pq, qr, rs = mix(p, q), mix(q, r), mix(r, s)
    pqr, qrs = mix(pq, qr), mix(qr, rs)
    return p, pq, pqr, mix(pqr, qrs)


def arrow_head(base: Point, tip: Point) -> tuple[Point, ...]:
    """Return the triangle of an arrow head whose tip and direction are given."""
    length = math.dist(base, tip) or 1.0
    dx, dy = (tip.x - base.x) / length, (tip.y - base.y) / length
    back = Point(tip.x - dx * style.ARROW_LENGTH, tip.y - dy * style.ARROW_LENGTH)
    half = style.ARROW_WIDTH / 2
    return tip, Point(back.x - dy * half, back.y + dx * half), Point(back.x + dy * half, back.y - dx * half)
