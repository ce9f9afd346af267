"""What the scripts of a subject's page know: its boxes and arrows, its figures, and what its components are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archfolio.gallery import links, prose
from archfolio.gallery.catalog import component_keys, known_line, quantities_by_name
from archfolio.gallery.dependencies import key_inputs
from archfolio.gallery.drill_down import details
from archfolio.gallery.manifest import System
from archfolio.gallery.pages.estimate import UNITS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from archfolio.gallery.catalog import Catalog
    from archfolio.gallery.manifest import Node, Subject, View
    from archfolio.gallery.sections import Budget, Quantity, Stage

Json = dict[str, Any]


def subject_data(subject: Subject, catalog: Catalog) -> Json:
    """Gather it, in values that JSON has."""
    return {
        "views": {view.slug: _view(subject, view, catalog) for view in subject.views},
        "moved": _moved(subject, catalog.manifest.moved),
        "slug": subject.slug,
        "components": {key: _component(key, catalog) for key in component_keys(subject)},
        "phases": _phases(catalog) if isinstance(subject, System) else [],
        "keyInputs": key_inputs(subject),
        "budget": _budget(subject.budget) if isinstance(subject, System) and subject.budget else None,
        "figures": figures_data(subject.estimate),
    }


def figures_data(estimate: Iterable[Quantity]) -> list[Json]:
    """Return what scripts compute an estimate from."""
    return [
        {
            "name": quantity.name,
            "label": quantity.label,
            "value": quantity.value,
            "unit": quantity.unit,
            "factor": quantity.factor,
            "formula": quantity.formula,
            "shown": quantity.shown,
            "number": quantity.number,
        }
        for quantity in estimate
    ]


def _phases(catalog: Catalog) -> list[Json]:
    """List the phases of an interview, in whose order a system can be read."""
    return [
        {
            "letter": phase.letter,
            "name": phase.name,
            "minutes": f"minutes {phase.start} to {phase.end}",
            "sections": phase.sections,
        }
        for framework in catalog.frameworks[:1]
        for phase in framework.phases
    ]


def _budget(budget: Budget) -> Json:
    return {
        "promise": budget.promise,
        "formula": budget.promise_formula,
        "unit": UNITS[budget.unit],
        "stages": [_stage(stage) for stage in budget.stages],
    }


def _stage(stage: Stage) -> Json:
    return {"share": stage.share, "formula": stage.formula, "branches": [_stage(branch) for branch in stage.branches]}


def _moved(subject: Subject, moved: Mapping[str, str]) -> dict[str, str]:
    """List what its views were called once, and what they are called now, so that old addresses lead on."""
    here = f"{subject.slug}/"
    own = {old: new for old, new in moved.items() if old.startswith(here) and new.startswith(here)}
    return {old.removeprefix(here): new.removeprefix(here) for old, new in own.items()}


def _view(subject: Subject, view: View, catalog: Catalog) -> Json:
    return {
        "title": view.title,
        "nodes": {node.id: _said(_node(subject, view, node, catalog)) for node in view.nodes},
        "clusters": {cluster.id: cluster.label for cluster in view.clusters},
        "edges": {  # where they lead, the drawing says
            edge.id: _said({"kind": edge.kind, "label": prose.one_line(edge.label), "template": edge.template})
            for edge in view.edges
        },
        "steps": [{"number": step.number, "edges": step.edges} for step in view.steps],
    }


def _node(subject: Subject, view: View, node: Node, catalog: Catalog) -> Json:
    return {
        "name": node.name or node.id,
        "detail": prose.one_line(node.detail),
        "label": node.label_template,
        "role": node.template or prose.braces(node.role),
        "component": node.component,
        "details": details(subject, view, node),
        "line": next(iter(known_line(subject, node.line)), 0),
        "blocks": _blocks(subject, view, node, catalog),
    }


def _said(values: Json) -> Json:
    """Leave out what is empty."""
    return {name: value for name, value in values.items() if value}


def _blocks(subject: Subject, view: View, node: Node, catalog: Catalog) -> list[Json]:
    """List the building blocks that teach what a box does."""
    return [
        {
            "text": use.block.title,
            "href": f"../{links.page_of(use.block)}",
            "how": prose.to_text(use.how, quantities_by_name(use.block)),
        }
        for use in catalog.block_uses_of_boxes.get((subject.slug, view.slug, node.id), ())
    ]


def _component(key: str, catalog: Catalog) -> Json:
    part = catalog.components.get(key)
    return {
        "title": part.title if part else key,
        "meaning": part.meaning if part else "",
        "href": f"../{links.component(key)}",
    }
