"""Move right-angled lines apart: those that share a way run side by side, in the order that makes no crossing.

Each straight part of a line can slide sideways between the cards beside it; a part that ends at a card slides along
its border. Upright parts are moved first, then level ones; `axis` is 0 for upright parts, which slide along x.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING

import numpy as np

from archfolio.render.layout.routing_grid import CLEARANCE, PORT_INSET

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from archfolio.render.model.geometry import Box, Point

GAP = 14.0
"""The distance between lines that run side by side, where there is room, in px."""

_ROUNDS = 12  # of pushing apart: `settle` does the rest
_NARROW = 200.0  # px: in a channel of less, a line keeps to the middle
_TOUCH = 0.5  # px within which two places are one
_NEAR = 6.0  # px by which two parts may miss each other lengthwise and still need a gap
_ON_A_SIDE = 1.0  # px between a line and the border of a panel that it does not cross
_CLOSER = 8.0  # px by which it comes closer to a card for that
_BORDER_GAP = 8.0  # px between a line and the border of a panel that it runs along


@dataclass(slots=True)
class Segment:
    """A straight part of a line: from corner `index` to the next, at `place`, over the span (first, last)."""

    line: int
    index: int
    place: float
    first: float
    last: float
    low: float = -inf
    high: float = inf
    wish: float = 0.0


@dataclass(frozen=True, slots=True)
class Obstacles:
    """What the lines are between: the cards and panels, and which card each line leaves and enters."""

    cards: Sequence[Box]
    panels: Sequence[Box]
    tails: Sequence[Box]
    heads: Sequence[Box]


def nudge(
    lines: Sequence[Sequence[Point]], scene: Obstacles, standing: Sequence[Sequence[Point]] = ()
) -> list[list[list[float]]]:
    """Move the parts of right-angled lines apart and into the middle of their channels; those `standing` stay."""
    corners = [[list(corner) for corner in line] for line in (*lines, *standing)]
    ends = list(zip(scene.tails, scene.heads, strict=True))
    cards = np.array(list(zip(*scene.cards, strict=True)), dtype=float).reshape(4, -1)
    kept = [[panel.contains(tail) == panel.contains(head) for panel in scene.panels] for tail, head in ends]
    for axis in (0, 1, 0):
        parts = _parts(corners, axis)
        if not parts:
            continue
        _keep_between_cards(parts, cards, axis)
        for part in parts:
            if part.line < len(lines):
                _keep_between_borders(part, corners[part.line], scene.panels, kept[part.line], axis)
                _bound(part, corners[part.line], scene, axis)
            else:
                part.low = part.high = part.wish = part.place
        before, after = _constraints(parts, corners, axis)
        for part, place in zip(parts, _settled(parts, before, after).tolist(), strict=True):
            for corner in corners[part.line][part.index : part.index + 2]:
                corner[axis] = place
    return corners[: len(lines)]


def _parts(corners: Sequence[Sequence[Sequence[float]]], axis: int) -> list[Segment]:
    found = []
    for number, line in enumerate(corners):
        for index, (one, other) in enumerate(pairwise(line)):
            if abs(one[axis] - other[axis]) <= _TOUCH / 10 and abs(one[1 - axis] - other[1 - axis]) > _TOUCH / 10:
                first, last = sorted((one[1 - axis], other[1 - axis]))
                found.append(Segment(number, index, one[axis], first, last))
    return found


def _keep_between_cards(parts: Sequence[Segment], cards: NDArray[np.float64], axis: int) -> None:
    """Let each part slide up to the nearest card on either side; `cards` has their four sides."""
    place, first, last = np.array([(part.place, part.first, part.last) for part in parts]).T[:, :, None]
    begin, end = cards[axis], cards[axis + 2]
    beside = (cards[3 - axis] > first + _TOUCH) & (cards[1 - axis] < last - _TOUCH)
    before = beside & (end <= place + _TOUCH)
    behind = beside & ~before & (begin >= place - _TOUCH)
    lows = np.where(before, end + CLEARANCE, -inf).max(axis=1, initial=-inf)
    highs = np.where(behind, begin - CLEARANCE, inf).min(axis=1, initial=inf)
    for part, low, high in zip(parts, lows.tolist(), highs.tolist(), strict=True):
        part.low, part.high = low, high


def _bound(part: Segment, line: Sequence[Sequence[float]], scene: Obstacles, axis: int) -> None:
    """Find how far a part between its cards and borders may slide, and where it would like to be."""
    wishes = []
    for is_end, card in (
        (part.index == 0, scene.tails[part.line]),
        (part.index == len(line) - 2, scene.heads[part.line]),
    ):
        if is_end:
            part.low = max(part.low, card[axis] + PORT_INSET)
            part.high = min(part.high, card[axis + 2] - PORT_INSET)
            wishes.append((card[axis] + card[axis + 2]) / 2)
    if part.low > part.high:
        part.low = part.high = part.place
    if wishes:
        part.wish = sum(wishes) / len(wishes)
    else:
        part.wish = (part.low + part.high) / 2 if part.high - part.low < _NARROW else part.place
        part.wish = _off_borders(part, scene, axis)
    part.wish = min(max(part.wish, part.low), part.high)


def _keep_between_borders(
    part: Segment, line: Sequence[Sequence[float]], panels: Sequence[Box], kept: Sequence[bool], axis: int
) -> None:
    """Keep a part outside of panels, or inside of those that are `kept`: both or none of its line's ends are in them.

    Where that leaves little room, it comes nearer to cards: there is more room once everything has settled.
    """
    is_end = part.index in (0, len(line) - 2)
    low, high, place = -inf, inf, part.place
    first, last = part.first + _TOUCH, part.last - _TOUCH
    for panel, is_kept in zip(panels, kept, strict=True):
        is_beside = panel[3 - axis] > first and panel[1 - axis] < last
        if is_beside and (is_kept or not (is_end or panel[axis] < place < panel[axis + 2])):
            for border in (panel[axis], panel[axis + 2]):
                if border < place:
                    low = max(low, border + _ON_A_SIDE)
                elif border > place:
                    high = min(high, border - _ON_A_SIDE)
    if low > part.low:
        part.low, part.high = low, max(part.high, min(low + GAP, part.high + _CLOSER))
    if high < part.high:
        part.low, part.high = min(part.low, max(high - GAP, part.low - _CLOSER)), high


def _off_borders(part: Segment, scene: Obstacles, axis: int) -> float:
    """Wish to run beside the borders of panels rather than on them; between two borders, in the middle."""
    borders = sorted(
        border
        for panel in scene.panels
        if panel[3 - axis] > part.first and panel[1 - axis] < part.last
        for border in (panel[axis], panel[axis + 2])
    )
    if all(abs(part.wish - border) >= _BORDER_GAP for border in borders):
        return part.wish
    places = [border + side for border in borders for side in (-_BORDER_GAP, _BORDER_GAP)]
    places += [(one + other) / 2 for one, other in pairwise(borders)]

    def harm(place: float) -> tuple[bool, float, float]:
        room = min(abs(place - border) for border in borders)
        return not part.low <= place <= part.high, -min(room, _BORDER_GAP), abs(place - part.wish)

    near = [place for place in places if abs(place - part.wish) <= 2 * _BORDER_GAP]
    return min(near or [part.wish], key=harm)


def _constraints(
    parts: Sequence[Segment], corners: Sequence[Sequence[Sequence[float]]], axis: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """List which part must stay before which: pairs that run side by side, ordered."""
    first = np.array([part.first for part in parts]) - _NEAR
    last = np.array([part.last for part in parts]) + _NEAR
    line = np.array([part.line for part in parts])
    beside = (first[:, None] < last[None, :]) & (first[None, :] < last[:, None]) & (line[:, None] != line[None, :])
    rank = np.empty(len(parts))
    place = [part.place for part in parts]
    ordered = sorted(range(len(parts)), key=lambda at: (place[at], parts[at].line, parts[at].index))
    group: list[int] = []
    sorted_out: list[int] = []
    for number in ordered:
        if group and place[number] - place[group[0]] > _TOUCH:
            sorted_out += _untangled(group, beside, parts, corners, axis)
            group = []
        group.append(number)
    sorted_out += _untangled(group, beside, parts, corners, axis)
    rank[sorted_out] = np.arange(len(parts))
    before, after = np.nonzero(beside & (rank[:, None] < rank[None, :]))
    return before, after


def _untangled(
    group: list[int],
    beside: NDArray[np.bool_],
    parts: Sequence[Segment],
    corners: Sequence[Sequence[Sequence[float]]],
    axis: int,
) -> list[int]:
    """Order parts that lie on one another so that they cross as little as can be."""
    if len(group) == 1:
        return group
    ahead: dict[int, set[int]] = {number: set() for number in group}
    for at, one in enumerate(group):
        for other in group[at + 1 :]:
            if beside[one, other]:
                sign = _side(parts[one], parts[other], corners, axis)
                if sign:
                    ahead[other if sign < 0 else one].add(one if sign < 0 else other)
    if not any(ahead.values()):
        return group
    left, done = list(group), []
    while left:
        chosen = min(left, key=lambda number: (len(ahead[number].intersection(left)), left.index(number)))
        left.remove(chosen)
        done.append(chosen)
    return done


def _side(one: Segment, other: Segment, corners: Sequence[Sequence[Sequence[float]]], axis: int) -> float:
    """Return on which side of another part a part belongs: negative before it, positive after it, 0 for either."""
    for low_end in (True, False):
        at_one, at_other = (_end(part, corners, axis, low=low_end) for part in (one, other))
        sign = _side_at((one.line, at_one), (other.line, at_other), corners, axis, low=low_end)
        if sign:
            return sign
    return 0.0


def _end(part: Segment, corners: Sequence[Sequence[Sequence[float]]], axis: int, *, low: bool) -> tuple[int, int]:
    """Name the corner at the low or high end of a part, and the step (1 or -1) that leads away from the part."""
    line = corners[part.line]
    ahead = (line[part.index + 1][1 - axis] > line[part.index][1 - axis]) != low
    return (part.index + 1, 1) if ahead else (part.index, -1)


def _side_at(
    one: tuple[int, tuple[int, int]],
    other: tuple[int, tuple[int, int]],
    corners: Sequence[Sequence[Sequence[float]]],
    axis: int,
    *,
    low: bool,
) -> float:
    """Walk away from an end of two parts that lie on one another until one turns off, and say to which side."""
    (line_a, (a, step_a)), (line_b, (b, step_b)) = one, other
    flip = 1.0
    for _ in range(max(len(corners[line_a]), len(corners[line_b]))):
        turn_a, turn_b = _turn(corners[line_a], a, step_a, axis), _turn(corners[line_b], b, step_b, axis)
        lead = (corners[line_a][a][1 - axis] - corners[line_b][b][1 - axis]) * (1 if low else -1)
        if lead > _TOUCH:  # one ends or turns first
            return flip * turn_a
        if lead < -_TOUCH:
            return -flip * turn_b
        if turn_a != turn_b:
            return flip * (turn_a - turn_b)
        if not turn_a:
            return 0.0
        flip *= turn_a if low else -turn_a
        low, axis = turn_a < 0, 1 - axis
        a, b = a + step_a, b + step_b
    return 0.0


def _turn(line: Sequence[Sequence[float]], corner: int, step: int, axis: int) -> float:
    """Return to which side a line turns at a corner: -1 or 1 along the axis, 0 where it ends."""
    following = corner + step
    if not 0 <= following < len(line):
        return 0.0
    before, behind = line[corner][axis], line[following][axis]
    return float((behind > before) - (behind < before))


def _settled(parts: Sequence[Segment], before: NDArray[np.int64], after: NDArray[np.int64]) -> NDArray[np.float64]:
    """Push parts that are too close apart until they are not, or until their channel is full."""
    low, high = np.array([part.low for part in parts]), np.array([part.high for part in parts])
    places = np.array([part.wish for part in parts])
    for _ in range(_ROUNDS):
        lacks = GAP - (places[after] - places[before])
        close = (lacks > 0).nonzero()[0]
        if not len(close):
            break
        lack, ahead, behind = lacks[close], before[close], after[close]
        push = np.bincount(behind, lack, len(parts)) - np.bincount(ahead, lack, len(parts))
        count = np.bincount(behind, minlength=len(parts)) + np.bincount(ahead, minlength=len(parts))
        places = np.minimum(np.maximum(places + push / np.maximum(count, 1) / 2, low), high)
    return places
