"""Place edge labels: on their line over a ground, or beside it, all of them together.

Each label has many possible places along its line. A place costs what it covers or comes near; then each label in
turn takes the cheapest place that the others leave it, until none wants to move. All places of all labels are priced
in one go, as rows of one array; lines are right-angled, so their parts are boxes too.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from archfolio.render.layout.boxes import NEXT_TO_NOTHING, grown, inside, overlaps, overlaps_each
from archfolio.render.layout.draft import LabelForm
from archfolio.render.model import style
from archfolio.render.model.rich_text import are_figure_and_unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from archfolio.render.layout.boxes import Bools, Floats, Rows
    from archfolio.render.layout.draft import Corner, Frame, Ints, Line
    from archfolio.render.model.geometry import LabelShape

    Numbers = NDArray[np.int32]  # of edges

AT_ONCE = 1_000_000  # pairs of a place and a part of a line that are compared in one go, so that memory stays small
PLACES = 16  # along a line, at most, and the middles of its parts
STEP = 9.0  # px between places, at least
SHAPES = 3  # ways to break a label that are tried
BEST = 40  # places of a label that are kept for the choice among all labels
SWEEPS = 6  # in which labels may move out of each other's way

GAP = 3.0  # px between a line and the label beside it
AIR = 3.0  # px around a label that cards, titles and other labels stay out of
NEAR = 7.0  # px around a label in which another line makes it doubtful whose it is
BEND_REACH = 8.0  # px before and after a bend that a label should leave free
STUB = 7.0  # px of line that must show between a label and an end of its line
THICK = 0.05  # px to each side of a line that its box has

STRAIGHT = 2  # corners of a line without a bend
ROWS = (0.3, 0.7)  # of a line: where labels of lines side by side stand by turns

SIDES = (0.0, 1.0, -1.0)  # of a line: on it, and to the left and right of its direction
LEVEL = 0.7  # of the direction across a line that points up or down: more, and the line is rather level

# What is wrong with a place, weighed against each other; the last ones only choose between good places.
ON_CARD = 3000.0
ON_TITLE = 1500.0
ON_LABEL = 900.0
ON_FOREIGN_LINE = 400.0
STRUCK = 400.0  # a label without a ground, and its own line runs through it
ON_ARROW = 250.0
AMBIGUOUS = 200.0  # its middle is nearer to another line than to its own
FAR = 300.0  # above or below a level line, with more than one line of text
OUTSIDE = 60.0
ON_STUB = 40.0
ON_BORDER = 45.0
NEAR_FOREIGN_LINE = 30.0
ON_BEND = 30.0
BESIDE = 7.0
OTHER_SHAPE = 3.0  # than the first, for each that comes before it
OFF_MIDDLE = 14.0  # at an end of the line
OFF_ROW = 15.0  # beside a line that has a row of its own for its label
HIDES_LOOP = 30.0  # on the upright part of a loop, which is short
UPRIGHT = 4.0  # on an upright part of a line that has level ones


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What labels must respect: cards, titles, panels, and the line of every edge."""

    cards: Ints
    titles: Ints
    panels: Ints
    lines: Sequence[Line]


_Station = tuple[float, float, float, float, float]
"""A place along a line: a point, the direction across the line there, and the share of its length walked."""


class _Label(NamedTuple):
    """A label: how it may be broken, where along its line it may stand, and which rows of the places are its own.

    They are sorted by shape, then by side of the line, then by station.
    """

    edge: int
    shapes: tuple[LabelShape, ...]
    stations: Sequence[_Station]
    rows: slice


class _Places(NamedTuple):
    """All places of all labels, a row each: boxes, whether they are on the line, whose they are, how good they look."""

    boxes: Floats
    on_line: Bools
    edges: Numbers
    taste: Floats


class _Choice(NamedTuple):
    """The best places of one label, cheapest first: their rows, boxes and costs."""

    rows: Ints
    boxes: Floats
    costs: Floats


