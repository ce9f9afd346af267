"""The programme of one axis of a drawing: everything on it becomes a variable of a programme of differences.

The two sides of a panel, the low side of a card, a title or a label, and each part of a line that runs across the axis
are variables. A line ends where its cards are; a label goes with the part of the line that it is at.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from archfolio.render.layout.bicliques import drawn_bicliques
from archfolio.render.layout.distances import INSET, PITCH
from archfolio.render.layout.draft import NOWHERE, straightened
from archfolio.render.layout.fans import PITCH as FAN_PITCH
from archfolio.render.layout.fans import drawn_fans
from archfolio.render.layout.simplex import HARD, Programme
from archfolio.render.model import style
from archfolio.render.model.geometry import FLOW

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archfolio.render.layout.draft import Corner, Draft, Frame, Ints, Line

Place = tuple[int, int]
"""A variable, and how far from it."""

_LOOP_AIR = 4  # px around a loop
_STUB = 11  # px of line between a label and an end of its part

# What a px costs, in hundredths.
LENGTH = 100
_PORT = 12  # off the middle of a card's side
_CENTRED = 110  # the same of an upright side and a line that cannot be straight: more than it is longer for that
MIDDLE = 3  # of a label, off the middle of its part
LACK = 1200  # of a gap


@dataclass(slots=True)
class MovingPart:
    """A part of a line that moves along the axis: between corner `index` and the next."""

    edge: int
    index: int
    variable: int
    first: int
    last: int


class AxisModel:
    """The programme of one axis: a variable for whatever can move along it, and what must hold between them."""

    def __init__(self, frame: Frame, draft: Draft, axis: int) -> None:
        """Name the variables, and tie lines and labels to what they belong to."""
        self.frame, self.draft, self.axis, self.other = frame, draft, axis, 1 - axis
        self.programme = programme = Programme()
        self._places, self._terms = programme.places, programme.terms
        self.fans = drawn_fans(frame, draft)
        self.bicliques = drawn_bicliques(frame.sized, draft.cards, draft.lines)
        self._fanned = {edge for fan in self.fans for edge in fan.edges}
        lows, highs = draft.cards[:, axis].tolist(), draft.cards[:, axis + 2].tolist()
        self.widths = [high - low for low, high in zip(lows, highs, strict=True)]
        self.cards = [programme.variable(low) for low in lows]
        self.lows = [programme.variable(low) for low in draft.panels[:, axis].tolist()]
        self.highs = [programme.variable(high) for high in draft.panels[:, axis + 2].tolist()]
        self.titles = [programme.variable(low) for low in draft.titles[:, axis].tolist()]
        self.parts: list[MovingPart] = []
        self.part_at: dict[tuple[int, int], MovingPart] = {}
        panels = zip(draft.panels[:, axis].tolist(), draft.panels[:, axis + 2].tolist(), strict=True)
        self._spans: list[tuple[int, int]] = [*zip(lows, highs, strict=True), *panels]
        self.ports: dict[tuple[int, bool], list[tuple[int, Place, int]]] = {}  # of each side of a card
        self.ends: list[list[Place] | None] = [self._line(edge) for edge in range(len(draft.lines))]
        faces = {(fan.hub, not fan.is_after) for fan in self.fans}
        for side, ports in self.ports.items():
            is_fanned = side in faces and axis != FLOW[frame.sized.rankdir][0]
            self._centre(side[0], sorted(ports), FAN_PITCH if is_fanned else PITCH)
        self._boxes = draft.boxes.tolist()
        self.homes = [home_part(draft.lines[tag.edge], box) for tag, box in zip(draft.tags, self._boxes, strict=True)]
        self.labels = [self._label(number) for number in range(len(draft.tags))]

    @cached_property
    def roomy(self) -> Ints:
        """The boxes of the cards with their loops; without lines yet, with the room for all of theirs."""
        boxes, frame = self.draft.cards.copy(), self.frame
        if not self.draft.lines:
            margins = np.array(frame.margins, dtype=np.int64).reshape(-1, 4)
            return np.asarray(boxes + margins * np.array([-1, -1, 1, 1]))
        for line, tail, head in zip(self.draft.lines, frame.tails, frame.heads, strict=True):
            if tail == head != NOWHERE:
                corners = np.array(line, dtype=np.int64)
                boxes[tail, :2] = np.minimum(boxes[tail, :2], corners.min(axis=0) - _LOOP_AIR)
                boxes[tail, 2:] = np.maximum(boxes[tail, 2:], corners.max(axis=0) + _LOOP_AIR)
        return boxes

    def settled(self) -> Draft:
        """Solve the programme and move everything to its places."""
        places = self.programme.solve()
        draft, axis = self.draft, self.axis

        def moved(rows: Ints, lows: list[int], highs: list[int]) -> Ints:
            new = rows.copy()
            new[:, axis], new[:, axis + 2] = lows, highs
            return new

        at = [places[variable] for variable in self.cards]
        cards = moved(draft.cards, at, [low + width for low, width in zip(at, self.widths, strict=True)])
        panels = moved(draft.panels, [places[v] for v in self.lows], [places[v] for v in self.highs])
        titles = draft.titles.copy()
        titles[:, axis] = [places[variable] for variable in self.titles]
        titles[:, axis + 2] += titles[:, axis] - draft.titles[:, axis]
        boxes = draft.boxes.copy()
        boxes[:, axis] = [places[variable] + off for variable, off in self.labels]
        boxes[:, axis + 2] += boxes[:, axis] - draft.boxes[:, axis]
        return replace(
            draft,
            cards=cards,
            panels=panels,
            titles=titles,
            boxes=boxes,
            lines=tuple(self._moved_line(edge, places) for edge in range(len(draft.lines))),
        )

    def _moved_line(self, edge: int, places: list[int]) -> Line:
        line, corners = self.draft.lines[edge], self.ends[edge]
        if corners is None:
            card = self.frame.tails[edge]
            shift = places[self.cards[card]] - self.programme.places[self.cards[card]] if card != NOWHERE else 0
            return tuple((x + shift, y) if self.axis == 0 else (x, y + shift) for x, y in line)
        along = [places[variable] + off for variable, off in corners]
        if self.axis == 0:
            return straightened([(place, y) for place, (_, y) in zip(along, line, strict=True)])
        return straightened([(x, place) for place, (x, _) in zip(along, line, strict=True)])

    def after(self, one: Place, other: Place, gap: int, price: int = LACK) -> None:
        """Keep one place a gap before another; where it is nearer now, keep it as far and ask for more."""
        (a, a_off), (b, b_off) = one, other
        if a == b:
            return
        terms, places = self._terms, self._places
        now = places[b] + b_off - places[a] - a_off
        shift = a_off - b_off
        if now >= gap:
            terms.append((a, b, gap + shift, -HARD, 0))
            return
        terms.append((a, b, now + shift, -HARD, 0))
        if self.draft.lines:
            terms.append((a, b, gap + shift, -price, 0))

    def near(self, one: Place, other: Place, price: int) -> None:
        """Wish that two places are one."""
        (a, a_off), (b, b_off) = one, other
        if a != b:
            self._terms.append((a, b, a_off - b_off, -price, price))

    def _line(self, edge: int) -> list[Place] | None:
        """Name the place of every corner of a line; None for a loop, which moves with its card."""
        frame, axis, other = self.frame, self.axis, self.other
        line = self.draft.lines[edge]
        if frame.is_loop(edge):
            return None
        corners: list[Place | None] = [None] * len(line)
        for index, (one, two) in enumerate(pairwise(line)):
            if one[axis] == two[axis] and one[other] != two[other]:
                variable = self.programme.variable(one[axis])
                first, last = sorted((one[other], two[other]))
                part = MovingPart(edge, index, variable, first, last)
                self.parts.append(part)
                self.part_at[edge, index] = part
                corners[index] = corners[index + 1] = (variable, 0)
        is_fanned = edge in self._fanned and len(line) > 2  # noqa: PLR2004  a straight line has two corners
        price = _CENTRED if is_fanned or (axis == 1 and not self._could_be_straight(edge)) else _PORT
        for at, box, card, panel in (
            (0, frame.joined[edge][0], frame.tails[edge], frame.tail_panels[edge]),
            (len(line) - 1, frame.joined[edge][1], frame.heads[edge], frame.head_panels[edge]),
        ):
            is_whole = box >= len(self.cards)
            corners[at] = self._end(corners[at], line[at], NOWHERE if is_whole else card, panel, price)
        places = [corner if corner is not None else (self.cards[0], 0) for corner in corners]
        for one_place, two_place in pairwise(places):
            if one_place != two_place:
                self.near(one_place, two_place, LENGTH)
        return places

    def _could_be_straight(self, edge: int) -> bool:
        """Return whether there is a place along the axis at which both ends of a line could be."""
        (low, high), (its_low, its_high) = (self._spans[end] for end in self.frame.joined[edge])
        return min(high, its_high) - max(low, its_low) >= 2 * INSET

    def _end(self, corner: Place | None, point: Corner, card: int, panel: int, price: int) -> Place:
        """Tie an end of a line to what it ends at: it slides along the border, or goes where the border goes."""
        places, at = self.programme.places, point[self.axis]
        if panel == NOWHERE or (card != NOWHERE and not _on_border(point, self.draft.panels[panel].tolist())):
            panel = NOWHERE
            low, high = (self.cards[card], 0), (self.cards[card], self.widths[card])
        else:
            low, high = (self.lows[panel], 0), (self.highs[panel], 0)
        before = at - places[low[0]] - low[1]
        behind = places[high[0]] + high[1] - at
        if corner is None:
            return (low[0], low[1] + before) if abs(before) <= abs(behind) else (high[0], high[1] - behind)
        self.after(low, corner, min(INSET, before))
        self.after(corner, high, min(INSET, behind))
        if panel == NOWHERE:
            side = point[self.other] == self.draft.cards[card, self.other]
            self.ports.setdefault((card, bool(side)), []).append((at, corner, price))
        return corner

    def _centre(self, card: int, ports: Sequence[tuple[int, Place, int]], pitch: int) -> None:
        """Wish that the ends of lines at a side of a card are side by side around its middle, in their order."""
        pitch = min(pitch, (self.widths[card] - 2 * INSET) // max(len(ports) - 1, 1))
        first = (self.widths[card] - pitch * (len(ports) - 1)) // 2
        for number, (_, corner, price) in enumerate(ports):
            self.near((self.cards[card], first + pitch * number), corner, price)

    def _label(self, number: int) -> Place:
        """Name the place of a label's low side: beside its part, or free along it between the corners."""
        draft, axis, frame = self.draft, self.axis, self.frame
        tag = draft.tags[number]
        low, high = self._boxes[number][axis], self._boxes[number][axis + 2]
        corners = self.ends[tag.edge]
        if corners is None:
            card, panel = frame.tails[tag.edge], frame.tail_panels[tag.edge]
            around = self.lows[panel] if card == NOWHERE else self.cards[card]
            return (around, low - self.programme.places[around])
        index = self.homes[number]
        part = self.part_at.get((tag.edge, index))
        if part:
            return (part.variable, low - self.programme.places[part.variable])
        variable = self.programme.variable(low)
        line, arrows = draft.lines[tag.edge], frame.sized.edges[tag.edge].arrows
        one, two = index, index + 1
        if line[one][axis] > line[two][axis]:
            one, two = two, one

        def stub(corner: int) -> int:
            is_tip = (corner == 0 and arrows[0]) or (corner == len(line) - 1 and arrows[1])
            return _STUB + int(style.ARROW_LENGTH) * is_tip

        self.after(corners[one], (variable, 0), stub(one))
        self.after((variable, high - low), corners[two], stub(two))
        half = (high - low) // 2
        if low + half <= line[one][axis]:  # else the stub is what keeps its middle at the part
            self.after(corners[one], (variable, half), 0)
        if low + half >= line[two][axis]:
            self.after((variable, half), corners[two], 0)
        self.near(corners[one], (variable, half), MIDDLE)
        self.near((variable, half), corners[two], MIDDLE)
        return (variable, 0)


def _on_border(point: Corner, box: list[int]) -> bool:
    x, y = point
    return (x in (box[0], box[2]) and box[1] <= y <= box[3]) or (y in (box[1], box[3]) and box[0] <= x <= box[2])


def home_part(line: Line, box: list[int]) -> int:
    """Find the part of a line that a label is at."""
    if len(line) == 2:  # noqa: PLR2004  a straight line has one part
        return 0
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    best, found = None, 0
    for index, ((ax, ay), (bx, by)) in enumerate(pairwise(line)):
        x0, x1 = (ax, bx) if ax < bx else (bx, ax)
        y0, y1 = (ay, by) if ay < by else (by, ay)
        off = max(x0 - box[2], box[0] - x1, 0) + max(y0 - box[3], box[1] - y1, 0)
        away = off * 100 + max(x0 - x, x - x1, 0) + max(y0 - y, y - y1, 0)
        if best is None or away < best:
            best, found = away, index
    return found
