"""Find the cheapest path over a grid whose steps have costs, if each bend costs something too.

A path is a chain of straight runs. The cheapest ones with at most one bend more than before are found for the whole
grid at once: along a row (or column) with running cost P, the best way to reach place b from any place a before it is
min(cost[a] - P[a]) + P[b], which is one running minimum.

What is said of columns holds of rows too, so that all comes in pairs, that of columns first. Arrays have a row for each
place along the lines and a column for each line: those of rows are transposed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Pair = tuple[Floats, Floats]

BEND = 80.0  # in px of way, as all costs
BENDS = 4  # the most that a path may have
SURELY = 8.0  # px by which ends may be nearer than the cards themselves: grid lines stand for others beside them
EVERYWHERE = slice(0, None)


class GridRun(NamedTuple):
    """A straight run along a row, if it is level, or a column: along which one, and between which places on it."""

    is_level: bool
    line: int
    start: int
    end: int


class Ports(NamedTuple):
    """The columns, or rows, that pass through a card, and what it costs to leave or enter it at each place of them."""

    lines: slice
    costs: Floats


def cheapest_path(
    steps: Pair, begin: tuple[Ports, Ports], finish: tuple[Ports, Ports], least: float
) -> tuple[list[GridRun], float]:
    """Return the runs of the cheapest path between two cards, and its cost; no path costs less than `least`.

    `steps` has the cost of each step along columns, and along rows.
    """
    return _straight(steps, begin, finish, least) or _bent(steps, begin, finish, least)


def _straight(
    steps: Pair, begin: tuple[Ports, Ports], finish: tuple[Ports, Ports], least: float
) -> tuple[list[GridRun], float] | None:
    """Return a straight path if any bend would surely make it dearer."""
    for is_level in (False, True):
        own, its = begin[is_level], finish[is_level]
        first, last = max(own.lines.start, its.lines.start), min(own.lines.stop, its.lines.stop)
        if first >= last:
            continue
        along = _running(steps[is_level][:, first:last])
        fresh = own.costs[:, first - own.lines.start : last - own.lines.start]
        costs = _reach(fresh, along) + its.costs[:, first - its.lines.start : last - its.lines.start]
        place, line = _least(costs, is_level=is_level)
        cost = float(costs[place, line])
        if cost > least + BEND - SURELY:
            continue
        way = np.abs(along[:, line] - along[place, line])
        start = int((fresh[:, line] + way).argmin())
        return [GridRun(is_level, first + line, start, place)], cost
    return None


def _bent(
    steps: Pair, begin: tuple[Ports, Ports], finish: tuple[Ports, Ports], least: float
) -> tuple[list[GridRun], float]:
    ways = _Ways(steps, begin, finish)
    ways.turn()
    for bends in range(2, BENDS + 1):
        if min(ways.best) <= least + bends * BEND:
            break  # no path with more bends can be cheaper
        ways.turn()
    return ways.traced(), min(ways.best)


class _Ways:
    """What it costs to reach places from one card, by the direction of the last run and the number of bends."""

    def __init__(self, steps: Pair, begin: tuple[Ports, Ports], finish: tuple[Ports, Ports]) -> None:
        """Leave the card along its columns and rows."""
        self._begin, self._finish = begin, finish
        self._along = _running(steps[0]), _running(steps[1])
        self._places = begin[1].lines, begin[0].lines  # of columns, and of rows, that runs across have reached
        self._levels = [(self._begun(is_level=False), self._begun(is_level=True))]
        self._bends = 0

    def _begun(self, *, is_level: bool) -> Floats:
        lines, costs = self._begin[is_level]
        along = self._along[is_level]
        found = np.empty_like(along)
        found.fill(np.inf)
        found[:, lines] = _reach(costs, along[:, lines])
        return found

    def turn(self) -> None:
        """Allow one bend more; the last time, price only the places where the path may end."""
        self._bends += 1
        down, across = self._finish[0].lines, self._finish[1].lines
        if self._bends == BENDS:
            self._price(self._turned(down, is_level=False), self._turned(across, is_level=True))
            return
        vertical, horizontal = self._turned(EVERYWHERE, is_level=False), self._turned(EVERYWHERE, is_level=True)
        self._levels.append((vertical, horizontal))
        self._places = EVERYWHERE, EVERYWHERE
        self._price(vertical[:, down], horizontal[:, across])

    def _turned(self, lines: slice, *, is_level: bool) -> Floats:
        """Price all places of some columns, or rows, with one bend more than the last level has."""
        places = self._places[is_level]
        costs = self._levels[-1][not is_level].T[places, lines] + BEND
        turned = _reach(costs, self._along[is_level][:, lines], places)
        return np.minimum(self._levels[0][is_level][:, lines], turned, out=turned)

    def _price(self, vertical: Floats, horizontal: Floats) -> None:
        """Note what it costs to end, and how much at best."""
        self._ends = vertical + self._finish[0].costs, horizontal + self._finish[1].costs
        down, across = (np.minimum.reduce(costs, axis=None, initial=np.inf) for costs in self._ends)
        self.best = float(down), float(across)

    def traced(self) -> list[GridRun]:
        """Walk back from the cheapest end, run by run; return the runs in the order of the path."""
        down, across = self.best
        is_level = across < down
        place = line = 0
        if min(down, across) < np.inf:
            place, line = _least(self._ends[is_level], is_level=is_level)
            line += self._finish[is_level].lines.start
        runs: list[GridRun] = []
        for bends in range(self._bends, -1, -1):
            start, is_first = self._start(place, line, bends, is_level=is_level)
            runs.append(GridRun(is_level, line, start, place))
            if is_first:
                return runs[::-1]
            is_level, line, place = not is_level, start, line
        runs.append(GridRun(is_level, line, place, place))
        return runs[::-1]

    def _start(self, place: int, line: int, bends: int, *, is_level: bool) -> tuple[int, bool]:
        """Find where the last run of the cheapest way to a place starts, and say whether it is also the first."""
        along = self._along[is_level][:, line]
        way = np.abs(along - along[place])
        lines, costs = self._begin[is_level]
        turned = self._levels[max(bends - 1, 0)][not is_level][line] + BEND + way
        if not lines.start <= line < lines.stop:
            start = int(turned.argmin())
            return start, bool(turned[start] == np.inf)
        fresh = costs[:, line - lines.start] + way
        start = int(np.minimum(fresh, turned).argmin())
        return start, bool(fresh[start] <= turned[start])


def _running(steps: Floats) -> Floats:
    """Sum up steps along each line, from 0 at its first place; in the order in memory that the steps have."""
    along = np.zeros((len(steps) + 1, steps.shape[1]), order="C" if steps.strides[1] == steps.itemsize else "F")
    steps.cumsum(axis=0, out=along[1:])
    return along


def _reach(costs: Floats, along: Floats, places: slice = EVERYWHERE) -> Floats:
    """Extend costs by one straight run, either way, along lines whose running costs are given.

    The costs are those of some places along the lines; all others cannot be where the run starts.
    """
    found = np.empty_like(along)
    if not costs.size:
        found.fill(np.inf)
        return found
    own = along[places]
    ahead, back = costs - own, costs + own
    np.fmin.accumulate(ahead, axis=0, out=ahead)  # there is no NaN, for which `minimum` looks at each: a quarter longer
    np.fmin.accumulate(back[::-1], axis=0, out=back[::-1])
    if places is not EVERYWHERE:
        np.subtract(back[0], along[: places.start], out=found[: places.start])
        np.add(ahead[-1], along[places.stop :], out=found[places.stop :])
    ahead += own
    back -= own
    np.minimum(ahead, back, out=found[places])
    return found


def _least(costs: Floats, *, is_level: bool) -> tuple[int, int]:
    """Find the place and the line with the least cost; of equal ones the topmost, and of those the one at the left."""
    rows = costs.T if is_level else costs
    row, column = divmod(int(rows.argmin()), rows.shape[1])
    return (column, row) if is_level else (row, column)
