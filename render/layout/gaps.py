"""What must stay apart on a drawing, and by how much: the constraints of the programme of one axis."""

from __future__ import annotations

import math
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from archfolio.render.layout.draft import NOWHERE
from archfolio.render.layout.place_titles import AFTER, TITLE_INDENT
from archfolio.render.layout.simplex import HARD
from archfolio.render.model import style
from archfolio.render.model.geometry import FLOW

if TYPE_CHECKING:
    from archfolio.render.layout.axis_model import AxisModel, MovingPart, Place
    from archfolio.render.layout.draft import Frame, Ints

CARD, LINE, LABEL, TITLE = range(4)

_ASTRIDE = 300  # what a px of a label across a border costs, in hundredths
_TITLE_RIGHT = 6  # and a px of a title away from its corner

_MARGINS = np.zeros((4, 4), dtype=np.int64)  # px by which two things may miss each other sideways and still need a gap
_GAPS = np.zeros((2, 4, 4), dtype=np.int64)  # px between two things along x, along y
for _one, _other, _margin, _across, _down in (
    (CARD, CARD, 10, 30, 40),
    (CARD, LINE, 8, 12, 12),
    (LINE, LINE, 6, 14, 14),
    (CARD, LABEL, 3, 5, 5),
    (LINE, LABEL, 3, 6, 6),
    (LABEL, LABEL, 2, 5, 5),
    (CARD, TITLE, 0, 4, 4),
    (LINE, TITLE, 4, 7, 5),
    (LABEL, TITLE, 3, 4, 4),
    (TITLE, TITLE, 0, 8, 8),
):
    _MARGINS[_one, _other] = _MARGINS[_other, _one] = _margin
    _GAPS[:, _one, _other] = _GAPS[:, _other, _one] = (_across, _down)
_BICLIQUE_GAP = (8, 12)  # px between two lines of a biclique that run along the flow, across it
_ROOM_FOR_LINES = 90  # px that cards keep where they have them, as long as there are no lines
PANEL_GAP = 16  # between panels, and between a panel and a card outside
_JOINED_GAP = 32  # the same, where an edge of the panel has its arrow head
PANEL_MARGIN = 14  # between a panel's border and what is in it
_STRIP = 38  # the same at its top, where its title of one line is
BORDER_GAP = 11  # between a line and the border of a panel beside it
LABEL_BORDER_GAP = 3
_NEARER = 3  # px by which a label's middle is nearer to its own line than to any other
_LEAST_PANEL = 60


class Outermost(NamedTuple):
    """The low sides of things with nothing before them, and the high sides of those with nothing behind them."""

    first: list[Place]
    final: list[Place]


class _Things(NamedTuple):
    """Things that must not meet: their two sides along the axis, where they are, their kind and owner."""

    lows: list[Place]
    highs: list[Place]
    boxes: Ints
    kinds: Ints
    owners: Ints
    spans: tuple[slice, ...]  # which of them are of each kind


def separate(model: AxisModel) -> Outermost:
    """Keep things that are beside each other apart, in the order that they have."""
    things = _things(model)
    before = _before(model, things)
    steps = before.astype(np.float32)
    cards = things.spans[CARD]
    direct = before & ((steps @ steps) == 0)
    direct[cards, cards] = before[cards, cards]
    ones, others = direct.nonzero()
    gaps = _asked(model, things, ones, others)
    for one, other, gap in zip(ones.tolist(), others.tolist(), gaps.tolist(), strict=True):
        model.after(things.highs[one], things.lows[other], gap)
    first, final = np.nonzero(~before.any(axis=0))[0], np.nonzero(~before.any(axis=1))[0]
    return Outermost([things.lows[at] for at in first.tolist()], [things.highs[at] for at in final.tolist()])


