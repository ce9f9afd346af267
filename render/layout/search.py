"""From `Sized` to `Layout`, in stages, of which each keeps the best for the next.

place    Graphviz places the boxes, with each of the candidates' settings (`isolated`); a record tries `panel_grid` too
judge    a guess from the boxes alone says which are worth more work
route    lines for the best of them; those that cross least and fit best are kept
letter   titles and labels
settle   everything moves to where it looks calm
again    lines and labels once more, for the boxes where they stand now
improve  small changes of the best drawings, where their layout is recorded (`moves`)
measure  what is wrong with each, and how restless it looks: the best is the layout

A quick search leaves out what hardly gains: placements that are guessed to be worse than the best by a `MARGIN`, or
with their lines by `MARGIN_WITH_LINES`, and drawing anew what is `CALM`. It is bounded, too: where the likeliest
placement is plain, no other is looked for, and once the likeliest has its lines, or has settled, no other gets that far
which cannot become better.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from math import inf
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from archfolio.render.base.share import in_turn
from archfolio.render.layout.draft import NOWHERE, Draft, Placement, frame
from archfolio.render.layout.effort import ANEW, LARGE, QUICK, Effort
from archfolio.render.layout.judge import (
    countable,
    finished_at_least,
    guess,
    guess_with_lines,
    has_plain,
    judged,
    least_with_lines,
)
from archfolio.render.layout.limits import too_much
from archfolio.render.layout.moves import apply_change, changes, tree
from archfolio.render.layout.panel_grid import on_a_grid
from archfolio.render.layout.place_boxes import place_boxes, placement_key
from archfolio.render.layout.place_labels import Surroundings, parts, place_labels
from archfolio.render.layout.place_titles import slid_titles
from archfolio.render.layout.placed import Placed, placed
from archfolio.render.layout.respace import remembered, spread, tight
from archfolio.render.layout.resume import resume, resumed_lines
from archfolio.render.layout.route_edges import lines
from archfolio.render.layout.settings import candidates_for
from archfolio.render.layout.settle import AXES, align, settle
from archfolio.render.layout.siblings import in_the_authors_order
from archfolio.render.layout.simplify import simple
from archfolio.render.model.geometry import FLOW

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from archfolio.render.base.share import Share
    from archfolio.render.layout.draft import Frame, Line, Spot
    from archfolio.render.layout.engine import Engine
    from archfolio.render.layout.moves import Tree
    from archfolio.render.layout.settle import Kept
    from archfolio.render.model.geometry import Layout, Sized

_Thing = TypeVar("_Thing")
_Made = TypeVar("_Made")


ONCE = (0, 1)
"""The axes along which a drawing settles from whose boxes the next one begins."""

MANY = 40
MANY_EDGES = 100
FURTHER = 2  # placements of a large drawing that are tried while there is a fault: it is too large for a page anyway

RESPREAD = (
    *((1.0, 1.0), (1.02, 1.02), (1.04, 1.04), (1.08, 1.08), (1.12, 1.12), (1.2, 1.2), (1.3, 1.5)),
    *((1.0, 1.3), (1.5, 1.0), (1.5, 1.5)),
)
"""By what the boxes of an edited drawing are moved apart, across and down: the first without a fault is taken."""


def layout(sized: Sized, engine: Engine) -> Layout:
    """Lay a graph out; see `search`."""
    return search(sized, engine).layout


def search(sized: Sized, engine: Engine, effort: Effort = QUICK, share: Share = in_turn) -> Placed:
    """Lay a graph out and return the best layout that is found; it may `share` the work.

    Raises `LayoutFailed` if Graphviz cannot place it with any of the settings.
    """
    whole = frame(sized)
    if why := too_much(sized):
        return simply(sized, f"has {why}")
    enough = partial(has_plain, whole) if effort.bounded else None
    placements = place_boxes(whole, engine, candidates_for(sized, effort.shuffled), share, enough)
    grids = [] if _is_large(whole) else on_a_grid(whole, placements, effort.on_a_grid)
    found = [search_among(whole, group, effort, share) for group in (placements, grids) if group]
    return min(found, key=lambda placed: placed.score)  # neither group has taken the place of the other


def simply(sized: Sized, why: str) -> Placed:
    """Lay a graph out in a simple way, without Graphviz; see `simplify`. `why` begins what is said of it."""
    whole = frame(sized)
    found = simple(whole, why)
    return replace(placed(whole, found.draft, found.start), simplified=found.sentence)


def search_among(
    whole: Frame, placements: Sequence[Placement], effort: Effort = QUICK, share: Share = in_turn
) -> Placed:
    """Lay a graph out from boxes that have been placed, one way or another."""
    if _is_large(whole):
        effort = LARGE
    guesses = [one.guess for one in judged(whole, placements)]
    likely = _likely(placements, guesses, effort.routed, effort.margin)
    sketches = _routed(whole, likely, effort, share)
    sketches = _likely(sketches, [sketch.guess for sketch in sketches], effort.settled, effort.margin_with_lines)
    begun = sorted(_begun(whole, sketches, effort, share), key=_score)[: effort.again]
    works: list[Callable[[], _Finished]] = [partial(_completed, whole, one) for one in begun]
    for one in begun:
        if not _is_calm(whole, one, effort.calm):
            works += [partial(_anew, whole, boxes) for boxes in _respaced(whole, one, effort.variants)]
    found = _improved(whole, share(lambda work: _measured(work()), works), effort)
    tried = {placement_key(one.start) for one in begun}
    further = _likely(placements, guesses, FURTHER if _is_large(whole) else len(placements))
    left = [placement for placement in further if placement_key(placement) not in tried]
    return best(_mended(whole, found, begun, left, effort))


def _routed(whole: Frame, likely: Sequence[Placement], effort: Effort, share: Share) -> list[_Sketch]:
    """Draw lines between the boxes of the likeliest placement, and of those that may turn out better than that."""

    def sketches(group: Sequence[Placement]) -> list[_Sketch]:
        routes = share(partial(lines, whole), group)
        return [_Sketch(to, drawn, guess_with_lines(whole, to, drawn)) for to, drawn in zip(group, routes, strict=True)]

    def may_win(to: Placement, first: _Sketch) -> bool:
        return least_with_lines(whole, to) <= first.guess

    return _hopeful(sketches, likely, may_win, effort, share)


def _begun(whole: Frame, sketches: Sequence[_Sketch], effort: Effort, share: Share) -> list[_Finished]:
    """Settle the likeliest sketch, and those that may turn out better than that, from whose boxes the next begin."""

    def settled(group: Sequence[_Sketch]) -> list[_Finished]:
        return share(lambda sketch: _measured(_finished(whole, sketch.placement, sketch.lines, axes=ONCE)), group)

    def may_win(sketch: _Sketch, first: _Finished) -> bool:
        return (0, finished_at_least(whole, sketch.guess)) <= _score(first)

    return _hopeful(settled, sketches, may_win, effort, share)


def _hopeful(
    do: Callable[[Sequence[_Thing]], list[_Made]],
    things: Sequence[_Thing],
    may_win: Callable[[_Thing, _Made], bool],
    effort: Effort,
    share: Share,
) -> list[_Made]:
    """Return what is made of the first thing, and of those that may win against it; of all, if nothing is bounded.

    The second one is made together with the first where another process would wait meanwhile, and dropped if it is not
    wanted: what is returned is the same.
    """
    if not effort.bounded:
        return do(things)
    at_once = 1 if share is in_turn else 2
    first, *ahead = do(things[:at_once])
    wanted = [may_win(thing, first) for thing in things[1:]]
    rest = do([thing for thing, is_wanted in zip(things[at_once:], wanted[at_once - 1 :], strict=True) if is_wanted])
    return [first, *(one for one, is_wanted in zip(ahead, wanted, strict=False) if is_wanted), *rest]


def _mended(
    whole: Frame, found: list[_Finished], begun: Sequence[_Finished], left: Sequence[Placement], effort: Effort
) -> list[_Finished]:
    """Draw more while there is a fault: the same boxes in other ways, what is left, the nearest to clean ones anew."""
    found, is_large = list(found), _is_large(whole)
    others = [way for way in ANEW if way not in effort.variants]
    for one in begun:
        if not is_large and best(found).score[0]:
            found += [_anew(whole, boxes) for boxes in _respaced(whole, one, others)]
    for placement in left:
        if best(found).score[0]:
            found.append(_anew(whole, placement))
    for one in sorted(found, key=_score)[:FURTHER]:
        if not is_large and best(found).score[0]:
            found += [_anew(whole, boxes) for boxes in _respaced(whole, one, effort.variants)]
    return found


def _likely(things: Sequence[_Thing], guesses: Sequence[float], most: int, margin: float = inf) -> list[_Thing]:
    """Return the best by their guesses, the best one first: so many at most, and no further from it than a margin."""
    ranked = sorted(range(len(things)), key=lambda at: guesses[at])[:most]
    return [things[at] for at in ranked if guesses[at] <= guesses[ranked[0]] + margin]


def _is_calm(whole: Frame, one: _Finished, calm: float) -> bool:
    """Return whether drawing anew can hardly gain: no fault, next to nothing to count, no bundle that wants room."""
    return not (whole.bundles or one.placed.score[0]) and countable(one.placed.faults) < calm


def _is_large(whole: Frame) -> bool:
    return len(whole.sized.nodes) > MANY or len(whole.sized.edges) > MANY_EDGES


def _improved(whole: Frame, found: Sequence[_Finished], effort: Effort) -> list[_Finished]:
    """Try small changes of the best drawing, then of the best that there is now, and so on; return all drawings.

    A drawing is changed once. That nothing near the best one is better is no end: the next best may lead further.
    """
    pool, seen, things = list(found), {placement_key(one.start) for one in found}, tree(whole)
    left = set(range(len(pool)))
    for step in range(effort.steps + effort.more):
        if not left or (step >= effort.steps and not _culprits(whole, min(pool, key=_score))):
            break
        at = min(left, key=lambda at: (_score(pool[at]), at))
        fresh = _near(whole, things, pool[at], seen, effort)
        left |= set(range(len(pool), len(pool) + len(fresh)))
        left.remove(at)
        pool += fresh
    return pool


def _near(whole: Frame, things: Tree, one: _Finished, seen: set[bytes], effort: Effort) -> list[_Finished]:
    """Draw the most promising small changes of a drawing, and the same boxes anew from where they settled.

    What has been seen is left out, and what is drawn now has been seen.
    """
    near: dict[bytes, Placement] = {}
    for culprits in (_culprits(whole, one), range(things.cards)):
        if len(near) < effort.sketched:
            changed = (apply_change(whole, things, one.start, change) for change in changes(things, culprits))
            tries = (tight(whole, in_the_authors_order(whole, to)) for to in changed if to)
            near |= {key: to for to in tries if (key := placement_key(to)) not in seen}
    likely = sorted(near.values(), key=lambda to: guess(whole, to))[: effort.sketched]
    sketches = [(to, lines(whole, to)) for to in likely]
    sketches.sort(key=lambda sketch: guess_with_lines(whole, *sketch))
    respaced = [to for to in _respaced(whole, one, effort.variants) if placement_key(to) not in seen]
    seen |= {placement_key(to) for to in (*likely, *respaced)}
    drawn = sketches[: effort.drawn] + [(to, lines(whole, to)) for to in respaced]
    return [_finished(whole, *sketch) for sketch in drawn]


def _score(one: _Finished) -> tuple[int, float]:
    return one.placed.score


def _culprits(whole: Frame, one: _Finished) -> list[int]:
    """List the cards at the ends of lines that cross or make a detour."""
    faults = one.placed.faults
    bad = {edge for names in (*faults.crossings, *faults.detours) for edge in names}
    ends = zip(whole.sized.edges, whole.tails, whole.heads, strict=True)
    return list(dict.fromkeys(card for edge, *cards in ends if edge.id in bad for card in cards if card != NOWHERE))


def redrawn(sized: Sized, spots: Mapping[str, Spot], *, held: bool) -> Placed | None:
    """Draw a graph once more from where its cards stood; None if that is not known of all of them."""
    whole = frame(sized)
    placement = None if too_much(sized) else remembered(whole, spots)
    if placement is None:
        return None
    kept = tuple(spots[node.id][2:] for node in sized.nodes) if held else ()
    return _finished(whole, placement, lines(whole, placement), kept).placed


def resumed(sized: Sized, spots: Mapping[str, Spot]) -> Placed | None:
    """Lay an edited graph out with its cards where they were; None if it has little in common with the earlier one."""
    whole = frame(sized)
    boxes = None if too_much(sized) else resume(whole, spots)
    if boxes is None:
        return None
    places = tuple((x, y) for x, y, *_ in boxes.final.cards.tolist())
    factors = RESPREAD[:FURTHER] if _is_large(whole) else RESPREAD
    starts = [tight(whole, one) for one in (boxes.start, *(spread(boxes.final, *by) for by in factors))]
    tries = [(start, places) for start in starts]
    if len(places) <= MANY:  # a card that moves is better than a fault, above all where it moves a little
        tries[3:3] = [(starts[0], ())]
        tries += [(start, ()) for start in starts[1:]]
    found: list[_Finished] = []
    for start, kept in tries:
        found.append(_finished(whole, start, resumed_lines(whole, start), kept))
        if not _score(found[-1])[0]:
            break
    return best(found)


class _Sketch(NamedTuple):
    placement: Placement
    lines: tuple[Line, ...]
    guess: float  # from boxes and lines


@dataclass(frozen=True)
class _Finished:
    start: Placement
    draft: Draft
    placed: Placed


def _finished(
    whole: Frame, placement: Placement, routes: tuple[Line, ...], kept: Kept = (), axes: tuple[int, ...] = AXES
) -> _Finished:
    """Place labels at the lines between boxes, and settle."""
    draft = settle(whole, lettered(whole, placement, routes), axes, kept)
    return _Finished(placement, draft, placed(whole, draft, placement, kept))


def _anew(whole: Frame, placement: Placement) -> _Finished:
    return _finished(whole, placement, lines(whole, placement))


def _measured(one: _Finished) -> _Finished:
    """Return a drawing of which it is known what is wrong with it, so that who gets it need not measure."""
    one.placed.faults  # noqa: B018  it is remembered
    return one


def _completed(whole: Frame, one: _Finished) -> _Finished:
    """Settle a drawing along the rest of the axes, which has settled along the first ones; half of them stand still."""
    draft = settle(whole, one.draft, AXES[len(ONCE) :])
    if draft.stands_as(one.draft):
        return one
    return _Finished(one.start, draft, placed(whole, draft, one.start))


def best(found: Sequence[_Finished]) -> Placed:
    """Choose the best layout; of equally good ones the first."""
    return min((one.placed for one in found), key=lambda placed: placed.score)


def _respaced(whole: Frame, one: _Finished, variants: Sequence[tuple[str, float]]) -> list[Placement]:
    """Take the boxes of a settled drawing to begin with, in each of these ways."""
    return [_spread(whole, one, columns=columns, factor=factor) for columns, factor in variants]


def _spread(whole: Frame, one: _Finished, *, columns: str, factor: float) -> Placement:
    """Take the boxes of a settled drawing to begin with: put into columns, or rows too, and moved apart."""
    boxes = in_the_authors_order(whole, Placement(one.draft.cards, one.draft.panels, one.start.name))
    across = 1 - FLOW[whole.sized.rankdir][0]
    axes = {"as they are": (), "in columns": (across,), "in columns and rows": (across, 1 - across)}[columns]
    return tight(whole, spread(align(whole, boxes, axes), factor, factor))


def lettered(whole: Frame, placement: Placement, routes: tuple[Line, ...]) -> Draft:
    """Place titles and labels in a drawing that has its lines."""
    bars, _ = parts(routes)
    titles = slid_titles(whole, placement.panels, bars)
    boxes, tags = place_labels(whole, Surroundings(placement.cards, titles, placement.panels, routes))
    return Draft(placement.cards, placement.panels, titles, routes, boxes, tags)
