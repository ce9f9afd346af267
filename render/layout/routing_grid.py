"""The lines that pass beside and between cards: what a new line costs on them, and the cheapest one that there is.

What is said of columns holds of rows too, so that all comes in pairs, that of columns first. Arrays have a row for each
place along the lines and a column for each line: those of rows are transposed.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from archfolio.render.layout.cheapest_path import SURELY, GridRun, Ports, cheapest_path
from archfolio.render.layout.distances import INSET
from archfolio.render.model.geometry import Box, Point

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from archfolio.render.layout.cheapest_path import Floats, Pair

CLEARANCE = 12.0
"""How far a line keeps from a card that is not its end, in px."""

PORT_INSET = float(INSET)
"""How far from its corners a card may be touched by a line, in px."""

# Costs are in px of way: what detour is worth avoiding it.
CROSSING = 700.0
END_SHARE = 0.75  # of the cost of a crossing, where a line passes the very end of another line's run
BESIDE = 0.3  # per px along another line
BORDER = 25.0  # for each border of a panel that is crossed
FOREIGN = 0.8  # per px inside a cluster in which the edge has no end
TITLE = 10.0  # per px through a cluster's title, which can move aside
OFF_CENTRE = 0.25  # per px between a port and the middle of its side
WALL = 1e6  # per px through a card
SAME = 1.0  # px within which two grid lines are one


@dataclass(frozen=True, slots=True)
class RoutedPath:
    """A line on the grid and what it costs."""

    corners: tuple[Point, ...]
    runs: tuple[GridRun, ...]
    cost: float


class _Inside(NamedTuple):
    """The steps inside a box, by the places where they begin and by the lines, and the px of the step at each place."""

    places: slice
    lines: slice
    px: Floats


class Grid:
    """The lines that run between the cards of one drawing, with what has been drawn on them so far."""

    def __init__(
        self, cards: Iterable[Box], panels: Iterable[Box], titles: Iterable[Box], along: Iterable[Point]
    ) -> None:
        """Lay grid lines beside and through the middle of every card, outside every panel, and through given points."""
        cards, panels, along = list(cards), list(panels), list(along)
        xs = _distinct(
            [value for box in cards for value in (box.x0 - CLEARANCE, box.centre.x, box.x1 + CLEARANCE)]
            + [value for box in panels for value in (box.x0 - CLEARANCE, box.x1 + CLEARANCE)]
            + [point.x for point in along]
        )
        ys = _distinct(
            [value for box in cards for value in (box.y0 - CLEARANCE, box.centre.y, box.y1 + CLEARANCE)]
            + [value for box in panels for value in (box.y0 - CLEARANCE, box.y1 + CLEARANCE)]
            + [point.y for point in along]
        )
        self._places = ys.tolist(), xs.tolist()  # along columns, and along rows
        self._lengths = np.diff(ys), np.diff(xs)
        self._beside = self._lengths[0] * BESIDE, self._lengths[1] * BESIDE
        self._marked = self._lengths[0] + self._beside[0], self._lengths[1] + self._beside[1]
        self._steps = self._nothing()  # what it costs to go from each place along columns, and rows, to the next
        for steps, lengths in zip(self._steps, self._lengths, strict=True):
            steps[:] = lengths[:, None]
        self._ports_of: dict[Box, tuple[Ports, Ports]] = {}
        self._panel_costs: dict[tuple[int, ...], Pair] = {}
        for box in cards:
            _add(self._steps, self._inside(box, CLEARANCE - SAME), WALL)
        for box in titles:
            _add(self._steps, self._inside(box, 2.0), TITLE)
        self._boxes_of_panels = panels
        self._panels_around: dict[Box, frozenset[int]] = {}
        self._panels = [self._inside(box, 0.0) for box in panels]
        self._borders = self._borders_of(panels)

    def _nothing(self) -> Pair:
        """Return costs of 0 of all steps, those of columns and of rows beside each other in memory as they are seen."""
        down, across = (len(places) for places in self._places)
        return np.zeros((max(down - 1, 0), across)), np.zeros((down, max(across - 1, 0))).T

    def _inside(self, box: Box, margin: float) -> list[_Inside]:
        """List the steps along columns, and along rows, that lie inside a box, and how many px of each do."""
        found = []
        for is_level in (False, True):
            along, across = 1 - is_level, int(is_level)
            low, high = box[along] - margin, box[along + 2] + margin
            places, lines = self._places[is_level], self._places[not is_level]
            first, last = max(bisect_right(places, low) - 1, 0), min(bisect_left(places, high), len(places) - 1)
            chosen = slice(bisect_right(lines, box[across] - margin), bisect_left(lines, box[across + 2] + margin))
            px = self._lengths[is_level][first:last].copy()
            if last > first:  # the box may begin and end within a step
                px[0] = min(places[first + 1], high) - max(places[first], low)
                px[-1] = min(places[last], high) - max(places[last - 1], low)
            found.append(_Inside(slice(first, last), chosen, px))
        return found

    def _borders_of(self, panels: Sequence[Box]) -> Pair:
        """Price the borders of panels that each grid step crosses."""
        found = self._nothing()
        for box in panels:
            for is_level in (False, True):
                along, across = 1 - is_level, int(is_level)
                places, lines = self._places[is_level], self._places[not is_level]
                inside = slice(bisect_left(lines, box[across]), bisect_left(lines, box[across + 2]))
                for border in (bisect_left(places, box[along]), bisect_left(places, box[along + 2])):
                    if 0 < border < len(places):
                        found[is_level][border - 1, inside] += BORDER
        return found

    def mark(self, path: RoutedPath, sign: int = 1) -> None:
        """Let later lines avoid crossing this one and running along it; take the mark back with sign -1."""
        change = np.add if sign > 0 else np.subtract
        for is_level, line, start, end in path.runs:
            if start == end:
                continue
            first, last = (start, end) if start < end else (end, start)
            own = self._steps[is_level][first:last, line]
            change(own, self._beside[is_level][first:last], out=own)
            passing = self._steps[not is_level][max(line - 1, 0) : line + 1, first : last + 1]
            change(passing, _tolls(last - first + 1), out=passing)

    def path_along(self, corners: Sequence[tuple[int, int]]) -> RoutedPath:
        """Return a path on the grid along a line that has been drawn."""
        runs = []
        for one, two in pairwise(corners):
            is_level = one[1] == two[1]
            start, end = (_nearest(self._places[is_level], corner[1 - is_level]) for corner in (one, two))
            runs.append(GridRun(is_level, _nearest(self._places[not is_level], one[is_level]), start, end))
        return RoutedPath(tuple(Point(float(x), float(y)) for x, y in corners), tuple(runs), 0.0)

    def toll(self, path: RoutedPath) -> float:
        """Sum up what a marked path pays beyond its length, bends and panels: for other lines in its way and titles."""
        total = 0.0
        runs = [run for run in path.runs if run.start != run.end]
        for is_level, line, start, end in runs:
            first, last = (start, end) if start < end else (end, start)
            total += float((self._steps[is_level][first:last, line] - self._marked[is_level][first:last]).sum())
        return total - END_SHARE * CROSSING * max(len(runs) - 1, 0)  # where two of its runs meet, each passes the other

    def path(self, tail: Box, head: Box, foreign: tuple[int, ...], akin: Sequence[RoutedPath] = ()) -> RoutedPath:
        """Find the cheapest line from one card to another; `foreign` numbers the panels that it should stay out of.

        It may run along lines that are `akin`, with which it has an end in common, and turn off them. Such lines never
        need to cross: side by side, they stand in the order in which they turn off.
        """
        panels = self._costs_of_panels(foreign)
        steps = self._steps[0] + panels[0], self._steps[1] + panels[1]
        for path in akin:
            self._share(path, steps)
        least = _gap(tail, head) + BORDER * len(self._around(tail) ^ self._around(head))
        runs, cost = cheapest_path(steps, self._ports(tail), self._ports(head), least)
        corners = [self._touch(tail, runs[0], runs[0].start)]
        corners += [self._point(run, run.start) for run in runs[1:]]
        corners.append(self._touch(head, runs[-1], runs[-1].end))
        return RoutedPath(tuple(corners), tuple(runs), cost)

    def _share(self, path: RoutedPath, steps: Pair) -> None:
        """Take from steps what `mark` asks for running along a line, and for passing the ends of its runs."""
        for is_level, line, start, end in path.runs:
            if start == end:
                continue
            first, last = (start, end) if start < end else (end, start)
            own = steps[is_level][first:last, line]
            own -= self._beside[is_level][first:last]
            ends = steps[not is_level][max(line - 1, 0) : line + 1, first : last + 1 : last - first]
            ends -= END_SHARE * CROSSING / 2

    def _around(self, box: Box) -> frozenset[int]:
        """Return the numbers of the panels that a line has to leave where it begins at a card, at whichever side."""
        if box not in self._panels_around:
            self._panels_around[box] = frozenset(
                number
                for number, panel in enumerate(self._boxes_of_panels)
                if panel.x0 + CLEARANCE < box.x0
                and box.x1 < panel.x1 - CLEARANCE
                and panel.y0 + CLEARANCE < box.y0
                and box.y1 < panel.y1 - CLEARANCE
            )
        return self._panels_around[box]

    def _costs_of_panels(self, foreign: tuple[int, ...]) -> Pair:
        """Price the steps inside some panels, and across the borders of all."""
        if foreign not in self._panel_costs:
            columns, rows = self._borders
            costs = columns.copy("K"), rows.copy("K")
            for panel in foreign:
                _add(costs, self._panels[panel], FOREIGN)
            self._panel_costs[foreign] = costs
        return self._panel_costs[foreign]

    def _ports(self, box: Box) -> tuple[Ports, Ports]:
        """Price the places just off a card's four sides; everywhere else it cannot be left."""
        if box not in self._ports_of:
            self._ports_of[box] = self._ports_at(box, is_level=False), self._ports_at(box, is_level=True)
        return self._ports_of[box]

    def _ports_at(self, box: Box, *, is_level: bool) -> Ports:
        """Price the places off the two sides of a card that columns, or rows, pass through."""
        along, across = 1 - is_level, int(is_level)
        places, lines = self._places[is_level], self._places[not is_level]
        first = bisect_left(lines, box[across] + PORT_INSET)
        last = max(first, bisect_right(lines, box[across + 2] - PORT_INSET))
        middle = (box[across] + box[across + 2]) / 2
        costs = np.empty((len(places), last - first))
        costs.fill(np.inf)
        off = [OFF_CENTRE * abs(at - middle) + CLEARANCE for at in lines[first:last]]
        for side in (box[along] - CLEARANCE, box[along + 2] + CLEARANCE):
            costs[_nearest(places, side)] = off
        return Ports(slice(first, last), costs)

    def _point(self, run: GridRun, place: int) -> Point:
        """Return where a place along a run is."""
        column, row = (place, run.line) if run.is_level else (run.line, place)
        return Point(self._places[True][column], self._places[False][row])

    def _touch(self, box: Box, run: GridRun, place: int) -> Point:
        """Name the point of a card's border beside an end of a run."""
        x, y = self._point(run, place)
        if run.is_level:
            return Point(box.x0 if x < box.centre.x else box.x1, y)
        return Point(x, box.y0 if y < box.centre.y else box.y1)


