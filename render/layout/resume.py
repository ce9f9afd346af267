"""Begin with an earlier layout: cards stay where they were, and new ones come to where they disturb least."""

from __future__ import annotations

from dataclasses import replace
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from archfolio.render.layout.draft import NOWHERE, Placement, frame
from archfolio.render.layout.respace import card_at, empty_panel_at, empty_panels, wrapped
from archfolio.render.layout.route_edges import lines
from archfolio.render.model.geometry import LabelShape, Size

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from archfolio.render.layout.draft import Corner, Frame, Line, Spot
    from archfolio.render.model.geometry import Sized

NAME = "resumed"

_KNOWN = 0.5
"""The share of cards that must have stood in the earlier layout to begin with it."""

_LOOSER = 1.1  # the ratio of a way between new cards before the last stages to the same after them
_ROOM = (52, 56)  # px left of and right of a new card, above and below it
_AIR = 24  # px around a new card that others stay out of
_PANEL_AIR = 16  # px around a panel that grows
_IN_THE_WAY = 4000  # px of way that it is worth to have no card in the way
_GROWTH = 2  # px of way for a px that a panel grows
KEPT = 8  # drawings whose lines are kept
_SOME_LABEL = LabelShape((), (), Size(0.0, 0.0))


class Resumed(NamedTuple):
    """Boxes as they stood before the last stages of the earlier search, and where they came to stand."""

    start: Placement
    final: Placement


def resume(frame: Frame, last: Mapping[str, Spot]) -> Resumed | None:
    """Place the cards of a graph by the corners that they had in an earlier layout, by id; None if too few are known.

    Cards whose id is gone give their place to a new one that stands in their stead: a renamed card has another id.
    """
    names = [node.id for node in frame.sized.nodes]
    before = _by_new_names(names, last)
    if len(before) < max(1, _KNOWN * len(names)):
        return None
    known = {at: before[name] for at, name in enumerate(names) if name in before}
    final = {at: (x, y) for at, (_, _, x, y) in known.items()}
    for card in range(len(names)):
        if card not in final:
            _insert(frame, final, card)
    start = {}
    for card, (x, y) in final.items():
        # What was known moves as it moved at the end; a new card stands to the nearest one as it does at the end.
        near = card if card in known else min(known, key=lambda other: (_way(final[other], (x, y)), other))
        x0, y0, x1, y1 = known[near]
        start[card] = (x0 + round((x - x1) * _LOOSER), y0 + round((y - y1) * _LOOSER))
    return Resumed(
        _placement(frame, start, {name: (x, y) for name, (x, y, _, _) in last.items()}),
        _placement(frame, final, {name: (x, y) for name, (_, _, x, y) in last.items()}),
    )


def resumed_lines(whole: Frame, placement: Placement) -> tuple[Line, ...]:
    """Draw the line of each edge; where only labels have changed since they were drawn last, they are what they were.

    What a label says matters to the lines of bundles and loops only, to others at most whether there is one.
    """
    rows = {edge for bundle in whole.bundles for edge in bundle.edges}
    edges = tuple(
        replace(edge, shapes=(_SOME_LABEL,)) if edge.shapes and not (number in rows or whole.is_loop(number)) else edge
        for number, edge in enumerate(whole.sized.edges)
    )
    return _lines(replace(whole.sized, edges=edges), placement.cards.tobytes(), placement.panels.tobytes())


@lru_cache(maxsize=KEPT)
def _lines(sized: Sized, cards: bytes, panels: bytes) -> tuple[Line, ...]:
    of_cards, of_panels = (np.frombuffer(rows, dtype=np.int64).reshape(-1, 4) for rows in (cards, panels))
    return lines(frame(sized), Placement(of_cards, of_panels, NAME))


def _way(one: Corner, other: Corner) -> int:
    return abs(one[0] - other[0]) + abs(one[1] - other[1])


def _placement(frame: Frame, spots: Mapping[int, Corner], last: Mapping[str, Corner]) -> Placement:
    """Place the cards at their corners, and panels around them; empty panels come below, unless they were known."""
    rows = [card_at(frame, card, spots[card]) for card in range(len(frame.homes))]
    cards = np.array(rows, dtype=np.int64).reshape(-1, 4)
    panels = np.zeros((len(frame.parents), 4), dtype=np.int64)
    below = int(cards[:, 3].max()) + _PANEL_AIR
    for panel in empty_panels(frame):
        corner = last.get(frame.sized.clusters[panel].id, (0, below))
        panels[panel] = empty_panel_at(frame, panel, corner)
        below = max(below, int(panels[panel, 3])) + _PANEL_AIR
    return Placement(cards, wrapped(frame, cards, panels), NAME)


def _by_new_names(names: Sequence[str], last: Mapping[str, Spot]) -> dict[str, Spot]:
    """Look corners up by the names of today; of a stretch of other names with the same length, one stands for one."""
    found = {name: last[name] for name in names if name in last}
    old = list(last)
    for kind, begin, end, first, final in SequenceMatcher(None, old, names, autojunk=False).get_opcodes():
        if kind == "replace" and end - begin == final - first:
            for was, now in zip(old[begin:end], names[first:final], strict=True):
                if was not in names and now not in last and was.rpartition(".")[0] == now.rpartition(".")[0]:
                    found[now] = last[was]
    return found


