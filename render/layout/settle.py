"""Settle a routed drawing: move cards, panels, lines, titles and labels to where they look calm.

One axis at a time, everything on the drawing becomes a variable of a programme of differences (`simplex`). Whatever
holds now (what is before what, with a gap) keeps holding, so that nothing new can cross; what is too close is pushed
apart as far as it goes. Within that, cards line up in columns and rows, lines become short and straight, and panels
tight.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from archfolio.render.layout.axis_model import LENGTH, AxisModel
from archfolio.render.layout.bicliques import drawn_bicliques
from archfolio.render.layout.bundles import room
from archfolio.render.layout.draft import NOWHERE, Draft
from archfolio.render.layout.fans import drawn_fans
from archfolio.render.layout.gaps import enclose, keep_off_borders, separate
from archfolio.render.layout.isolated import isolated
from archfolio.render.layout.looks import OFF, neighbours
from archfolio.render.layout.panel_sides import with_even_panels
from archfolio.render.layout.place_labels import parts
from archfolio.render.layout.place_titles import aside, resting_titles, returned_titles
from archfolio.render.model.geometry import FLOW

if TYPE_CHECKING:
    from archfolio.render.layout.axis_model import MovingPart
    from archfolio.render.layout.draft import Corner, Frame, Line, Placement
    from archfolio.render.layout.fans import Fan
    from archfolio.render.layout.gaps import Outermost

AXES = (0, 1, 0)
"""Along which a drawing settles: a third time has its last effect, on what the second has given room to."""

Kept = tuple["Corner", ...]
"""Where the top left of each card is to be, but for a shift of all of them; empty if they may go where they like."""

LEAD = 20  # px of a line before its arrow head
Z = 4  # corners of a line that steps aside once
A_STEP = 24  # px: a shorter step aside looks like a mistake
SPAN = 64  # px between cards for each rank that an edge is to reach over
WISHED_GAP = 24  # px between a card and one that it is to be left of or below
SIDEWAYS = 6  # px that the sides of neighbours must be nearer to being in line than their middles, to be preferred

# What a px costs, in hundredths, as in `axis_model`.
ALIGN, ALIGN_LOOSELY = 400, 150  # neighbours that belong together, and others
KEEP, KEEP_LOOSELY = 2500, 400  # the same, where they are in line already
IN_LINE = 8000  # to be in line at all; it is shared out over the px that are lacking
SIZE, PANEL = 150, 40
CENTRE = 150  # of a hub, off the middle of its fan
LEADING = 20  # of a part of a line, nearer to an arrow head than `LEAD` or further from it
STRAIGHT = 2000  # of a part of a line, off the next but one, where it steps aside a little
MIRROR = 200  # of a part of a line, off where its mirror image is
WISHED = 6000  # of a card, away from where its author wants it
STAY = 1000  # of a card, away from where it was


def settle(frame: Frame, draft: Draft, axes: tuple[int, ...] = AXES, kept: Kept = ()) -> Draft:
    """Settle a drawing along its axes in turn, 0 is x and 1 is y; cards return to where they are `kept`."""
    for axis in axes:
        draft = _settled(frame, draft, axis, kept)
        if not kept and _off_centre(frame, draft, axis):  # what is in the middle is known once the row stands still
            draft = _settled(frame, draft, axis, kept)
    draft = with_even_panels(frame, draft)
    if not aside(draft.titles, draft.panels):
        return draft
    return replace(draft, titles=returned_titles(draft.titles, draft.panels, parts(draft.lines)[0], draft.boxes))


def _settled(frame: Frame, draft: Draft, axis: int, kept: Kept) -> Draft:
    model = _constrained(frame, draft, axis)
    if kept:
        _hold(model, kept)
    else:
        _line_up(model)
        _centre_hubs(model)
    _straighten(model)
    _mirror(model)
    return model.settled()


def align(frame: Frame, placement: Placement, axes: tuple[int, ...]) -> Placement:
    """Move cards without lines into columns (axis 0) and rows (axis 1), and towards those that they are joined to."""
    titles = resting_titles(frame, placement.panels)
    draft = Draft(placement.cards, placement.panels, titles, (), np.empty((0, 4), dtype=np.int64), ())
    for axis in axes:
        model = _constrained(frame, draft, axis)
        _join(model)
        _line_up(model)
        _centre_hubs(model)
        draft = model.settled()
    return replace(placement, cards=draft.cards, panels=draft.panels)


def _constrained(frame: Frame, draft: Draft, axis: int) -> AxisModel:
    """Write down what must hold, and wish that panels and the drawing are small."""
    model = AxisModel(frame, draft, axis)
    everything = separate(model)
    enclose(model)
    keep_off_borders(model)
    for low, high in zip(model.lows, model.highs, strict=True):
        model.programme.term(low, high, 0, PANEL, PANEL)
    _bound(model, everything)
    _fulfil(model)
    return model


def _fulfil(model: AxisModel) -> None:
    """Bring nodes to where their author wishes them, as far as what is before what allows it."""
    frame = model.frame
    axis, sign = FLOW[frame.sized.rankdir]
    for edge, tail, head in zip(frame.sized.edges, frame.tails, frame.heads, strict=True):
        if edge.span > 1 and axis == model.axis and NOWHERE not in (tail, head) and tail != head:
            one, two = (tail, head) if sign > 0 else (head, tail)
            model.after((model.cards[one], model.widths[one]), (model.cards[two], 0), edge.span * SPAN, WISHED)
    _leave_room(model)
    numbers = {node.id: number for number, node in enumerate(model.frame.sized.nodes)}
    for kind, node, other in model.frame.sized.wishes:
        one, two = numbers[node], numbers[other]
        low, high = (model.cards[one], 0), (model.cards[two], 0)
        if (kind, model.axis) in {("same_row", 1), ("same_column", 0)}:
            model.near((low[0], model.widths[one] // 2), (high[0], model.widths[two] // 2), WISHED)
        elif kind == "left_of" and model.axis == 0:
            model.after((low[0], model.widths[one]), high, WISHED_GAP, WISHED)
        elif kind == "below" and model.axis == 1:
            model.after((high[0], model.widths[two]), low, WISHED_GAP, WISHED)


def _leave_room(model: AxisModel) -> None:
    """Keep the boxes of a bundle as far apart as its lines need, as long as there are none."""
    axis = FLOW[model.frame.sized.rankdir][0]
    if model.draft.lines or model.axis != axis:
        return
    lows = [(variable, 0) for variable in (*model.cards, *model.lows)]
    highs = [*zip(model.cards, model.widths, strict=True), *((variable, 0) for variable in model.highs)]
    places = np.vstack([model.draft.cards, model.draft.panels])[:, axis].tolist()
    for bundle in model.frame.bundles:
        one, two = sorted((bundle.one, bundle.two), key=lambda box: places[box])
        model.after(highs[one], lows[two], room(model.frame.sized, bundle)[axis])


def _join(model: AxisModel) -> None:
    """Wish that the middles of cards that will have a line between them are near."""
    for tail, head in zip(model.frame.tails, model.frame.heads, strict=True):
        if NOWHERE not in (tail, head) and tail != head:
            model.near(
                (model.cards[tail], model.widths[tail] // 2), (model.cards[head], model.widths[head] // 2), LENGTH
            )


def _line_up(model: AxisModel) -> None:
    """Wish that neighbours in a column or row are in line: by their middles, or by the sides that nearly are."""
    rows, axis = model.draft.cards, model.axis
    places = rows[:, axis].tolist()
    tails, heads = model.frame.tails, model.frame.heads
    joined = {*zip(tails, heads, strict=True), *zip(heads, tails, strict=True)}
    fanned = {(fan.hub, card) for fan in model.fans for card in fan.cards}
    fanned |= {
        (tail, head)
        for biclique in model.bicliques
        if len(biclique.tails) != len(biclique.heads)
        for tail, head, _ in biclique.lines
    }
    is_across = axis != FLOW[model.frame.sized.rankdir][0]
    packed = {card: group[0] for group in isolated(model.frame.sized) for card in group}
    for one, two in zip(*(found.tolist() for found in neighbours(rows, axis)), strict=True):
        width, its = model.widths[one], model.widths[two]
        at, place = places[one], places[two]
        middle = (at + width // 2) - (place + its // 2)
        sides = ((middle, width // 2, its // 2), (at - place, 0, 0), (at + width - place - its, width, its))
        if is_across and ((one, two) in fanned or (two, one) in fanned):
            continue
        off, mine, theirs = min(sides, key=lambda side: abs(side[0]) + SIDEWAYS * (side is not sides[0]))
        if packed.get(one, NOWHERE) != packed.get(two, NOWHERE) and model.frame.homes[one] != model.frame.homes[two]:
            continue  # an isolated card stands evenly among those of its panel, whatever is above or below that
        if axis == 0 and packed.get(one, one) == packed.get(two, two):
            off, mine, theirs = sides[1]  # isolated cards stand in columns by their left sides
        belong = (one, two) in joined or model.frame.homes[one] == model.frame.homes[two]
        most = KEEP if model.frame.homes[one] == model.frame.homes[two] else KEEP_LOOSELY
        least = ALIGN if belong else ALIGN_LOOSELY
        # What counts is whether they are in line: the nearer they are to it, the more a px is worth.
        price = most if abs(off) <= 1 else min(max(IN_LINE // abs(off), least), most)
        model.near((model.cards[one], mine), (model.cards[two], theirs), price)


def _centre_hubs(model: AxisModel) -> None:
    """Wish that a hub stands at the middle card of its fan, or between the two in the middle; rows of bicliques too."""
    if model.axis == FLOW[model.frame.sized.rankdir][0]:
        return
    halves = [width // 2 for width in model.widths]
    middles = [(fan.hub, fan.middle) for fan in model.fans]
    middles += filter(None, (biclique.middle(model.draft.cards, model.axis) for biclique in model.bicliques))
    for hub, (one, two) in middles:
        places = [int(model.draft.cards[card, model.axis]) + halves[card] for card in (one, two)]
        gap, at = places[1] - places[0], (model.cards[hub], halves[hub])
        price = KEEP if one == two else CENTRE
        model.near((model.cards[one], halves[one] + gap // 2), at, price)
        model.near(at, (model.cards[two], halves[two] - (gap - gap // 2)), price)


def _straighten(model: AxisModel) -> None:
    """Wish that lines that step aside a little are straight, be they nearer to others."""
    for (edge, index), part in model.part_at.items():
        onward = model.part_at.get((edge, index + 2))
        line = model.draft.lines[edge]
        if onward and _steps_aside(line[index : index + Z]):
            model.near((part.variable, 0), (onward.variable, 0), STRAIGHT)


def _steps_aside(corners: Line) -> bool:
    """Return whether the middle one of three parts of a line is a short step, after which it runs on the same way."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = corners
    runs_on = (bx - ax) * (dx - cx) + (by - ay) * (dy - cy) > 0
    return runs_on and abs(cx - bx) + abs(cy - by) < A_STEP