def _add(steps: Pair, inside: Sequence[_Inside], cost: float) -> None:
    """Let each px of the steps inside a box cost more."""
    for own, (places, lines, px) in zip(steps, inside, strict=True):
        part = own[places, lines]
        part += (px * cost)[:, None]


@lru_cache(maxsize=512)
def _tolls(count: int) -> Floats:
    """Return what it costs to pass each of the places of a run, half before and half after it.

    At the run's ends another line may yet slip by.
    """
    tolls = np.full(count, CROSSING / 2)
    tolls[0] = tolls[-1] = CROSSING / 2 * END_SHARE
    return tolls


def _gap(tail: Box, head: Box) -> float:
    """Measure the way from one card to another, along the axes: no line is shorter.

    Where they share no column and no row, a line pays for both ends besides, for it turns and so ends off the middle.
    """
    across = max(tail.x0 - head.x1, head.x0 - tail.x1, 0.0)
    down = max(tail.y0 - head.y1, head.y0 - tail.y1, 0.0)
    if across and down:
        return across + down + _aside(tail) + _aside(head) - SURELY
    return across + down


def _aside(box: Box) -> float:
    """Price the end of a line that is as near to the corner of a card as it may be, at the shorter of its sides."""
    return PORT_INSET + OFF_CENTRE * (min(box.width, box.height) / 2 - PORT_INSET)


def _nearest(places: Sequence[float], value: float) -> int:
    """Find the place that is nearest to a value, of two the first."""
    behind = bisect_left(places, value)
    if behind == 0 or behind == len(places):
        return max(behind - 1, 0)
    return behind - (value - places[behind - 1] <= places[behind] - value)


def _distinct(values: Sequence[float]) -> Floats:
    """Sort grid lines and drop those that lie on another."""
    ordered = np.sort(np.array(values, dtype=float).round(2))
    return np.concatenate([ordered[:1], ordered[1:][ordered[1:] - ordered[:-1] > SAME]])
