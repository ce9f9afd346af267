"""Straight pieces of lines as arrays, and the questions that are asked of all of them at once.

Boxes are arrays of rows (x0, y0, x1, y1). Everything is in px.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from archfolio.render.base.distinct import distinct

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from archfolio.render.model.geometry import Box, Point

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]
    Rows = Floats | Ints

PIECES_OF_A_CURVE = 4
"""Into how many straight pieces a rounded corner is cut: at a radius of 10 px it strays less than 0.1 px."""

BLOCK = 128  # rows that are compared with all others at once, so that memory stays small
STRAIGHT = 0.05  # px by which control points may be off a straight piece
NEXT_TO_NOTHING = 1e-9


@dataclass(frozen=True, slots=True)
class Segments:
    """Straight pieces: row i runs from start[i] to end[i] and belongs to line owner[i]."""

    start: Floats
    end: Floats
    owner: Ints

    def of(self, chosen: Bools) -> Segments:
        """Keep the chosen rows."""
        return Segments(self.start[chosen], self.end[chosen], self.owner[chosen])

    @property
    def bounds(self) -> Floats:
        """The box around each piece."""
        return np.hstack([np.minimum(self.start, self.end), np.maximum(self.start, self.end)])


def stacked(boxes: Iterable[Box]) -> Floats:
    """Stack boxes into an array with one row each."""
    return np.array(list(boxes), dtype=float).reshape(-1, 4)


def grown(boxes: Rows, by: float) -> Floats:
    """Move every border of every box outwards, or inwards if negative."""
    return np.asarray(boxes + np.array([-by, -by, by, by]))


def of_corners(lines: Sequence[Sequence[Point]]) -> Segments:
    """Cut lines that are given by their corners."""
    chains = [np.array(line, dtype=float).reshape(-1, 2) for line in lines]
    return _joined(chains)


def of_routes(routes: Sequence[Sequence[Point]]) -> Segments:
    """Cut routes that are given as Bézier pieces of 3n + 1 points."""
    return _joined([_flattened(np.array(route, dtype=float).reshape(-1, 2)) for route in routes])


def _joined(chains: Sequence[Floats]) -> Segments:
    if not chains:
        return Segments(np.empty((0, 2)), np.empty((0, 2)), np.empty(0, dtype=np.int64))
    owner = np.repeat(np.arange(len(chains)), [max(len(chain) - 1, 0) for chain in chains])
    return Segments(np.vstack([chain[:-1] for chain in chains]), np.vstack([chain[1:] for chain in chains]), owner)


def _flattened(points: Floats) -> Floats:
    """Replace each curved piece by short straight ones, and keep straight pieces whole."""
    first, second, third, last = points[:-1:3], points[1::3], points[2::3], points[3::3]
    along = last - first
    off = np.abs(_cross(along, second - first)) + np.abs(_cross(along, third - first))
    straight = off <= STRAIGHT * (np.hypot(along[:, 0], along[:, 1]) + NEXT_TO_NOTHING)
    share = (np.arange(1, PIECES_OF_A_CURVE + 1) / PIECES_OF_A_CURVE)[None, :, None]
    rest = 1 - share
    curve = (
        rest**3 * first[:, None]
        + 3 * rest**2 * share * second[:, None]
        + 3 * rest * share**2 * third[:, None]
        + share**3 * last[:, None]
    )
    kept = np.ones(curve.shape[:2], dtype=bool)
    kept[straight, :-1] = False
    return np.vstack([points[:1], curve[kept]])


def _cross(one: Floats, other: Floats) -> Floats:
    return np.asarray(one[..., 0] * other[..., 1] - one[..., 1] * other[..., 0])


def inside(boxes: Rows, others: Rows) -> Bools:
    """Return, for each box (rows) and each other box (columns), whether the first lies in the second."""
    low_x, low_y, high_x, high_y = _columns(others)
    x0, y0, x1, y1 = _columns(boxes)
    within = (x0[:, None] >= low_x) & (y0[:, None] >= low_y)
    within &= (x1[:, None] <= high_x) & (y1[:, None] <= high_y)
    return np.asarray(within)


def overlaps(boxes: Rows, others: Rows) -> Bools:
    """Return, for each box (rows) and each other box (columns), whether their insides meet."""
    low_x, low_y, high_x, high_y = _columns(others)
    x0, y0, x1, y1 = _columns(boxes)
    meet = (x0[:, None] < high_x) & (x1[:, None] > low_x)
    meet &= (y0[:, None] < high_y) & (y1[:, None] > low_y)
    return np.asarray(meet)


def _columns(boxes: Rows) -> np.ndarray:
    """Return the four sides of boxes, each in one piece: numpy compares such numbers several at a time."""
    return np.ascontiguousarray(boxes.T)


def neighbouring(lines: Segments, margin: float) -> Iterator[tuple[Ints, Ints]]:
    """List the pairs of segments of different lines whose boxes come within a margin, in blocks, each pair once."""
    order = np.argsort(lines.bounds[:, 1], kind="stable")
    bounds = grown(lines.bounds[order], margin / 2)
    owner = lines.owner[order]
    for begin in range(0, len(order), BLOCK):
        block = slice(begin, begin + BLOCK)
        last = int(np.searchsorted(bounds[:, 1], bounds[block, 3].max(), side="right"))
        near = overlaps(bounds[block], bounds[begin:last]) & (owner[block, None] != owner[None, begin:last])
        one, other = np.nonzero(near)
        once = one < other
        yield order[one[once] + begin], order[other[once] + begin]


def crossing_pairs(lines: Segments) -> Ints:
    """List the pairs of lines (one row each, the lower number first) that properly cross."""
    found = []
    for one, other in neighbouring(lines, 0.02):
        a, b, c, d = lines.start[one], lines.end[one], lines.start[other], lines.end[other]
        crossed = (_cross(b - a, c - a) * _cross(b - a, d - a) < -NEXT_TO_NOTHING) & (
            _cross(d - c, a - c) * _cross(d - c, b - c) < -NEXT_TO_NOTHING
        )
        found.append(np.stack([lines.owner[one[crossed]], lines.owner[other[crossed]]], axis=1))
    return _unique_pairs(found)


def _unique_pairs(found: list[Ints]) -> Ints:
    if not found:
        return np.empty((0, 2), dtype=np.int64)
    pairs = np.sort(np.vstack(found), axis=1)
    width = pairs.max(initial=0) + 1
    return np.stack(np.divmod(distinct(pairs[:, 0] * width + pairs[:, 1]), width), axis=1)
