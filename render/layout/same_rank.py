"""Which nodes Graphviz is told to put in one rank, and in which order: by a wish of the author, or as cards alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archfolio.render.layout.isolated import replicas

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archfolio.render.model.geometry import Sized


def rows_in_clusters(sized: Sized) -> dict[str, list[tuple[int, ...]]]:
    """List the rows of nodes, by number, within each cluster that has any."""
    order = 1 if sized.rankdir in {"TB", "BT"} else -1  # a rank that is a column is told upwards
    homes = [node.cluster for node in sized.nodes]
    wished = (pair for pair in side_by_side(sized) if homes[pair[0]] == homes[pair[1]])
    found: dict[str, list[tuple[int, ...]]] = {}
    for cards in (*replicas(sized), *wished):
        home = homes[cards[0]]
        if home is not None:
            found.setdefault(home, []).append(cards[::order])
    return found


def side_by_side(sized: Sized) -> Iterator[tuple[int, int]]:
    """Find the pairs of nodes that an author wishes in one rank, in the order in which Graphviz is told of them."""
    numbers = {node.id: number for number, node in enumerate(sized.nodes)}
    kinds = {"same_row", "left_of"} if sized.rankdir in {"TB", "BT"} else {"same_column", "below"}
    for kind, node, other in sized.wishes:
        if kind in kinds:
            yield as_told(sized, kind, numbers[node], numbers[other])


def as_told(sized: Sized, kind: str, one: int, two: int) -> tuple[int, int]:
    """Put two nodes that a wish is about into the order in which Graphviz is told of them."""
    is_along = (kind == "below") == (sized.rankdir in {"TB", "BT"})
    is_turned = (kind == "below") != (is_along and sized.rankdir in {"BT", "RL"})
    return (two, one) if is_turned else (one, two)
