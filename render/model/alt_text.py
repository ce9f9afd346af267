"""Describe a drawing in words: for readers who cannot see it, and for tools that read text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archfolio.render.base.counted import counted
from archfolio.render.model.edge_style import is_invisible
from archfolio.render.model.graph import Direction, Kind
from archfolio.render.model.name import name_of

if TYPE_CHECKING:
    from archfolio.render.model.graph import Edge, Graph, Node

_MOST_NAMED = 4  # groups that a description names before it only counts
_MOST_STOPS = 7  # of the main line
_MAIN = frozenset({Kind.REQUEST, Kind.RESPONSE, Kind.STREAM, Kind.BATCH, Kind.PLAIN})


def _names(graph: Graph) -> dict[str, str]:
    names = {cluster.id: cluster.label or "unnamed group" for cluster in graph.clusters}
    return names | {node.id: name_of(node.label) for node in graph.nodes}


def _and(words: list[str]) -> str:
    if len(words) > _MOST_NAMED:
        words = [*words[: _MOST_NAMED - 1], f"{len(words) - _MOST_NAMED + 1} more"]
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def describe(graph: Graph) -> str:
    """Describe a drawing in two or three sentences: its caption, where its main line runs, what it is made of."""
    names = _names(graph)
    sentences = [f"{(graph.caption or graph.title).rstrip('.')}."]
    line = [names[node] for node in _main_line(graph)]
    if len(line) > _MOST_STOPS:
        line = [*line[: _MOST_STOPS - 2], f"{line[_MOST_STOPS - 2]} and on", line[-1]]
    if len(line) > 2:  # noqa: PLR2004  two ends are an edge, not a line
        sentences.append(f"The main line runs from {' to '.join(line)}.")
    groups = [cluster.label for cluster in graph.clusters if cluster.label and cluster.parent is None]
    grouped = len(_grouped(graph))
    of_them = "" if grouped == len(graph.nodes) else f", {grouped} of them"
    inside = f"{of_them} in {_and(groups)}," if groups else ""
    made_of = counted(len(graph.nodes), "component"), counted(len(_visible(graph)), "connection")
    sentences.append(f"It shows {made_of[0]}{inside} and {made_of[1]}.")
    return " ".join(sentence for sentence in sentences if sentence.strip(". "))


def _grouped(graph: Graph) -> list[Node]:
    """List the nodes within the groups that have names and stand in no other."""
    clusters = {cluster.id: cluster for cluster in graph.clusters}

    def is_within(name: str | None) -> bool:
        cluster = clusters.get(name or "")
        return cluster is not None and (is_within(cluster.parent) if cluster.parent else bool(cluster.label))

    return [node for node in graph.nodes if is_within(node.cluster)]


def _visible(graph: Graph) -> list[Edge]:
    return [edge for edge in graph.edges if not is_invisible(edge)]


def _main_line(graph: Graph) -> list[str]:
    """Find the longest way from the first node through what follows it; where nothing does, from any node."""
    flow = [edge for edge in _visible(graph) if edge.base is not Kind.FEEDBACK]
    for kinds in (_MAIN, frozenset(Kind)):
        ways = _longest_ways(graph, [edge for edge in flow if edge.base in kinds])
        candidates = [ways[graph.nodes[0].id], max(ways.values(), key=len)] if ways else []
        for way in candidates:
            if len(way) > 2:  # noqa: PLR2004  two ends are an edge, not a line
                return way
    return []


def _longest_ways(graph: Graph, edges: list[Edge]) -> dict[str, list[str]]:
    """Find the longest way out of each node to nodes that their author wrote later; of equal ones the first."""
    place = {node.id: number for number, node in enumerate(graph.nodes)}
    onward: dict[str, list[str]] = {name: [] for name in place}
    for edge in edges:
        if edge.tail in place and place.get(edge.head, -1) > place[edge.tail]:
            onward[edge.tail].append(edge.head)
    ways: dict[str, list[str]] = {}
    for name in reversed(onward):
        ways[name] = [name, *max((ways[head] for head in onward[name]), key=len, default=[])]
    return ways


def outline(graph: Graph) -> list[str]:
    """List every connection in the author's order: "API gateway to Orchestrator: 200 ms deadline (request)"."""
    names = _names(graph)
    edges = _visible(graph)
    joined = {node for edge in edges for node in (edge.tail, edge.head)}
    alone = [f"{names[node.id]} stands alone" for node in graph.nodes if node.id not in joined]
    return [_line(edge, names) for edge in edges] + alone


def _line(edge: Edge, names: dict[str, str]) -> str:
    tail, head = names[edge.tail], names[edge.head]
    if edge.direction is Direction.BACK:
        tail, head = head, tail
    joint = {Direction.BOTH: "to and from", Direction.NONE: "with"}.get(edge.direction, "to")
    label = f": {' '.join(edge.label.split())}" if edge.label.strip() else ""
    kind = f" ({edge.kind})" if edge.kind is not Kind.PLAIN else ""
    revision = f"{edge.revision.capitalize()}: " if edge.revision else ""
    return f"{revision}{tail} {joint} {head}{label}{kind}"
