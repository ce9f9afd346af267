"""What can be found: a document for every part of a page that can be led to, with the words that lead there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from archfolio.gallery import links, prose
from archfolio.gallery.catalog import provider_title, quantities_by_name, summary_text
from archfolio.gallery.manifest import System
from archfolio.gallery.search.study_documents import study_documents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from archfolio.gallery.catalog import Catalog
    from archfolio.gallery.manifest import BuildingBlock, Subject, View

_LONGEST_TITLE = 70  # characters of a heading that is shown


@dataclass(frozen=True, slots=True)
class Entry:
    """A page that is found: a system, a building block, a component, or one about all of the gallery."""

    kind: str
    title: str
    href: str
    line: str  # that says what it is
    slug: str = ""  # of the card on the index


@dataclass(frozen=True, slots=True)
class Document:
    """A part of a page: what it is, its heading, the fragment that leads to it, and its words."""

    entry: int  # whose page it is on, by its number
    kind: str
    title: str
    fragment: str
    words: str = ""


def collect(catalog: Catalog) -> tuple[list[Entry], list[Document]]:
    """List the pages that can be found, systems first, then building blocks, and the documents on them."""
    entries: list[Entry] = []
    documents: list[Document] = []
    for system in catalog.systems:
        line = summary_text(system)
        entries.append(Entry("system", system.title, links.page_of(system), line, system.slug))
        documents += _of_system(system, catalog, len(entries) - 1)
    for block in catalog.blocks:
        entries.append(Entry("building block", block.title, links.page_of(block), summary_text(block), block.slug))
        documents += _of_block(block, len(entries) - 1)
    for one in catalog.interview:
        entries.append(Entry("interview", one.title, links.page_of(one), summary_text(one)))
        documents.append(Document(len(entries) - 1, "page", one.title, "", " ".join([summary_text(one), *one.problem])))
    for component in catalog.kinds.values():
        line = component.meaning or provider_title(component.provider)
        entries.append(Entry("component", component.title, links.component(component.key), line))
        uses = catalog.uses[component.key]
        names = dict.fromkeys(use.node.name for use in uses if isinstance(use.subject, System))
        words = " ".join([component.meaning, provider_title(component.provider), *names])
        documents.append(Document(len(entries) - 1, "page", component.title, "", words))
    for kind, title, address, line, words in study_documents(catalog):
        entries.append(Entry(kind, title, address, line))
        documents.append(Document(len(entries) - 1, "page", title, "", words))
    return entries, documents


def _reader_of(subject: Subject) -> Callable[..., str]:
    """Return what joins texts of a subject, with the figures that they quote."""
    figures = quantities_by_name(subject)
    return lambda *parts: " ".join(prose.to_text(part, figures) for part in parts if part)


def _of_system(system: System, catalog: Catalog, entry: int) -> Iterator[Document]:
    text = _reader_of(system)
    tags = (*system.tags.task, *system.tags.pattern, *system.tags.data, system.family_title)
    yield Document(entry, "page", system.title, "", text(system.summary, *tags))
    boxes: dict[str, Document] = {}
    for view in (*system.views[1:], *system.views[:1]):  # a box is led to in its detailed drawing, not in the overview
        yield _drawing(view, entry, text)
        for box in _boxes(view, catalog, entry):
            boxes.setdefault(box.title, box)
    yield from boxes.values()
    for section in _sections(system):
        headings = [text(heading) for heading in section.headings]
        if section.words or headings:
            yield Document(entry, "section", section.title, section.fragment, text(*section.words))
        for heading in headings:
            yield Document(entry, section.kind, _shortened(heading), section.fragment)


def _of_block(block: BuildingBlock, entry: int) -> Iterator[Document]:
    """Return what a building block is found by: all that it says, but for the names of its boxes.

    These are of kinds that systems have, and stand among the words of their drawing.
    """
    text = _reader_of(block)
    yield Document(entry, "page", block.title, "", summary_text(block))
    for view in block.views:
        drawn = _drawing(view, entry, text)
        yield replace(drawn, words=" ".join([drawn.words, *(node.name for node in view.nodes)]))
    for term in block.terms:
        yield Document(entry, "term", term.name, "terms", text(term.definition))
    for calculator in block.calculators:
        yield Document(entry, "section", calculator.title, "estimate", text(calculator.question))
    for table in block.tables:
        yield Document(entry, "decision", table.title, "decisions", text(*_strings(*table.options)))
    for one in block.anti_patterns:
        yield Document(
            entry, "anti-pattern", _shortened(text(one.name)), "anti-patterns", text(one.name, one.symptom, one.cure)
        )
    for question in block.questions:
        heading = text(question.question)
        yield Document(entry, "question", _shortened(heading), "questions", f"{heading} {text(question.answer)}")
    for title, fragment, lines in (("Problem", "problem", block.problem), ("Checklist", "checklist", block.checklist)):
        if lines:
            yield Document(entry, "section", title, fragment, text(*lines))


def _drawing(view: View, entry: int, text: Callable[..., str]) -> Document:
    """Return a drawing, with the words of its boxes."""
    edges = [edge.template or edge.label for edge in view.edges]
    boxes = [part for node in view.nodes for part in (node.detail, node.template or node.role)]
    groups = [cluster.label for cluster in view.clusters]
    said = text(view.caption, *edges, *(step.sentence for step in view.steps), *boxes, *groups)
    return Document(entry, "drawing", view.title, links.state(view.slug), said)


def _boxes(view: View, catalog: Catalog, entry: int) -> Iterator[Document]:
    for node in view.nodes:
        name = node.name or node.id
        part = catalog.components.get(node.component)
        title = f"{name} ({part.title})" if part and part.title.casefold() not in name.casefold() else name
        yield Document(entry, "box", title, links.state(view.slug, node=node.id))


@dataclass(frozen=True, slots=True)
class _Section:
    """A section: what its parts are, their headings, and the words under them."""

    title: str
    fragment: str
    words: tuple[str, ...]
    kind: str = ""
    headings: tuple[str, ...] = ()


def _sections(system: System) -> Iterator[_Section]:
    """Iterate over the sections of a system."""
    needs, metrics = system.requirements, system.metrics
    yield _Section("Problem", "problem", tuple(system.problem))
    yield _Section("Requirements", "requirements", tuple(needs.functional))
    yield _Section("Qualities and targets", "targets", tuple(_strings(*needs.qualities)))
    yield _Section("Scale estimate", "estimate", tuple(one.label for one in system.estimate))
    if system.budget:
        stages = [part.name for stage in system.budget.stages for part in (stage, *stage.branches)]
        yield _Section("Latency budget", "budget", (system.budget.what, system.budget.note, *stages))
    for kind, title, fragment, records in (
        ("decision", "Decisions", "decisions", system.decisions),
        ("failure", "Failure modes", "failures", system.failures),
        ("question", "Clarifying questions", "clarifications", system.clarifications),
        ("label", "Labels", "labels", system.labels),
        ("features", "Features", "features", system.features),
        ("bias", "Bias and cold start", "biases", system.biases),
        ("question", "Follow-up questions", "follow-ups", system.follow_ups),
        ("case study", "How teams do it", "case-studies", system.case_studies),
    ):
        yield _Section(title, fragment, tuple(_strings(*records)), kind, tuple(_heading(one) for one in records))
    yield _Section("Metrics", "metrics", (*metrics.offline, *metrics.online, *metrics.guardrail))
    for title, fragment, record in (
        ("Framing", "framing", system.framing),
        ("Loss and calibration", "loss", system.loss),
        ("Evaluation", "evaluation", system.evaluation),
    ):
        if record is not None:
            yield _Section(title, fragment, tuple(_strings(record)))
    yield _Section("The answer in five minutes", "five-minutes", tuple(_strings(*system.five_minutes)))
    yield _Section("Plan for 45 minutes", "interview-plan", tuple(_strings(*system.interview_plan)))
    sources = (part for one in system.sources for part in (one.authors, one.title, one.venue, one.used_for))
    yield _Section("Sources", "sources", tuple(sources))


_HEADINGS = ("chosen", "failure", "question", "event", "team", "name")  # the field that heads a record of a section


def _heading(record: object) -> str:
    return str(next(getattr(record, name) for name in _HEADINGS if hasattr(record, name)))


def _strings(*records: object) -> Iterator[str]:
    """Iterate over the texts of records, but for addresses and formulas."""
    for record in records:
        for name in getattr(record, "__struct_fields__", ()):
            value = getattr(record, name)
            if isinstance(value, str) and name not in {"source", "url", "tex", "mathml", "level"}:
                yield value
            elif isinstance(value, list):
                yield from (part for part in value if isinstance(part, str))
                yield from _strings(*(part for part in value if not isinstance(part, str)))


def _shortened(title: str) -> str:
    if len(title) <= _LONGEST_TITLE:
        return title
    return f"{title[:_LONGEST_TITLE].rsplit(' ', 1)[0]} \u2026"
