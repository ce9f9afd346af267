"""Name the two nodes that stand for the ends of an edge, which may be a whole cluster, and what they lead to."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from archfolio.render.model.geometry import Sized


def _representatives(sized: Sized) -> dict[str, tuple[str, str]]:
    """Name the member that stands for each cluster as the tail and as the head of an edge.

    An edge leaves a cluster from its last node and enters at its first: the author's order is the flow. Of an empty
    cluster it is the cluster's own id.
    """
    members: dict[str, list[str]] = {cluster.id: [] for cluster in sized.clusters}
    parents = {cluster.id: cluster.parent for cluster in sized.clusters}
    for node in sized.nodes:
        enclosing = node.cluster
        while enclosing is not None:
            members[enclosing].append(node.id)
            enclosing = parents[enclosing]
    return {key: (own[-1], own[0]) if own else (key, key) for key, own in members.items()}


@lru_cache(maxsize=4)
def ends(sized: Sized) -> tuple[tuple[str, str], ...]:
    """Resolve the two ends of each edge to what Graphviz draws as nodes; kept for graphs that are searched for."""
    stands_for = _representatives(sized)

    def at(place: str, side: int) -> str:
        return stands_for[place][side] if place in stands_for else place

    return tuple((at(edge.tail, 0), at(edge.head, 1)) for edge in sized.edges)


@lru_cache(maxsize=4)
def reachable(sized: Sized) -> np.ndarray:
    """Return which nodes (columns) can be reached from each node (rows) along edges."""
    numbers = {node.id: number for number, node in enumerate(sized.nodes)}
    reached = np.zeros((len(numbers), len(numbers)), dtype=bool)
    for tail, head in ends(sized):
        if tail in numbers and head in numbers:
            reached[numbers[tail], numbers[head]] = True
    for at in range(len(numbers)):
        reached |= reached[:, at, None] & reached[None, at, :]
    return reached
