"""One graph of all views of a system: what has the same name in two views is one part."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from archfolio.render.check.part_kinds import SystemPart
from archfolio.render.check.view_rules import display_name, members

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from archfolio.render.capture.module import Captured
    from archfolio.render.check.part_kinds import PartKind
    from archfolio.render.model.graph import Edge, Graph, Kind, Node


@dataclass(frozen=True, slots=True)
class PartEdge:
    """An edge between two parts."""

    tail: str
    head: str
    edge: Edge
    view: str


@dataclass(frozen=True)
class SystemGraph:
    """A system as all its views draw it together."""

    parts: dict[str, SystemPart]
    links: tuple[PartEdge, ...]
    graphs: tuple[Graph, ...]

    @cached_property
    def outgoing(self) -> dict[str, list[PartEdge]]:
        """The links that leave each part."""
        return _grouped(self.links, lambda link: link.tail)

    @cached_property
    def incoming(self) -> dict[str, list[PartEdge]]:
        """The links that arrive at each part."""
        return _grouped(self.links, lambda link: link.head)

    @cached_property
    def text(self) -> str:
        """All that the views say: parts, edges, steps and captions."""
        edges = (link.edge.label for link in self.links)
        sentences = (sentence for graph in self.graphs for sentence in (graph.caption, *graph.steps))
        return "\n".join([*(part.text for part in self.parts.values()), *edges, *sentences])

    def parts_of_kind(self, kind: PartKind) -> list[SystemPart]:
        """List the parts of a kind, in the order of the views."""
        return [part for part in self.parts.values() if kind.matches(part)]

    def downstream(
        self, start: SystemPart, kinds: frozenset[Kind], stop: Callable[[SystemPart], bool]
    ) -> list[PartEdge]:
        """Follow links of these kinds from a part, but not beyond parts that stop."""
        return self._followed(start, self.outgoing, lambda link: link.head, kinds, stop)

    def upstream(self, start: SystemPart, kinds: frozenset[Kind], stop: Callable[[SystemPart], bool]) -> list[PartEdge]:
        """Follow links of these kinds back from a part, but not beyond parts that stop."""
        return self._followed(start, self.incoming, lambda link: link.tail, kinds, stop)

    def _followed(
        self,
        start: SystemPart,
        links: dict[str, list[PartEdge]],
        end: Callable[[PartEdge], str],
        kinds: frozenset[Kind],
        stop: Callable[[SystemPart], bool],
    ) -> list[PartEdge]:
        found: list[PartEdge] = []
        seen, todo = {start.name}, [start.name]
        while todo:
            for link in links.get(todo.pop(), ()):
                if link.edge.base not in kinds:
                    continue
                found.append(link)
                if (there := end(link)) not in seen:
                    seen.add(there)
                    if not stop(self.parts[there]):
                        todo.append(there)
        return found


def merge_views(captured: Captured) -> SystemGraph:
    """Merge the views of a system; an edge of a group is one of each part in it."""
    nodes: dict[str, list[tuple[str, Node]]] = defaultdict(list)
    links: list[PartEdge] = []
    graphs = tuple(drawing.graph for drawing in captured.drawings)
    for graph in graphs:
        names = {node.id: display_name(node).casefold() for node in graph.nodes}
        for node in graph.nodes:
            nodes[names[node.id]].append((graph.slug, node))
        for edge in graph.edges:
            tails = [names[end] for end in sorted(members(graph, edge.tail)) if end in names]
            heads = [names[end] for end in sorted(members(graph, edge.head)) if end in names]
            links += [PartEdge(tail, head, edge, graph.slug) for tail in tails for head in heads]
    return SystemGraph({key: SystemPart(key, tuple(found)) for key, found in nodes.items()}, tuple(links), graphs)


def _grouped(links: Iterable[PartEdge], end: Callable[[PartEdge], str]) -> dict[str, list[PartEdge]]:
    found: dict[str, list[PartEdge]] = defaultdict(list)
    for link in links:
        found[end(link)].append(link)
    return dict(found)
