"""Boxes as arrays, a row (x0, y0, x1, y1) each, in px, and the questions that are asked of all of them at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from archfolio.render.model.geometry import Box

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]
    Rows = Floats | Ints

NEXT_TO_NOTHING = 1e-9


def stacked(boxes: Iterable[Box]) -> Floats:
    """Stack boxes into an array with one row each."""
    return np.array(list(boxes), dtype=float).reshape(-1, 4)


def grown(boxes: Rows, by: float) -> Floats:
    """Move every border of every box outwards, or inwards if negative."""
    return np.asarray(boxes + np.array([-by, -by, by, by]))


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


def overlaps_each(boxes: Rows, others: Rows) -> Bools:
    """Return, for each box and the other one in the same row, whether their insides meet."""
    ones, twos = _columns(boxes), _columns(others)
    return np.asarray(((ones[:2] < twos[2:]) & (ones[2:] > twos[:2])).all(axis=0))


def _columns(boxes: Rows) -> np.ndarray:
    """Return the four sides of boxes, each in one piece: numpy compares such numbers several at a time.

    In 32 bits twice as many, in which whole and half px are exact up to eight million.
    """
    return np.ascontiguousarray(boxes.T, np.float32)
