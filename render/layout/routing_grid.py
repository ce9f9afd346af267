"""Find right-angled lines between cards: cheapest paths on the lines that pass beside and between the cards.

A path is a chain of straight runs. The cheapest ones with at most one bend more than before are found for the whole
grid at once: along a row (or column) with running cost P, the best way to reach place b from any place a before it is
min(cost[a] - P[a]) + P[b], which is one running minimum.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from archfolio.render.model.geometry import Box, Point

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

CLEARANCE = 12.0
"""How far a line keeps from a card that is not its end, in px."""

PORT_INSET = 12.0
"""How far from its corners a card may be touched by a line, in px."""

# Costs are in px of way: what detour is worth avoiding it.
BEND = 80.0
CROSSING = 700.0
END_SHARE = 0.75  # of the cost of a crossing, where a line passes the very end of another line's run
BESIDE = 0.3  # per px along another line
BORDER = 25.0  # for each border of a panel that is crossed
FOREIGN = 0.8  # per px inside a cluster in which the edge has no end
TITLE = 10.0  # per px through a cluster's title, which can move aside
OFF_CENTRE = 0.25  # per px between a port and the middle of its side
WALL = 1e6  # per px through a card
BENDS = 4  # the most that a line may have
SAME = 1.0  # px within which two grid lines are one


class GridRun(NamedTuple):
    """A straight run along the "row" or "column" with number `line`, from place `first` to `last` of the other axis."""

    kind: str
    line: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class RoutedPath:
    """A line on the grid and what it costs."""

    corners: tuple[Point, ...]
    runs: tuple[GridRun, ...]
    cost: float


class _Ports(NamedTuple):
    """Where on the grid a card can be left or entered, and at what cost: vertically and horizontally.

    As whole grids, infinite where it cannot be; and the columns, and the rows, that pass through the card.
    """

    vertical: Floats
    horizontal: Floats
    columns: slice
    rows: slice


@dataclass(frozen=True, slots=True)
class _Reached:
    """What it costs to reach every place from one card, by the direction of the last run and the number of bends."""

    begin: _Ports
    vertical: list[Floats]
    horizontal: list[Floats]
    along_columns: Floats
    along_rows: Floats

    def run_before(self, row: int, column: int, bends: int, *, is_level: bool) -> tuple[GridRun, bool]:
        """Find the last run of the cheapest way to a place, and say whether it is also the first."""
        before = max(bends - 1, 0)
        if is_level:
            line, place, along = row, column, self.along_rows[row]
            fresh, turned = self.begin.horizontal[row], self.vertical[before][row] + BEND
        else:
            line, place, along = column, row, self.along_columns[:, column]
            fresh, turned = self.begin.vertical[:, column], self.horizontal[before][:, column] + BEND
        way = np.abs(along - along[place])
        fresh, turned = fresh + way, turned + way
        start = int(np.minimum(fresh, turned).argmin())
        run = GridRun("row" if is_level else "column", line, min(start, place), max(start, place))
        return run, bool(fresh[start] <= turned[start])


class Grid:
    """The lines that run between the cards of one drawing, with what has been drawn on them so far."""

    def __init__(
        self, cards: Iterable[Box], panels: Iterable[Box], titles: Iterable[Box], along: Iterable[Point]
    ) -> None:
        """Lay grid lines beside and through the middle of every card, outside every panel, and through given points."""
        cards, panels, titles, along = list(cards), list(panels), list(titles), list(along)
        self._x = _distinct(
            [value for box in cards for value in (box.x0 - CLEARANCE, box.centre.x, box.x1 + CLEARANCE)]
            + [value for box in panels for value in (box.x0 - CLEARANCE, box.x1 + CLEARANCE)]
            + [point.x for point in along]
        )
        self._y = _distinct(
            [value for box in cards for value in (box.y0 - CLEARANCE, box.centre.y, box.y1 + CLEARANCE)]
            + [value for box in panels for value in (box.y0 - CLEARANCE, box.y1 + CLEARANCE)]
            + [point.y for point in along]
        )
        self._across, self._down = np.diff(self._x), np.diff(self._y)
        self._row_steps = np.tile(self._across, (len(self._y), 1))
        self._column_steps = np.tile(self._down[:, None], (1, len(self._x)))
        self._shape = (len(self._y), len(self._x))
        self._port_costs: dict[Box, _Ports] = {}
        self._inside_costs: dict[tuple[int, ...], tuple[Floats, Floats]] = {}
        for box in cards:
            self._add(self._shares(box, CLEARANCE - SAME), WALL)
        for box in titles:
            self._add(self._shares(box, 2.0), TITLE)
        self._inside = [self._shares(box, 0.0) for box in panels]
        self._borders = self._borders_of(panels)

    def _shares(self, box: Box, margin: float) -> tuple[Floats, Floats]:
        """Measure how many px of each grid step lie inside a box: of the steps along rows and along columns."""
        x0, y0, x1, y1 = box.x0 - margin, box.y0 - margin, box.x1 + margin, box.y1 + margin
        along_x = np.clip(np.minimum(self._x[1:], x1) - np.maximum(self._x[:-1], x0), 0, None)
        along_y = np.clip(np.minimum(self._y[1:], y1) - np.maximum(self._y[:-1], y0), 0, None)
        rows_in = (self._y > y0) & (self._y < y1)
        columns_in = (self._x > x0) & (self._x < x1)
        return rows_in[:, None] * along_x[None, :], along_y[:, None] * columns_in[None, :]

    def _borders_of(self, panels: Sequence[Box]) -> tuple[Floats, Floats]:
        """Count how many borders of panels each grid step crosses: of the steps along rows and along columns."""
        rows, columns = np.zeros(self._row_steps.shape), np.zeros(self._column_steps.shape)
        for x0, y0, x1, y1 in panels:
            for low, high, left, right, steps in ((y0, y1, x0, x1, rows), (x0, x1, y0, y1, columns.T)):
                across, along = (self._y, self._x) if steps is rows else (self._x, self._y)
                begin, end = np.searchsorted(across, (low, high), side="left")
                for side in np.searchsorted(along, (left, right), side="left").tolist():
                    if 0 < side < len(along):
                        steps[begin:end, side - 1] += 1
        return rows, columns

    def _add(self, shares: tuple[Floats, Floats], cost: float) -> None:
        self._row_steps += shares[0] * cost
        self._column_steps += shares[1] * cost

    def mark(self, path: RoutedPath, sign: int = 1) -> None:
        """Let later lines avoid crossing this one and running along it; take the mark back with sign -1."""
        for kind, line, first, last in path.runs:
            if first == last:
                continue
            # A line that passes pays half before and half after the run; at the run's ends it may yet slip by.
            toll = np.full(last - first + 1, sign * CROSSING / 2)
            toll[0] = toll[-1] = sign * CROSSING / 2 * END_SHARE
            either_side = slice(max(line - 1, 0), line + 1)
            if kind == "row":
                self._row_steps[line, first:last] += sign * BESIDE * self._across[first:last]
                self._column_steps[either_side, first : last + 1] += toll
            else:
                self._column_steps[first:last, line] += sign * BESIDE * self._down[first:last]
                self._row_steps[first : last + 1, either_side] += toll[:, None]

    def path_along(self, corners: Sequence[tuple[int, int]]) -> RoutedPath:
        """Return a path on the grid along a line that has been drawn."""
        runs = []
        for (ax, ay), (bx, by) in pairwise(corners):
            along, across = (self._x, self._y) if ay == by else (self._y, self._x)
            first, last = sorted(_nearest(along, at) for at in ((ax, bx) if ay == by else (ay, by)))
            line = _nearest(across, ay if ay == by else ax)
            runs.append(GridRun("row" if ay == by else "column", line, first, last))
        return RoutedPath(tuple(Point(float(x), float(y)) for x, y in corners), tuple(runs), 0.0)

    def path_beside(self, akin: Sequence[RoutedPath], tail: Box, head: Box, foreign: tuple[int, ...]) -> RoutedPath:
        """Find a path as `path` does, which may run along lines that it has an end in common with, and turn off them.

        Such lines never need to cross: side by side, they stand in the order in which they turn off.
        """
        for path in akin:
            self._share(path, 1)
        found = self.path(tail, head, foreign)
        for path in akin:
            self._share(path, -1)
        return found

    def _share(self, path: RoutedPath, sign: int) -> None:
        """Take what `mark` asks for running along a line, and for passing the ends of its runs; back with sign -1."""
        toll = sign * END_SHARE * CROSSING / 2
        for kind, line, first, last in path.runs:
            if first == last:
                continue
            either_side, ends = slice(max(line - 1, 0), line + 1), slice(first, last + 1, last - first)
            if kind == "row":
                self._row_steps[line, first:last] -= sign * BESIDE * self._across[first:last]
                self._column_steps[either_side, ends] -= toll
            else:
                self._column_steps[first:last, line] -= sign * BESIDE * self._down[first:last]
                self._row_steps[ends, either_side] -= toll

    def toll(self, path: RoutedPath) -> float:
        """Sum up what a path pays beyond its length, bends and panels: for lines in its way and titles."""
        total = 0.0
        for kind, line, first, last in path.runs:
            if kind == "row":
                total += float((self._row_steps[line, first:last] - self._across[first:last]).sum())
            else:
                total += float((self._column_steps[first:last, line] - self._down[first:last]).sum())
        return total

    def path(self, tail: Box, head: Box, foreign: tuple[int, ...]) -> RoutedPath:
        """Find the cheapest line from one card to another; `foreign` numbers the panels that it should stay out of."""
        inside = self._inside_any(foreign)
        along_rows, along_columns = np.zeros(self._shape), np.zeros(self._shape)
        (self._row_steps + inside[0]).cumsum(axis=1, out=along_rows[:, 1:])
        (self._column_steps + inside[1]).cumsum(axis=0, out=along_columns[1:])
        begin, finish = self._ports(tail), self._ports(head)
        down, across = np.full(self._shape, np.inf), np.full(self._shape, np.inf)
        columns, rows = begin.columns, begin.rows
        down[:, columns] = _reach(begin.vertical[:, columns], along_columns[:, columns], 0)
        across[rows] = _reach(begin.horizontal[rows], along_rows[rows], 1)
        vertical, horizontal = [down], [across]
        least = _gap(tail, head)
        for bends in range(1, BENDS + 1):
            if min(_ends(vertical[-1], horizontal[-1], finish)) <= least + bends * BEND:
                break  # no line with more bends can be cheaper
            turned_down = _reach(horizontal[-1] + BEND, along_columns, 0)
            turned_along = _reach(vertical[-1] + BEND, along_rows, 1)
            vertical.append(np.minimum(vertical[0], turned_down))
            horizontal.append(np.minimum(horizontal[0], turned_along))
        return self._traced(_Reached(begin, vertical, horizontal, along_columns, along_rows), tail, head)

    def _inside_any(self, panels: tuple[int, ...]) -> tuple[Floats, Floats]:
        """Price the steps inside some panels, and across the borders of all."""
        if panels not in self._inside_costs:
            self._inside_costs[panels] = (
                sum((self._inside[panel][0] for panel in panels), np.zeros(self._row_steps.shape)) * FOREIGN
                + self._borders[0] * BORDER,
                sum((self._inside[panel][1] for panel in panels), np.zeros(self._column_steps.shape)) * FOREIGN
                + self._borders[1] * BORDER,
            )
        return self._inside_costs[panels]

    def _ports(self, box: Box) -> _Ports:
        """Price the places just off a card's four sides; everywhere else it cannot be left."""
        if box in self._port_costs:
            return self._port_costs[box]
        vertical, horizontal = np.full(self._shape, np.inf), np.full(self._shape, np.inf)
        columns = _between(self._x, box.x0 + PORT_INSET, box.x1 - PORT_INSET)
        rows = _between(self._y, box.y0 + PORT_INSET, box.y1 - PORT_INSET)
        for row in (_nearest(self._y, box.y0 - CLEARANCE), _nearest(self._y, box.y1 + CLEARANCE)):
            vertical[row, columns] = OFF_CENTRE * np.abs(self._x[columns] - box.centre.x) + CLEARANCE
        for column in (_nearest(self._x, box.x0 - CLEARANCE), _nearest(self._x, box.x1 + CLEARANCE)):
            horizontal[rows, column] = OFF_CENTRE * np.abs(self._y[rows] - box.centre.y) + CLEARANCE
        self._port_costs[box] = _Ports(vertical, horizontal, columns, rows)
        return self._port_costs[box]

    def _traced(self, reached: _Reached, tail: Box, head: Box) -> RoutedPath:
        """Walk back from the cheapest end, run by run."""
        finish = self._ports(head)
        vertical, horizontal = reached.vertical[-1], reached.horizontal[-1]
        down, across = _ends(vertical, horizontal, finish)
        is_level = across < down
        ending = horizontal + finish.horizontal if is_level else vertical + finish.vertical
        row, column = divmod(int(ending.argmin()), self._shape[1])
        corners = [self._touch(head, row, column, across=is_level)]
        runs: list[GridRun] = []
        for bends in range(len(reached.vertical) - 1, -1, -1):
            run, is_first = reached.run_before(row, column, bends, is_level=is_level)
            runs.append(run)
            start = run.first + run.last - (column if is_level else row)
            row, column = (row, start) if is_level else (start, column)
            if is_first:
                break
            corners.append(Point(float(self._x[column]), float(self._y[row])))
            is_level = not is_level
        corners.append(self._touch(tail, row, column, across=is_level))
        return RoutedPath(tuple(corners[::-1]), tuple(runs[::-1]), float(ending.min()))

    def _touch(self, box: Box, row: int, column: int, *, across: bool) -> Point:
        """Name the point of a card's border beside a place on the grid."""
        x, y = float(self._x[column]), float(self._y[row])
        if across:
            return Point(box.x0 if x < box.centre.x else box.x1, y)
        return Point(x, box.y0 if y < box.centre.y else box.y1)


