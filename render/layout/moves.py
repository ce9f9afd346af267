"""Small changes of a placement, for a search that goes from good drawings to better ones.

Things are cards and panels, by number: cards first. Those in one panel are siblings, and so are those in none. Two
siblings change places, one comes to stand beside another, or what is in a panel is mirrored; whatever is then in the
way moves off, and all that is beyond it goes along.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from archfolio.render.layout.draft import NOWHERE
from archfolio.render.layout.reading_order import entry, out_of_order, with_the_flow
from archfolio.render.layout.respace import tight, wrapped

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from archfolio.render.layout.draft import Frame, Ints, Placement

_LEAST = np.array((30, 40))  # px between siblings, across and down: with less, one moves off
_ROOM = (52, 56)  # px between a thing and the one that it comes to stand beside
_LATER = 0.02  # of the drawing, by which its first card may come to stand later
_PUSHES = 40  # after so many, a change that finds no room is given up
_SIDES = ((0, 1), (0, -1), (1, 1), (1, -1))  # of a thing: an axis, and which way


class Exchange(NamedTuple):
    """Two siblings change places."""

    one: int
    two: int


class Insertion(NamedTuple):
    """A thing comes to stand at a side of its sibling."""

    thing: int
    sibling: int
    axis: int
    sign: int


class Mirror(NamedTuple):
    """What is in a panel is mirrored along an axis."""

    panel: int
    axis: int


Change = Exchange | Insertion | Mirror


@dataclass(frozen=True)
class Tree:
    """What is in what."""

    cards: int  # how many there are
    siblings: tuple[tuple[int, ...], ...]  # the innermost first
    inside: tuple[list[int], ...]  # of each thing: itself and all that is in it


def tree(frame: Frame) -> Tree:
    """Compute what is in what."""
    count = len(frame.homes)
    parents = [count + home if home != NOWHERE else NOWHERE for home in (*frame.homes, *frame.parents)]
    inside: list[list[int]] = [[] for _ in parents]
    depth = {NOWHERE: 0}
    for thing in range(len(parents)):
        at, steps = thing, 0
        while at != NOWHERE:
            inside[at].append(thing)
            at, steps = parents[at], steps + 1
        depth[thing] = steps
    groups: dict[int, list[int]] = {}
    for thing, parent in enumerate(parents):
        groups.setdefault(parent, []).append(thing)
    innermost = sorted(groups, key=lambda parent: (-depth[parent], parent))
    return Tree(count, tuple(tuple(groups[parent]) for parent in innermost), tuple(inside))


def changes(tree: Tree, culprits: Collection[int]) -> Iterator[Change]:
    """List the changes that move any of some cards, alone or with a panel that it is in."""
    wanted = set(culprits)
    moved = {thing for thing, inside in enumerate(tree.inside) if not wanted.isdisjoint(inside)}
    for group in tree.siblings:
        for one, two in combinations(group, 2):
            if one in moved or two in moved:
                yield Exchange(one, two)
        for one in group:
            if one in moved:
                yield from (Insertion(one, two, *side) for two in group if two != one for side in _SIDES)
            if one in moved and one >= tree.cards:
                yield from (Mirror(one, axis) for axis in (0, 1))


def apply_change(frame: Frame, tree: Tree, placement: Placement, change: Change) -> Placement | None:
    """Return a placement after a change; None if there is no room for it, or it would be read in another order.

    So that what is won in crossings and px of line is not lost to the reader: no fewer edges run with the flow, no more
    cards stand out of the order in which they are read, and the first one stands no later.
    """
    boxes = np.vstack([placement.cards, placement.panels])
    middles = (boxes[:, :2] + boxes[:, 2:]) // 2
    match change:
        case Exchange(one, two):
            shift = middles[two] - middles[one]
            boxes[tree.inside[one]] += np.tile(shift, 2)
            boxes[tree.inside[two]] -= np.tile(shift, 2)
        case Insertion(thing, sibling, axis, sign):
            sizes = boxes[[thing, sibling], axis + 2] - boxes[[thing, sibling], axis]
            shift = middles[sibling] - middles[thing]
            shift[axis] += sign * (int(sizes.sum()) // 2 + _ROOM[axis])
            boxes[tree.inside[thing]] += np.tile(shift, 2)
            _give_way(tree, boxes, change)
        case Mirror(panel, axis):
            turned = tree.inside[panel]
            ends = boxes[panel, axis] + boxes[panel, axis + 2]
            boxes[turned, axis], boxes[turned, axis + 2] = ends - boxes[turned, axis + 2], ends - boxes[turned, axis]
    if not _apart(frame, tree, boxes) or _reads_worse(frame, placement.cards, boxes[: tree.cards]):
        return None
    return tight(frame, replace(placement, cards=boxes[: tree.cards], panels=boxes[tree.cards :]))


def _reads_worse(frame: Frame, before: Ints, after: Ints) -> bool:
    """Return whether cards would be read less in their author's order, or less along the flow."""
    return (
        with_the_flow(frame, after) < with_the_flow(frame, before)
        or out_of_order(frame.sized, after) > out_of_order(frame.sized, before)
        or entry(frame.sized, after) > entry(frame.sized, before) + _LATER
    )


