"""What is compared of two systems, row by row: the same questions of each, so that the answers stand side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archfolio.gallery import prose
from archfolio.gallery.catalog import quantities_by_name
from archfolio.gallery.pages.estimate import with_unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archfolio.gallery.manifest import System

_RETRIEVAL = ("concept.Retriever", "concept.VectorIndex", "elastic.elasticsearch.Elasticsearch")
_RANKING = ("concept.Ranker",)
_LEARNING = ("concept.Trainer", "concept.Distiller", "concept.EmbeddingTower")


def answers(system: System) -> dict[str, list[str]]:
    """Return what a system says to each row, by the row's title, in the order of the rows: several are listed."""
    figures = quantities_by_name(system)
    return {title: [prose.to_text(part, figures) for part in parts] for title, parts in _rows(system)}


def _rows(system: System) -> Iterator[tuple[str, list[str]]]:
    figures = quantities_by_name(system)
    heads = [figures[name] for name in system.headline if name in figures]
    budget = system.budget
    yield "Promise", [f"{with_unit(budget.promise, budget.unit)}, {budget.what}"] if budget else []
    yield "Figures", [f"{one.shown}: {one.label}" for one in heads]
    yield "Task", [", ".join(system.tags.task)] if system.tags.task else []
    yield "Patterns", [", ".join(system.tags.pattern)] if system.tags.pattern else []
    for title, keys in (("Retrieval", _RETRIEVAL), ("Ranking", _RANKING), ("Learning", _LEARNING)):
        names = (node.name for view in system.views for node in view.nodes if node.component in keys)
        found = list(dict.fromkeys(names))
        yield title, [", ".join(found)] if found else []
    fresh = [one.target for one in system.requirements.qualities if "fresh" in one.name.casefold()]
    yield "Freshness", fresh or [f"{group.name}: {group.freshness}" for group in system.features]
    yield "Labels", [f"{label.event}: {label.window}" for label in system.labels]
    yield "Loss", [system.loss.objective] if system.loss else []
    yield "Decisions", [one.chosen for one in system.decisions]
    yield "Failure modes", [one.failure for one in system.failures]
    yield "Guardrails", list(system.metrics.guardrail)
