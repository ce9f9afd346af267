"""Mark on a drawing what its author added to, changed in and removed from the view that it begins from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from archfolio.author_error import AuthorError
from archfolio.render.model.graph import Revision, ViewChange

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from archfolio.open_view import BaseEdge, Delta, SaidChange
    from archfolio.render.model.drawing import Drawing
    from archfolio.render.model.graph import Edge, Graph


def with_changes(drawing: Drawing, delta: Delta, text: Callable[[str, int], str], file: str) -> Drawing:
    """Return a drawing whose parts bear what became of them; one that begins from nothing is as it was.

    `text` puts figures into a text that stands at a line. Raises AuthorError, in the author's file, for an arrow that
    the base does not have.
    """
    if not delta.base:
        return drawing
    graph = drawing.graph
    changes = tuple(_change(one, graph, text, file) for one in delta.changes)
    revisions = {part: change.kind for change in changes for part in (*change.nodes, *change.edges)}
    gone = {part for part, kind in revisions.items() if kind is Revision.REMOVED}
    revisions |= {edge.id: Revision.REMOVED for edge in graph.edges if gone & {edge.tail, edge.head}}
    labels, roles = _new_words(delta, changes, graph, text, file)
    nodes = tuple(
        replace(
            node,
            label=labels.get(node.id, node.label),
            role=roles.get(node.id, node.role),
            revision=revisions.get(node.id, Revision.KEPT),
        )
        for node in graph.nodes
    )
    edges = tuple(
        replace(edge, label=labels.get(edge.id, edge.label), revision=revisions.get(edge.id, Revision.KEPT))
        for edge in graph.edges
    )
    return replace(
        drawing,
        graph=replace(graph, nodes=nodes, edges=edges, base=delta.base, changes=changes),
        templates=(),  # labels bear signs, and no page recomputes them
        node_templates=(),
        roles=tuple((node, roles.get(node, role)) for node, role in drawing.roles),
    )


def _new_words(
    delta: Delta, changes: Sequence[ViewChange], graph: Graph, text: Callable[[str, int], str], file: str
) -> tuple[dict[str, str], dict[str, str]]:
    """Return the labels, and the roles, that parts have now, by id."""
    labels: dict[str, str] = {}
    roles: dict[str, str] = {}
    for said, change in zip(delta.changes, changes, strict=True):
        for part in change.nodes if said.kind == "changed" else ():
            if said.label:
                labels[part] = text(said.label, said.line)
            if said.tooltip:
                roles[part] = text(said.tooltip, said.line)
        for edge, label in said.edges.items():
            if label:
                labels[_named(edge, graph.edges, said, file)] = text(label, said.line)
    return labels, roles


def _change(said: SaidChange, graph: Graph, text: Callable[[str, int], str], file: str) -> ViewChange:
    known = {node.id for node in graph.nodes}
    drawn = {edge.id for edge in graph.edges}
    named = [_named(one, graph.edges, said, file) for one in said.edges]
    return ViewChange(
        kind=Revision(said.kind),
        sentence=text(said.sentence, said.line),
        nodes=tuple(part for part in said.parts if part in known),
        edges=(*(part for part in said.parts if part in drawn), *named),
        line=said.line,
    )


def _named(wanted: BaseEdge, edges: Iterable[Edge], said: SaidChange, file: str) -> str:
    for edge in edges:
        if (edge.tail, edge.head) == (wanted.tail, wanted.head):
            return edge.id
    message = f"no arrow runs from '{wanted.tail}' to '{wanted.head}': name one that the base draws"
    raise AuthorError(message, (file, said.line))