def _insert(frame: Frame, spots: dict[int, Corner], card: int) -> None:
    """Place a new card beside one that it belongs to, where least is in the way; what is in the way moves off."""
    size = frame.sized.nodes[card].size
    width, height = round(size.width), round(size.height)
    joined = [head for tail, head in zip(frame.tails, frame.heads, strict=True) if tail == card and head in spots]
    joined += [tail for tail, head in zip(frame.tails, frame.heads, strict=True) if head == card and tail in spots]
    home = frame.homes[card]
    inmates = [other for other in spots if home != NOWHERE and home in frame.around[other]]
    boxes = {other: card_at(frame, other, spots[other]) for other in spots}
    panels = _panels(frame, boxes)
    tries = []
    for order, (anchor, side) in enumerate(
        (anchor, side) for anchor in dict.fromkeys([*joined, *inmates] or spots) for side in range(4)
    ):
        x0, y0, x1, y1 = boxes[anchor]
        corner = (
            ((x0 + x1 - width) // 2, y1 + _ROOM[1]),
            (x1 + _ROOM[0], (y0 + y1 - height) // 2),
            (x0 - _ROOM[0] - width, (y0 + y1 - height) // 2),
            ((x0 + x1 - width) // 2, y0 - _ROOM[1] - height),
        )[side]
        box = (*corner, corner[0] + width, corner[1] + height)
        way = sum(_apart(box, boxes[other]) for other in joined or inmates or list(spots)[:1])
        in_the_way, growth = _disturbed(frame, boxes, panels, box, home)
        tries.append((in_the_way * _IN_THE_WAY + growth * _GROWTH + way, order, side, corner))
    price, _, side, corner = min(tries)
    spots[card] = corner
    if price >= _IN_THE_WAY:
        _make_room(frame, spots, card, side)


def _apart(one: Sequence[int], other: Sequence[int]) -> int:
    return sum(abs(one[axis] + one[axis + 2] - other[axis] - other[axis + 2]) // 2 for axis in (0, 1))


def _panels(frame: Frame, boxes: Mapping[int, Sequence[int]]) -> dict[int, tuple[int, int, int, int]]:
    """Draw the panels around cards that have a place."""
    found: dict[int, tuple[int, int, int, int]] = {}
    for panel in range(len(frame.parents)):
        inside = [box for card, box in boxes.items() if panel in frame.around[card]]
        if inside:
            x0, y0, x1, y1 = zip(*inside, strict=True)
            found[panel] = (min(x0) - 14, min(y0) - 38, max(x1) + 14, max(y1) + 14)
    return found


def _disturbed(
    frame: Frame, boxes: Mapping[int, Sequence[int]], panels: Mapping[int, Sequence[int]], box: Sequence[int], home: int
) -> tuple[int, int]:
    """Count what a new card and the panels that grow around it would lie on, and how much they grow, in px."""
    crowd = sum(_meet(box, other, _AIR) for other in boxes.values())
    growth = 0
    own = set()
    around, margin = box, (14, 38, 14, 14)
    while home != NOWHERE:
        own.add(home)
        old = panels.get(home, around)
        around = (
            min(old[0], around[0] - margin[0]),
            min(old[1], around[1] - margin[1]),
            max(old[2], around[2] + margin[2]),
            max(old[3], around[3] + margin[3]),
        )
        growth += sum(abs(one - other) for one, other in zip(old, around, strict=True))
        outside = [other for card, other in boxes.items() if home not in frame.around[card]]
        crowd += sum(_meet(around, other, _PANEL_AIR) for other in outside)
        home = frame.parents[home]
    foreign = [panel for panel in panels if panel not in own]
    crowd += sum(_meet(box, panels[panel], _PANEL_AIR) for panel in foreign)
    if boxes:
        x0, y0, x1, y1 = zip(*boxes.values(), strict=True)
        whole = (min(x0), min(y0), max(x1), max(y1))
        beyond = (whole[0] - around[0], whole[1] - around[1], around[2] - whole[2], around[3] - whole[3])
        growth += sum(max(0, by) for by in beyond)
    return crowd, growth


def _meet(one: Sequence[int], other: Sequence[int], air: int) -> bool:
    return one[0] - air < other[2] and other[0] < one[2] + air and one[1] - air < other[3] and other[1] < one[3] + air


def _make_room(frame: Frame, spots: dict[int, Corner], card: int, side: int) -> None:
    """Move all cards on the far side of a new one, as a whole, until they are clear of it."""
    axis, sign = ((1, 1), (0, 1), (0, -1), (1, -1))[side]
    box = card_at(frame, card, spots[card])
    near = box[axis] if sign > 0 else box[axis + 2]
    shift = (box[axis + 2] - box[axis]) + 2 * _ROOM[axis]
    moved = []
    for other, corner in spots.items():
        its = card_at(frame, other, corner)
        if other != card:
            beyond = its[axis] - near if sign > 0 else near - its[axis + 2]
            if beyond > -_ROOM[axis] // 2:
                moved.append(other)
    need = max(
        (
            (box[axis + 2] + _ROOM[axis] - card_at(frame, other, spots[other])[axis])
            if sign > 0
            else (card_at(frame, other, spots[other])[axis + 2] + _ROOM[axis] - box[axis])
            for other in moved
            if _meet(box, card_at(frame, other, spots[other]), shift)
        ),
        default=0,
    )
    for other in moved:
        x, y = spots[other]
        spots[other] = (x + sign * max(0, need), y) if axis == 0 else (x, y + sign * max(0, need))
