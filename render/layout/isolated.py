"""Pack cards without an edge into rows: those of one panel, or of none, stand together, in the order of the script.

Nothing but the eye says where they are to stand, and it reads them as text: from left to right, row after row, in
columns that are in line. Graphviz gets the block of them as one box.

A panel of which one card alone is joined, or several to the same, shows replicas: all of its cards stand in one rank,
in the order of the script, if they are few.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from archfolio.render.layout.ends import ends
from archfolio.render.model.geometry import Size

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archfolio.render.model.geometry import Sized

_GAP = (30, 40)  # px between two cards, across and down
_ROW = 6  # cards that stand in one row
_WIDEST = 1000.0  # px of a row
_SHAPE = 2.4  # width to height of a block of several rows
_RAGGED = 8.0  # what empty places at the end cost, as a share of all of them, beside the logarithm of a wrong shape


@dataclass(frozen=True, slots=True)
class Packing:
    """Cards, by number, that stand in rows; where each begins in a box of that size."""

    cards: tuple[int, ...]
    size: Size
    corners: tuple[tuple[int, int], ...]


@lru_cache(maxsize=4)
def isolated(sized: Sized) -> tuple[tuple[int, ...], ...]:
    """List the cards, by number, that no edge joins and no wish of their author places: those of each panel.

    What stands in one of the `replicas` is not among them.
    """
    bound = {end for pair in ends(sized) for end in pair} | {name for _, *pair in sized.wishes for name in pair}
    in_rank = {card for cards in replicas(sized) for card in cards}
    groups: dict[str | None, list[int]] = {}
    for number, node in enumerate(sized.nodes):
        if node.id not in bound and number not in in_rank:
            groups.setdefault(node.cluster, []).append(number)
    return tuple(map(tuple, groups.values()))


@lru_cache(maxsize=4)
def replicas(sized: Sized) -> tuple[tuple[int, ...], ...]:
    """List the cards, by number, of each panel that is to stand in one rank: some are joined, all of those to the same.

    There are no panels in it, and no wishes of their author about its cards.
    """
    joined: dict[str, set[tuple[str, str]]] = {}
    for tail, head in ends(sized):
        joined.setdefault(tail, set()).add(("to", head))
        joined.setdefault(head, set()).add(("from", tail))
    homes: dict[str, list[int]] = {}
    for number, node in enumerate(sized.nodes):
        if node.cluster is not None:
            homes.setdefault(node.cluster, []).append(number)
    parents = {cluster.parent for cluster in sized.clusters}
    wished = {name for _, *pair in sized.wishes for name in pair}
    found = []
    for home, cards in homes.items():
        ids = [sized.nodes[card].id for card in cards]
        links = [joined[name] for name in ids if name in joined]
        is_alike = 0 < len(links) < len(cards) and all(link == links[0] for link in links)
        if is_alike and home not in parents and wished.isdisjoint(ids) and _fits_in_a_rank(sized, cards):
            found.append(tuple(cards))
    return tuple(found)


def _fits_in_a_rank(sized: Sized, cards: Sequence[int]) -> bool:
    return len(cards) <= _ROW and sum(sized.nodes[card].size.width + _GAP[0] for card in cards) - _GAP[0] <= _WIDEST


@lru_cache(maxsize=4)
def packings(sized: Sized) -> tuple[Packing, ...]:
    """Pack the isolated cards of each panel."""
    return tuple(_packed(sized, cards) for cards in isolated(sized))


def _packed(sized: Sized, cards: tuple[int, ...]) -> Packing:
    """Choose the number of columns: one row of a few cards, else a block that is wider than high and hardly ragged."""
    ways = [_in_columns(sized, cards, columns) for columns in range(1, len(cards) + 1)]
    if len(cards) <= _ROW and ways[-1].size.width <= _WIDEST:
        return ways[-1]
    return min((way for way in ways if way.size.width <= _WIDEST), key=_badness, default=ways[0])


def _badness(block: Packing) -> float:
    columns = len({x for x, _ in block.corners})
    places = columns * -(-len(block.cards) // columns)
    off = abs(math.log(block.size.width / block.size.height / _SHAPE))
    return off + _RAGGED * (places - len(block.cards)) / places


def _in_columns(sized: Sized, cards: Sequence[int], columns: int) -> Packing:
    """Pack cards into so many columns: their left sides are in line, and the middles of a row."""
    sizes = [(round(sized.nodes[card].size.width), round(sized.nodes[card].size.height)) for card in cards]
    widths = [max(width for width, _ in sizes[column::columns]) for column in range(columns)]
    heights = [max(height for _, height in sizes[at : at + columns]) for at in range(0, len(cards), columns)]
    left = list(accumulate((width + _GAP[0] for width in widths), initial=0))
    top = list(accumulate((height + _GAP[1] for height in heights), initial=0))
    corners = tuple(
        (left[at % columns], top[at // columns] + (heights[at // columns] - height) // 2)
        for at, (_, height) in enumerate(sizes)
    )
    return Packing(tuple(cards), Size(float(left[-1] - _GAP[0]), float(top[-1] - _GAP[1])), corners)
