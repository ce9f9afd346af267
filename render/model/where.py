"""Find what "serving", "serving/Ranker" or "training/Orders -> Label join" names in the drawings of a system."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archfolio.render.model.graph import Cluster, Graph, Node

_ARROW = "->"


@dataclass(frozen=True, slots=True)
class Place:
    """Something in a drawing: the view, and a node or an edge of it by id, where one is named."""

    view: str
    node: str = ""
    edge: str = ""


def find_place(where: str, graphs: Iterable[Graph]) -> Place | None:
    """Return what `where` names, or None where no drawing has it. A label's first line may stand for the label."""
    slug, slash, inside = where.partition("/")
    graph = next((one for one in graphs if one.slug == slug.strip()), None)
    if graph is None:
        return None
    if not slash:
        return Place(graph.slug)
    tail, arrow, head = inside.rpartition(_ARROW)
    if not arrow:
        [node, *_] = [*_named(graph, inside), ""]
        return Place(graph.slug, node=node) if node else None
    tails, heads = set(_named(graph, tail)), set(_named(graph, head))
    for edge in graph.edges:
        if edge.tail in tails and edge.head in heads:
            return Place(graph.slug, edge=edge.id)
    return None


def names(graph: Graph) -> tuple[str, ...]:
    """Return the names of a drawing's nodes, as `where` may write them."""
    return tuple(_spaced(node.label) for node in graph.nodes)


def _named(graph: Graph, name: str) -> Iterator[str]:
    """Yield the ids of nodes and clusters of that label; those whose whole label it is come first."""
    wanted = _spaced(name).casefold()
    parts: tuple[Node | Cluster, ...] = (*graph.nodes, *graph.clusters)
    yield from (part.id for part in parts if _spaced(part.label).casefold() == wanted)
    yield from (part.id for part in parts if _spaced(part.label.partition("\n")[0]).casefold() == wanted)


def _spaced(text: str) -> str:
    return " ".join(text.split())