def place_labels(frame: Frame, around: Surroundings) -> tuple[Ints, tuple[LabelForm, ...]]:
    """Place the labels of all edges that have one: their boxes in whole px, and how they are set."""
    labels = _listed(frame, around)
    if not labels:
        return np.empty((0, 4), dtype=np.int64), ()
    boxes, on_line, edges, costs = _places(labels, _homes(frame, around.lines))
    bars, owners = parts(around.lines)
    size = max(AT_ONCE // max(len(bars), 1), 1)
    for begin in range(0, len(boxes), size):
        rows = slice(begin, begin + size)
        some = boxes[rows], on_line[rows], edges[rows]
        costs[rows] += _surroundings_cost(*some, around, bars, owners) + _own_cost(*some, frame, around)
    costs = costs + OUTSIDE * (~_inside_all(boxes, around, bars) & ~_are_among(_in_rows(frame), frame)[edges])
    chosen = _chosen(labels, boxes, costs)
    placed = boxes[chosen]
    tags = tuple(_tag(label, row) for label, row in zip(labels, chosen, strict=True))
    return np.hstack([np.floor(placed[:, :2]), np.ceil(placed[:, 2:])]).astype(np.int64), tags


def parts(lines: Sequence[Line]) -> tuple[Floats, Numbers]:
    """Draw a box around each part of each line, and name the line that it belongs to."""
    ends = np.array([(*one, *two) for line in lines for one, two in pairwise(line)], dtype=float)
    ends = ends.reshape(-1, 4)
    owners = _numbered([line[1:] for line in lines])
    boxes = np.hstack([np.minimum(ends[:, :2], ends[:, 2:]), np.maximum(ends[:, :2], ends[:, 2:])])
    return grown(boxes, THICK), owners


def _numbered(groups: Sequence[Sequence[Corner]]) -> Numbers:
    """Name the group of each member of each group, by number; in 32 bits, of which numpy compares more at once."""
    return np.arange(len(groups), dtype=np.int32).repeat(list(map(len, groups)))


def _listed(frame: Frame, around: Surroundings) -> list[_Label]:
    """List the labels and how many places each has."""
    labels = []
    begin = 0
    for number, shapes in enumerate(_varieties(frame)):
        if shapes:
            stations = _stations(around.lines[number])
            finish = begin + len(shapes) * len(SIDES) * len(stations)
            labels.append(_Label(number, shapes, stations, slice(begin, finish)))
            begin = finish
    return labels


def _places(labels: Sequence[_Label], homes: dict[int, float]) -> _Places:
    """Draw the boxes of all places, and price what only looks less good: by shape, side and station.

    `homes` has the share of its length at which the label of a line is at home, where that is not just the middle.
    """
    stations = np.array(list(chain.from_iterable(label.stations for label in labels)))
    counts = [len(label.stations) for label in labels]
    is_level = np.abs(stations[:, 3]) > LEVEL
    has_level = np.logical_or.reduceat(is_level, np.cumsum([0, *counts[:-1]]))
    home = np.repeat([homes.get(label.edge, 0.5) for label in labels], counts)
    of_station = 2 * OFF_MIDDLE * np.abs(stations[:, 4] - home) + UPRIGHT * (~is_level & np.repeat(has_level, counts))
    # A block has the places of one shape of one label at one side of its line.
    of_block = [
        (number, *shape.size, side, OTHER_SHAPE * at + beside * abs(side), FAR * (len(shape.lines) > 1 and side != 0))
        for number, label in enumerate(labels)
        for beside in [OFF_ROW if label.edge in homes else BESIDE]
        for at, shape in enumerate(label.shapes)
        for side in SIDES
    ]
    blocks = np.array(of_block)
    numbers = blocks[:, 0].astype(np.int64)
    block = np.repeat(np.arange(len(blocks)), np.array(counts)[numbers])
    begins = np.concatenate([[0], np.cumsum(counts)[:-1]])[numbers]
    firsts = np.concatenate([[0], np.cumsum(np.array(counts)[numbers])[:-1]])
    station = np.arange(len(block)) + (begins - firsts)[block]
    # From here on a column has a place: numpy goes along a row, which is to be a long one.
    _, width, height, side, taste, far = blocks.T[:, block]
    x, y, across, down, _ = stations.T[:, station]
    half_width, half_height = width / 2, height / 2
    off = np.abs(across) * half_width + np.abs(down) * half_height + GAP - style.LABEL_PADDING[1]
    x, y = x + side * across * off, y + side * down * off
    boxes = np.array([x - half_width, y - half_height, x + half_width, y + half_height]).T
    edges = np.array([label.edge for label in labels], dtype=np.int32)[numbers][block]
    return _Places(boxes, side == 0, edges, taste + of_station[station] + far * is_level[station])


@lru_cache(maxsize=4)
def _varieties(frame: Frame) -> list[tuple[LabelShape, ...]]:
    """List the ways to break the label of each edge that are tried; kept for graphs that are searched for."""
    return [_variety(edge.shapes) if edge.shapes else () for edge in frame.sized.edges]


def _variety(shapes: tuple[LabelShape, ...]) -> tuple[LabelShape, ...]:
    """Keep the label as given and the least wide of the others that part no figure from its unit."""
    others = sorted(shapes[1:], key=lambda shape: (shape.size.width, shape.lines))
    return (shapes[0], *[shape for shape in others if not _parts_a_figure(shape)][: SHAPES - 1])


def _parts_a_figure(shape: LabelShape) -> bool:
    ends = ((one.split()[-1:], two.split()[:1]) for one, two in pairwise(shape.lines))
    return any(are_figure_and_unit("".join(before), "".join(after)) for before, after in ends)


def _stations(line: Line) -> list[_Station]:
    """Walk along a line."""
    walked, ways = [0.0], []
    for (ax, ay), (bx, by) in pairwise(line):
        walked.append(walked[-1] + abs(bx - ax) + abs(by - ay))
        ways.append((ax, ay, (bx > ax) - (bx < ax), (by > ay) - (by < ay)))
    total = walked[-1]
    number = int(min(max(total // STEP, 1), PLACES))
    middles = {(low + high) / 2 for low, high in pairwise(walked) if high - low > STEP}  # the calmest places
    found: list[_Station] = []
    part, whole = 0, max(total, NEXT_TO_NOTHING)
    for at in sorted(middles.union([(place + 0.5) / number * total for place in range(number)])):
        while part < len(ways) - 1 and walked[part + 1] <= at:
            part += 1
        (ax, ay, x, y), far = ways[part], at - walked[part]
        found.append((ax + x * far, ay + y * far, -y, x, at / whole))
    return found


def _homes(frame: Frame, lines: Sequence[Line]) -> dict[int, float]:
    """Return at which share of its length the label of each line of a bundle is at home.

    That is the middle, but of straight lines that are so near each other that labels have to stand in two rows.
    """
    found: dict[int, float] = {}
    for bundle in frame.bundles:
        found |= dict.fromkeys(bundle.edges, 0.5)
        straight = [edge for edge in bundle.edges if len(lines[edge]) == STRAIGHT]
        for at, (one, two) in enumerate(pairwise(straight)):
            axis = int(lines[one][0][0] != lines[one][1][0])  # across the lines: 0 if they are upright
            apart = abs(lines[one][0][axis] - lines[two][0][axis])
            sizes = [shape.size[axis] for edge in (one, two) for shape in frame.sized.edges[edge].shapes[:1]]
            if sum(sizes) / 2 + AIR > apart:
                found[one], found[two] = ROWS[at % 2], ROWS[1 - at % 2]
    return found


def _surroundings_cost(
    boxes: Floats, on_line: Bools, edges: Numbers, around: Surroundings, bars: Floats, owners: Numbers
) -> Floats:
    """Price what labels would cover or come near that is not their own.

    Of the pairs of a place and a thing, things are the rows: numpy sums up and compares whole rows at once.
    """
    airy = grown(boxes, AIR)
    cost = ON_CARD * _number(overlaps(around.cards, airy)) + ON_TITLE * _number(overlaps(around.titles, airy))
    cost = cost + ON_BORDER * _number(overlaps(around.panels, boxes) & ~inside(boxes, around.panels).T)
    foreign = owners[:, None] != edges
    touched = overlaps(bars, grown(boxes, 1.0))
    cost = cost + ON_FOREIGN_LINE * (touched & foreign).any(axis=0)
    cost = cost + STRUCK * ((overlaps(bars, boxes) & ~foreign).any(axis=0) & ~on_line)
    nearer = np.where(on_line, NEAR / 2, NEAR)[:, None]
    near = overlaps(bars, boxes + nearer * np.array([-1, -1, 1, 1]))
    cost = cost + NEAR_FOREIGN_LINE * _number(near & foreign)
    centre = (boxes[:, :2] + boxes[:, 2:]) / 2
    x, y = np.ascontiguousarray(centre.T)
    away = _off_squared(x, bars[:, 0], bars[:, 2])
    away += _off_squared(y, bars[:, 1], bars[:, 3])
    own = np.where(foreign, np.inf, away).min(axis=0)
    other = np.where(foreign, away, np.inf).min(axis=0)
    cost = cost + AMBIGUOUS * (np.sqrt(other) < np.sqrt(own) + 1.0)
    return np.asarray(cost)


def _off_squared(middles: Floats, lows: Floats, highs: Floats) -> Floats:
    """Square how far each middle (columns) is off each span (rows) along an axis."""
    off = np.maximum(middles, lows[:, None])
    np.minimum(off, highs[:, None], out=off)
    off -= middles
    off *= off
    return np.asarray(off)


def _number(are: Bools) -> NDArray[np.int16]:
    """Count the things, in rows, that concern each place; in 16 bits, of which numpy sums up several at a time."""
    return np.asarray(are.sum(axis=0, dtype=np.int16))


def _inside_all(boxes: Floats, around: Surroundings, bars: Floats) -> Bools:
    """Return which boxes lie within what the drawing takes without labels."""
    everything = np.vstack([around.cards, around.panels, bars])
    bounds = np.concatenate([everything[:, :2].min(axis=0), everything[:, 2:].max(axis=0)])
    return np.asarray(inside(boxes, bounds[None])[:, 0])


def _in_rows(frame: Frame) -> list[int]:
    """List the edges that have a row of their own for their label."""
    return [*frame.loops, *(edge for bundle in frame.bundles for edge in bundle.edges)]


def _are_among(edges: Sequence[int], frame: Frame) -> Bools:
    """Return, for each edge of the graph, whether it is one of these."""
    are = np.zeros(len(frame.joined), dtype=np.bool_)
    are[list(edges)] = True
    return are


def _own_cost(boxes: Floats, on_line: Bools, edges: Numbers, frame: Frame, around: Surroundings) -> Floats:
    """Price what labels would hide of their own lines, bends and ends, and of any line's arrow heads."""
    bends = [(*corner, *corner) for line in around.lines for corner in line[1:-1]]
    bent = np.array(bends, dtype=float).reshape(-1, 4)
    own = _numbered([line[1:-1] for line in around.lines])[:, None] == edges
    cost = ON_BEND * _number(overlaps(grown(bent, 0.1), grown(boxes, BEND_REACH)) & own)
    if frame.sized.rankdir in {"TB", "BT"}:
        cost = cost + HIDES_LOOP * (on_line & _are_among(frame.loops, frame)[edges])
    tips, stubs = _tips(frame, around.lines)
    cost = cost + ON_ARROW * overlaps(tips, boxes).any(axis=0)
    on_stub = overlaps_each(stubs[::2][edges], boxes) | overlaps_each(stubs[1::2][edges], boxes)
    return np.asarray(cost + ON_STUB * on_stub * on_line)


def _tips(frame: Frame, lines: Sequence[Line]) -> tuple[Floats, Floats]:
    """List, for both ends of each line, the box of the arrow head and that of the stub behind it."""
    ends = np.array([(*one, *two) for line in lines for one, two in ((line[0], line[1]), (line[-1], line[-2]))])
    tips, way = ends[:, :2], np.sign(ends[:, 2:] - ends[:, :2])
    arrows = np.array([edge.arrows for edge in frame.sized.edges]).reshape(-1, 1)
    behind = tips + way * np.where(arrows, style.ARROW_LENGTH, 0.0)
    across = np.where(arrows, style.ARROW_WIDTH / 2, -1.0)  # where there is no arrow, what covers the end overlaps it
    return _between(tips, behind, across), _between(behind, behind + way * STUB, 0.1)


def _between(ones: Rows, others: Rows, by: Rows | float) -> Floats:
    """Draw boxes from each of these points to another one, and so much around them."""
    return np.hstack([np.minimum(ones, others) - by, np.maximum(ones, others) + by])


def _cheapest(label: _Label, boxes: Floats, costs: Floats) -> _Choice:
    kept = np.argsort(costs[label.rows], kind="stable")[:BEST] + label.rows.start
    return _Choice(kept, boxes[kept], costs[kept])


def _chosen(labels: Sequence[_Label], boxes: Floats, costs: Floats) -> list[int]:
    """Place each label at its cheapest place, then move those that lie on one another; return the rows of places."""
    chosen = [label.rows.start + int(costs[label.rows].argmin()) for label in labels]
    taken = boxes[chosen]
    for _ in range(SWEEPS):
        meeting = overlaps(grown(taken, AIR), taken)
        np.fill_diagonal(meeting, val=False)
        moved = False
        for number in np.nonzero(meeting.any(axis=1))[0].tolist():
            choice = _cheapest(labels[number], boxes, costs)
            on_others = overlaps(grown(choice.boxes, AIR), taken)
            on_others[:, number] = False
            best = int(choice.rows[(choice.costs + ON_LABEL * on_others.sum(axis=1)).argmin()])
            if best != chosen[number]:
                chosen[number], moved = best, True
                taken[number] = boxes[best]
        if not moved:
            break
    return chosen


def _tag(label: _Label, row: int) -> LabelForm:
    at, station = divmod(row - label.rows.start, len(label.stations))
    shape, side = divmod(at, len(SIDES))
    sideways = SIDES[side] * label.stations[station][2]
    return LabelForm(label.edge, label.shapes[shape], _anchor(sideways), side == 0)


def _anchor(sideways: float) -> str:
    """Align the lines of a label to the edge that it stands beside."""
    if abs(sideways) < 1 - LEVEL:  # above, below or on the line
        return "middle"
    return "start" if sideways > 0 else "end"
