"""Draw many edges between the same two boxes, cards or panels, as a bundle: each has a place for its label.

Where one box stands above the other, the lines fan out to both sides, each with a row of its own: those that begin
outermost turn first. Where they stand side by side, lines go straight across as long as there is room for their labels,
and the others from the tops and the bottoms of the boxes, one around the other. Panels may be so large that all lines
between them are straight, with labels side by side or by turns in two rows. No line of a bundle crosses another one.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from archfolio.render.layout.boxes import grown, overlaps
from archfolio.render.layout.distances import INSET, LEAD, PITCH
from archfolio.render.model.geometry import Size
from archfolio.render.model.graph import chain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archfolio.render.layout.draft import Corner, Frame, Ints, Line, Placement
    from archfolio.render.model.geometry import Sized

_LEAST = 3
"""Edges between the same two cards that are drawn as a bundle."""

_TIGHTEST = 5  # px between ends of lines, where there is little room
_ROW_GAP = 6  # px between the labels of two rows
_BARE_ROW = 4  # px of a row without a label
_STUB = 12  # px of line to both sides of a label
_CLEAR = 8  # px between a line of a bundle and what is beside it
_AIR = 8  # px between labels that stand side by side, and from a label to a line beside it
_ABREAST = ((0, 1), (-1, 1), (0, 2), (-1, 2))
"""How labels of straight lines between panels may stand: which of the ways to break them, in how many rows."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """Edges, by number, between the same two boxes: cards by number, then panels."""

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
    names = [*(node.id for node in sized.nodes), *(cluster.id for cluster in sized.clusters)]
    boxes = {name: number for number, name in enumerate(names)}
    between: dict[tuple[int, int], list[int]] = {}
    for number, edge in enumerate(sized.edges):
        one, two = boxes[edge.tail], boxes[edge.head]
        if one != two:
            between.setdefault((min(one, two), max(one, two)), []).append(number)
    return [Bundle(*pair, tuple(edges)) for pair, edges in between.items() if len(edges) >= _LEAST]


def room(sized: Sized, bundle: Bundle) -> Room:
    """Compute how much room a bundle needs."""
    if sized.rankdir in {"TB", "BT"}:
        left, right, middle = _fan(sized, bundle, (0, 0), _pitch_of_ends(bundle, _least(sized, bundle)))
        rows = [*left, *right]
        depth = max((row.depth for row in rows), default=LEAD) + LEAD
        back = LEAD + (_BARE_ROW + _ROW_GAP) * max(len(left), len(right))
        between = max(_label(sized, edge)[1] for edge in middle) + 2 * _STUB
        return Room(2 * max((row.reach for row in rows), default=0), depth + between + back)
    above, straight, below = _shelves(sized, bundle, _least(sized, bundle))
    widest = max((_label(sized, edge)[0] for edge in bundle.edges), default=0)
    across = widest + 2 * _STUB + PITCH
    if _has_panel(sized, bundle) and len(straight) < len(bundle.edges):
        across = 2 * (widest + _STUB) + 2 * _STUB
    return Room(
        across,
        _pitch_of_straight(sized, bundle) * len(straight),
        max((row.depth for row in above), default=0) + LEAD // 2,
        max((row.depth for row in below), default=0) + LEAD // 2,
    )


def _has_panel(sized: Sized, bundle: Bundle) -> bool:
    return max(bundle.one, bundle.two) >= len(sized.nodes)


def _least(sized: Sized, bundle: Bundle) -> tuple[Size, Size]:
    """Return the sizes of both boxes of a bundle; of a panel, of the largest cards in it, which it is larger than."""
    parents = {cluster.id: cluster.parent for cluster in sized.clusters}

    def size(box: int) -> Size:
        if box < len(sized.nodes):
            return sized.nodes[box].size
        panel = sized.clusters[box - len(sized.nodes)]
        inside = [node.size for node in sized.nodes if panel.id in chain(node.cluster, parents)]
        return Size(*(max((one[axis] for one in inside), default=panel.title[axis]) for axis in (0, 1)))

    return size(bundle.one), size(bundle.two)


def drawn(frame: Frame, placement: Placement, bundle: Bundle) -> tuple[dict[int, Line], Ints] | None:
    """Draw the lines of a bundle, by edge, and the box that they are in; None where that is not free."""
    boxes = np.vstack([placement.cards, placement.panels])
    one, two = bundle.one, bundle.two
    if boxes[one, 1] > boxes[two, 1]:
        one, two = two, one
    lines = _stacked(frame, placement, bundle, one, two)
    if lines is None:
        one, two = (bundle.one, bundle.two) if boxes[bundle.one, 0] < boxes[bundle.two, 0] else (bundle.two, bundle.one)
        lines = _beside(frame, boxes, bundle, one, two)
    if lines is None:
        return None
    ends = np.array([(*a, *b) for line in lines.values() for a, b in pairwise(line)], dtype=np.int64)
    bars = np.hstack([np.minimum(ends[:, :2], ends[:, 2:]), np.maximum(ends[:, :2], ends[:, 2:])])
    own = {one, two, *(len(placement.cards) + panel for panel in frame.enclosing[one] | frame.enclosing[two])}
    if overlaps(grown(bars, _CLEAR), boxes[[box for box in range(len(boxes)) if box not in own]]).any():
        return None
    region = np.concatenate([bars[:, :2].min(axis=0), bars[:, 2:].max(axis=0)])
    return {edge: line if frame.joined[edge][0] == one else line[::-1] for edge, line in lines.items()}, region


def _label(sized: Sized, edge: int) -> tuple[int, int]:
    return _shape(sized, edge, 0)


def _is_bare(sized: Sized, bundle: Bundle) -> bool:
    return not any(sized.edges[edge].shapes for edge in bundle.edges)


def _fan(
    sized: Sized, bundle: Bundle, leans: tuple[int, int], pitch: float
) -> tuple[list[_Row], list[_Row], tuple[int, ...]]:
    """Plan the rows to the left and to the right, the outermost first, and the one or two lines in the middle.

    `leans` is how far the other box's middle is off to the left and to the right; ends of lines are `pitch` apart.
    """
    edges = bundle.edges
    middle = edges[-1:] if len(edges) % 2 else edges[-2:]
    sides = edges[: len(edges) - len(middle)]
    beside = max(_label(sized, edge)[0] for edge in middle) + _STUB
    planned = []
    for side, lean in zip((sides[::2], sides[1::2]), leans, strict=True):
        offs = [round((len(side) - at + (len(middle) - 1) / 2) * pitch) for at in range(len(side))]
        depth, depths = LEAD, []
        for edge in side:
            height = max(_label(sized, edge)[1], _BARE_ROW)
            depths.append(depth + height // 2)
            depth += height + _ROW_GAP
        reach, reaches = lean + round(beside * len(middle) / 2 + pitch * (len(middle) - 1) / 2), []
        for edge, off in zip(side[::-1], offs[::-1], strict=True):
            reach = max(reach + PITCH, off + lean + _label(sized, edge)[0] + 2 * _STUB)
            reaches.append(reach)
        planned.append([_Row(*row) for row in zip(side, offs, depths, reaches[::-1], strict=True)])
    return planned[0], planned[1], middle


def _pitch_of_ends(bundle: Bundle, sizes: tuple[Size, Size]) -> float:
    usable = min(round(size.width) for size in sizes) - 2 * INSET
    return min(PITCH, usable / (len(bundle.edges) - 1))


def _size(box: Sequence[int]) -> Size:
    return Size(box[2] - box[0], box[3] - box[1])


def _stacked(frame: Frame, placement: Placement, bundle: Bundle, upper: int, lower: int) -> dict[int, Line] | None:
    """Fan the lines out between a box and another one below it; None where they stand too near."""
    boxes, sized = [*placement.cards.tolist(), *placement.panels.tolist()], frame.sized
    one, two = boxes[upper], boxes[lower]
    begin, finish = one[3], two[1]
    if _is_bare(sized, bundle):
        return _straight(bundle, one, two, 0) if finish - begin > LEAD else None
    if _has_panel(sized, bundle) and (lines := _abreast(sized, bundle, one, two, 0)):
        return lines
    inside, its = frame.enclosing[upper], frame.enclosing[lower]
    top = max([begin, *(int(placement.panels[at, 3]) for at in inside - its)])
    bottom = min([finish, *(int(placement.panels[at, 1]) for at in its - inside)])
    at, to = (one[0] + one[2]) // 2, (two[0] + two[2]) // 2
    pitch = _pitch_of_ends(bundle, (_size(one), _size(two)))
    left, right, middle = _fan(sized, bundle, (max(at - to, 0), max(to - at, 0)), pitch)
    depth = max((row.depth for row in (*left, *right)), default=0)
    back = LEAD + (_BARE_ROW + _ROW_GAP) * max(len(left), len(right))
    if bottom - top < depth + back:
        return None
    found: dict[int, Line] = {}
    for sign, side in ((-1, left), (1, right)):
        for number, row in enumerate(side):
            out, y0 = at + sign * row.reach, top + row.depth
            y1 = bottom - LEAD - (_BARE_ROW + _ROW_GAP) * number
            ends = (at + sign * row.off, to + sign * row.off)
            found[row.edge] = ((ends[0], begin), (ends[0], y0), (out, y0), (out, y1), (ends[1], y1), (ends[1], finish))
    for number, edge in enumerate(middle):
        off = round((number - (len(middle) - 1) / 2) * pitch)
        turn = (top + depth + bottom - back) // 2 + (off if to < at else -off)
        corners = ((at + off, begin), (at + off, turn), (to + off, turn), (to + off, finish))
        found[edge] = corners if at != to else (corners[0], corners[-1])
    return found


def _abreast(sized: Sized, bundle: Bundle, one: Sequence[int], two: Sequence[int], axis: int) -> dict[int, Line] | None:
    """Draw straight lines to a box behind another one, as far apart along an axis as their labels are large.

    Returns None where both boxes do not span so much of it, or are so near that the labels have no room.
    """
    low, high = max(one[axis], two[axis]) + INSET, min(one[axis + 2], two[axis + 2]) - INSET
    begin, finish = one[3 - axis], two[1 - axis]
    for way, rows in _ABREAST:
        sizes = [_shape(sized, edge, way) for edge in bundle.edges]
        halves = [size[axis] // 2 + 1 for size in sizes]
        gaps = [before + behind if rows == 1 else max(before, behind) for before, behind in pairwise(halves)]
        gaps = [max(gap + _AIR, PITCH) for gap in gaps]
        deep = max(size[1 - axis] for size in sizes) + _STUB
        if sum(gaps) <= high - low and rows * deep + 2 * _STUB <= finish - begin:
            at = (low + high - sum(gaps)) // 2
            places = list(accumulate(gaps, initial=at))
            ends = [((at, begin), (at, finish)) if axis == 0 else ((begin, at), (finish, at)) for at in places]
            return dict(zip(bundle.edges, ends, strict=True))
    return None


def _shape(sized: Sized, edge: int, way: int) -> tuple[int, int]:
    """Return the size of an edge's label as it is given (0) or broken so that it is least wide (-1)."""
    sizes = [shape.size for shape in sized.edges[edge].shapes] or [Size(0, 0)]
    size = sizes[0] if way == 0 else min(sizes)
    return round(size.width), round(size.height)


