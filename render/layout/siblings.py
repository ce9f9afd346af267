"""Put what is interchangeable in the order in which its author wrote it.

Siblings (cards, or panels with all that is in them) are interchangeable if some exchange of things, by which the two
change places, maps the graph onto itself: what hangs on the one then changes places with what hangs on the other. Such
an exchange costs no crossing and no px of line. Things are numbered as in `moves`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from archfolio.render.layout.boxes import grown, overlaps
from archfolio.render.layout.draft import NOWHERE, Placement, frame
from archfolio.render.layout.fans import out_of_row
from archfolio.render.layout.moves import tree
from archfolio.render.layout.numbered import by_number
from archfolio.render.layout.reading_order import SHARED
from archfolio.render.layout.respace import wrapped
from archfolio.render.model.geometry import FLOW

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archfolio.render.layout.boxes import Rows
    from archfolio.render.layout.draft import Frame, Ints
    from archfolio.render.layout.moves import Tree
    from archfolio.render.model.geometry import Sized

_AIR = 4  # px around things that change places with larger ones: with less, they stay where they are

_Link = tuple[str, int]
"""How a thing is joined to another, and to which."""


@dataclass(frozen=True)
class Siblings:
    """What is joined to what, and which siblings are interchangeable."""

    frame: Frame
    things: Tree
    parents: tuple[int, ...]  # of each thing
    inner: tuple[tuple[int, ...], ...]  # of each thing: what is in it and in nothing else in it
    links: tuple[Counter[_Link], ...]  # of each thing
    colours: tuple[int, ...]  # things that an exchange maps to one another have the same
    groups: tuple[tuple[int, ...], ...]  # of interchangeable siblings, in their author's order


@lru_cache(maxsize=4)
def siblings(frame: Frame) -> Siblings:
    """Find the interchangeable siblings of a graph, the outer panels first; kept for those that are searched for."""
    count = len(frame.homes)
    parents = tuple(count + home if home != NOWHERE else NOWHERE for home in (*frame.homes, *frame.parents))
    links = _links(frame)
    inner: list[list[int]] = [[] for _ in parents]
    for thing, parent in enumerate(parents):
        if parent != NOWHERE:
            inner[parent].append(thing)
    colours = _colours(count, parents, inner, links)
    found = Siblings(frame, tree(frame), parents, tuple(map(tuple, inner)), links, colours, ())
    kinds: dict[tuple[int, int], list[int]] = {}
    for thing in (*range(count, len(parents)), *range(count)):
        kinds.setdefault((parents[thing], colours[thing]), []).append(thing)
    groups = []
    for alike in kinds.values():
        groups += _interchangeable(found, alike)
    return replace(found, groups=tuple(groups))


@lru_cache(maxsize=4)
def matching(sized: Sized) -> tuple[tuple[tuple[int, ...], ...], ...]:
    """List, for each group of interchangeable panels, the sets of joined cards that change places with one another.

    Cards whose lines have labels are left out: labels need room that a row may not have.
    """
    whole = frame(sized)
    among = siblings(whole)
    joined = {card for pair in whole.joined for card in pair}
    joined -= {card for pair, edge in zip(whole.joined, sized.edges, strict=True) if edge.shapes for card in pair}
    found = []
    for first, *others in among.groups:
        maps = [_exchange(among, first, other) or {} for other in others] if first >= among.things.cards else []
        sets = [(card, *(to.get(card, card) for to in maps)) for card in among.things.inside[first] if maps]
        found.append(tuple(cards for cards in sets if joined.issuperset(cards) and len(set(cards)) == len(cards)))
    return tuple(filter(None, found))


def unmatched(sized: Sized, cards: Rows) -> list[int]:
    """List the cards of interchangeable panels that are out of the row of those which they change places with."""
    along = FLOW[sized.rankdir][0]
    found: list[int] = []
    for sets in matching(sized):
        worst = max((out_of_row(one, cards, along) for one in sets), key=len)
        found += worst
    return found


def _interchangeable(among: Siblings, things: Sequence[int]) -> list[tuple[int, ...]]:
    """Divide siblings of one colour into groups in which all can change places; those of several are returned."""
    groups: list[list[int]] = []
    for thing in things:
        for group in groups:
            if _exchange(among, group[0], thing):
                group.append(thing)
                break
        else:
            groups.append([thing])
    return [_in_order(among.frame, group) for group in groups if len(group) > 1]


def _in_order(frame: Frame, group: Sequence[int]) -> tuple[int, ...]:
    """Sort a group as its author told it; by the numbers or letters of the names where they differ in these alone.

    Scripts tell numbered things the other way round where that makes Graphviz draw them in order.
    """
    ids = [*(node.id for node in frame.sized.nodes), *(cluster.id for cluster in frame.sized.clusters)]
    order = by_number([ids[thing] for thing in group])
    return tuple(group) if order is None else tuple(group[at] for at in order)


def _links(frame: Frame) -> tuple[Counter[_Link], ...]:
    """List how each thing is joined to others: by edges, and by what their author wishes of them."""
    count = len(frame.homes)
    links: list[Counter[_Link]] = [Counter() for _ in range(count + len(frame.parents))]
    ends = zip(frame.tails, frame.heads, frame.tail_panels, frame.head_panels, strict=True)
    joined = [
        (
            f"edge of {edge.span} ranks",
            tail if from_panel == NOWHERE else count + from_panel,
            head if to_panel == NOWHERE else count + to_panel,
        )
        for edge, (tail, head, from_panel, to_panel) in zip(frame.sized.edges, ends, strict=True)
    ]
    numbers = {node.id: number for number, node in enumerate(frame.sized.nodes)}
    joined += [(kind, numbers[node], numbers[other]) for kind, node, other in frame.sized.wishes]
    for kind, one, two in joined:
        links[one][f"{kind}, from", two] += 1
        links[two][f"{kind}, to", one] += 1
    return tuple(links)


def _colours(
    cards: int, parents: Sequence[int], inner: Sequence[Sequence[int]], links: Sequence[Counter[_Link]]
) -> tuple[int, ...]:
    """Colour things so that those which an exchange could map to one another have the same: colour refinement."""
    colours = [int(thing >= cards) for thing in range(len(parents))]
    while True:
        seen = [
            (
                colours[thing],
                colours[parent] if parent != NOWHERE else NOWHERE,
                tuple(sorted(colours[other] for other in inner[thing])),
                tuple(sorted((kind, colours[other], times) for (kind, other), times in links[thing].items())),
            )
            for thing, parent in enumerate(parents)
        ]
        names = {of: number for number, of in enumerate(dict.fromkeys(seen))}
        if len(names) == len(set(colours)):
            return tuple(colours)
        colours = [names[of] for of in seen]


def _exchange(among: Siblings, one: int, two: int) -> dict[int, int] | None:
    """Return an exchange of things by which two siblings change places, as a map; None if none is found.

    What can stay where it is stays there. It is looked for without going back, so that a rare one may be missed.
    """
    to = {one: two, two: one}
    waiting = [(one, two)]
    while waiting:
        pair = waiting.pop()
        for mine, its in _left_over(among, to, *pair):
            if len(mine) != len(its):
                return None
            for a, b in zip(mine, its, strict=True):
                if among.colours[a] != among.colours[b]:
                    return None
                to |= {a: b, b: a}
                waiting.append((a, b))
    return to if all(_is_kept(among, to, thing) for thing in to) else None


def _left_over(among: Siblings, to: dict[int, int], one: int, two: int) -> list[tuple[list[int], list[int]]]:
    """Pair what hangs on the one of two things alone, and has no place yet, with what hangs on the other alone."""
    mine, its = among.links[one], among.links[two]
    around = [
        (
            {other for kind, other in mine if (kind, other) not in its},
            {other for kind, other in its if (kind, other) not in mine},
        ),
        (set(among.inner[one]), set(among.inner[two])),
    ]
    homes = among.parents[one], among.parents[two]
    if homes[0] != homes[1]:
        around.append(({homes[0]}, {homes[1]}))

    def sorted_out(things: set[int]) -> list[int]:
        return sorted((thing for thing in things if thing not in to), key=lambda thing: (among.colours[thing], thing))

    return [(sorted_out(first), sorted_out(second)) for first, second in around]


def _is_kept(among: Siblings, to: dict[int, int], thing: int) -> bool:
    """Return whether a thing is joined to the same, and in the same, as that which takes its place."""
    parent = among.parents[thing]
    moved = Counter({(kind, to.get(other, other)): times for (kind, other), times in among.links[thing].items()})
    return among.links[to[thing]] == moved and among.parents[to[thing]] == to.get(parent, parent)


def in_the_authors_order(frame: Frame, placement: Placement) -> Placement:
    """Let interchangeable siblings stand in their author's order: row by row, in each from left to right.

    What has been put in order stays: where two groups hang together, the first one decides.
    """
    among = siblings(frame)
    boxes = np.vstack([placement.cards, placement.panels])
    done: set[int] = set()
    for group in among.groups:
        standing = _as_read(boxes, group)
        for at, wanted in enumerate(group):
            there = standing[at]
            exchange = _exchange(among, there, wanted) if there != wanted else None
            if exchange is None or not done.isdisjoint(exchange):
                continue
            changed = _exchanged(among, boxes, exchange)
            if changed is not None:
                boxes = changed
                standing[standing.index(wanted)], standing[at] = there, wanted
        done.update(group)
    cards = among.things.cards
    return Placement(boxes[:cards], boxes[cards:], placement.name)


def _as_read(boxes: Ints, group: Sequence[int]) -> list[int]:
    """Sort things as they are read: row by row, in each from left to right."""
    at = dict(zip(group, boxes[list(group)].tolist(), strict=True))
    rows: list[list[int]] = []
    for thing in sorted(group, key=lambda thing: (at[thing][1] + at[thing][3], at[thing][0])):
        if not rows or at[thing][1] >= at[rows[-1][0]][3] - SHARED:
            rows.append([])
        rows[-1].append(thing)
    return [thing for row in rows for thing in sorted(row, key=lambda thing: at[thing][0])]


def _exchanged(among: Siblings, boxes: Ints, exchange: dict[int, int]) -> Ints | None:
    """Let things change places, each with all that is in it; None if there is no room for them."""
    cards = among.things.cards
    groups = [list(group) for group in among.things.siblings if not exchange.keys().isdisjoint(group)]
    pairs = [(one, two) for one, two in exchange.items() if among.parents[one] not in exchange]  # others go with these
    for way in _ways(boxes, pairs, groups):
        new = boxes.copy()
        for thing, shift in way.items():
            new[among.things.inside[thing]] += np.concatenate([shift, shift])
        new[cards:] = wrapped(among.frame, new[:cards], new[cards:])
        if not any(_meet(new[group]) for group in groups):
            return new
    return None


def _ways(boxes: Ints, pairs: Sequence[tuple[int, int]], groups: Sequence[list[int]]) -> Iterator[dict[int, Ints]]:
    """Compute how far each thing moves, in the ways to change places that are tried one after another."""
    for shift in (_to_the_middle, _to_the_low_side, _to_the_high_side):
        yield {one: shift(boxes[one], boxes[two]) for one, two in pairs}
    yield _past_others(boxes, next(group for group in groups if pairs[0][0] in group), pairs)


def _past_others(boxes: Ints, group: Sequence[int], pairs: Sequence[tuple[int, int]]) -> dict[int, Ints]:
    """Compute how far two siblings and those between them in their row, or column, move so that all keep their gaps."""
    one, two = pairs[0]
    shifts = {thing: _to_the_middle(boxes[thing], boxes[other]) for thing, other in pairs}
    for axis in (0, 1):
        if boxes[one, axis] > boxes[two, axis]:
            one, two = two, one
        low, high = int(boxes[one, axis + 2]), int(boxes[two, axis])
        if len(pairs) == 2 and low <= high:  # noqa: PLR2004  no more than the two change places
            shifts[one][axis] = boxes[two, axis + 2] - low
            shifts[two][axis] = boxes[one, axis] - high
            wider = (boxes[two, axis + 2] - high) - (low - boxes[one, axis])
            between = [thing for thing in group if boxes[thing, axis] >= low and boxes[thing, axis + 2] <= high]
            row = [thing for thing in between if _share_a_row(boxes, (thing, one, two), 1 - axis)]
            shifts |= {thing: wider * np.eye(2, dtype=np.int64)[axis] for thing in row}
            break
    return shifts


def _share_a_row(boxes: Ints, things: Sequence[int], across: int) -> bool:
    return bool(boxes[list(things), across].max() < boxes[list(things), across + 2].min())


def _to_the_middle(box: Ints, other: Ints) -> Ints:
    """Compute how far a box moves to have its middle where another has it."""
    return np.asarray((other[:2] + other[2:]) // 2 - (box[:2] + box[2:]) // 2)


def _to_the_low_side(box: Ints, other: Ints) -> Ints:
    """Compute how far a box moves so that the two together span what they did; with their low sides in line."""
    before = (box[2:] <= other[:2]).astype(np.int64)  # then it comes to the far side of the other, else to the near one
    return np.asarray((other[:2] - box[:2]) * (1 - before) + (other[2:] - box[2:]) * before)


def _to_the_high_side(box: Ints, other: Ints) -> Ints:
    """Compute the same with their high sides in line."""
    return np.asarray(-_to_the_low_side(-box[[2, 3, 0, 1]], -other[[2, 3, 0, 1]]))


def _meet(boxes: Ints) -> bool:
    return int(overlaps(grown(boxes, _AIR), boxes).sum()) > len(boxes)