def _off_centre(frame: Frame, draft: Draft, axis: int) -> bool:
    """Return whether there is a hub that is not in the middle of its fan, or a row of a biclique off the other."""
    if axis == FLOW[frame.sized.rankdir][0]:
        return False
    middles = (draft.cards[:, axis] + draft.cards[:, axis + 2]).tolist()
    found = [(fan.hub, fan.middle) for fan in drawn_fans(frame, draft)]
    found += filter(
        None,
        (biclique.middle(draft.cards, axis) for biclique in drawn_bicliques(frame.sized, draft.cards, draft.lines)),
    )
    return any(abs(middles[one] + middles[two] - 2 * middles[hub]) > 2 * OFF for hub, (one, two) in found)


def _mirror(model: AxisModel) -> None:
    """Wish that lines of a fan that are mirror images turn at the same distance from its hub."""
    if model.axis != FLOW[model.frame.sized.rankdir][0]:
        return
    for fan in model.fans:
        for pair in fan.pairs:
            parts = [model.part_at.get((fan.edges[at], 1)) for at in pair]
            if all(len(model.draft.lines[fan.edges[at]]) == Z for at in pair) and parts[0] and parts[1]:
                model.near((parts[0].variable, 0), (parts[1].variable, 0), MIRROR)
                _lead(model, fan, parts[0])