def _gap(tail: Box, head: Box) -> float:
    """Measure the way from one card to another, along the axes: no line is shorter."""
    across = max(tail.x0 - head.x1, head.x0 - tail.x1, 0.0)
    return across + max(tail.y0 - head.y1, head.y0 - tail.y1, 0.0)


def _ends(vertical: Floats, horizontal: Floats, finish: _Ports) -> tuple[float, float]:
    """Find what the cheapest ends cost, of those that have been reached: vertically and horizontally."""
    columns, rows = finish.columns, finish.rows
    down = (vertical[:, columns] + finish.vertical[:, columns]).min(initial=np.inf)
    return float(down), float((horizontal[rows] + finish.horizontal[rows]).min(initial=np.inf))


def _reach(cost: Floats, along: Floats, axis: int) -> Floats:
    """Extend costs by one straight run, either way, along an axis whose running cost is given."""
    ahead, back = cost - along, cost + along
    backwards = back[:, ::-1] if axis else back[::-1]
    np.minimum.accumulate(ahead, axis=axis, out=ahead)
    np.minimum.accumulate(backwards, axis=axis, out=backwards)
    ahead += along
    back -= along
    return np.minimum(ahead, back, out=ahead)


def _between(values: Floats, low: float, high: float) -> slice:
    return slice(int(values.searchsorted(low)), int(values.searchsorted(high, side="right")))


def _nearest(values: Floats, value: float) -> int:
    return int(np.abs(values - value).argmin())


def _distinct(values: Iterable[float]) -> Floats:
    """Sort grid lines and drop those that lie on another."""
    ordered = np.sort(np.round(np.array(list(values), dtype=float), 2))
    if not len(ordered):
        return ordered
    return np.asarray(ordered[np.concatenate([[True], np.diff(ordered) > SAME])])
