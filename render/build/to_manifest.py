"""Write down what was captured and drawn, as the manifest says it."""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING

import msgspec

from archfolio import CONCEPTS
from archfolio.gallery import manifest, sections
from archfolio.render.build.record_sections import find_named, sections_of
from archfolio.render.model.alt_text import describe, outline
from archfolio.render.model.graph import MEANING
from archfolio.render.model.name import name_and_detail, name_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from archfolio.render.capture.module import Captured
    from archfolio.render.model.drawing import Drawing
    from archfolio.render.model.graph import Edge, Graph, Node

_NEW_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])")


def record_subject(captured: Captured, views: Iterable[manifest.View]) -> manifest.Subject:
    """Record a module with the views that were drawn of it."""
    kind, said = sections_of(captured)
    return kind(
        slug=captured.script.slug,
        title=captured.title,
        summary=captured.summary,
        problem=list(captured.problem),
        module=manifest.Module(path=captured.script.module, text=captured.text, group=captured.script.group),
        views=list(_with_details(captured, views)),
        **said,
    )


def _with_details(captured: Captured, views: Iterable[manifest.View]) -> Iterator[manifest.View]:
    """Return, for each view, what of another one it shows in detail."""
    graphs = [drawing.graph for drawing in captured.drawings]
    details = {drawing.graph.slug: drawing.details for drawing in captured.drawings if drawing.details}
    for view in views:
        text = details.get(view.slug)
        yield msgspec.structs.replace(view, details=find_named(text, graphs)) if text else view


def record_view(drawing: Drawing, fingerprint: str = "") -> manifest.View:
    """Record one drawing, of which there is no picture yet."""
    graph = drawing.graph
    templates, roles, labels = dict(drawing.templates), dict(drawing.roles), dict(drawing.node_templates)
    return manifest.View(
        slug=graph.slug,
        title=graph.title,
        caption=drawing.caption,
        alt=describe(graph),
        outline=outline(graph),
        direction=graph.rankdir,
        width=0,
        height=0,
        line=graph.line,
        hash=fingerprint,
        files=[],
        nodes=[_node(node, roles.get(node.id, ""), labels.get(node.id, "")) for node in graph.nodes],
        clusters=[
            manifest.Cluster(id=cluster.id, label=cluster.label, parent=cluster.parent, line=cluster.line)
            for cluster in graph.clusters
        ],
        edges=[_edge(edge, templates) for edge in graph.edges],
        steps=_steps(graph),
        base=graph.base,
        changes=[
            sections.ViewChange(
                kind=one.kind.value, sentence=one.sentence, nodes=list(one.nodes), edges=list(one.edges), line=one.line
            )
            for one in graph.changes
        ],
    )


def _node(node: Node, template: str, label_template: str) -> manifest.Node:
    name, detail = name_and_detail(node.label)
    return manifest.Node(
        id=node.id,
        name=name,
        detail=detail.replace("\n", " "),
        label_template=label_template,
        component=node.component,
        role=node.role,
        template=template if template != node.role else "",
        cluster=node.cluster,
        accent=str(node.accent),
        line=node.line,
    )


def _edge(edge: Edge, templates: Mapping[str, str]) -> manifest.Edge:
    return manifest.Edge(
        id=edge.id,
        tail=edge.tail,
        head=edge.head,
        label=edge.label,
        template=templates.get(edge.id, ""),
        kind=str(edge.kind),
        direction=edge.direction.value,
        line=edge.line,
        step=edge.step,
    )


def _steps(graph: Graph) -> list[manifest.Step]:
    steps = []
    for number, sentence in enumerate(graph.steps, 1):
        edges = [edge for edge in graph.edges if edge.step == number]
        line = min((edge.line for edge in edges), default=graph.line)
        steps.append(manifest.Step(number=number, sentence=sentence, line=line, edges=[edge.id for edge in edges]))
    return steps


def record_component(node: Node) -> manifest.Component:
    """Record what a node is an instance of, but for its icon."""
    provider, _, rest = node.component.partition(".")
    concept = CONCEPTS.get(rest) if provider == "concept" else None
    return manifest.Component(
        key=node.component,
        title=_title(node, provider, rest.rpartition(".")[2]),
        provider=provider,
        meaning=(inspect.getdoc(concept) or "") if concept else dict(node.attrs).get(MEANING, ""),
    )


def _title(node: Node, provider: str, name: str) -> str:
    """Name a component: a concept in words, a product as its class is called, a custom node as it is labelled."""
    if provider == "custom":
        return name_of(node.label)
    if provider == "concept" or MEANING in dict(node.attrs):
        return _NEW_WORD.sub(" ", name).capitalize()
    return name
