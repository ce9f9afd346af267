"""Draw every edge as a line of right angles between the cards, and round its corners."""

from __future__ import annotations

from math import hypot
from typing import TYPE_CHECKING

from archfolio.render.layout.dot_writer import ends
from archfolio.render.layout.place_titles import resting_titles
from archfolio.render.layout.routing_grid import PORT_INSET, Grid, Path
from archfolio.render.layout.separate_edges import Scene, nudge
from archfolio.render.model.geometry import Box, Point

if TYPE_CHECKING:
    from archfolio.render.layout.dot_reader import Drawn
    from archfolio.render.model.geometry import Sized

CORNER_RADIUS = 9.0
"""How softly a line turns, in px."""

MOST_CARDS = 70
"""In a drawing with more cards the lines stay as Graphviz drew them: the search for better ones takes too long."""

FREE = 1.0  # px of toll: a line that pays no more has nothing in its way
_ROUND = 0.5523  # of the way from a rounded corner's ends to the corner, for a control point: as of a circle


def lines(sized: Sized, drawn: Drawn) -> list[tuple[Point, ...]]:
    """Draw the line of each edge, as corners from the border of its tail to that of its head."""
    is_large = len(sized.nodes) > MOST_CARDS
    found = [drawn.lines[edge.id] for edge in sized.edges] if is_large else _routed(sized, drawn)
    return [_clipped(line, edge.tail, edge.head, drawn) for line, edge in zip(found, sized.edges, strict=True)]


def _routed(sized: Sized, drawn: Drawn) -> list[tuple[Point, ...]]:
    boxes = drawn.clusters | drawn.nodes
    joined = [(boxes[tail], boxes[head]) for tail, head in ends(sized)]
    routed = [number for number, (tail, head) in enumerate(joined) if tail != head]
    order = sorted(routed, key=lambda number: (_apart(*joined[number]), number))
    panels = [drawn.clusters[cluster.id] for cluster in sized.clusters]
    titles = resting_titles(sized, drawn.clusters)
    grid = Grid(drawn.nodes.values(), panels, titles.values(), [_facing(*joined[number]) for number in routed])
    foreign = _foreign(sized)
    paths: dict[int, Path] = {}
    for number in order:
        paths[number] = grid.path(*joined[number], foreign[number])
        grid.mark(paths[number])
    for number in order:  # again, with all other lines in view
        grid.mark(paths[number], -1)
        if grid.toll(paths[number]) > FREE:
            paths[number] = grid.path(*joined[number], foreign[number])
        grid.mark(paths[number])
    scene = Scene(list(drawn.nodes.values()), panels, [joined[n][0] for n in routed], [joined[n][1] for n in routed])
    apart = dict(zip(routed, nudge([paths[number].corners for number in routed], scene), strict=True))
    return [apart.get(number, drawn.lines[edge.id]) for number, edge in enumerate(sized.edges)]


def _apart(tail: Box, head: Box) -> float:
    return abs(tail.centre.x - head.centre.x) + abs(tail.centre.y - head.centre.y)


def _facing(tail: Box, head: Box) -> Point:
    """Find where a straight line between two cards would run: in the middle of what both of them span."""
    left, right = max(tail.x0, head.x0), min(tail.x1, head.x1)
    top, bottom = max(tail.y0, head.y0), min(tail.y1, head.y1)
    room = 2 * PORT_INSET
    return Point(
        (left + right) / 2 if right - left > room else tail.centre.x,
        (top + bottom) / 2 if bottom - top > room else tail.centre.y,
    )


def _foreign(sized: Sized) -> list[list[int]]:
    """List for each edge the numbers of the clusters that neither of its ends is in."""
    parents = {cluster.id: cluster.parent for cluster in sized.clusters}
    home = {node.id: node.cluster for node in sized.nodes} | {key: key for key in parents}

    def around(place: str) -> set[str]:
        found = set()
        enclosing = home[place]
        while enclosing is not None:
            found.add(enclosing)
            enclosing = parents[enclosing]
        return found

    return [
        [at for at, cluster in enumerate(sized.clusters) if cluster.id not in around(tail) | around(head)]
        for tail, head in ends(sized)
    ]


def _clipped(line: tuple[Point, ...], tail: str, head: str, drawn: Drawn) -> tuple[Point, ...]:
    """Let an edge of a cluster begin or end at the cluster's border."""
    if tail in drawn.clusters:
        line = _outside(line, drawn.clusters[tail])
    if head in drawn.clusters:
        line = _outside(line[::-1], drawn.clusters[head])[::-1]
    return line


def _outside(line: tuple[Point, ...], box: Box) -> tuple[Point, ...]:
    """Cut off the beginning of a line up to where it leaves a box for good; leave a line that stays inside alone."""
    for index in range(len(line) - 1, 0, -1):
        if _within(line[index - 1], box):
            start, end = line[index - 1], line[index]
            if _within(end, box):
                return line
            return (_exit(start, end, box), *line[index:])
    return line


def _within(point: Point, box: Box) -> bool:
    return box.x0 < point.x < box.x1 and box.y0 < point.y < box.y1


def _exit(inside: Point, outside: Point, box: Box) -> Point:
    """Find where the way from a point inside a box to one outside crosses its border."""
    shares = [
        (border - inside[axis]) / (outside[axis] - inside[axis])
        for axis, borders in ((0, (box.x0, box.x1)), (1, (box.y0, box.y1)))
        for border in borders
        if outside[axis] != inside[axis]
    ]
    return _between(inside, outside, min(share for share in shares if share > 0))


def smooth(corners: tuple[Point, ...]) -> tuple[Point, ...]:
    """Turn corners into cubic Bézier pieces, straight ones and rounded corners in turn: 3n + 1 points."""
    points = [corners[0]]
    for before, corner, after in zip(corners, corners[1:], corners[2:], strict=False):
        reach = min(CORNER_RADIUS, _distance(before, corner) / 2, _distance(corner, after) / 2)
        enter, leave = _towards(corner, before, reach), _towards(corner, after, reach)
        _straight_to(points, enter)
        points += [_between(enter, corner, _ROUND), _between(leave, corner, _ROUND), leave]
    _straight_to(points, corners[-1])
    return tuple(Point(round(x, 2), round(y, 2)) for x, y in points)


def _towards(start: Point, end: Point, length: float) -> Point:
    return _between(start, end, length / (_distance(start, end) or 1.0))


def _straight_to(points: list[Point], end: Point) -> None:
    start = points[-1]
    points += [_between(start, end, 1 / 3), _between(start, end, 2 / 3), end]


def _between(start: Point, end: Point, share: float) -> Point:
    return Point(start.x + (end.x - start.x) * share, start.y + (end.y - start.y) * share)


def _distance(one: Point, other: Point) -> float:
    return hypot(one.x - other.x, one.y - other.y)
