"""Draw every edge as a line of right angles between the cards, and round its corners."""

from __future__ import annotations

from math import dist
from typing import TYPE_CHECKING

from archfolio.render.layout.bicliques import biclique_lines
from archfolio.render.layout.bundles import drawn
from archfolio.render.layout.draft import NOWHERE, straightened
from archfolio.render.layout.fans import symmetric
from archfolio.render.layout.loops import loop_lines
from archfolio.render.layout.place_titles import resting_titles
from archfolio.render.layout.routing_grid import PORT_INSET, Grid, RoutedPath
from archfolio.render.layout.separate_edges import GAP, Obstacles, nudge
from archfolio.render.model.bezier import ROUND, between, straight_to, towards
from archfolio.render.model.geometry import FLOW, Box, Point

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archfolio.render.layout.draft import Corner, Frame, Line, Placement

CORNER_RADIUS = 9.0
"""How softly a line turns, in px."""

FREE = 1.0  # px of toll: a line that pays no more has nothing in its way


def lines(frame: Frame, placement: Placement) -> tuple[Line, ...]:
    """Draw the line of each edge, as corners from the border of its tail to that of its head."""
    cards = [Box(*map(float, row)) for row in placement.cards.tolist()]
    panels = [Box(*map(float, row)) for row in placement.panels.tolist()]
    boxes = [*cards, *panels]
    joined = [(boxes[tail], boxes[head]) for tail, head in frame.joined]
    fixed, regions = _fixed(frame, placement)
    of_bicliques = biclique_lines(frame, placement)
    fixed |= of_bicliques
    routed = [number for number in range(len(joined)) if number not in fixed]
    titles = [Box(*map(float, row)) for row in resting_titles(frame, placement.panels).tolist()]
    standing = [[Point(float(x), float(y)) for x, y in line] for line in of_bicliques.values()]
    along = [*(_facing(*joined[number]) for number in routed), *(point for line in standing for point in line)]
    grid = Grid(cards, panels, [*titles, *regions], along)
    for line in of_bicliques.values():
        grid.mark(grid.path_along(line))
    paths = _paths(frame, grid, joined, routed)
    scene = Obstacles(cards, panels, [joined[number][0] for number in routed], [joined[number][1] for number in routed])
    apart = dict(zip(routed, nudge([paths[number].corners for number in routed], scene, standing), strict=True))
    drawn = tuple(
        _clipped(_whole(apart[number]), frame.tail_panels[number], frame.head_panels[number], placement)
        if number in apart
        else fixed[number]
        for number in range(len(joined))
    )
    return symmetric(frame, placement, drawn, of_bicliques.keys())


def _fixed(frame: Frame, placement: Placement) -> tuple[dict[int, Line], list[Box]]:
    """Draw what needs no path: loops, and bundles where there is room for them; and list the boxes of these."""
    found: dict[int, Line] = {}
    own: dict[tuple[int, int, int], list[int]] = {}
    for edge in frame.loops:
        own.setdefault((frame.tails[edge], frame.tail_panels[edge], frame.head_panels[edge]), []).append(edge)
    for (card, tail, head), edges in own.items():
        box = (placement.panels[tail] if card == NOWHERE else placement.cards[card]).tolist()
        around = loop_lines(box, [frame.sized.edges[edge] for edge in edges], frame.sized.rankdir)
        found |= {edge: _clipped(line, tail, head, placement) for edge, line in zip(edges, around, strict=True)}
    regions = []
    for bundle in frame.bundles:
        drawing = drawn(frame, placement, bundle)
        if drawing is not None:
            found |= drawing[0]
            regions.append(Box(*map(float, drawing[1].tolist())))
    return found, regions


