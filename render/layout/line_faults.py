"""What can be wrong with the lines of a layout, and whose fault it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from archfolio.render.layout import looks
from archfolio.render.layout.boxes import grown, overlaps
from archfolio.render.layout.ends import ends
from archfolio.render.model import style
from archfolio.render.model.geometry import FLOW

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archfolio.render.layout.boxes import Floats, Ints
    from archfolio.render.model.geometry import Layout, Sized

Culprits = tuple[tuple[str, ...], ...]
"""Ids of what is in each fault: the text or edge that is wrong first, then what it collides with."""

SIDE_BY_SIDE = 4.0
"""Lines, or a line and the border of a panel, that run closer than this look like one, in px."""

_SHARED_WAY = 24.0
"""Over how many px they must do so."""

_A_DOT = 30  # px: a smaller card has room for one line at a side
_A_BEND = 3  # corners of a line with one bend, its ends among them
_JOG = 60.0
"""The longest step aside that looks like a mistake, in px."""

_DEPTH = 2.0  # px that a line must be inside a card to count as running through it
_SHOWN = 2.0  # px of line that must show between an arrow head and a label


@dataclass(frozen=True)
class Things:
    """A layout as arrays."""

    sized: Sized
    layout: Layout
    cards: Floats
    panels: Floats
    labels: Floats
    titles: Floats
    bars: Floats  # of the parts of all lines: boxes without a width
    owners: Ints  # the edge of each bar
    edges: tuple[str, ...]
    labelled: tuple[str, ...]
    clusters: tuple[str, ...]
    places: Ints  # the edge of each label

    @cached_property
    def is_level(self) -> np.ndarray:
        """Return which bars are level."""
        return np.asarray(self.bars[:, 3] - self.bars[:, 1] <= self.bars[:, 2] - self.bars[:, 0])


def meet(boxes: Floats, bars: Floats) -> np.ndarray:
    """Return, for each box (rows) and each bar (columns), whether they touch."""
    x0, y0, x1, y1 = boxes.T[:, :, None]
    low_x, low_y, high_x, high_y = bars.T
    return np.asarray((x0 <= high_x) & (x1 >= low_x) & (y0 <= high_y) & (y1 >= low_y))


def through(things: Things) -> Culprits:
    """Find edges that run through cards which are not their ends."""
    node, bar = meet(grown(things.cards, -_DEPTH), things.bars).nonzero()
    found = dict.fromkeys(zip(things.owners[bar].tolist(), node.tolist(), strict=True))
    named = ((things.sized.edges[edge], things.sized.nodes[at].id) for edge, at in found)
    return tuple((edge.id, at) for edge, at in named if at not in {edge.tail, edge.head})


def hidden(things: Things, lines: Sequence[Sequence[tuple[float, float]]]) -> Culprits:
    """Find arrow heads with a label over them, or right behind them."""
    owners, heads = [], []
    reach, half = style.ARROW_LENGTH + _SHOWN, style.ARROW_WIDTH / 2
    for number, (line, edge) in enumerate(zip(lines, things.sized.edges, strict=True)):
        for (x, y), (to_x, to_y), has_arrow in (
            (line[0], line[1], edge.arrows[0]),
            (line[-1], line[-2], edge.arrows[1]),
        ):
            if not has_arrow:
                continue
            dx, dy = (to_x > x) - (to_x < x), (to_y > y) - (to_y < y)
            owners.append(number)
            x1, y1 = x + dx * reach, y + dy * reach
            heads.append(
                (
                    min(x, x1) - half * abs(dy),
                    min(y, y1) - half * abs(dx),
                    max(x, x1) + half * abs(dy),
                    max(y, y1) + half * abs(dx),
                )
            )
    head, label = overlaps(np.array(heads).reshape(-1, 4), grown(things.labels, -0.5)).nonzero()
    return tuple(
        (things.edges[owners[a]], things.labelled[b]) for a, b in zip(head.tolist(), label.tolist(), strict=True)
    )


def hugging(things: Things) -> Culprits:
    """Find lines that run along the border of a panel."""
    found: dict[tuple[int, int], None] = {}
    for axis, is_it in ((1, things.is_level), (0, ~things.is_level)):
        bars, owners = things.bars[is_it], things.owners[is_it]
        other = 1 - axis
        shared = np.minimum(bars[:, None, other + 2], things.panels[None, :, other + 2])
        shared = shared - np.maximum(bars[:, None, other], things.panels[None, :, other])
        for side in (axis, axis + 2):
            near = np.abs(bars[:, None, axis] - things.panels[None, :, side]) < SIDE_BY_SIDE
            bar, panel = (near & (shared > _SHARED_WAY)).nonzero()
            found |= dict.fromkeys(zip(owners[bar].tolist(), panel.tolist(), strict=True))
    return tuple((things.edges[edge], things.clusters[panel]) for edge, panel in found)


def coincident(things: Things) -> Culprits:
    """Find lines that run side by side, so close that they look like one; those that join at a dot are to."""
    dots = {node.id for node in things.sized.nodes if max(node.size) < _A_DOT}
    joined = [{edge.tail, edge.head} & dots for edge in things.sized.edges]
    found = []
    for axis, is_it in ((1, things.is_level), (0, ~things.is_level)):
        bars, owners = things.bars[is_it], things.owners[is_it]
        other = 1 - axis
        shared = np.minimum(bars[:, None, other + 2], bars[None, :, other + 2])
        shared = shared - np.maximum(bars[:, None, other], bars[None, :, other])
        near = np.abs(bars[:, None, axis] - bars[None, :, axis]) < SIDE_BY_SIDE
        one, two = (near & (shared > _SHARED_WAY) & (owners[:, None] < owners[None, :])).nonzero()
        found += list(zip(owners[one].tolist(), owners[two].tolist(), strict=True))
    apart = (pair for pair in sorted(set(found)) if joined[pair[0]].isdisjoint(joined[pair[1]]))
    return tuple((things.edges[one], things.edges[two]) for one, two in apart)


def crossings(things: Things) -> Culprits:
    """Find lines that properly cross."""
    level, upright = things.bars[things.is_level], things.bars[~things.is_level]
    one, two = things.owners[things.is_level], things.owners[~things.is_level]
    crossed = (level[:, None, 0] < upright[None, :, 0]) & (upright[None, :, 0] < level[:, None, 2])
    crossed &= (upright[None, :, 1] < level[:, None, 1]) & (level[:, None, 1] < upright[None, :, 3])
    a, b = (crossed & (one[:, None] != two[None, :])).nonzero()
    pairs = {(min(pair), max(pair)) for pair in zip(one[a].tolist(), two[b].tolist(), strict=True)}
    return tuple((things.edges[first], things.edges[second]) for first, second in sorted(pairs))


def detours(things: Things, lengths: Floats) -> Culprits:
    """Find lines that are much longer than the way between what they join; `lengths` are those of the bars."""
    of_edges = np.bincount(things.owners, weights=lengths, minlength=len(things.edges)).tolist()
    boxes = things.layout.clusters | things.layout.nodes
    return tuple(
        (edge.id,)
        for edge, (tail, head), length in zip(things.sized.edges, ends(things.sized), of_edges, strict=True)
        if tail != head and looks.is_detour(length, boxes[tail], boxes[head])
    )


def jogs(things: Things, lines: Sequence[Sequence[tuple[float, float]]]) -> Culprits:
    """Find lines that step aside a little and run on the same way: a straight line, or one bend, would do."""
    found: dict[int, None] = {}
    for number, line in enumerate(lines):
        for (ax, ay), (bx, by), (cx, cy), (dx, dy) in zip(line, line[1:], line[2:], line[3:], strict=False):
            runs_on = (bx - ax) * (dx - cx) + (by - ay) * (dy - cy) > 0
            if runs_on and abs(cx - bx) + abs(cy - by) < _JOG:
                found[number] = None
    return tuple((things.edges[number],) for number in found)


def hooks(things: Things, lines: Sequence[Sequence[tuple[float, float]]]) -> Culprits:
    """Find lines with one bend between cards that share a row or a column in part: in line, they had a straight one."""
    rows = things.layout.clusters | things.layout.nodes
    found = []
    for line, edge in zip(lines, things.sized.edges, strict=True):
        if len(line) == _A_BEND:
            one, two = rows[edge.tail], rows[edge.head]
            if any(min(one[axis + 2], two[axis + 2]) > max(one[axis], two[axis]) for axis in (0, 1)):
                found.append((edge.id,))
    return tuple(found)


def against(rankdir: str, steps: Floats) -> float:
    """Sum up the px that lines run against the flow."""
    axis, sign = FLOW[rankdir]
    return float(np.maximum(-sign * (steps[:, axis + 2] - steps[:, axis]), 0).sum())
