"""What must stay apart on a drawing, and by how much: the constraints of the programme of one axis."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from archfolio.render.layout.axis_model import home_part
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
    """Things that must not meet: their two sides along the axis, their extent across it, their kind and owner."""

    lows: list[Place]
    highs: list[Place]
    extents: Ints
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
    gaps = _asked(model, things)
    pairs = (found.tolist() for found in (*np.nonzero(direct), gaps[direct]))
    for one, two, gap in zip(*pairs, strict=True):
        model.after(things.highs[one], things.lows[two], gap)
    first, final = np.nonzero(~before.any(axis=0))[0], np.nonzero(~before.any(axis=1))[0]
    return Outermost([things.lows[at] for at in first.tolist()], [things.highs[at] for at in final.tolist()])


def _before(model: AxisModel, things: _Things) -> np.ndarray:
    """Return, for each thing (rows) and each other one (columns), whether the first must stay before the second."""
    lows, highs, extents, kinds, owners, (cards, lines, _, titles) = things
    places = np.array(model.programme.places, dtype=np.int64)

    def now(sides: list[Place]) -> Ints:
        pairs = np.array(sides, dtype=np.int64).reshape(-1, 2)
        return np.asarray(places[pairs[:, 0]] + pairs[:, 1])

    low, high = now(lows), now(highs)
    overlap = extents[:, None, 0] - _MARGINS[kinds[:, None], kinds] < extents[:, 1]
    beside = overlap & overlap.T
    rank = np.empty(len(low), dtype=np.int64)
    rank[np.argsort(low + high, kind="stable")] = np.arange(len(low))
    before = beside & (rank[:, None] < rank)
    struck = beside[titles, lines] & (low[titles, None] < low[lines]) & (low[lines] < high[titles, None])
    before[titles, lines] |= struck  # a title is at home left of what runs through it
    before[lines, titles] &= ~struck.T
    is_foreign = owners[lines, None] != owners
    before[lines] &= is_foreign
    before[:, lines] &= is_foreign.T
    _except_ends(model, before)
    before[titles, cards] = before[cards, titles] = False
    sizes = high - low
    shared = np.minimum(high[:, None], high) - np.maximum(low[:, None], low)
    meet = shared > np.minimum(6, np.minimum(sizes[:, None], sizes) * 3 // 5)
    wide = sizes > 0
    return np.asarray(before & ~(meet & (wide[:, None] | wide)))


def _asked(model: AxisModel, things: _Things) -> Ints:
    """Return the px that are asked for between each thing (rows) and each one behind it (columns)."""
    cards, lines, labels, titles = things.spans
    factor = model.frame.sized.spread(model.axis)
    gaps = _GAPS[model.axis][things.kinds[:, None], things.kinds]
    gaps[cards, cards] = round(int(_GAPS[model.axis, CARD, CARD]) * factor)
    if model.frame.tails and not model.draft.lines:
        gaps = np.maximum(gaps, round(_ROOM_FOR_LINES * max(factor, 1)))
    for biclique in model.bicliques:
        own = np.isin(things.owners, [edge for *_, edge in biclique.lines]) & (things.kinds == LINE)
        gaps[own[:, None] & own] = _BICLIQUE_GAP[model.axis == FLOW[model.frame.sized.rankdir][0]]
    if model.axis == 0:
        gaps[titles, labels] = AFTER
    doubtful = _doubtful(model)
    gaps[labels, lines] = np.maximum(gaps[labels, lines], doubtful)
    gaps[lines, labels] = np.maximum(gaps[lines, labels], doubtful.T)
    return np.asarray(gaps)


def _things(model: AxisModel) -> _Things:
    """List all things."""
    draft, axis, other = model.draft, model.axis, model.other
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
    spans = np.array([(part.first, part.last) for part in model.parts], dtype=np.int64).reshape(-1, 2)
    across = [other, other + 2]
    extents = np.vstack([model.roomy[:, across], spans, draft.boxes[:, across], draft.titles[:, across]])
    counts = (len(model.cards), len(model.parts), len(model.labels), len(model.titles))
    ends = np.cumsum(counts).tolist()
    owners = np.array(
        [-1 - card for card in range(counts[0])]
        + [part.edge for part in model.parts]
        + [tag.edge for tag in draft.tags]
        + [-1 - counts[0] - title for title in range(counts[3])],
        dtype=np.int64,
    )
    of_kinds = tuple(map(slice, [0, *ends], ends))
    return _Things(lows, highs, extents, np.repeat(np.arange(4), counts), owners, of_kinds)


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


def _doubtful(model: AxisModel) -> Ints:
    """Ask for so much between labels (rows) and lines of others that a label's middle stays nearest to its own."""
    draft, axis = model.draft, model.axis
    gaps = np.zeros((len(draft.tags), 1), dtype=np.int64)
    for number, tag in enumerate(draft.tags):
        if tag.on_line:
            continue
        box, line = draft.boxes[number].tolist(), draft.lines[tag.edge]
        (ax, ay), (bx, by) = line[(index := home_part(line, box))], line[index + 1]
        x, y = (box[0] + box[2]) // 2, (box[1] + box[3]) // 2
        off = max(min(ax, bx) - x, x - max(ax, bx), min(ay, by) - y, y - max(ay, by), 0)
        gaps[number] = off + _NEARER - (box[axis + 2] - box[axis]) // 2
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
    joined = {frozenset(pair) for pair in frame.joined}
    for panel in range(len(whole)):
        mine = rows[count + panel]
        for thing, ((low, high), home) in enumerate(inner):
            if home != frame.parents[panel] or (thing >= count and thing - count <= panel):
                continue
            its = rows[thing]
            o = model.other
            if its[o] - 8 >= mine[o + 2] or its[o + 2] + 8 <= mine[o]:
                continue
            gap = _JOINED_GAP if {thing, count + panel} in joined else PANEL_GAP
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
    """Keep lines beside the borders of panels, not on them, and labels on one side of a border."""
    frame, draft, axis, other = model.frame, model.draft, model.axis, model.other
    labels = draft.boxes.tolist()
    for panel, box in enumerate(draft.panels.tolist()):
        for part in model.parts:
            if part.first >= box[other + 2] + 2 or part.last <= box[other] - 2:
                continue
            ends = (frame.tail_panels[part.edge], frame.head_panels[part.edge])
            if panel in ends and len(draft.cards) + panel not in frame.joined[part.edge]:
                continue
            _beside_borders(model, part, panel, box)
        for label, tag, (variable, off) in zip(labels, draft.tags, model.labels, strict=True):
            if label[other] >= box[other + 2] or label[other + 2] <= box[other]:
                continue
            if frame.is_loop(tag.edge) and (card := frame.tails[tag.edge]) != NOWHERE and panel in frame.around[card]:
                continue  # `enclose` keeps it inside
            low, high = (variable, off), (variable, off + label[axis + 2] - label[axis])
            for border, at in (((model.lows[panel], 0), box[axis]), ((model.highs[panel], 0), box[axis + 2])):
                one, two = (high, border) if label[axis] + label[axis + 2] < 2 * at else (border, low)
                if label[axis] < at < label[axis + 2]:
                    model.programme.term(one[0], two[0], LABEL_BORDER_GAP + one[1] - two[1], -_ASTRIDE, 0)
                else:
                    model.after(one, two, LABEL_BORDER_GAP)


def _beside_borders(model: AxisModel, part: MovingPart, panel: int, box: list[int]) -> None:
    at = model.programme.places[part.variable]
    for is_high, border in ((False, model.lows[panel]), (True, model.highs[panel])):
        off = at - box[model.axis + 2 * is_high]
        is_before = off < 0 if off else is_high == _is_inside(model.frame, part.edge, panel)
        if is_before:
            model.after((part.variable, 0), (border, 0), BORDER_GAP)
        else:
            model.after((border, 0), (part.variable, 0), BORDER_GAP)


def _is_inside(frame: Frame, edge: int, panel: int) -> bool:
    return all(card != NOWHERE and panel in frame.around[card] for card in (frame.tails[edge], frame.heads[edge]))
