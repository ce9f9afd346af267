"""Arrow heads: their signs, and lines shortened to make room for them."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

from archfolio.render.model import style
from archfolio.render.model.bezier import circle, point_at, straight
from archfolio.render.model.geometry import Point
from archfolio.render.paint.shapes import Path, Polygon, Shape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archfolio.render.model.edge_style import ArrowHead, EdgeLook

_NOTHING = 1e-6  # px
_STEPS = 24  # samples of one piece: a tenth of a pixel on the short pieces at the ends of routes


def shorten_for_arrowheads(points: tuple[Point, ...], at_tail: float, at_head: float) -> tuple[Point, ...]:
    """Shorten a line by the lengths, in px, of what stands at its tail and at its head."""
    if at_head:
        points = _shortened(points, at_head)
    if at_tail:
        points = tuple(reversed(_shortened(tuple(reversed(points)), at_tail)))
    return points


def _shortened(points: tuple[Point, ...], length: float) -> tuple[Point, ...]:
    """Cut a length off the end, leaving at least a trace of the last piece that remains."""
    while len(points) > 4:  # noqa: PLR2004  one piece
        last = points[-4:]
        if math.dist(last[0], last[-1]) > length + _NOTHING or (piece := _length(last)) > length:
            break
        points, length = points[:-3], length - piece
    last = points[-4:]
    cut = _at_distance_from_end(last, length)
    return points[:-4] + _split(last, cut)


def _length(piece: tuple[Point, ...]) -> float:
    samples = [point_at(piece, step / _STEPS) for step in range(_STEPS + 1)]
    return sum(math.dist(a, b) for a, b in pairwise(samples))


def _at_distance_from_end(piece: tuple[Point, ...], distance: float) -> float:
    """Find t of the point from which the tip is so far away as the crow flies (the base of the arrow head)."""
    (px, py), (qx, qy), (rx, ry), tip = piece
    low, high = 0.0, 1.0
    for _ in range(30):
        t = (low + high) / 2
        a, b, c, d = (1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t**2, t**3  # as in `point_at`
        if math.dist((a * px + b * qx + c * rx + d * tip[0], a * py + b * qy + c * ry + d * tip[1]), tip) > distance:
            low = t
        else:
            high = t
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


_LENGTHS = {"normal": 9.0, "inv": 9.0, "dot": 7.0, "box": 7.0, "diamond": 13.0, "vee": 9.0, "tee": 3.0, "crow": 10.0}
_LENGTHS |= {"curve": 7.0, "icurve": 7.0}


def heads_length(heads: Sequence[ArrowHead], scale: float) -> float:
    """Return how much of a line its signs cover at one end, in px."""
    return sum(_LENGTHS[head.shape] for head in heads) * scale


def head_shapes(heads: Sequence[ArrowHead], look: EdgeLook, base: Point, tip: Point) -> Iterator[Shape]:
    """Draw the signs at one end of a line, from the node on; `base` is where the line ends, `tip` the node's border."""
    length = math.dist(base, tip) or 1.0
    dx, dy = (tip.x - base.x) / length, (tip.y - base.y) / length
    at = tip
    for head in heads:
        yield from _head(head, look, at, (dx, dy))
        step = _LENGTHS[head.shape] * look.scale
        at = Point(at.x - dx * step, at.y - dy * step)


def _head(  # noqa: C901  one case for each sign
    head: ArrowHead, look: EdgeLook, tip: Point, along: tuple[float, float]
) -> Iterator[Shape]:
    long, wide = _LENGTHS[head.shape] * look.scale, style.ARROW_WIDTH * look.scale
    dx, dy = along

    def at(back: float, aside: float) -> Point:
        return Point(tip.x - dx * back - dy * aside, tip.y - dy * back + dx * aside)

    fill = style.CARD if head.is_hollow else look.line
    pen = min(look.width, 1.8) if head.is_hollow else 0.0
    half = wide / 2

    def closed(*corners: Point) -> Polygon:
        return Polygon(corners, fill, look.line, pen)

    def stroke(*corners: Point) -> Path:
        return Path(straight(corners, is_closed=False), look.line, max(look.width, 1.4))

    match head.shape:
        case "normal":
            yield closed(tip, at(long, half), at(long, -half))
        case "inv":
            yield closed(at(0, half), at(0, -half), at(long, 0))
        case "diamond":
            yield closed(tip, at(long / 2, half), at(long, 0), at(long / 2, -half))
        case "box":
            yield closed(at(0, half), at(0, -half), at(long, -half), at(long, half))
        case "dot":
            yield Path(circle(at(long / 2, 0), long / 2), look.line, pen, fill=fill)
        case "vee":
            yield closed(tip, at(long, half), at(long * 0.62, 0), at(long, -half))
        case "tee":
            yield stroke(at(1, half + 1), at(1, -half - 1))
        case "crow":
            yield stroke(at(0, half + 1), at(long, 0), at(0, -half - 1))
            yield stroke(tip, at(long, 0))
        case _:  # curve and icurve
            back, fore = (long, 0.0) if head.shape == "curve" else (0.0, long)
            yield Path(
                (at(back, half), at(fore, half), at(fore, -half), at(back, -half)), look.line, max(look.width, 1.4)
            )
