"""Guess from the boxes alone how good a drawing will become: which placements are worth drawing lines for.

The guess is a sum of features with fixed weights, fitted to what finished drawings of the reference views cost
(`python -m bench.judge` fits them anew; a part of the views is held out). A new fit is taken only where it is better on
all reference views, drawn once.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from archfolio.render.layout.line_faults import FLOW
from archfolio.render.layout.looks import is_detour
from archfolio.render.layout.place_labels import parts
from archfolio.render.layout.quality import (
    A_PAIR_OF_NUMBERS,
    AN_ENTRY,
    BACKWARD,
    COMFORTABLE,
    FIT,
    FURNITURE,
    PRICES,
    READABLE,
    SCREENS,
)
from archfolio.render.layout.reading_order import backward_share, entry, misnumbered
from archfolio.render.layout.siblings import unmatched
from archfolio.render.layout.webs import woven
from archfolio.render.model import style

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from archfolio.render.layout.draft import Frame, Ints, Line, Placement

OF_BOXES = {
    "crossings": 0.266,  # of straight lines between the middles
    "hits": 0.085,  # of such lines with cards
    "bent_hits": 0.056,  # of lines with at most one bend
    "way": 0.04,  # 1000 px between the boxes that are joined
    "small": 2.0,  # px that text lacks on a page
    "laptop": 0.51,  # px that text lacks on the screen of a laptop
    "entry": AN_ENTRY,  # known already: see `reading_order.entry`
    "backward": BACKWARD,  # and `reading_order.backward_share`
    "unmatched": PRICES["scattered"],  # and `siblings.unmatched`
    "misnumbered": A_PAIR_OF_NUMBERS,  # and `reading_order.misnumbered`
}
"""What a feature of boxes is worth, in the unit of `Faults.cost`."""

OF_LINES = {
    "crossings": 2.5,
    "detours": 0.9,
    "length": 0.16,  # 1000 px
    "area": 0.025,  # 10,000 px²
    "small": 3.0,
    "entry": AN_ENTRY,
    "backward": BACKWARD,
    "unmatched": PRICES["scattered"],
    "misnumbered": A_PAIR_OF_NUMBERS,
}
"""The same where there are lines already, but no labels."""

SHARED = 24  # px that two cards must share for a straight line between them


def guess(frame: Frame, placement: Placement) -> float:
    """Guess the cost of the drawing that a placement leads to, up to a constant of the graph."""
    return _weighed(OF_BOXES, features(frame, placement))


def guess_with_lines(frame: Frame, placement: Placement, lines: Sequence[Line]) -> float:
    """Guess the same from boxes and lines."""
    return _weighed(OF_LINES, features_with_lines(frame, placement, lines))


def _weighed(weights: Mapping[str, float], values: Mapping[str, float]) -> float:
    return sum(weight * values[name] for name, weight in weights.items())


def features_with_lines(frame: Frame, placement: Placement, lines: Sequence[Line]) -> dict[str, float]:
    """Measure what the guess from boxes and lines is made of."""
    bars, owners = parts(lines)
    everything = np.vstack([placement.cards, placement.panels, bars])
    width, height = _extent(everything)
    axis, sign = FLOW[frame.sized.rankdir]
    boxes = np.vstack([placement.cards, placement.panels]).tolist()
    detours = sum(
        pair[0] != pair[1] and is_detour(_length(line), boxes[pair[0]], boxes[pair[1]])
        for pair, line in zip(frame.joined, lines, strict=True)
    )
    back = sum(max(0, sign * (one[axis] - two[axis])) for line in lines for one, two in pairwise(line))
    of_webs = 0.0
    for web in woven(frame.sized, placement.cards, lines):
        own = np.isin(owners, [edge for *_, edge in web.lines])
        of_webs += _bar_crossings(bars[own], owners[own])
    return {
        "crossings": _bar_crossings(bars, owners) - of_webs,
        "corners": float(sum(len(line) - 2 for line in lines)),
        "detours": float(detours),
        "length": float((bars[:, 2:] - bars[:, :2]).sum()) / 1000,
        "area": width * height / 1e4,
        "back": back / 1000,
        "small": _lacking(width, height, READABLE + 0.3, FIT),
        "laptop": _lacking(width, height, COMFORTABLE + 1, SCREENS[frame.sized.aspect]),
        "entry": entry(frame.sized, placement.cards),
        "backward": backward_share(frame.sized, placement.cards),
        "unmatched": float(len(unmatched(frame.sized, placement.cards))),
        "misnumbered": float(misnumbered(frame.sized, placement.cards)),
    }


def _extent(rows: np.ndarray) -> tuple[float, float]:
    if not len(rows):
        return (1.0, 1.0)
    width, height = (rows[:, 2:].max(axis=0) - rows[:, :2].min(axis=0)).tolist()
    return float(width), float(height)


def _lacking(width: float, height: float, wanted: float, page: tuple[float, float]) -> float:
    """Measure by how many px the smallest text is too small on a page."""
    across, down = width + 2 * style.MARGIN, height + 2 * style.MARGIN + FURNITURE
    return max(0.0, wanted - min(page[0] / across, page[1] / down, 1.0) * style.LEGEND_SIZE)


def features(frame: Frame, placement: Placement) -> dict[str, float]:
    """Measure what the guess is made of."""
    boxes = np.vstack([placement.cards, placement.panels])
    joined = np.array([pair for pair in frame.joined if pair[0] != pair[1]], dtype=np.int64).reshape(-1, 2)
    tails, heads = boxes[joined[:, 0]], boxes[joined[:, 1]]
    width, height = _extent(boxes)
    gaps = np.maximum(np.maximum(tails[:, :2] - heads[:, 2:], heads[:, :2] - tails[:, 2:]), 0)
    shared = np.minimum(tails[:, 2:], heads[:, 2:]) - np.maximum(tails[:, :2], heads[:, :2])
    one, two = (tails[:, :2] + tails[:, 2:]) / 2, (heads[:, :2] + heads[:, 2:]) / 2
    corner = np.stack([two[:, 0], one[:, 1]], axis=1)  # leave sideways, arrive from above or below
    facing = np.where(
        shared > SHARED, (np.maximum(tails[:, :2], heads[:, :2]) + np.minimum(tails[:, 2:], heads[:, 2:])) / 2, np.nan
    )
    upright, level = shared[:, 0] > SHARED, shared[:, 1] > SHARED
    one_x = np.where(upright, facing[:, 0], one[:, 0])
    two_x = np.where(upright, facing[:, 0], two[:, 0])
    one_y = np.where(level & ~upright, facing[:, 1], one[:, 1])
    two_y = np.where(level & ~upright, facing[:, 1], two[:, 1])
    straight = upright | level
    first = np.stack(
        [one_x, one_y, np.where(straight, two_x, corner[:, 0]), np.where(straight, two_y, corner[:, 1])], axis=1
    )
    second = np.stack([corner[:, 0], corner[:, 1], two[:, 0], two[:, 1]], axis=1)[~straight]
    numbers = np.arange(len(joined))
    bars = np.vstack([first, second])
    bars = np.hstack([np.minimum(bars[:, :2], bars[:, 2:]), np.maximum(bars[:, :2], bars[:, 2:])])
    owners = np.concatenate([numbers, numbers[~straight]])
    return {
        "crossings": _crossings(one, two),
        "hits": _hits(placement.cards, np.hstack([one, two]), joined),
        "bent_hits": _bar_hits(placement.cards, bars, joined[owners]),
        "way": float(gaps.sum()) / 1000,
        "area": width * height / 1e4,
        "bent": float((~straight).sum()),
        "small": _lacking(width, height, READABLE + 0.3, FIT),
        "laptop": _lacking(width, height, COMFORTABLE + 1, SCREENS[frame.sized.aspect]),
        "entry": entry(frame.sized, placement.cards),
        "backward": backward_share(frame.sized, placement.cards),
        "unmatched": float(len(unmatched(frame.sized, placement.cards))),
        "misnumbered": float(misnumbered(frame.sized, placement.cards)),
    }


def _length(line: Line) -> int:
    return sum(abs(ax - bx) + abs(ay - by) for (ax, ay), (bx, by) in pairwise(line))


def _cross(one: np.ndarray, two: np.ndarray) -> np.ndarray:
    return np.asarray(one[..., 0] * two[..., 1] - one[..., 1] * two[..., 0])


def _crossings(start: np.ndarray, end: np.ndarray) -> float:
    """Count the pairs of straight lines that properly cross."""
    along = end - start
    to_start = start[None, :] - start[:, None]  # from the start of each line (rows) to that of each other
    to_end = end[None, :] - start[:, None]
    sides = np.sign(_cross(along[:, None], to_start)) * np.sign(_cross(along[:, None], to_end))
    apart = sides < 0
    return float((apart & apart.T).sum()) / 2


def _hits(cards: Ints, lines: np.ndarray, joined: np.ndarray) -> float:
    """Count the straight lines through cards that they do not join."""
    centre, reach = (cards[:, :2] + cards[:, 2:]) / 2, (cards[:, 2:] - cards[:, :2]) / 2 + 4
    middle, half = (lines[:, :2] + lines[:, 2:]) / 2, (lines[:, 2:] - lines[:, :2]) / 2
    off = middle[None] - centre[:, None]
    near = (np.abs(off) <= reach[:, None] + np.abs(half)[None]).all(axis=2)
    across = np.abs(_cross(off, half[None])) <= reach[:, None, 0] * np.abs(half[None, :, 1]) + reach[
        :, None, 1
    ] * np.abs(half[None, :, 0])
    return float((near & across & _foreign(len(cards), joined)).sum())


def _foreign(count: int, joined: np.ndarray) -> np.ndarray:
    """Return, for each card (rows) and each line (columns), whether the line joins another two."""
    cards = np.arange(count)[:, None]
    return np.asarray((joined[None, :, 0] != cards) & (joined[None, :, 1] != cards))


def _bar_crossings(bars: np.ndarray, owners: np.ndarray) -> float:
    is_level = bars[:, 3] - bars[:, 1] <= bars[:, 2] - bars[:, 0]
    level, upright = bars[is_level], bars[~is_level]
    crossed = (level[:, None, 0] < upright[None, :, 0]) & (upright[None, :, 0] < level[:, None, 2])
    crossed &= (upright[None, :, 1] < level[:, None, 1]) & (level[:, None, 1] < upright[None, :, 3])
    return float((crossed & (owners[is_level][:, None] != owners[~is_level][None, :])).sum())


def _bar_hits(cards: Ints, bars: np.ndarray, joined: np.ndarray) -> float:
    apart = (cards[:, None, :2] - 4 > bars[None, :, 2:]) | (cards[:, None, 2:] + 4 < bars[None, :, :2])
    return float((~apart.any(axis=2) & _foreign(len(cards), joined)).sum())
