"""Draw the lines between a hub and a row of cards on one side of it as mirror images of one another.

Lines of a fan leave the hub side by side in the middle of the side that faces the row, or, the outermost two of many,
from its other two sides; they enter each card in the middle of the side that faces the hub. Those that run outermost
turn first, so that none of them cross.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from archfolio.render.layout.bicliques import drawn_bicliques
from archfolio.render.layout.distances import INSET
from archfolio.render.layout.draft import straightened
from archfolio.render.model.geometry import FLOW

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from archfolio.render.layout.boxes import Rows
    from archfolio.render.layout.draft import Corner, Draft, Frame, Ints, Line, Placement
    from archfolio.render.model.geometry import Sized

PITCH = 20  # px between ends of lines
TIGHTEST = 6  # the same, where they have little room
WING = 24  # px that a line from a side of the hub leads at least away from it
STEP = 4  # px that a line steps aside at least, if it is not straight
LEVEL = 6  # px between lines that run along the row, before the drawing settles
CLEAR = 6  # px between a line of a fan and cards and lines beside it
SLACK = 1.5  # px by which a line of a fan, or its hub, may be off its place
ASTRAY = 2  # cards of a set that are counted as out of its row
SHARED_WAY = 12  # px over which lines may run closer than that


@dataclass(frozen=True, slots=True)
class Fan:
    """Cards that stand in a row on one side of a hub, in their order along the row, and the edges to them."""

    hub: int
    is_after: bool  # does the row stand below the hub, or right of it
    cards: tuple[int, ...]
    edges: tuple[int, ...]

    @property
    def middle(self) -> tuple[int, int]:
        """The two cards in the middle of the row, or the one, twice."""
        return self.cards[(len(self.cards) - 1) // 2], self.cards[len(self.cards) // 2]

    @property
    def pairs(self) -> list[tuple[int, int]]:
        """The places in the row that are mirror images of one another, the outermost first."""
        return [(at, len(self.cards) - 1 - at) for at in range(len(self.cards) // 2)]


def fans(sized: Sized, joined: Sequence[tuple[int, int]], rows: Rows) -> list[Fan]:
    """List the fans of a drawing whose cards stand in `rows`: all lines of one have no label.

    `joined` has the numbers of the cards that each edge joins; what has a higher number than any card is none.
    """
    along, hubs = FLOW[sized.rankdir][0], _hubs(sized, tuple(joined), len(rows))
    places = rows.tolist() if hubs else []
    found = []
    for hub, cards in hubs.items():
        for is_after in (False, True):
            row = _nearest_row(places, hub, cards, along, is_after=is_after)
            if len(row) > 1 and _are_plain(sized, row):
                members, edges = zip(*row, strict=True)
                found.append(Fan(hub, is_after, members, edges))
    return found


@lru_cache(maxsize=8)
def _hubs(sized: Sized, joined: tuple[tuple[int, int], ...], count: int) -> dict[int, list[tuple[int, int]]]:
    """List, for each of `count` cards from which two lines without a label lead, the others that it is joined to."""
    spokes: dict[int, list[tuple[int, int]]] = {}
    bare: Counter[int] = Counter()
    for edge, (tail, head) in enumerate(joined):
        if tail != head:
            spokes.setdefault(tail, []).append((head, edge))
            spokes.setdefault(head, []).append((tail, edge))
            bare.update(() if sized.edges[edge].shapes else (tail, head))
    return {
        hub: [(other, edge) for other, edge in cards if other < count]
        for hub, cards in spokes.items()
        if hub < count and bare[hub] >= 2  # noqa: PLR2004  a fan has two lines
    }


def _nearest_row(
    places: Sequence[Sequence[float]], hub: int, spokes: Sequence[tuple[int, int]], along: int, *, is_after: bool
) -> list[tuple[int, int]]:
    """List the cards of the nearest row on one side of a hub and the edges to them, in their order along the row."""
    own, across = places[hub], 1 - along
    if is_after:
        beyond = [spoke for spoke in spokes if places[spoke[0]][along] >= own[along + 2]]
        if not beyond:
            return []
        end = min(places[card][along + 2] for card, _ in beyond)
        row = [spoke for spoke in beyond if places[spoke[0]][along] < end]
    else:
        beyond = [spoke for spoke in spokes if places[spoke[0]][along + 2] <= own[along]]
        if not beyond:
            return []
        end = max(places[card][along] for card, _ in beyond)
        row = [spoke for spoke in beyond if places[spoke[0]][along + 2] > end]
    return sorted(row, key=lambda spoke: (places[spoke[0]][across] + places[spoke[0]][across + 2], spoke))


def _are_plain(sized: Sized, row: Sequence[tuple[int, int]]) -> bool:
    """Return whether each card of a row has one line, and none a label."""
    is_bare = not any(sized.edges[edge].shapes for _, edge in row)
    return is_bare and len({card for card, _ in row}) == len(row)


def symmetric(
    frame: Frame, placement: Placement, lines: Sequence[Line], fixed: Collection[int] = ()
) -> tuple[Line, ...]:
    """Exchange the lines of fans by symmetric ones, where these have nothing in their way and cross no more lines.

    A fan with a line that is `fixed` stays as it is.
    """
    found = list(lines)
    wings = (True, False) if FLOW[frame.sized.rankdir][0] else (False, True)  # cards are wider than they are high
    for fan in fans(frame.sized, frame.joined, placement.cards):
        if not set(fan.edges).isdisjoint(fixed):
            continue
        for has_wings in wings:
            drawn = _drawn(frame, placement, fan, has_wings=has_wings)
            if drawn and _fits(placement, frame, dict(zip(fan.edges, drawn, strict=True)), found):
                for edge, line in zip(fan.edges, drawn, strict=True):
                    found[edge] = line
                break
    return tuple(found)


def drawn_fans(frame: Frame, draft: Draft) -> list[Fan]:
    """List the fans whose lines enter every card at the side that faces the hub; all, as long as there are no lines."""
    along = FLOW[frame.sized.rankdir][0]
    found = _fans_beside_bicliques(frame.sized, frame.joined, draft.cards, draft.lines)
    if not draft.lines:
        return found

    def enters(fan: Fan, card: int, edge: int) -> bool:
        end = draft.lines[edge][-1 if frame.joined[edge][1] == card else 0]
        return end[along] == int(draft.cards[card, along + 2 * (not fan.is_after)])

    return [fan for fan in found if all(map(enters, [fan] * len(fan.cards), fan.cards, fan.edges))]


def _drawn(frame: Frame, placement: Placement, fan: Fan, *, has_wings: bool) -> list[Line] | None:
    """Draw the lines of a fan as if it stood below its hub, and turn them to where it stands; None without room."""
    along = FLOW[frame.sized.rankdir][0]
    sign = 1 if fan.is_after else -1

    def turned(box: Sequence[int]) -> tuple[int, int, int, int]:
        low, high = sorted((sign * box[along], sign * box[along + 2]))
        return (box[1 - along], low, box[3 - along], high)

    rows = placement.cards.tolist()
    hub, cards = turned(rows[fan.hub]), [turned(rows[card]) for card in fan.cards]
    inside = frame.around[fan.hub]
    first, last = hub[3], min(card[1] for card in cards)
    for panel, box in enumerate(placement.panels.tolist()):
        around = [panel in frame.around[card] for card in fan.cards]
        if panel not in inside and any(around):
            last = min(last, turned(box)[1])
        elif panel in inside and not all(around):
            first = max(first, turned(box)[3])
    lines = _below(hub, cards, (first, last), has_wings=has_wings)
    if lines is None:
        return None
    found = []
    for edge, line in zip(fan.edges, lines, strict=True):
        back = tuple((x, sign * y) if along else (sign * y, x) for x, y in line)
        found.append(straightened(back if frame.joined[edge][0] == fan.hub else back[::-1]))
    return found


def _below(
    hub: Sequence[int], cards: Sequence[Sequence[int]], room: Corner, *, has_wings: bool
) -> list[list[Corner]] | None:
    """Draw lines from a hub to the middles of the tops of cards below it; `room` is what is free between them."""
    count, middle, half = len(cards), (hub[0] + hub[2]) // 2, (hub[2] - hub[0]) // 2
    offs = [(card[0] + card[2]) // 2 - middle for card in cards]
    wings = int(has_wings)
    found = _ports(half, offs, wings)
    if found is None or (has_wings and min(-offs[0], offs[-1]) < half + WING):
        return None
    ports, bent = found
    step = (room[1] - room[0]) // (len(bent) + 1)
    if bent and step < LEVEL:
        return None
    levels = {at: room[0] + step * number for number, at in enumerate(bent, 1)}
    side = (hub[1] + hub[3]) // 2
    lines: list[list[Corner]] = []
    for at, (card, off, port) in enumerate(zip(cards, offs, ports, strict=True)):
        x, start, mirrored_at = middle + off, middle + port, min(at, count - 1 - at)
        if mirrored_at < wings:
            lines.append([(hub[0] if off < 0 else hub[2], side), (x, side), (x, card[1])])
        elif mirrored_at in levels:
            lines.append([(start, hub[3]), (start, levels[mirrored_at]), (x, levels[mirrored_at]), (x, card[1])])
        else:
            lines.append([(start, hub[3]), (start, card[1])])
    return lines


def _ports(half: int, offs: Sequence[int], wings: int) -> tuple[list[int], list[int]] | None:
    """Find where lines leave a side that reaches `half` to both sides of its middle, for cards `offs` its middle.

    Returns the ends of the lines, and the places of the pairs whose lines step aside, the outermost first; None if
    there is no room for the lines, or cards are not on both sides.
    """
    count = len(offs)
    pitch = min(PITCH, (2 * half - 2 * INSET) // max(count - 2 * wings - 1, 1))
    centre = offs[count // 2] if count % 2 else 0
    if pitch < TIGHTEST or abs(centre) > half - INSET:
        return None
    ports = [centre] * count
    first = pitch if count % 2 else pitch // 2
    low, high = min(centre, 0) - first, max(centre, 0) + first
    bent: list[int] = []
    for at in range(count // 2 - 1, wings - 1, -1):
        left, right = offs[at], offs[-1 - at]
        is_straight = INSET - half <= left <= low and high <= right <= half - INSET
        if not is_straight:
            if low < INSET - half or high > half - INSET or left > low - STEP or right < high + STEP:
                return None
            left, right = low, high
            bent.insert(0, at)
        ports[at], ports[-1 - at] = left, right
        low, high = left - pitch, right + pitch
    return ports, bent


def _fans_beside_bicliques(
    sized: Sized, joined: Sequence[tuple[int, int]], rows: Rows, lines: Sequence[Sequence[tuple[float, float]]]
) -> list[Fan]:
    """List the fans of which no line belongs to a biclique, whose lines cannot be symmetric about each of its cards."""
    in_bicliques = {edge for biclique in drawn_bicliques(sized, rows, lines) for *_, edge in biclique.lines}
    return [fan for fan in fans(sized, joined, rows) if in_bicliques.isdisjoint(fan.edges)]


def mirrored(
    sized: Sized, joined: Sequence[tuple[int, int]], rows: Rows, lines: Sequence[Sequence[tuple[float, float]]]
) -> tuple[list[Fan], list[Fan]]:
    """Divide fans into those whose lines are mirror images around a hub in their middle, and the others."""
    across = 1 - FLOW[sized.rankdir][0]
    found: tuple[list[Fan], list[Fan]] = ([], [])
    for fan in _fans_beside_bicliques(sized, joined, rows, lines):
        outwards = [lines[edge] if joined[edge][0] == fan.hub else lines[edge][::-1] for edge in fan.edges]
        middles = {card: (rows[card, across] + rows[card, across + 2]) / 2 for card in (fan.hub, *fan.cards)}
        off = [sum(middles[card] for card in fan.middle) / 2 - middles[fan.hub]]
        off += [line[-1][across] - middles[card] for line, card in zip(outwards, fan.cards, strict=True)]
        is_even = all(len(outwards[one]) == len(outwards[two]) for one, two in fan.pairs)
        found[not (is_even and max(map(abs, off)) <= SLACK)].append(fan)
    return found


def scattered(sized: Sized, joined: Sequence[tuple[int, int]], rows: Rows) -> list[int]:
    """List cards that do not stand in the row in which most of those are that have the same neighbours.

    Of each set no more than `ASTRAY`: what does not fit into one row stands in several. Only cards whose lines have no
    labels are listed: labels need room that a row may not have. `joined` is as for `fans`.
    """
    along = FLOW[sized.rankdir][0]
    return [card for cards in _alike(sized, tuple(joined)) for card in out_of_row(cards, rows, along)]


@lru_cache(maxsize=4)
def _alike(sized: Sized, joined: tuple[tuple[int, int], ...]) -> list[list[int]]:
    """List the sets of cards with the same neighbours whose lines have no labels; kept while they are placed."""
    around: dict[int, set[tuple[int, bool]]] = {}
    labelled: set[int] = set()
    for edge, (tail, head) in zip(sized.edges, joined, strict=True):
        around.setdefault(tail, set()).add((head, True))
        around.setdefault(head, set()).add((tail, False))
        labelled |= {tail, head} if edge.shapes else set()
    alike: dict[frozenset[tuple[int, bool]], list[int]] = {}
    for card in sorted(set(around) - labelled):
        if card < len(sized.nodes):
            alike.setdefault(frozenset(around[card]), []).append(card)
    return [cards for cards in alike.values() if len(cards) > 1]


def out_of_row(cards: Sequence[int], rows: Rows, along: int) -> list[int]:
    """List those cards, no more than `ASTRAY`, that do not stand in the row in which most of them are."""
    low, high = rows[cards, along], rows[cards, along + 2]
    level = (low[:, None] < high[None, :]) & (low[None, :] < high[:, None])
    in_row = level[level.sum(axis=1).argmax()].tolist()
    return [card for card, is_in in zip(cards, in_row, strict=True) if not is_in][:ASTRAY]


def _fits(placement: Placement, frame: Frame, drawn: dict[int, Line], lines: Sequence[Line]) -> bool:
    """Return whether lines run through no card, along no other line, and cross no more than the ones before them."""
    for edge, line in drawn.items():
        bars = _bars([line])
        met = np.nonzero(_meet(bars + np.array([-CLEAR, -CLEAR, CLEAR, CLEAR]), placement.cards).any(axis=0))[0]
        if not set(met.tolist()) <= set(frame.joined[edge]):
            return False
    others = _bars([line for edge, line in enumerate(lines) if edge not in drawn])
    fresh, former = _bars(list(drawn.values())), _bars([lines[edge] for edge in drawn])
    if _along(fresh, others) or _crossings(fresh, fresh):
        return False
    return _crossings(fresh, others) <= _crossings(former, others)


def _bars(lines: Sequence[Line]) -> Ints:
    steps = np.array([(*one, *two) for line in lines for one, two in pairwise(line)], dtype=np.int64).reshape(-1, 4)
    return np.hstack([np.minimum(steps[:, :2], steps[:, 2:]), np.maximum(steps[:, :2], steps[:, 2:])])


def _meet(bars: Ints, boxes: Ints) -> np.ndarray:
    low = (bars[:, None, :2] < boxes[None, :, 2:]).all(axis=2)
    return np.asarray(low & (bars[:, None, 2:] > boxes[None, :, :2]).all(axis=2))


def _along(bars: Ints, others: Ints) -> bool:
    """Return whether a bar runs right beside another one."""
    shared = np.minimum(bars[:, None, 2:], others[None, :, 2:]) - np.maximum(bars[:, None, :2], others[None, :, :2])
    return bool(((shared.max(axis=2) > SHARED_WAY) & (shared.min(axis=2) > -CLEAR)).any())


def _crossings(bars: Ints, others: Ints) -> int:
    """Count where level bars of one kind cross upright ones of the other."""
    found = 0
    for one, two in ((bars, others), (others, bars)):
        level, upright = one[one[:, 1] == one[:, 3]], two[two[:, 0] == two[:, 2]]
        crossed = (level[:, None, 0] < upright[None, :, 0]) & (upright[None, :, 0] < level[:, None, 2])
        crossed &= (upright[None, :, 1] < level[:, None, 1]) & (level[:, None, 1] < upright[None, :, 3])
        found += int(crossed.sum())
    return found
