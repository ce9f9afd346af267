"""Lay a graph out that is too large for a search: its cards stand in rows, its lines are straight.

Cards stand in the order in which their author wrote them, panels around those that are in them. Labels stand on their
lines where there is room for them.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot, sqrt
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from archfolio.render.layout.draft import NOWHERE, Draft, LabelForm, Placement
from archfolio.render.layout.gaps import PANEL_GAP, PANEL_MARGIN, least_height, strip
from archfolio.render.layout.loops import AIR, loop_lines
from archfolio.render.layout.place_titles import TITLE_INDENT, resting_titles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archfolio.render.layout.draft import Frame, Ints, Line

ASPECT = 1.5  # of what stands in rows
CARD_GAP = (90, 64)  # px between cards in rows, across and down
BESIDE = 7  # px between lines with the same ends
SHARES = (0.5, 0.45, 0.55, 0.4, 0.6, 0.35, 0.65, 0.3, 0.7, 0.25, 0.75, 0.2, 0.8)  # of a line, where its label may stand
CELL = (16, 8)  # px of the grid in which room for labels is looked for


@dataclass(frozen=True, slots=True)
class Simple:
    """A drawing that was laid out in a simple way, what it began from, and a sentence about what was left out of it."""

    draft: Draft
    start: Placement
    sentence: str


def simple(frame: Frame, why: str) -> Simple:
    """Lay a graph out in rows. `why` begins the sentence about it."""
    placement = in_rows(frame)
    lines = straight_lines(frame, placement)
    titles = resting_titles(frame, placement.panels)
    boxes, tags = _labels(frame, placement, titles, lines)
    lost = sum(bool(edge.shapes) for edge in frame.sized.edges) - len(tags)
    left_out = "1 label that had no room is" if lost == 1 else f"{lost:,} labels that had no room are"
    without = f", and {left_out} left out" if lost else ""
    sentence = f"{why}: its cards stand in rows and its lines are straight{without}; draw less in one view"
    return Simple(Draft(placement.cards, placement.panels, titles, lines, boxes, tags), placement, sentence)


class _Thing(NamedTuple):
    """A card or a panel that is put into a row."""

    number: int  # of a card; of a panel, after all cards
    width: int
    height: int


def in_rows(frame: Frame) -> Placement:
    """Place cards and panels in rows, as their author wrote them: the innermost panels first."""
    count = len(frame.homes)
    sizes = [
        _Thing(card, round(node.size.width) + right, round(node.size.height) + above + below)
        for card, (node, (_, above, right, below)) in enumerate(zip(frame.sized.nodes, frame.margins, strict=True))
    ]
    inner: list[list[_Thing]] = [[] for _ in range(len(frame.parents) + 1)]  # the last is the drawing, as NOWHERE is -1
    for thing, home in zip(sizes, frame.homes, strict=True):
        inner[home].append(thing)
    places: dict[int, tuple[int, int]] = {}
    panel_sizes = {}
    for panel in _innermost_first(frame.parents):
        title = int(np.ceil(frame.sized.clusters[panel].title.width)) + 2 * TITLE_INDENT
        width, height = _row_by_row(frame, inner[panel], places)
        wide, high = (
            max(width + 2 * PANEL_MARGIN, title),
            max(height + strip(frame, panel) + PANEL_MARGIN, least_height(frame, panel)),
        )
        panel_sizes[panel] = (wide, high)
        inner[frame.parents[panel]].append(_Thing(count + panel, wide, high))
    _row_by_row(frame, inner[NOWHERE], places)
    panels = np.zeros((len(frame.parents), 4), dtype=np.int64)
    for panel in reversed(_innermost_first(frame.parents)):
        x, y = _corner(frame, places[count + panel], frame.parents[panel], panels)
        panels[panel] = (x, y, x + panel_sizes[panel][0], y + panel_sizes[panel][1])
    cards = np.zeros((count, 4), dtype=np.int64)
    for card, (node, home) in enumerate(zip(frame.sized.nodes, frame.homes, strict=True)):
        x, y = _corner(frame, places[card], home, panels)
        y += frame.margins[card][1]
        cards[card] = (x, y, x + round(node.size.width), y + round(node.size.height))
    return Placement(cards, panels, "in rows")


def _innermost_first(parents: Sequence[int]) -> list[int]:
    depths: dict[int, int] = {NOWHERE: 0}
    for panel in range(len(parents)):
        chain, above = [], panel
        while above not in depths:
            chain.append(above)
            above = parents[above]
        depths |= {one: number for number, one in enumerate(reversed(chain), depths[above] + 1)}
    return sorted(range(len(parents)), key=lambda panel: -depths[panel])


def _corner(frame: Frame, at: tuple[int, int], home: int, panels: Ints) -> tuple[int, int]:
    if home == NOWHERE:
        return at
    return at[0] + int(panels[home, 0]) + PANEL_MARGIN, at[1] + int(panels[home, 1]) + strip(frame, home)


def _row_by_row(frame: Frame, things: Sequence[_Thing], places: dict[int, tuple[int, int]]) -> tuple[int, int]:
    """Put things into rows, about half as wide again as all are high; return how large that is."""
    across, down = (round(gap * frame.sized.spread(axis)) for axis, gap in enumerate(CARD_GAP))
    area = sum((thing.width + across) * (thing.height + down) for thing in things)
    most = max([*(thing.width for thing in things), round(sqrt(area * ASPECT))])
    x = y = width = deepest = 0
    for thing in things:
        if x and x + thing.width > most:
            x, y = 0, deepest + down
        places[thing.number] = (x, y)
        width, deepest = max(width, x + thing.width), max(deepest, y + thing.height)
        x += thing.width + max(across, PANEL_GAP)
    return width, deepest


def straight_lines(frame: Frame, placement: Placement) -> tuple[Line, ...]:
    """Draw each edge as a straight line between the borders of its ends; those with the same ends side by side."""
    cards, panels = placement.cards.tolist(), placement.panels.tolist()
    own: dict[int, list[int]] = {}
    between: dict[tuple[int, int], list[int]] = {}
    ends = []
    for number, (tail, head, from_panel, to_panel) in enumerate(
        zip(frame.tails, frame.heads, frame.tail_panels, frame.head_panels, strict=True)
    ):
        one = len(cards) + from_panel if from_panel != NOWHERE else tail
        two = len(cards) + to_panel if to_panel != NOWHERE else head
        ends.append((one, two))
        if one == two:
            own.setdefault(one, []).append(number)
        else:
            between.setdefault((min(one, two), max(one, two)), []).append(number)
    boxes = [*cards, *panels]
    found: dict[int, Line] = {}
    for thing, edges in own.items():
        loops = loop_lines(boxes[thing], [frame.sized.edges[edge] for edge in edges], frame.sized.rankdir)
        found |= dict(zip(edges, loops, strict=True))
    for (one, two), edges in between.items():
        for at, edge in enumerate(edges):
            line = _straight(boxes[one], boxes[two], BESIDE * (at - (len(edges) - 1) / 2))
            found[edge] = line if ends[edge] == (one, two) else line[::-1]
    return tuple(found[edge] for edge in range(len(ends)))


def _straight(one: Sequence[int], two: Sequence[int], aside: float) -> Line:
    """Draw a line from border to border, some px aside of that between the middles."""
    ax, ay, bx, by = ((box[at] + box[at + 2]) / 2 for box in (one, two) for at in (0, 1))
    length = hypot(bx - ax, by - ay) or 1.0
    reach = 0.4 * min(one[2] - one[0], one[3] - one[1], two[2] - two[0], two[3] - two[1])
    aside = max(-reach, min(aside, reach))
    dx, dy = -(by - ay) / length * aside, (bx - ax) / length * aside
    start, end = (ax + dx, ay + dy), (bx + dx, by + dy)
    first, last = _leaves(one, start, end), _leaves(two, end, start)
    return (first, last) if first != last else (first, (last[0], last[1] + 1))


def _leaves(box: Sequence[int], start: tuple[float, float], end: tuple[float, float]) -> tuple[int, int]:
    """Find where a line from inside a box to a point crosses its border; the end itself if that is inside."""
    share = 1.0
    for axis in (0, 1):
        step = end[axis] - start[axis]
        if step:
            share = min(share, max((box[axis + 2 * (step > 0)] - start[axis]) / step, 0.0))
    return round(start[0] + (end[0] - start[0]) * share), round(start[1] + (end[1] - start[1]) * share)


def _labels(
    frame: Frame, placement: Placement, titles: Ints, lines: Sequence[Line]
) -> tuple[Ints, tuple[LabelForm, ...]]:
    """Place labels on their lines, or beside upright loops, where nothing else stands; and leave the others out."""
    taken: set[tuple[int, int]] = set()
    for box in np.vstack([placement.cards, titles]).tolist():
        taken.update(_cells(box))
    is_upright = frame.sized.rankdir in {"TB", "BT"}
    boxes, tags = [], []
    for number, (edge, line) in enumerate(zip(frame.sized.edges, lines, strict=True)):
        if not edge.shapes:
            continue
        shape = edge.shapes[0]
        width, height = (int(np.ceil(size)) for size in shape.size)
        (ax, ay), (bx, by) = line[len(line) // 2 - 1 : len(line) // 2 + 1]  # the part in the middle
        is_beside = edge.tail == edge.head and is_upright  # on so short a part it would hide it
        off = AIR + width // 2 if is_beside else 0
        for share in SHARES:
            x, y = round(ax + (bx - ax) * share) + off, round(ay + (by - ay) * share)
            box = (x - width // 2, y - height // 2, x - width // 2 + width, y - height // 2 + height)
            cells = _cells(box)
            if taken.isdisjoint(cells):
                taken.update(cells)
                boxes.append(box)
                tags.append(LabelForm(number, shape, "start" if is_beside else "middle", on_line=not is_beside))
                break
    return np.array(boxes, dtype=np.int64).reshape(-1, 4), tuple(tags)


def _cells(box: Sequence[int]) -> list[tuple[int, int]]:
    (across, down), (x0, y0, x1, y1) = CELL, box
    return [(x, y) for x in range(x0 // across, x1 // across + 1) for y in range(y0 // down, y1 // down + 1)]