def _straight(bundle: Bundle, one: Sequence[int], two: Sequence[int], axis: int) -> dict[int, Line] | None:
    """Draw straight lines from one card to another, along what both span of an axis; None where that is too little."""
    low, high = max(one[axis], two[axis]) + INSET, min(one[axis + 2], two[axis + 2]) - INSET
    count = len(bundle.edges)
    pitch = min(PITCH, (high - low) / (count - 1))
    if pitch < _TIGHTEST:
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
    return max(max(_label(sized, edge)[1] for edge in bundle.edges) + _ROW_GAP, _BARE_ROW + _TIGHTEST)


def _shelves(sized: Sized, bundle: Bundle, sizes: tuple[Size, Size]) -> tuple[list[_Row], tuple[int, ...], list[_Row]]:
    """Plan the rows above, the outermost first, the straight lines, and the rows below, the innermost first."""
    edges = bundle.edges
    usable = min(round(size.height) for size in sizes) - 2 * INSET
    count = min(max(usable // _pitch_of_straight(sized, bundle) + 1, 0), len(edges))
    up = (len(edges) - count) // 2
    across = min(round(size.width) for size in sizes) - 2 * INSET
    planned = []
    for side in (edges[:up][::-1], edges[up + count :]):
        pitch = min(PITCH, across / max(len(side) - 1, 1))
        depth, rows = LEAD, []
        for number, edge in enumerate(side):
            height = max(_label(sized, edge)[1], _BARE_ROW)
            rows.append(_Row(edge, round(INSET + pitch * number), depth + height // 2, 0))
            depth += height + _ROW_GAP
        planned.append(rows)
    return planned[0][::-1], edges[up : up + count], planned[1]


def _beside(frame: Frame, boxes: Ints, bundle: Bundle, left: int, right: int) -> dict[int, Line] | None:
    """Draw the lines between a box and another one right of it; None where they stand too near."""
    sized = frame.sized
    one, two = boxes[left].tolist(), boxes[right].tolist()
    if _has_panel(sized, bundle) and (lines := _abreast(sized, bundle, one, two, 1)):
        return lines
    widest = max(_label(sized, edge)[0] for edge in bundle.edges)
    low, high = max(one[1], two[1]) + INSET, min(one[3], two[3]) - INSET
    above, straight, below = _shelves(sized, bundle, (_size(one), _size(two)))
    pitch = _pitch_of_straight(sized, bundle)
    if two[0] - one[2] < widest + 2 * _STUB or high - low < pitch * (len(straight) - 1):
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
