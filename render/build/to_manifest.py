"""Write down what was captured and drawn, as the manifest says it."""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING

from archfolio import CONCEPTS
from archfolio.gallery import manifest
from archfolio.render.model.alt_text import describe, name_of, outline
from archfolio.vocabulary import BUILDING_BLOCKS, FAMILIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from archfolio import System
    from archfolio.render.build.draw import Picture
    from archfolio.render.capture.module import Captured, Drawing
    from archfolio.render.model.graph import Edge, Graph, Node


def record_system(captured: Captured, path: str, views: Iterable[manifest.View]) -> manifest.System:
    """Record a module with the views that were drawn of it. `path` is the module's, relative to its folder."""
    module = manifest.Module(path=path, text=captured.text)
    plain = manifest.System(
        slug=captured.script.slug,
        title=captured.title,
        summary=captured.summary,
        problem=list(captured.problem),
        module=module,
        views=list(views),
    )
    return _with_sections(plain, captured.system) if captured.system else plain


def _with_sections(plain: manifest.System, system: System) -> manifest.System:
    import msgspec  # noqa: PLC0415  only here

    return msgspec.structs.replace(
        plain,
        family=system.family,
        family_title=FAMILIES[system.family],
        place=system.place,
        asked=manifest.Asked(rank=system.asked.rank, remark=system.asked.remark) if system.asked else None,
        tags=manifest.Tags(task=list(system.tags.task), pattern=list(system.tags.pattern), data=list(system.tags.data)),
        requirements=_requirements(system),
        estimate=[
            manifest.Quantity(
                name=figure.name,
                label=figure.label,
                value=figure.value,
                unit=figure.unit,
                factor=figure.factor,
                number=figure.number,
                shown=figure.shown,
                formula=figure.formula,
                source=figure.source,
                note=figure.note,
                line=figure.line,
            )
            for figure in system.estimate.values()
        ],
        headline=list(system.headline),
        budget=_budget(system),
        decisions=[manifest.Decision(chose=one.chose, over=one.over, when=one.when) for one in system.decisions],
        failures=[
            manifest.Failure(failure=one.failure, detection=one.detection, answer=one.answer) for one in system.failures
        ],
        metrics=_metrics(system),
        building_blocks=[
            manifest.BuildingBlock(slug=slug, title=BUILDING_BLOCKS[slug]) for slug in system.building_blocks
        ],
        sources=[
            manifest.Source(
                authors=one.authors, title=one.title, venue=one.venue, year=one.year, url=one.url, used_for=one.used_for
            )
            for one in system.sources
        ],
    )


def _requirements(system: System) -> manifest.Requirements:
    said = system.requirements
    if said is None:
        return manifest.Requirements()
    qualities = [manifest.Quality(name=name, target=target) for name, target in said.qualities.items()]
    return manifest.Requirements(functional=list(said.functional), qualities=qualities)


def _budget(system: System) -> manifest.Budget | None:
    said = system.budget
    if said is None:
        return None
    stages = [manifest.Stage(name=name, share=share) for name, share in said.stages.items()]
    return manifest.Budget(what=said.what, promise=said.promise, total=said.total, stages=stages, note=said.note)


def _metrics(system: System) -> manifest.Metrics:
    said = system.metrics
    if said is None:
        return manifest.Metrics()
    return manifest.Metrics(offline=list(said.offline), online=list(said.online), guardrail=list(said.guardrail))


def record_view(drawing: Drawing, picture: Picture, files: Iterable[manifest.File], fingerprint: str) -> manifest.View:
    """Record one drawing and the files that it was written to."""
    graph = drawing.graph
    boxes = {node: manifest.Box(x=box.x0, y=box.y0, width=box.width, height=box.height) for node, box in picture.boxes}
    templates = dict(drawing.templates)
    return manifest.View(
        slug=graph.slug,
        title=graph.title,
        caption=graph.caption,
        alt=describe(graph),
        outline=outline(graph),
        direction=graph.rankdir,
        width=picture.width,
        height=picture.height,
        line=graph.line,
        hash=fingerprint,
        files=list(files),
        nodes=[_node(node, boxes) for node in graph.nodes],
        clusters=[
            manifest.Cluster(id=cluster.id, label=cluster.label, parent=cluster.parent, line=cluster.line)
            for cluster in graph.clusters
        ],
        edges=[_edge(edge, templates) for edge in graph.edges],
        steps=_steps(graph),
    )


def _node(node: Node, boxes: Mapping[str, manifest.Box]) -> manifest.Node:
    return manifest.Node(
        id=node.id,
        name=name_of(node.label),
        detail=" ".join(node.label.split("\n")[1:]),
        component=node.component,
        role=node.role,
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
