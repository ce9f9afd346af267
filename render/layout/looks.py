"""What a designer sees in a drawing that breaks no rule: cards out of line, detours, empty corners, small text.

Boxes are rows (x0, y0, x1, y1); everything is in px.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archfolio.render.layout.boxes import Floats, Ints, Rows

_REACH = 130.0
"""The gap up to which two cards are neighbours in a column or row, in px."""

_SHARED = 0.5
"""Of the narrower one's extent, what two neighbours share at least."""

OFF = 1.5
"""By how much the middles and both sides of two neighbours must miss each other to look out of line, in px."""

_DETOUR = (2.0, 40.0, 150.0)
"""A line is a detour if it is longer than so many times the gap between its ends and so many px, and by so many px."""

_CELL = 16.0
"""The grid on which the largest empty rectangle is looked for, in px."""

_LOOSE = 0.18
"""The share of a panel that cards take at least in one that does not look loose."""

AIR_OF_CARD, AIR_OF_LABEL = 8.0, 4.0  # px around them that are not empty


def neighbours(cards: Rows, axis: int) -> tuple[Ints, Ints]:
    """Pair each card, by number, with the nearest one that follows it in its column (axis 0) or row (axis 1)."""
    if not len(cards):
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    other = 1 - axis
    low, high = cards[:, axis], cards[:, axis + 2]
    gap = cards[None, :, other] - cards[:, None, other + 2]
    shared = np.minimum(high[:, None], high[None, :]) - np.maximum(low[:, None], low[None, :])
    least = _SHARED * (high - low)
    near = (gap >= -1) & (gap <= _REACH) & (shared > np.minimum(least[:, None], least))
    own = np.nonzero(near.any(axis=1))[0]
    return own, np.where(near, gap, np.inf).argmin(axis=1)[own]


def misaligned(cards: Floats) -> tuple[list[tuple[int, int]], int]:
    """List the neighbours in a column or row that are out of line, and count all neighbours."""
    bad: list[tuple[int, int]] = []
    total = 0
    for axis in (0, 1):
        low, high = cards[:, axis], cards[:, axis + 2]
        own, its = neighbours(cards, axis)
        middles = np.abs(low[own] + high[own] - low[its] - high[its]) / 2
        off = np.minimum(middles, np.minimum(np.abs(low[own] - low[its]), np.abs(high[own] - high[its])))
        total += len(own)
        bad += [(int(one), int(two)) for one, two in zip(own[off > OFF], its[off > OFF], strict=True)]
    return bad, total


def is_detour(length: float, tail: Sequence[float], head: Sequence[float]) -> bool:
    """Return whether a line is much longer than the way between the boxes that it joins."""
    gap = sum(max(0.0, tail[axis] - head[axis + 2], head[axis] - tail[axis + 2]) for axis in (0, 1))
    times, more, least = _DETOUR
    return length > times * gap + more and length - gap > least


def void(cards: Floats, labels: Floats, bars: Floats, size: tuple[float, float]) -> float:
    """Measure the largest rectangle with nothing but panels in it, as a share of the drawing."""
    across, down = max(1, int(size[0] // _CELL)), max(1, int(size[1] // _CELL))
    taken = np.zeros((down, across), dtype=bool)
    filled = np.vstack(
        [cards + np.array([-1, -1, 1, 1]) * AIR_OF_CARD, labels + np.array([-1, -1, 1, 1]) * AIR_OF_LABEL, bars]
    )
    cells = np.floor(filled / _CELL).astype(int)
    cells[:, 2:] += 1
    for x0, y0, x1, y1 in np.maximum(cells, 0).tolist():
        taken[y0:y1, x0:x1] = True
    return _largest_rectangle(taken) / (across * down)


def _largest_rectangle(taken: np.ndarray) -> int:
    """Count the cells of the largest free rectangle: the largest one in a histogram, under each row that may end it."""
    rows = np.arange(len(taken))[:, None]
    histograms = rows - np.maximum.accumulate(np.where(taken, rows, -1), axis=0)
    may_end = np.append((taken[1:] & ~taken[:-1]).any(axis=1), [True])  # else what is free is so in the next row too
    ends = np.zeros((int(may_end.sum()), 1), dtype=np.int64)  # of all that rises, so that each row begins anew
    heights = np.hstack([histograms[may_end], ends])
    steps = np.hstack([ends == 0, heights[:, 1:] != heights[:, :-1]])
    best = 0
    rising: list[tuple[int, int]] = []  # where a height began, and the height
    for at, height in zip(steps.nonzero()[1].tolist(), heights[steps].tolist(), strict=True):
        begin = at
        while rising and rising[-1][1] >= height:
            begin, lower = rising.pop()
            best = max(best, lower * (at - begin))
        rising.append((begin, height))
    return best


def loose(panels: Floats, cards: Floats) -> list[int]:
    """List the panels in which cards take little of the room."""
    if not len(panels):
        return []
    area = (cards[:, 2] - cards[:, 0]) * (cards[:, 3] - cards[:, 1])
    begins = (cards[None, :, :2] >= panels[:, None, :2] - 1).all(axis=2)
    held = begins & (cards[None, :, 2:] <= panels[:, None, 2:] + 1).all(axis=2)
    room = np.maximum((panels[:, 2] - panels[:, 0]) * (panels[:, 3] - panels[:, 1]), 1)
    return [int(at) for at in ((held * area).sum(axis=1) / room < _LOOSE).nonzero()[0]]