def _paths(frame: Frame, grid: Grid, joined: Sequence[tuple[Box, Box]], routed: Sequence[int]) -> dict[int, RoutedPath]:
    """Find the path of each edge, short ones first; then again, with all others in view, where one is in the way."""
    akin = _akin(frame, joined, routed)
    order = sorted(routed, key=lambda number: (_apart(*joined[number]), number))
    paths: dict[int, RoutedPath] = {}

    def path(number: int) -> RoutedPath:
        drawn = [paths[other] for other in akin[number] if other in paths]
        return grid.path(*joined[number], frame.foreign[number], drawn)

    for number in order:
        paths[number] = path(number)
        grid.mark(paths[number])
    for number in order:
        if grid.toll(paths[number]) > FREE:
            grid.mark(paths[number], -1)
            paths[number] = path(number)
            grid.mark(paths[number])
    return paths


def _akin(frame: Frame, joined: Sequence[tuple[Box, Box]], routed: Sequence[int]) -> dict[int, list[int]]:
    """List, for each edge, those that have one end in common with it, and not both, if all of these fit at a side."""
    across = 1 - FLOW[frame.sized.rankdir][0]
    found: dict[int, list[int]] = {number: [] for number in routed}
    for end in (0, 1):
        groups: dict[Box, list[int]] = {}
        for number in routed:
            groups.setdefault(joined[number][end], []).append(number)
        for box, group in groups.items():
            if (len(group) - 1) * GAP <= box[across + 2] - box[across] - 2 * PORT_INSET:
                for number in group:
                    found[number] += [other for other in group if joined[other][1 - end] is not joined[number][1 - end]]
    return found


def _whole(corners: Sequence[Sequence[float]]) -> Line:
    """Round a right-angled line to whole px: what is level or upright stays so."""
    return straightened(tuple([(round(x), round(y)) for x, y in corners]))


def _apart(tail: Box, head: Box) -> float:
    (x, y), (to_x, to_y) = tail.centre, head.centre
    return abs(x - to_x) + abs(y - to_y)


def _facing(tail: Box, head: Box) -> Point:
    """Find where a straight line between two cards would run: in the middle of what both of them span."""
    left, right = max(tail.x0, head.x0), min(tail.x1, head.x1)
    top, bottom = max(tail.y0, head.y0), min(tail.y1, head.y1)
    room = 2 * PORT_INSET
    return Point(
        (left + right) / 2 if right - left > room else tail.centre.x,
        (top + bottom) / 2 if bottom - top > room else tail.centre.y,
    )


def _clipped(line: Line, tail: int, head: int, placement: Placement) -> Line:
    """Let an edge of a cluster begin or end at the cluster's border."""
    if tail != NOWHERE:
        line = _outside(line, placement.panels[tail].tolist())
    if head != NOWHERE:
        line = _outside(line[::-1], placement.panels[head].tolist())[::-1]
    return line


def _outside(line: Line, box: Sequence[int]) -> Line:
    """Cut off the beginning of a line up to where it leaves a box for good; leave a line that stays inside alone."""
    for index in range(len(line) - 1, 0, -1):
        if _within(line[index - 1], box):
            outside = line[index]
            if _within(outside, box):
                return line
            border = (min(max(outside[0], box[0]), box[2]), min(max(outside[1], box[1]), box[3]))
            return straightened((border, *line[index:]))
    return line


def _within(point: Corner, box: Sequence[int]) -> bool:
    return box[0] < point[0] < box[2] and box[1] < point[1] < box[3]


def smooth(corners: tuple[Point, ...]) -> tuple[Point, ...]:
    """Turn corners into cubic Bézier pieces, straight ones and rounded corners in turn: 3n + 1 points."""
    points = [corners[0]]
    for before, corner, after in zip(corners, corners[1:], corners[2:], strict=False):
        reach = min(CORNER_RADIUS, dist(before, corner) / 2, dist(corner, after) / 2)
        enter, leave = towards(corner, before, reach), towards(corner, after, reach)
        straight_to(points, enter)
        points += [between(enter, corner, ROUND), between(leave, corner, ROUND), leave]
    straight_to(points, corners[-1])
    # Every second number is whole, for lines are right-angled; to round it would take as long as all the rest.
    return tuple([Point(round(x, 2) if x % 1 else x, round(y, 2) if y % 1 else y) for x, y in points])