def _give_way(tree: Tree, boxes: Ints, change: Insertion) -> None:
    """Move what is beyond a sibling as far as what has come to stand there needs."""
    thing, sibling, axis, sign = change
    [group] = [group for group in tree.siblings if thing in group]
    others = np.array([other for other in group if other not in (thing, sibling)], dtype=np.int64)
    gaps = np.maximum(boxes[others, :2] - boxes[thing, 2:], boxes[thing, :2] - boxes[others, 2:])
    middles = boxes[:, axis] + boxes[:, axis + 2]
    beyond = others[sign * (middles[others] - middles[sibling]) > 0]
    in_the_way = np.intersect1d(others[(gaps < _LEAST).all(axis=1)], beyond)
    near, far = (axis, axis + 2) if sign > 0 else (axis + 2, axis)
    need = (sign * (boxes[thing, far] - boxes[in_the_way, near])).max(initial=-_LEAST[axis]) + _LEAST[axis]
    moved = [inner for other in beyond.tolist() for inner in tree.inside[other]]
    boxes[moved, axis] += sign * need
    boxes[moved, axis + 2] += sign * need


def _apart(frame: Frame, tree: Tree, boxes: Ints) -> bool:
    """Move siblings off one another, inside panels first, and return whether that came to an end."""
    left = _PUSHES
    for group in tree.siblings:
        if group[-1] >= tree.cards:  # panels, which are as large as what is in them
            boxes[tree.cards :] = wrapped(frame, boxes[: tree.cards], boxes[tree.cards :])
        things = np.array(group)
        while (push := _push(boxes[things])) is not None:
            if not left:
                return False
            left -= 1
            beyond, axis, by = push
            moved = [inner for thing in things[beyond].tolist() for inner in tree.inside[thing]]
            boxes[moved, axis] += by
            boxes[moved, axis + 2] += by
    return True


def _push(boxes: Ints) -> tuple[Ints, int, int] | None:
    """Find the first two boxes that are too near: what is to move off along which axis, by how much; else None."""
    gaps = np.maximum(boxes[None, :, :2] - boxes[:, None, 2:], boxes[:, None, :2] - boxes[None, :, 2:])
    near = np.triu((gaps < _LEAST).all(axis=2), k=1)
    if not near.any():
        return None
    pair = [int(at[0]) for at in np.nonzero(near)]
    middles = boxes[:, :2] + boxes[:, 2:]
    pushes = []
    for axis in (0, 1):
        first, second = sorted(pair, key=lambda at: (int(middles[at, axis]), at))
        pushes.append((int(boxes[first, axis + 2] + _LEAST[axis] - boxes[second, axis]), axis, first, second))
    by, axis, first, second = min(pushes)
    beyond = middles[:, axis] >= middles[second, axis]
    beyond[first] = False
    return np.nonzero(beyond)[0], axis, by
