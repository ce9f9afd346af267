"""Put whole panels on a coarse grid: band over band, column beside column, or some of each.

Graphviz places along ranks, so that a panel stands where the ranks of its cards are. A drawing of a few stages often
reads better where each stage is a block and the blocks are put beside and below one another. Here what is outermost,
panels and cards, is put into rows of stacks, one after another, wherever that costs least (a beam search); a panel
keeps an inner arrangement that Graphviz has found. Things are numbered as in `moves`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from archfolio.render.layout.draft import NOWHERE, Placement
from archfolio.render.layout.judge import cross, guess
from archfolio.render.layout.moves import tree
from archfolio.render.layout.quality import A_PAIR_OUT_OF_ORDER, A_PX_OF_AREA, A_PX_OF_LINE, SCREENS
from archfolio.render.layout.reading_order import entry, out_of_order, reading_order, with_the_flow
from archfolio.render.layout.respace import tight
from archfolio.render.layout.siblings import in_the_authors_order

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archfolio.render.layout.boxes import Floats
    from archfolio.render.layout.draft import Frame, Ints

ON_A_GRID = "on a grid"
"""The name of these placements."""

_MOST = 10  # things that are put on a grid, at most
_ROWS = 4
_STACKS = 4  # in a row
_BEAM = 24  # arrangements that are kept from thing to thing
_GAP = (56, 64)  # px between things, across and down
_OTHER_SHAPE = 0.8  # of the width, or the height, of the best inner arrangement: below it one is tried too
_A_CROSSING = 3.0  # of straight lines between middles, in the unit of `Faults.cost`
_LEAST_ONWARDS = 0.8  # of the edges that lead onwards in the grid that is read best
_LATE = 0.5  # of the drawing: later, its first card stands too late; see `entry`
_A_LATER_ENTRY = 24.0  # at the very end
_A_PAIR_MISREAD = 2 * A_PAIR_OUT_OF_ORDER  # blocks that stand in their order are the point of a grid
_A_SCREEN = 40.0  # by which the drawing is larger than one

Cell = tuple[int, int]
"""A thing, by its place in the list of them, and which of its inner arrangements it has."""
Stack = tuple[Cell, ...]
Grid = tuple[tuple[Stack, ...], ...]
"""Rows, from above, of stacks, from the left, of things, from above."""


class _Block(NamedTuple):
    """A thing that is put on the grid: its boxes by number, and where these are in each of its arrangements."""

    inside: list[int]
    ways: list[Ints]  # rows (x0, y0, x1, y1) from its top left corner
    sizes: list[tuple[int, int]]


def on_a_grid(frame: Frame, placements: Sequence[Placement], most: int) -> list[Placement]:
    """Put what is outermost on a grid, and return the best of these placements by the guess, so many at most.

    There are none where that is one panel, or no panel, or more than `_MOST` things.
    """
    outermost = [thing for thing, parent in enumerate((*frame.homes, *frame.parents)) if parent == NOWHERE]
    panels = [thing for thing in outermost if thing >= len(frame.homes)]
    if not panels or not 1 < len(outermost) <= _MOST or not most:
        return []
    inside = tree(frame).inside
    blocks = [_block(frame, inside[thing], placements) for thing in outermost]
    grids = [_Grids(frame, blocks, is_centred=is_centred) for is_centred in (False, True)]
    found: dict[bytes, Placement] = {}
    for grid in grids[0].search():
        for way in grids:
            boxes = way.boxes(grid).astype(np.int64)
            placement = Placement(boxes[: len(frame.homes)], boxes[len(frame.homes) :], ON_A_GRID)
            placement = tight(frame, in_the_authors_order(frame, placement))
            found.setdefault(placement.cards.tobytes(), placement)
    onwards = max((with_the_flow(frame, one.cards) for one in found.values()), default=0)
    read = [
        one
        for one in found.values()
        if entry(frame.sized, one.cards) <= _LATE and with_the_flow(frame, one.cards) >= _LEAST_ONWARDS * onwards
    ]
    return sorted(read, key=lambda placement: guess(frame, placement))[:most]


def _block(frame: Frame, inside: list[int], placements: Sequence[Placement]) -> _Block:
    """Choose the best inner arrangements of a thing: the best one, the best of those narrower, and of those lower."""
    joined = np.array(frame.joined, dtype=np.int64).reshape(-1, 2)
    joined = joined[np.isin(joined, inside).all(axis=1)]
    ways: dict[bytes, tuple[float, Ints]] = {}
    for placement in placements:
        boxes = np.vstack([placement.cards, placement.panels])
        rows = boxes[inside]
        corner = rows[:, :2].min(axis=0)
        rows = rows - np.tile(corner, 2)
        if (key := rows.tobytes()) not in ways:
            width, height = rows[:, 2:].max(axis=0).tolist()
            cost = _cost_of_lines(boxes, joined) + width * height * A_PX_OF_AREA
            cards = np.full((len(frame.homes), 4), np.nan)
            own = [at for at, box in enumerate(inside) if box < len(frame.homes)]
            cards[[inside[at] for at in own]] = rows[own]
            cost += out_of_order(frame.sized, cards) * A_PAIR_OUT_OF_ORDER
            ways[key] = (cost, rows)
    ranked = [rows for _, rows in sorted(ways.values(), key=lambda way: way[0])]
    sizes = [tuple(rows[:, 2:].max(axis=0).tolist()) for rows in ranked]
    kept = [0]
    for axis in (0, 1):
        others = (at for at, size in enumerate(sizes) if size[axis] <= _OTHER_SHAPE * sizes[0][axis])
        kept += [at for at in [next(others, 0)] if at not in kept]
    return _Block(inside, [ranked[at] for at in kept], [sizes[at] for at in kept])


def _cost_of_lines(boxes: Floats | Ints, joined: Ints) -> float:
    """Compute what straight lines between the middles of boxes cost; those with an end that has no place do not."""
    middles = (boxes[:, :2] + boxes[:, 2:]) / 2
    one, two = middles[joined[:, 0]], middles[joined[:, 1]]
    along = two - one
    side = cross(along[:, None], one[None] - one[:, None]) * cross(along[:, None], two[None] - one[:, None]) < 0
    return float(np.nansum(np.abs(along))) * A_PX_OF_LINE + float((side & side.T).sum()) / 2 * _A_CROSSING


class _Grids:
    """Grids of the same things."""

    def __init__(self, frame: Frame, blocks: Sequence[_Block], *, is_centred: bool) -> None:
        self.frame, self.blocks, self.is_centred = frame, blocks, is_centred
        self.joined = np.array(frame.joined, dtype=np.int64).reshape(-1, 2)
        self.first = (reading_order(frame.sized).first or (0,))[-1]

    def search(self) -> list[Grid]:
        """Put one thing after another on the grid, and return the best grids with all of them, the best one first."""
        beam: list[Grid] = [()]
        for number in self._order():
            tries: dict[Grid, None] = {}
            for grid in beam:
                for way in range(len(self.blocks[number].ways)):
                    tries |= dict.fromkeys(_insertions(grid, (number, way)))
            beam = sorted(tries, key=self.cost)[:_BEAM]
        return beam

    def _order(self) -> list[int]:
        """List the things: the first one, and then that which is joined most to those before it."""
        homes = {box: number for number, block in enumerate(self.blocks) for box in block.inside}
        pairs = [(homes[tail], homes[head]) for tail, head in self.joined.tolist()]
        order = [homes.get(self.first, 0)]
        left = [number for number in range(len(self.blocks)) if number not in order]
        while left:
            ties = [
                sum((tail in order and head == at) or (head in order and tail == at) for tail, head in pairs)
                for at in left
            ]
            order.append(left.pop(ties.index(max(ties))))
        return order

    def boxes(self, grid: Grid) -> Floats:
        """Compute where all boxes are; those of things that are not in the grid have no place."""
        boxes = np.full((len(self.frame.homes) + len(self.frame.parents), 4), np.nan)
        top = 0
        for row in grid:
            left, bottom = 0, top
            for stack in row:
                sizes = [self.blocks[thing].sizes[way] for thing, way in stack]
                width, y = max(width for width, _ in sizes), top
                for (thing, way), (own, height) in zip(stack, sizes, strict=True):
                    x = left + (width - own) // 2 * self.is_centred
                    boxes[self.blocks[thing].inside] = self.blocks[thing].ways[way] + (x, y, x, y)
                    y += height + _GAP[1]
                left, bottom = left + width + _GAP[0], max(bottom, y)
            top = bottom
        return boxes

    def cost(self, grid: Grid) -> float:
        """Estimate what a grid costs: its lines, the order in which it is read, its size."""
        boxes = self.boxes(grid)
        width, height = map(float, np.nanmax(boxes[:, 2:], axis=0))
        across, down = SCREENS[self.frame.sized.aspect]
        cost = _cost_of_lines(boxes, self.joined) + width * height * A_PX_OF_AREA
        cards = boxes[: len(self.frame.homes)]
        cost += out_of_order(self.frame.sized, cards) * _A_PAIR_MISREAD
        standing = np.where(np.isnan(cards), cards[self.first], cards)
        cost += entry(self.frame.sized, standing) * _A_LATER_ENTRY
        return cost + max(width / across, height / down, 1.0) * _A_SCREEN


def _insertions(grid: Grid, cell: Cell) -> Iterator[Grid]:
    """List the grids with one thing more: in a row of its own, in a stack of its own, and in each of the stacks."""
    for at, row in enumerate(grid):
        for place, stack in enumerate(row):
            for level in range(len(stack) + 1):
                longer = (*stack[:level], cell, *stack[level:])
                yield (*grid[:at], (*row[:place], longer, *row[place + 1 :]), *grid[at + 1 :])
        if len(row) < _STACKS:
            for place in range(len(row) + 1):
                yield (*grid[:at], (*row[:place], (cell,), *row[place:]), *grid[at + 1 :])
    if len(grid) < _ROWS:
        for at in range(len(grid) + 1):
            yield (*grid[:at], ((cell,),), *grid[at:])
