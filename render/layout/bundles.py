"""Draw many edges between the same two cards as a bundle: each has a row of its own, in which its label stands.

Where one card stands above the other, the lines fan out to both sides: those that begin outermost turn first. Where
they stand side by side, lines go straight across as long as there is room for their labels, and the others from the
tops and the bottoms of the cards, one around the other. Either way no line of a bundle crosses another one.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from archfolio.render.layout.segments import grown, overlaps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archfolio.render.layout.draft import Corner, Frame, Ints, Line, Placement
    from archfolio.render.model.geometry import Sized

LEAST = 3
"""Edges between the same two cards that are drawn as a bundle."""

INSET = 12  # px from a card's corner to a line's end
PITCH = 14  # px between ends of lines, and between lines, where there is room
TIGHTEST = 5  # px between ends of lines
LEAD = 20  # px from a card to the first row
ROW_GAP = 6  # px between the labels of two rows
BARE_ROW = 4  # px of a row without a label
STUB = 12  # px of line to both sides of a label
CLEAR = 8  # px between a line of a bundle and what is beside it


@dataclass(frozen=True, slots=True)
class Bundle:
    """Edges, by number, between the same two cards."""

    one: int
    two: int
    edges: tuple[int, ...]


class Room(NamedTuple):
    """What a bundle needs between its cards, across and down, and above and below them if they stand side by side."""

    across: int
    down: int
    above: int = 0
    below: int = 0


@dataclass(frozen=True, slots=True)
class _Row:
    edge: int
    off: int  # of its ends from the middles of the cards, or from their corners
    depth: int  # of the row, from the cards
    reach: int  # from the middle of the card to where it turns back


def bundles(sized: Sized) -> list[Bundle]:
    """List the bundles of a graph."""
    cards = {node.id: number for number, node in enumerate(sized.nodes)}
    between: dict[tuple[int, int], list[int]] = {}
    for number, edge in enumerate(sized.edges):
        one, two = cards.get(edge.tail), cards.get(edge.head)
        if one is not None and two is not None and one != two:
            between.setdefault((min(one, two), max(one, two)), []).append(number)
    return [Bundle(*pair, tuple(edges)) for pair, edges in between.items() if len(edges) >= LEAST]


def room(sized: Sized, bundle: Bundle) -> Room:
    """Compute how much room a bundle needs."""
    if sized.rankdir in {"TB", "BT"}:
        left, right, middle = _fan(sized, bundle, (0, 0))
        rows = [*left, *right]
        depth = max((row.depth for row in rows), default=LEAD) + LEAD
        back = LEAD + (BARE_ROW + ROW_GAP) * max(len(left), len(right))
        between = max(_label(sized, edge)[1] for edge in middle) + 2 * STUB
        return Room(2 * max((row.reach for row in rows), default=0), depth + between + back)
    above, straight, below = _shelves(sized, bundle)
    across = max((_label(sized, edge)[0] for edge in bundle.edges), default=0) + 2 * STUB + PITCH
    return Room(
        across,
        _pitch_of_straight(sized, bundle) * len(straight),
        max((row.depth for row in above), default=0) + LEAD // 2,
        max((row.depth for row in below), default=0) + LEAD // 2,
    )


def drawn(frame: Frame, placement: Placement, bundle: Bundle) -> tuple[dict[int, Line], Ints] | None:
    """Draw the lines of a bundle, by edge, and the box that they are in; None where that is not free."""
    cards, panels = placement.cards, placement.panels
    one, two = bundle.one, bundle.two
    if cards[one, 1] > cards[two, 1]:
        one, two = two, one
    lines = _stacked(frame, placement, bundle, one, two)
    if lines is None:
        one, two = (bundle.one, bundle.two) if cards[bundle.one, 0] < cards[bundle.two, 0] else (bundle.two, bundle.one)
        lines = _beside(frame, placement, bundle, one, two)
    if lines is None:
        return None
    ends = np.array([(*a, *b) for line in lines.values() for a, b in pairwise(line)], dtype=np.int64)
    bars = np.hstack([np.minimum(ends[:, :2], ends[:, 2:]), np.maximum(ends[:, :2], ends[:, 2:])])
    others = [card for card in range(len(cards)) if card not in (one, two)]
    strange = [panel for panel in range(len(panels)) if panel not in frame.around[one] | frame.around[two]]
    blocked = np.vstack([cards[others], panels[strange]])
    if overlaps(grown(bars, CLEAR), blocked).any():
        return None
    region = np.concatenate([bars[:, :2].min(axis=0), bars[:, 2:].max(axis=0)])
    return {edge: line if frame.tails[edge] == one else line[::-1] for edge, line in lines.items()}, region


def _label(sized: Sized, edge: int) -> tuple[int, int]:
    shapes = sized.edges[edge].shapes
    return (round(shapes[0].size.width), round(shapes[0].size.height)) if shapes else (0, 0)


def _is_bare(sized: Sized, bundle: Bundle) -> bool:
    return not any(sized.edges[edge].shapes for edge in bundle.edges)


def _fan(sized: Sized, bundle: Bundle, leans: tuple[int, int]) -> tuple[list[_Row], list[_Row], tuple[int, ...]]:
    """Plan the rows to the left and to the right, the outermost first, and the one or two lines in the middle.

    `leans` is how far the other card's middle is off to the left and to the right.
    """
    edges = bundle.edges
    middle = edges[-1:] if len(edges) % 2 else edges[-2:]
    sides = edges[: len(edges) - len(middle)]
    pitch = _pitch_of_ends(sized, bundle)
    beside = max(_label(sized, edge)[0] for edge in middle) + STUB
    planned = []
    for side, lean in zip((sides[::2], sides[1::2]), leans, strict=True):
        offs = [round((len(side) - at + (len(middle) - 1) / 2) * pitch) for at in range(len(side))]
        depth, depths = LEAD, []
        for edge in side:
            height = max(_label(sized, edge)[1], BARE_ROW)
            depths.append(depth + height // 2)
            depth += height + ROW_GAP
        reach, reaches = lean + round(beside * len(middle) / 2 + pitch * (len(middle) - 1) / 2), []
        for edge, off in zip(side[::-1], offs[::-1], strict=True):
            reach = max(reach + PITCH, off + lean + _label(sized, edge)[0] + 2 * STUB)
            reaches.append(reach)
        planned.append([_Row(*row) for row in zip(side, offs, depths, reaches[::-1], strict=True)])
    return planned[0], planned[1], middle


def _pitch_of_ends(sized: Sized, bundle: Bundle) -> float:
    usable = min(round(sized.nodes[card].size.width) for card in (bundle.one, bundle.two)) - 2 * INSET
    return min(PITCH, usable / (len(bundle.edges) - 1))


def _stacked(frame: Frame, placement: Placement, bundle: Bundle, upper: int, lower: int) -> dict[int, Line] | None:
    """Fan the lines out between a card and another one below it; None where they stand too near."""
    cards, sized = placement.cards.tolist(), frame.sized
    begin, finish = cards[upper][3], cards[lower][1]
    if _is_bare(sized, bundle):
        return _straight(bundle, cards[upper], cards[lower], 0) if finish - begin > LEAD else None
    top = max([begin, *(int(placement.panels[at, 3]) for at in frame.around[upper] - frame.around[lower])])
    bottom = min([finish, *(int(placement.panels[at, 1]) for at in frame.around[lower] - frame.around[upper])])
    at, to = ((cards[card][0] + cards[card][2]) // 2 for card in (upper, lower))
    left, right, middle = _fan(sized, bundle, (max(at - to, 0), max(to - at, 0)))
    depth = max((row.depth for row in (*left, *right)), default=0)
    back = LEAD + (BARE_ROW + ROW_GAP) * max(len(left), len(right))
    if bottom - top < depth + back:
        return None
    found: dict[int, Line] = {}
    for sign, side in ((-1, left), (1, right)):
        for number, row in enumerate(side):
            out, y0 = at + sign * row.reach, top + row.depth
            y1 = bottom - LEAD - (BARE_ROW + ROW_GAP) * number
            ends = (at + sign * row.off, to + sign * row.off)
            found[row.edge] = ((ends[0], begin), (ends[0], y0), (out, y0), (out, y1), (ends[1], y1), (ends[1], finish))
    for number, edge in enumerate(middle):
        off = round((number - (len(middle) - 1) / 2) * _pitch_of_ends(sized, bundle))
        turn = (top + depth + bottom - back) // 2 + (off if to < at else -off)
        corners = ((at + off, begin), (at + off, turn), (to + off, turn), (to + off, finish))
        found[edge] = corners if at != to else (corners[0], corners[-1])
    return found


def _straight(bundle: Bundle, one: Sequence[int], two: Sequence[int], axis: int) -> dict[int, Line] | None:
    """Draw straight lines from one card to another, along what both span of an axis; None where that is too little."""
    low, high = max(one[axis], two[axis]) + INSET, min(one[axis + 2], two[axis + 2]) - INSET
    count = len(bundle.edges)
    pitch = min(PITCH, (high - low) / (count - 1))
    if pitch < TIGHTEST:
        return None
    begin = (low + high) / 2 - pitch * (count - 1) / 2
    found: dict[int, Line] = {}
    for number, edge in enumerate(bundle.edges):
        place = round(begin + pitch * number)
        ends: tuple[Corner, Corner] = (
            ((place, one[3]), (place, two[1])) if axis == 0 else ((one[2], place), (two[0], place))
        )
        found[edge] = ends
    return found


def _pitch_of_straight(sized: Sized, bundle: Bundle) -> int:
    return max(max(_label(sized, edge)[1] for edge in bundle.edges) + ROW_GAP, BARE_ROW + TIGHTEST)


def _shelves(sized: Sized, bundle: Bundle) -> tuple[list[_Row], tuple[int, ...], list[_Row]]:
    """Plan the rows above, the outermost first, the straight lines, and the rows below, the innermost first."""
    edges = bundle.edges
    sizes = [sized.nodes[card].size for card in (bundle.one, bundle.two)]
    usable = min(round(size.height) for size in sizes) - 2 * INSET
    count = min(max(usable // _pitch_of_straight(sized, bundle) + 1, 0), len(edges))
    up = (len(edges) - count) // 2
    across = min(round(size.width) for size in sizes) - 2 * INSET
    planned = []
    for side in (edges[:up][::-1], edges[up + count :]):
        pitch = min(PITCH, across / max(len(side) - 1, 1))
        depth, rows = LEAD, []
        for number, edge in enumerate(side):
            height = max(_label(sized, edge)[1], BARE_ROW)
            rows.append(_Row(edge, round(INSET + pitch * number), depth + height // 2, 0))
            depth += height + ROW_GAP
        planned.append(rows)
    return planned[0][::-1], edges[up : up + count], planned[1]


def _beside(frame: Frame, placement: Placement, bundle: Bundle, left: int, right: int) -> dict[int, Line] | None:
    """Draw the lines between a card and another one right of it; None where they stand too near."""
    sized = frame.sized
    one, two = placement.cards[left].tolist(), placement.cards[right].tolist()
    widest = max(_label(sized, edge)[0] for edge in bundle.edges)
    low, high = max(one[1], two[1]) + INSET, min(one[3], two[3]) - INSET
    above, straight, below = _shelves(sized, bundle)
    pitch = _pitch_of_straight(sized, bundle)
    if two[0] - one[2] < widest + 2 * STUB or high - low < pitch * (len(straight) - 1):
        return None
    found: dict[int, Line] = {}
    begin = (low + high - pitch * (len(straight) - 1)) // 2
    for number, edge in enumerate(straight):
        found[edge] = ((one[2], begin + pitch * number), (two[0], begin + pitch * number))
    top, bottom = min(one[1], two[1]), max(one[3], two[3])
    for rows, sign, side, border in ((above, -1, 1, top), (below, 1, 3, bottom)):
        for row in rows:
            y = border + sign * row.depth
            x0, x1 = one[2] - row.off, two[0] + row.off
            found[row.edge] = ((x0, one[side]), (x0, y), (x1, y), (x1, two[side]))
    return found
