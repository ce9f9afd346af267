"""Decide what an edge of a cluster is drawn to: its panel or, from inside of that, a card there."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from archfolio.render.model.graph import chain

if TYPE_CHECKING:
    from collections.abc import Container

    from archfolio.render.model.geometry import Sized, SizedEdge


def from_stand_ins(sized: Sized, blank: Container[str], shown: Container[str]) -> Sized:
    """Return a graph in which a blank node with one line stands for its cluster, where that leads out of it.

    `shown` are the edges that are drawn: authors hold blank nodes in their places with others.
    """
    chains = _chains(sized)
    clusters = {node.id: node.cluster for node in sized.nodes}
    lines = Counter(end for edge in sized.edges if edge.id in shown for end in {edge.tail, edge.head})

    def resolved(end: str, other: str) -> str:
        cluster = clusters.get(end)
        if cluster is None or end not in blank or lines[end] != 1:
            return end
        around = clusters.get(other, other)
        return end if around is not None and cluster in chains[around] else cluster

    return replace(
        sized,
        edges=tuple(
            replace(edge, tail=resolved(edge.tail, edge.head), head=resolved(edge.head, edge.tail))
            if edge.id in shown
            else edge
            for edge in sized.edges
        ),
    )


def _chains(sized: Sized) -> dict[str, tuple[str, ...]]:
    """List each cluster and those around it, by its id."""
    parents = {cluster.id: cluster.parent for cluster in sized.clusters}
    return {cluster: tuple(chain(cluster, parents)) for cluster in parents}


def with_inner_ends(sized: Sized) -> Sized:
    """Return a graph in which no edge leads from what is inside of a cluster to the cluster, or the other way.

    Such an edge leads to a card of the cluster instead: as a tail its last, as a head its first one, as everywhere;
    where both ends are clusters, one that is not in the inner one. An edge that leads to its own beginning is a loop.
    """
    chains = _chains(sized)
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