def _before(model: AxisModel, things: _Things) -> np.ndarray:
    """Return, for each thing (rows) and each other one (columns), whether the first must stay before the second."""
    _, _, boxes, kinds, owners, (cards, lines, _, titles) = things
    sides = np.ascontiguousarray(boxes.T)
    low, high, start, end = sides[[model.axis, model.axis + 2, model.other, model.other + 2]]
    overlap = start[:, None] - _MARGINS.take(kinds, axis=0).take(kinds, axis=1) < end
    beside = overlap & overlap.T
    order = (low + high) * len(low) + np.arange(len(low))  # of the middles; where they are level, as they are listed
    before = beside & (order[:, None] < order)
    struck = beside[titles, lines] & (low[titles, None] < low[lines]) & (low[lines] < high[titles, None])
    before[titles, lines] |= struck  # a title is at home left of what runs through it
    before[lines, titles] &= ~struck.T
    before &= owners[:, None] != owners
    _except_ends(model, before)
    before[titles, cards] = before[cards, titles] = False
    shared = np.minimum(high[:, None], high) - np.maximum(low[:, None], low)
    tolerated = np.minimum(6, (high - low) * 3 // 5)
    before &= shared <= np.minimum(tolerated[:, None], tolerated)
    return np.asarray(before)


def _asked(model: AxisModel, things: _Things, ones: Ints, others: Ints) -> Ints:
    """Return the px that are asked for between pairs of things, the one of each before the other."""
    _, _, labels, _ = things.spans
    factor = model.frame.sized.spread(model.axis)
    table = _GAPS[model.axis].copy()
    table[CARD, CARD] = round(int(table[CARD, CARD]) * factor)
    if model.frame.tails and not model.draft.lines:
        table = np.maximum(table, round(_ROOM_FOR_LINES * max(factor, 1)))
    if model.axis == 0:
        table[TITLE, LABEL] = AFTER
    kinds = things.kinds[ones], things.kinds[others]
    gaps = table[kinds]
    for biclique in model.bicliques:
        own = np.isin(things.owners, [edge for *_, edge in biclique.lines]) & (things.kinds == LINE)
        gaps[own[ones] & own[others]] = _BICLIQUE_GAP[model.axis == FLOW[model.frame.sized.rankdir][0]]
    doubtful = np.zeros(len(things.kinds), dtype=np.int64)
    doubtful[labels] = _doubtful(model)
    of_label_and_line = kinds[0] * kinds[1] == LABEL * LINE  # no other two kinds have this product
    return np.asarray(np.maximum(gaps, of_label_and_line * np.maximum(doubtful[ones], doubtful[others])))


def _things(model: AxisModel) -> _Things:
    """List all things."""
    draft, axis, places = model.draft, model.axis, model.programme.places
    offs = (model.roomy - draft.cards)[:, [axis, axis + 2]].tolist()
    lows = [(variable, before) for variable, (before, _) in zip(model.cards, offs, strict=True)]
    highs = [(at, wide + behind) for at, wide, (_, behind) in zip(model.cards, model.widths, offs, strict=True)]
    lows += [(part.variable, 0) for part in model.parts]
    highs += [(part.variable, 0) for part in model.parts]
    lows += model.labels
    sizes = (draft.boxes[:, axis + 2] - draft.boxes[:, axis]).tolist()
    highs += [(variable, off + size) for (variable, off), size in zip(model.labels, sizes, strict=True)]
    lows += [(variable, 0) for variable in model.titles]
    sizes = (draft.titles[:, axis + 2] - draft.titles[:, axis]).tolist()
    highs += list(zip(model.titles, sizes, strict=True))
    bars = [(places[part.variable], part.first, places[part.variable], part.last) for part in model.parts]
    turned = [axis, model.other, axis + 2, model.other + 2]
    parts = np.array(bars, dtype=np.int64).reshape(-1, 4)[:, turned]
    counts = (len(model.cards), len(model.parts), len(model.labels), len(model.titles))
    ends = (*accumulate(counts),)
    owners = np.array(
        [-1 - card for card in range(counts[0])]
        + [part.edge for part in model.parts]
        + [tag.edge for tag in draft.tags]
        + [-1 - counts[0] - title for title in range(counts[3])],
        dtype=np.int64,
    )
    of_kinds = tuple(map(slice, (0, *ends), ends))
    boxes = np.concatenate([model.roomy, parts, draft.boxes, draft.titles])
    return _Things(lows, highs, boxes, np.arange(4).repeat(counts), owners, of_kinds)


def _with_labels_of_loops(model: AxisModel) -> Ints:
    """Return the boxes of the cards with their loops and the labels of these."""
    if not model.frame.loops:
        return model.roomy
    boxes = model.roomy.copy()
    for tag, label in zip(model.draft.tags, model.draft.boxes, strict=True):
        if model.frame.is_loop(tag.edge) and (card := model.frame.tails[tag.edge]) != NOWHERE:
            boxes[card, :2] = np.minimum(boxes[card, :2], label[:2])
            boxes[card, 2:] = np.maximum(boxes[card, 2:], label[2:])
    return boxes


def _doubtful(model: AxisModel) -> list[int]:
    """Ask for so much between each label and lines of others that a label's middle stays nearest to its own."""
    draft, axis = model.draft, model.axis
    gaps = []
    for tag, box, index in zip(draft.tags, draft.boxes.tolist(), model.homes, strict=True):
        (ax, ay), (bx, by) = draft.lines[tag.edge][index : index + 2]
        x, y = (box[0] + box[2]) // 2, (box[1] + box[3]) // 2
        off = max(min(ax, bx) - x, x - max(ax, bx), min(ay, by) - y, y - max(ay, by), 0)
        gaps.append(0 if tag.on_line else off + _NEARER - (box[axis + 2] - box[axis]) // 2)
    return gaps


def _except_ends(model: AxisModel, before: np.ndarray) -> None:
    """Let the first and last part of a line touch the cards that it joins."""
    begin = len(model.cards)
    for number, part in enumerate(model.parts, begin):
        if part.index == 0 and (card := model.frame.tails[part.edge]) != NOWHERE:
            before[number, card] = before[card, number] = False
        if part.index == len(model.draft.lines[part.edge]) - 2 and (card := model.frame.heads[part.edge]) != NOWHERE:
            before[number, card] = before[card, number] = False


def strip(frame: Frame, panel: int) -> int:
    """Return the px that a panel keeps free at its top: more for a title of several or of larger lines."""
    more = frame.sized.clusters[panel].title.height - style.DETAIL_SIZE * style.LINE_HEIGHT
    return _STRIP + max(math.ceil(round(more, 2)), 0)


def least_height(frame: Frame, panel: int) -> int:
    """Return the height in px that a panel has without anything in it."""
    return max(_LEAST_PANEL, strip(frame, panel) + PANEL_MARGIN)


def enclose(model: AxisModel) -> None:
    """Keep panels around what is in them and apart from what is not."""
    frame, draft, axis = model.frame, model.draft, model.axis
    tops = [PANEL_MARGIN if axis == 0 else strip(frame, panel) for panel in range(len(frame.parents))]
    whole = [((low, 0), (high, 0)) for low, high in zip(model.lows, model.highs, strict=True)]
    offs = (_with_labels_of_loops(model) - draft.cards)[:, [axis, axis + 2]].tolist()
    cards = [
        ((variable, before), (variable, width + behind))
        for variable, width, (before, behind) in zip(model.cards, model.widths, offs, strict=True)
    ]
    inner = [(cards[card], home) for card, home in enumerate(frame.homes)]
    inner += [(whole[panel], parent) for panel, parent in enumerate(frame.parents)]
    for (low, high), home in inner:
        if home != NOWHERE:
            model.after(whole[home][0], low, tops[home])
            model.after(high, whole[home][1], PANEL_MARGIN)
    rows = [*draft.cards.tolist(), *draft.panels.tolist()]
    count = len(cards)
    joined = {pair for ends in frame.joined for pair in (ends, ends[::-1])}
    for panel in range(len(whole)):
        mine = rows[count + panel]
        for thing, ((low, high), home) in enumerate(inner):
            if home != frame.parents[panel] or (thing >= count and thing - count <= panel):
                continue
            its = rows[thing]
            o = model.other
            if its[o] - 8 >= mine[o + 2] or its[o + 2] + 8 <= mine[o]:
                continue
            gap = _JOINED_GAP if (thing, count + panel) in joined else PANEL_GAP
            if its[axis] + its[axis + 2] < mine[axis] + mine[axis + 2]:
                model.after(high, whole[panel][0], gap)
            else:
                model.after(whole[panel][1], low, gap)
        _keep_title(model, panel, *whole[panel])


def _keep_title(model: AxisModel, panel: int, low: Place, high: Place) -> None:
    """Keep the title of a panel between its sides, or below its top with room for it."""
    draft, axis = model.draft, model.axis
    title = (model.titles[panel], 0)
    if axis == 0:
        length = int(draft.titles[panel, 2] - draft.titles[panel, 0])
        model.after(low, title, TITLE_INDENT)
        model.after((title[0], length), high, TITLE_INDENT)
        model.near((low[0], TITLE_INDENT), title, _TITLE_RIGHT)
    else:
        model.near((low[0], int(draft.titles[panel, 1] - draft.panels[panel, 1])), title, HARD // 1000)
        model.after(low, high, least_height(model.frame, panel))


def keep_off_borders(model: AxisModel) -> None:
    """Keep lines beside the borders of panels, not on them, and labels on one side of a border.

    What is outside of a panel is kept off the near border, and so off the far one.
    """
    frame, draft, other = model.frame, model.draft, model.other
    labels = draft.boxes.tolist()
    for panel, box in enumerate(draft.panels.tolist()):
        for part in model.parts:
            if part.first >= box[other + 2] + 2 or part.last <= box[other] - 2:
                continue
            ends = (frame.tail_panels[part.edge], frame.head_panels[part.edge])
            if panel in ends and len(draft.cards) + panel not in frame.joined[part.edge]:
                continue
            _beside_borders(model, part, panel, box)
        for label, tag, place in zip(labels, draft.tags, model.labels, strict=True):
            if label[other] >= box[other + 2] or label[other + 2] <= box[other]:
                continue
            if frame.is_loop(tag.edge) and (card := frame.tails[tag.edge]) != NOWHERE and panel in frame.around[card]:
                continue  # `enclose` keeps it inside
            _beside_or_astride(model, label, place, panel, box)


def _beside_or_astride(model: AxisModel, label: list[int], low: Place, panel: int, box: list[int]) -> None:
    """Keep a label, whose low side is at a place, off the borders of a panel, or move it off one that it is across."""
    axis = model.axis
    high = (low[0], low[1] + label[axis + 2] - label[axis])
    is_before, is_behind = label[axis + 2] <= box[axis], label[axis] >= box[axis + 2]
    borders = (((model.lows[panel], 0), box[axis]), ((model.highs[panel], 0), box[axis + 2]))
    for border, at in borders[is_behind : 2 - is_before]:
        one, two = (high, border) if label[axis] + label[axis + 2] < 2 * at else (border, low)
        if label[axis] < at < label[axis + 2]:
            model.programme.term(one[0], two[0], LABEL_BORDER_GAP + one[1] - two[1], -_ASTRIDE, 0)
        else:
            model.after(one, two, LABEL_BORDER_GAP)


def _beside_borders(model: AxisModel, part: MovingPart, panel: int, box: list[int]) -> None:
    """Keep a part of a line off the borders of a panel: off the near one from outside, off both if it is inside."""
    at, place = model.programme.places[part.variable], (part.variable, 0)
    low, high = box[model.axis], box[model.axis + 2]
    if at < low or (at == low and not _is_inside(model.frame, part.edge, panel)):
        model.after(place, (model.lows[panel], 0), BORDER_GAP)
    elif at > high or (at == high and not _is_inside(model.frame, part.edge, panel)):
        model.after((model.highs[panel], 0), place, BORDER_GAP)
    else:
        model.after((model.lows[panel], 0), place, BORDER_GAP)
        model.after(place, (model.highs[panel], 0), BORDER_GAP)


def _is_inside(frame: Frame, edge: int, panel: int) -> bool:
    return all(card != NOWHERE and panel in frame.around[card] for card in (frame.tails[edge], frame.heads[edge]))
