"""Choose how a drawing runs whose author leaves it to the library, which says from left to right.

Chains do so, what is nearly one, and a few that run side by side and meet, as their author saw them, as long as a
laptop shows that at full size, or hardly smaller than from top to bottom. What has many cards in a rank is read better
from top to bottom, where cards, which are wide, stand side by side; so is a tree.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from archfolio.render.model import style
from archfolio.render.model.card import card
from archfolio.render.model.edge_style import label_lines
from archfolio.render.model.graph import chain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from archfolio.render.model.graph import Cluster, Edge, Node

ACROSS, DOWN = "LR", "TB"

_CROWD = 1.75  # cards for each rank, from which on a connected part is no chain
ABREAST, ALL_ABREAST = 4, 6  # cards in one rank of a part, and of all parts together, at most
_WORTH = 0.85  # of the scale from top to bottom: what rows that the author saw, and no tower, may be smaller by
_LONG = 2  # times as many ranks as cards in one of them: chains, however many

# In px, from left to right and from top to bottom.
_GAP = (30.0, 40.0)  # between two ranks
_LABEL_ENDS = (12.0, 30.0)  # that a label on a line needs more than its own size
_BORDER = (8.0, 26.0)  # that a border of a panel adds to the gap between two ranks
_FURNITURE = (0.0, 120.0)  # title and legend

_Joined = tuple[str, str, int]
"""An edge: its ends, and the ranks that it spans at least."""

_Heads = dict[str, list[tuple[str, int]]]
"""Where each node leads to, and over how many ranks at least."""


def best_direction(nodes: Sequence[Node], clusters: Sequence[Cluster], edges: Sequence[Edge]) -> str:
    """Return "LR" for rows that a laptop shows hardly smaller in that direction, and "TB" for everything else."""
    joined = _joined(nodes, {cluster.id: cluster.parent for cluster in clusters}, edges)
    ranks = _ranks([node.id for node in nodes], joined)
    parts = _parts(joined)
    if not parts or not _are_rows([Counter(ranks[name] for name in part) for part in parts]):
        return DOWN
    held = [node for node in nodes if any(node.id in part for part in parts)]
    across, down = (_scale(axis, _extent(axis, held, clusters, edges, ranks)) for axis in (0, 1))
    return ACROSS if across >= _WORTH * down else DOWN


def _are_rows(parts: Sequence[Counter[int]]) -> bool:
    """Return whether parts, of which the cards in each rank are counted, are rows, few enough to stand abreast."""
    return all(map(_is_row, parts)) and sum(max(part.values()) for part in parts) <= ALL_ABREAST


def _is_row(part: Counter[int]) -> bool:
    """Return whether a part is a chain, or more ranks of chains side by side than there are of these.

    What is wide in one rank alone, or at its end, is a tree, unless it is nearly a chain otherwise.
    """
    widest, length = max(part.values()), len(part)
    is_chain = part.total() < _CROWD * length
    if widest > max(ABREAST, length / _LONG) or not (length > widest or is_chain):
        return False
    is_wide_once = part[max(part)] == widest or sum(count > 1 for count in part.values()) == 1
    is_tree = is_wide_once and not (is_chain and length > ABREAST)
    return widest < ABREAST or not is_tree


def _scale(axis: int, extent: float) -> float:
    """Compute the scale at which a laptop shows a drawing whole."""
    return min(1.0, style.LAPTOP[axis] / (extent + 2 * style.MARGIN + _FURNITURE[axis]))


def _joined(nodes: Sequence[Node], parents: Mapping[str, str | None], edges: Sequence[Edge]) -> list[_Joined]:
    """List the edges that have a say in the ranks; one of a cluster joins its last node, or its first."""
    last = {node.id: node.id for node in nodes}
    first = last.copy()
    for node in nodes:
        for cluster in chain(node.cluster, parents):
            last[cluster] = node.id
            first.setdefault(cluster, node.id)
    pairs = [(last.get(edge.tail), first.get(edge.head), edge) for edge in edges if edge.constraint]
    return [(tail, head, edge.minlen) for tail, head, edge in pairs if tail and head and tail != head]


def _parts(joined: Iterable[_Joined]) -> list[set[str]]:
    """List the connected parts that have an edge."""
    parts: list[set[str]] = []
    for tail, head, _ in joined:
        met = [part for part in parts if tail in part or head in part]
        parts = [part for part in parts if part not in met]
        parts.append({tail, head}.union(*met))
    return parts


def _ranks(names: Sequence[str], joined: Sequence[_Joined]) -> dict[str, int]:
    """Rank nodes by the longest path to them, without the edges that close a cycle; a source stands by its heads."""
    order, kept = _without_cycles(names, joined)
    ranks = dict.fromkeys(names, 0)
    for tail in order:
        for head, span in kept[tail]:
            ranks[head] = max(ranks[head], ranks[tail] + span)
    heads = {head for found in kept.values() for head, _ in found}
    for name in names:
        if kept[name] and name not in heads:
            ranks[name] = min(ranks[head] - span for head, span in kept[name])
    return ranks


def _without_cycles(names: Sequence[str], joined: Sequence[_Joined]) -> tuple[list[str], _Heads]:
    """Search depth first: return nodes before all that they lead to, and to where they lead but for edges back."""
    onwards: _Heads = {name: [] for name in names}
    for tail, head, span in joined:
        onwards[tail].append((head, span))
    kept: _Heads = {name: [] for name in names}
    order: list[str] = []
    is_done: dict[str, bool] = {}  # False: on the way
    for name in names:
        way = [] if name in is_done else [name]
        while way:
            at = way[-1]
            is_done.setdefault(at, False)
            if not onwards[at]:
                is_done[way.pop()] = True
                order.append(at)
                continue
            head, span = onwards[at].pop(0)
            if is_done.get(head, True):
                kept[at].append((head, span))
            if head not in is_done:
                way.append(head)
    return order[::-1], kept


def _extent(
    axis: int, nodes: Sequence[Node], clusters: Sequence[Cluster], edges: Sequence[Edge], ranks: Mapping[str, int]
) -> float:
    """Guess the px of the ranks one after another: their largest cards, labels between them, borders of panels.

    `nodes` are those that have an edge; axis 0 is from left to right, 1 from top to bottom.
    """
    parents = {cluster.id: cluster.parent for cluster in clusters}
    largest: dict[int, float] = {}
    around: dict[int, set[str]] = {}
    for node in nodes:
        rank = ranks[node.id]
        largest[rank] = max(largest.get(rank, 0.0), card(node).size[axis])
        around.setdefault(rank, set()).update(chain(node.cluster, parents))
    order = sorted(largest)
    gaps = dict.fromkeys(order[1:], _GAP[axis])
    for edge in edges:
        lines = label_lines(edge)
        far = max(ranks.get(edge.tail, 0), ranks.get(edge.head, 0))
        if lines and far in gaps:
            size = sum(line.height for line in lines) if axis else max(line.width for line in lines)
            gaps[far] = max(gaps[far], size + _LABEL_ENDS[axis])
    inside = [set(), *(around[rank] for rank in order), set()]
    borders = sum(len(one ^ other) for one, other in pairwise(inside))
    return sum(largest.values()) + sum(gaps.values()) + borders * _BORDER[axis]
