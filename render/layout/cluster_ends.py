"""Decide what an edge of a cluster is drawn to: its panel or, from inside of that, a card there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archfolio.render.model.geometry import Sized, SizedEdge


def with_inner_ends(sized: Sized) -> Sized:
    """Return a graph in which no edge leads from what is inside of a cluster to the cluster, or the other way.

    Such an edge leads to a card of the cluster instead: as a tail its last, as a head its first one, as everywhere;
    where both ends are clusters, one that is not in the inner one. An edge that leads to its own beginning is a loop.
    """
    around = {cluster.id: cluster.parent for cluster in sized.clusters}
    chains: dict[str, tuple[str, ...]] = {}
    for cluster in around:
        chain, above = [], cluster
        while above is not None:
            chain.append(above)
            above = around[above]
        chains[cluster] = tuple(chain)
    homes = {node.id: chains[node.cluster] if node.cluster else () for node in sized.nodes}

    def resolved(edge: SizedEdge) -> SizedEdge:
        if edge.tail == edge.head:
            return edge
        ends = [edge.tail, edge.head]
        for at, other in ((0, 1), (1, 0)):
            end, inner = ends[at], ends[other]
            if end not in chains or end not in (homes.get(inner) or chains.get(inner, ())):
                continue
            cards = [card for card, home in homes.items() if end in home]
            outside = [card for card in cards if end == inner or inner not in homes[card]]
            if cards:
                ends[at] = (outside or cards)[at - 1]
        return replace(edge, tail=ends[0], head=ends[1])

    return replace(sized, edges=tuple(map(resolved, sized.edges)))
