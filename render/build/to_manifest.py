"""Write down what was captured and drawn, as the manifest says it."""

from __future__ import annotations

import inspect
import re
from functools import partial
from typing import TYPE_CHECKING, get_type_hints

import msgspec

from archfolio import CONCEPTS
from archfolio.gallery import manifest, sections
from archfolio.interview import DECISION
from archfolio.render.model.alt_text import describe, name_of, outline
from archfolio.render.model.where import find_place
from archfolio.vocabulary import BUILDING_BLOCKS, FAMILIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from archfolio import Budget, Decision, Estimate, Loss, Requirements, System
    from archfolio.render.build.draw import Picture
    from archfolio.render.capture.drawing import Drawing
    from archfolio.render.capture.module import Captured
    from archfolio.render.model.graph import Edge, Graph, Node


def record_system(captured: Captured, path: str, views: Iterable[manifest.View]) -> manifest.System:
    """Record a module with the views that were drawn of it. `path` is the module's, relative to its folder."""
    plain = manifest.System(
        slug=captured.script.slug,
        title=captured.title,
        summary=captured.summary,
        problem=list(captured.problem),
        module=manifest.Module(path=path, text=captured.text),
        views=list(_with_details(captured, views)),
    )
    if captured.system is None:
        return plain
    return msgspec.structs.replace(plain, **_sections(captured.system, captured))


def _with_details(captured: Captured, views: Iterable[manifest.View]) -> Iterator[manifest.View]:
    """Return, for each view, what of another one it shows in detail."""
    graphs = [drawing.graph for drawing in captured.drawings]
    details = {drawing.graph.slug: drawing.details for drawing in captured.drawings if drawing.details}
    for view in views:
        text = details.get(view.slug)
        yield msgspec.structs.replace(view, details=_place(text, graphs, ())) if text else view


def _sections(system: System, captured: Captured) -> dict[str, object]:
    """Return the sections of a system by the names of the manifest's fields.

    Whatever the manifest names as the author's type does is taken over as it is; the rest is said here.
    """
    places = partial(_place, graphs=[drawing.graph for drawing in captured.drawings], decisions=system.decisions)
    said: dict[str, object] = {
        "family_title": FAMILIES.get(system.family, _in_words(system.family)),
        "requirements": _requirements(system.requirements) if system.requirements else sections.Requirements(),
        "estimate": [*system.estimate.values()],
        "budget": _budget(system.budget, system.estimate) if system.budget else None,
        "training_example": [{"name": name, "value": value} for name, value in system.training_example.items()],
        "labels": [vars(label) | {"where": places(label.where)} for label in system.labels],
        "features": [vars(group) | {"store": places(group.store)} for group in system.features],
        "biases": [vars(bias) | {"where": places(bias.where)} for bias in system.biases],
        "follow_ups": [vars(question) | {"where": places(question.where)} for question in system.follow_ups],
        "loss": _loss(system.loss) if system.loss else None,
        "metrics": system.metrics or sections.Metrics(),
        "building_blocks": [
            {"slug": slug, "title": BUILDING_BLOCKS.get(slug, _in_words(slug))} for slug in system.building_blocks
        ],
    }
    types = get_type_hints(manifest.System)
    fields = [name for name in types if name in said or hasattr(system, name)]
    return {
        name: msgspec.convert(said.get(name, getattr(system, name, None)), types[name], from_attributes=True)
        for name in fields
    }


def _in_words(slug: str) -> str:
    """Return the title of a word that a module has added to the vocabulary, which its own process alone knows."""
    return slug.replace("-", " ").capitalize()


def _requirements(said: Requirements) -> dict[str, object]:
    return {
        "functional": said.functional,
        "qualities": [{"name": name, "target": target} for name, target in said.qualities.items()],
    }


def _budget(said: Budget, estimate: Estimate) -> dict[str, object]:
    stages = said.computed(estimate)
    return {
        "what": said.what,
        "promise": said.promised(estimate),
        "promise_formula": str(said.promise),
        "total": sum(stage.share for stage in stages),
        "stages": stages,
        "note": said.note,
    }


def _loss(said: Loss) -> dict[str, object]:
    formulas = [vars(formula) | {"mathml": formula.mathml()} for formula in said.formulas]
    return vars(said) | {"formulas": formulas}


def _place(text: str, graphs: Sequence[Graph], decisions: Sequence[Decision]) -> sections.Place:
    """Find what a text of `where` points to; one that points to nothing keeps its words."""
    if text.startswith(DECISION):
        beginning = text.removeprefix(DECISION).strip().casefold()
        numbers = (number for number, one in enumerate(decisions) if one.chosen.casefold().startswith(beginning))
        return sections.Place(text=text, decision=next(numbers, None))
    place = find_place(text, graphs)
    return (
        sections.Place(text=text, view=place.view, node=place.node, edge=place.edge)
        if place
        else sections.Place(text=text)
    )


def record_view(drawing: Drawing, picture: Picture, files: Iterable[manifest.File], fingerprint: str) -> manifest.View:
    """Record one drawing and the files that it was written to."""
    graph = drawing.graph
    boxes = {node: manifest.Box(x=box.x0, y=box.y0, width=box.width, height=box.height) for node, box in picture.boxes}
    templates, roles, labels = dict(drawing.templates), dict(drawing.roles), dict(drawing.node_templates)
    return manifest.View(
        slug=graph.slug,
        title=graph.title,
        caption=drawing.caption,
        alt=describe(graph),
        outline=outline(graph),
        direction=graph.rankdir,
        width=picture.width,
        height=picture.height,
        line=graph.line,
        hash=fingerprint,
        files=list(files),
        nodes=[_node(node, roles.get(node.id, ""), labels.get(node.id, ""), boxes) for node in graph.nodes],
        clusters=[
            manifest.Cluster(id=cluster.id, label=cluster.label, parent=cluster.parent, line=cluster.line)
            for cluster in graph.clusters
        ],
        edges=[_edge(edge, templates) for edge in graph.edges],
        steps=_steps(graph),
    )


def _node(node: Node, template: str, label_template: str, boxes: Mapping[str, manifest.Box]) -> manifest.Node:
    return manifest.Node(
        id=node.id,
        name=name_of(node.label),
        detail=" ".join(node.label.split("\n")[1:]),
        label_template=label_template,
        component=node.component,
        role=node.role,
        template=template if template != node.role else "",
        cluster=node.cluster,
        accent=node.accent.value,
        line=node.line,
        box=boxes.get(node.id),
    )


def _edge(edge: Edge, templates: Mapping[str, str]) -> manifest.Edge:
    return manifest.Edge(
        id=edge.id,
        tail=edge.tail,
        head=edge.head,
        label=edge.label,
        template=templates.get(edge.id, ""),
        kind=edge.kind.value,
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


def record_component(node: Node, icon: str, plate: str) -> manifest.Component:
    """Record what a node is an instance of; `icon` is the path of its small picture."""
    provider, _, rest = node.component.partition(".")
    concept = CONCEPTS.get(rest) if provider == "concept" else None
    return manifest.Component(
        key=node.component,
        title=_title(node, provider, rest.rpartition(".")[2]),
        provider=provider,
        meaning=(inspect.getdoc(concept) or "") if concept else "",
        icon=icon,
        plate=plate,
    )


def _title(node: Node, provider: str, name: str) -> str:
    """Name a component: a concept in words, a product as its class is called, a custom node as it is labelled."""
    if provider == "custom":
        return name_of(node.label)
    if provider == "concept":
        return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).capitalize()
    return name
