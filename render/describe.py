"""Put a drawing into words: for readers who cannot see it, and for tools that read text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from render.graph import Direction, Kind
from render.names import plain

if TYPE_CHECKING:
    from render.graph import Edge, Graph

MOST_NAMED = 4  # clusters and ends that a description names before it only counts


def name_of(label: str) -> str:
    """Return the name on a card: the first line of its label."""
    return plain(label).split("\n")[0].strip() or "unnamed"


def _names(graph: Graph) -> dict[str, str]:
    names = {cluster.id: cluster.label or "unnamed group" for cluster in graph.clusters}
    return names | {node.id: name_of(node.label) for node in graph.nodes}


def _and(words: list[str]) -> str:
    if len(words) > MOST_NAMED:
        words = [*words[: MOST_NAMED - 1], f"{len(words) - MOST_NAMED + 1} more"]
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def describe(graph: Graph) -> str:
    """Say in two or three sentences what a drawing shows: its caption, where its main line runs, what it is made of."""
    names = _names(graph)
    path = _longest_run(graph)
    sentences = [graph.caption.rstrip(".") + "." if graph.caption else f"{graph.title}."]
    if len(path) > 2:  # noqa: PLR2004  two ends are an edge, not a line
        sentences.append(f"It runs from {' to '.join(names[end] for end in path)}.")
    groups = [cluster.label for cluster in graph.clusters if cluster.label and cluster.parent is None]
    inside = f" in {_and(groups)}" if groups else ""
    sentences.append(f"{len(graph.nodes)} components{inside}, {len(graph.edges)} connections.")
    return " ".join(sentence for sentence in sentences if sentence.strip(". "))


def _longest_run(graph: Graph) -> list[str]:
    """Follow the first request out of each node, from the first node on, as long as it leads somewhere new."""
    wanted = (Kind.REQUEST, Kind.STREAM, Kind.BATCH, Kind.PLAIN)
    if not graph.nodes:
        return []
    run = [graph.nodes[0].id]
    while True:
        onward = [edge for kind in wanted for edge in graph.edges if edge.kind is kind and edge.tail == run[-1]]
        following = next((edge.head for edge in onward if edge.head not in run), None)
        if following is None or len(run) == MOST_NAMED + 2:
            return run
        run.append(following)


def outline(graph: Graph) -> list[str]:
    """List every connection in the author's order: "API gateway to Orchestrator: 200 ms deadline (request)"."""
    names = _names(graph)
    joined = {node for edge in graph.edges for node in (edge.tail, edge.head)}
    alone = [f"{names[node.id]} stands alone" for node in graph.nodes if node.id not in joined]
    return [_line(edge, names) for edge in graph.edges] + alone


def _line(edge: Edge, names: dict[str, str]) -> str:
    tail, head = names[edge.tail], names[edge.head]
    if edge.direction is Direction.BACK:
        tail, head = head, tail
    joint = {Direction.BOTH: "to and from", Direction.NONE: "with"}.get(edge.direction, "to")
    label = f": {' '.join(edge.label.split())}" if edge.label.strip() else ""
    kind = f" ({edge.kind})" if edge.kind is not Kind.PLAIN else ""
    return f"{tail} {joint} {head}{label}{kind}"
