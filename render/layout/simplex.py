"""Solve programmes of differences exactly: place points on a line so that weighted distances between them are least.

A programme is a list of terms. Each looks at the difference d = x[head] - x[tail] of two variables and costs `low` per
px that d falls below `at`, and `high` per px that it rises above (a negative price is a gain). All prices with
low <= high are slopes of a convex cost, so that one method serves for all of them:

    d >= at, a constraint      low = -HARD   high = 0
    the same, as a wish        low = -price  high = 0
    |d - at|                   low = -price  high = price
    d itself                   low = high = price

The method is the dual network simplex (Ahuja, Magnanti and Orlin, Network Flows, 1993, chapter 11) with long steps: a
spanning tree of terms that are exactly at their `at` holds the variables together. If the forces on one side of a term
of the tree do not balance, that side moves until they do, past the places of other terms as long as it pays. It
starts from places that satisfy all constraints and never leaves them, so stopping early is safe. All numbers are
integers: the answer is exact, and the same everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from heapq import heapify, heappop
from math import inf
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

HARD = 10**9
"""The price of violating a constraint: more than any programme can gain by it."""

_PIVOTS_A_VARIABLE = 40
"""After so many steps for each variable the solver stops where it is; real drawings take 1 to 4."""


@dataclass(slots=True)
class Programme:
    """Variables with their first places, and terms over the differences of two of them: tail, head, at, low, high."""

    places: list[int] = field(default_factory=list)
    terms: list[tuple[int, int, int, int, int]] = field(default_factory=list)

    def variable(self, place: int) -> int:
        """Add a variable and return its number."""
        self.places.append(place)
        return len(self.places) - 1

    def term(self, tail: int, head: int, at: int, low: int, high: int) -> None:
        """Add a term; see the top of this file."""
        if tail != head:
            self.terms.append((tail, head, at, low, high))

    def solve(self) -> list[int]:
        """Return the places of the variables that cost least, found from those that they have.

        The first places must satisfy every constraint. The answer is known but for a shift of all: the first variable
        stays where it is.
        """
        return _Tree(self).solved()


class _Tree:
    """A spanning tree of terms at their places, hung on an extra variable by terms that cost nothing and bind nothing.

    `flow` of a term is its slope where it stands; of a term of the tree, the slope that balances its subtree, which
    must lie within low and high for the tree to be the best.
    """

    def __init__(self, programme: Programme) -> None:
        """Begin with each variable on its own."""
        self._size = size = len(programme.places)
        self._real = len(programme.terms)
        of_root = [(size, variable, place, 0, 0) for variable, place in enumerate(programme.places)]
        columns = zip(*programme.terms, *of_root, strict=True)
        self._tail, self._head, self._at, self._low, self._high = map(list, columns) if size else ([] for _ in range(5))
        self._x = x = [*programme.places, 0]
        self._into: list[list[int]] = [[] for _ in range(size + 1)]
        self._out: list[list[int]] = [[] for _ in range(size + 1)]
        # The same without constraints: one that no link holds has no force, and can only stop what moves towards it.
        self._wished_into: list[list[int]] = [[] for _ in range(size + 1)]
        self._wished_out: list[list[int]] = [[] for _ in range(size + 1)]
        self._flow = flow = [0] * (self._real + size)
        into, out, pull, tight = self._into, self._out, [0] * (size + 1), []
        for term, (tail, head, at, low, high) in enumerate(programme.terms):
            out[tail].append(term)
            into[head].append(term)
            off = x[head] - x[tail] - at
            if low > -HARD or high:
                self._wished_out[tail].append(term)
                self._wished_into[head].append(term)
                flow[term] = force = high if off > 0 else low if off < 0 else min(max(0, low), high)
                pull[head] += force
                pull[tail] -= force
            if not off and high > low:
                tight.append(term)
        self._parent = [-1] * (size + 1)
        self._link = [-1] * (size + 1)  # the term that ties each variable to its parent
        self._children: list[dict[int, None]] = [{} for _ in range(size + 1)]
        for variable in reversed(self._grown(self._forest(tight))):
            # From the leaves to the root: what pulls at a subtree, its link has to hold.
            link = self._link[variable]
            flow[link] += -pull[variable] if self._head[link] == variable else pull[variable]
            pull[self._parent[variable]] += pull[variable]

    def _forest(self, tight: list[int]) -> list[list[int]]:
        """Choose terms that are at their places and make no circle, the dearest first; list them by variable."""
        tails, heads = self._tail, self._head
        tight.sort(key=lambda term: self._low[term] - self._high[term])
        group = list(range(self._size + 1))
        forest: list[list[int]] = [[] for _ in group]
        for term in tight:
            one, two = _top(group, tails[term]), _top(group, heads[term])
            if one != two:
                group[one] = two
                forest[tails[term]].append(term)
                forest[heads[term]].append(term)
        return forest

    def _grown(self, forest: list[list[int]]) -> list[int]:
        """Hang trees of terms on the root and return all variables, each behind its parent."""
        root, order = self._size, []
        for variable in range(root):
            if self._parent[variable] >= 0:
                continue
            waiting = [(variable, root, self._real + variable)]
            while waiting:
                child, above, term = waiting.pop()
                if self._parent[child] >= 0:
                    continue
                self._parent[child], self._link[child] = above, term
                self._children[above][child] = None
                order.append(child)
                for other in forest[child]:
                    far = self._head[other] if self._tail[other] == child else self._tail[other]
                    if self._parent[far] < 0:
                        waiting.append((far, child, other))
        return order

    def solved(self) -> list[int]:
        """Move subtrees until every one is balanced."""
        for _ in range(_PIVOTS_A_VARIABLE * self._size):
            leaving = self._unbalanced()
            if leaving < 0:
                break
            self._move(leaving)
        shift = self._x[0] - self._at[self._real] if self._size else 0
        return [place - shift for place in self._x[:-1]]

    def _unbalanced(self) -> int:
        """Find the variable whose subtree is pushed most; -1 if all are balanced."""
        worst, found = 0, -1
        flow, low, high = self._flow, self._low, self._high
        for variable, link in enumerate(self._link[:-1]):
            force = flow[link]
            if low[link] <= force <= high[link]:
                continue
            over = force - high[link] if force > high[link] else low[link] - force
            if over > worst:
                worst, found = over, variable
        return found

    def _subtree(self, top: int) -> set[int]:
        inside, children = [top], self._children
        for variable in inside:
            inside += children[variable]
        return set(inside)

    def _move(self, top: int) -> None:
        """Move the subtree of a variable to where the forces on it balance, and tie it there."""
        link, flow, high, low = self._link[top], self._flow, self._high, self._low
        is_high = flow[link] > high[link]
        bound = high[link] if is_high else low[link]
        way = 1 if is_high == (self._head[link] == top) else -1
        inside = self._subtree(top)
        slope = -abs(flow[link] - bound)
        changed = [(link, bound - flow[link])]
        entering, step = -1, 0
        stops = self._stops(inside, way, slope)
        heapify(stops)  # few of them are passed
        while stops:
            distance, term, change = heappop(stops)
            slope += abs(change)
            if slope >= 0:
                entering, step = term, distance
                break
            changed.append((term, change))
        if entering < 0:
            message = "the programme is unbounded: a group of variables may move away without an end"
            raise ValueError(message)
        x = self._x
        for variable in inside:
            x[variable] += step * way
        self._rehang(top, entering, inside)
        for term, change in changed:
            flow[term] += change
            self._push(self._head[term], change)
            self._push(self._tail[term], -change)

    def _stops(self, inside: set[int], way: int, slope: int) -> list[tuple[int, int, int]]:
        """List where the slope changes as a subtree moves: the distance, the term, and by how much its flow changes.

        The terms that it has in common with the rest are found from whichever of the two is smaller. What lies beyond
        one that stops it alone is left out.
        """
        x, tails, heads, ats = self._x, self._tail, self._head, self._at
        lows, highs, flow = self._low, self._high, self._flow
        is_large = 2 * len(inside) > self._size
        near: Iterable[int] = inside
        if is_large:
            near = [variable for variable in range(self._size) if variable not in inside]
        if (way > 0) is not is_large:
            growing, behind, shrinking, ahead = self._wished_into, tails, self._out, heads
        else:
            growing, behind, shrinking, ahead = self._wished_out, heads, self._into, tails
        stops: list[tuple[int, int, int]] = []
        last = inf
        for variable in near:
            for term in growing[variable]:
                if (behind[term] in inside) is is_large and flow[term] < highs[term]:
                    off = x[heads[term]] - x[tails[term]] - ats[term]
                    stops.append((-off, term, highs[term] - flow[term]))
            for term in shrinking[variable]:
                if (ahead[term] in inside) is is_large and flow[term] > lows[term]:
                    off = x[heads[term]] - x[tails[term]] - ats[term]
                    if off <= last:
                        change = lows[term] - flow[term]
                        stops.append((off, term, change))
                        if slope - change >= 0:
                            last = off
        return stops

    def _rehang(self, top: int, entering: int, inside: set[int]) -> None:
        """Tie a subtree to the rest by another term."""
        parent, link, children = self._parent, self._link, self._children
        head, tail = self._head[entering], self._tail[entering]
        child, above, term = (head, tail, entering) if head in inside else (tail, head, entering)
        while True:
            old_parent, old_link = parent[child], link[child]
            del children[old_parent][child]
            parent[child], link[child] = above, term
            children[above][child] = None
            if child == top:
                return
            child, above, term = old_parent, child, old_link

    def _push(self, variable: int, amount: int) -> None:
        """Let the tree carry a force from a variable to the root."""
        parent, link, flow, head = self._parent, self._link, self._flow, self._head
        while (above := parent[variable]) >= 0:
            term = link[variable]
            flow[term] += -amount if head[term] == variable else amount
            variable = above


def _top(group: list[int], variable: int) -> int:
    while group[variable] != variable:
        group[variable] = group[group[variable]]
        variable = group[variable]
    return variable