def _lead(model: AxisModel, fan: Fan, part: MovingPart) -> None:
    """Wish that a line of a fan turns so far from where its arrow head is that this has a straight line before it."""
    head = model.frame.joined[part.edge][1]
    if (head == fan.hub) == fan.is_after:
        model.near((part.variable, 0), (model.cards[head], model.widths[head] + LEAD), LEADING)
    else:
        model.near((part.variable, 0), (model.cards[head], -LEAD), LEADING)


def _bound(model: AxisModel, things: Outermost) -> None:
    """Wish a small drawing."""
    places = model.programme.places
    lows = [*things.first, *((panel, 0) for panel in model.lows)]
    highs = [*things.final, *((panel, 0) for panel in model.highs)]
    low = model.programme.variable(min((places[variable] + off for variable, off in lows), default=0))
    high = model.programme.variable(max((places[variable] + off for variable, off in highs), default=0))
    for place in things.first:
        model.after((low, 0), place, 0)
    for place in things.final:
        model.after(place, (high, 0), 0)
    for panel, parent in enumerate(model.frame.parents):
        if parent == NOWHERE:
            model.after((low, 0), (model.lows[panel], 0), 0)
            model.after((model.highs[panel], 0), (high, 0), 0)
    model.programme.term(low, high, 0, SIZE, SIZE)


def _hold(model: AxisModel, kept: Kept) -> None:
    """Wish that cards are where they were, but for a shift of all of them."""
    origin = model.programme.variable(0)
    for card, corner in zip(model.cards, kept, strict=True):
        model.near((origin, corner[model.axis]), (card, 0), STAY)
