"""The page of one system: its view model, computed from the manifest."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, ClassVar

from markupsafe import Markup

from archfolio.gallery import links, prose
from archfolio.gallery.catalog import quantities_by_name, summary_text
from archfolio.gallery.pages.beside import Beside, beside
from archfolio.gallery.pages.depth import Depth, Table, depth
from archfolio.gallery.pages.drawings import SCRIPTS, PageDrawings, drawings_of
from archfolio.gallery.pages.estimate import BudgetBar, RowGroup, budget_bar, row_groups
from archfolio.gallery.pages.framework import ORDER
from archfolio.gallery.pages.json_script import data_block
from archfolio.gallery.pages.page_frame import NAME, PageFrame
from archfolio.gallery.pages.practice_link import practice_link
from archfolio.gallery.pages.references import Reference, references
from archfolio.gallery.pages.section import Section, optional_section
from archfolio.gallery.pages.source import Listing, listing
from archfolio.gallery.pages.subject_json import subject_data
from archfolio.gallery.pages.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from archfolio.gallery.catalog import BlockUse, Catalog
    from archfolio.gallery.manifest import System
    from archfolio.gallery.sections import Quantity


@dataclass(frozen=True, slots=True)
class SystemFact:
    """A figure and what it is."""

    figure: Markup
    label: str


@dataclass(frozen=True, slots=True)
class QualityTarget:
    """A quality and its target."""

    name: Markup
    target: Markup


@dataclass(frozen=True, slots=True)
class MetricList:
    """One of the three lists of metrics."""

    title: str
    items: tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class BlockEntry:
    """A building block of a system: its page, where there is one, and where the system's drawings have it."""

    linked: tuple[links.Link, ...]
    unlinked: tuple[str, ...]
    uses: tuple[tuple[links.Link, str], ...]


@dataclass(frozen=True, slots=True)
class SystemPage:
    """Everything that a system's page prints. What may be absent is a tuple of none or one."""

    template: ClassVar[str] = "system.html"
    noun: ClassVar[str] = "system"

    frame: PageFrame
    title: str
    family: tuple[str, ...]
    summary: tuple[Markup, ...]
    asked: tuple[str, ...]
    chips: tuple[links.Link, ...]
    compare: tuple[links.Link, ...]
    ordered: tuple[links.Link, ...]  # this page in the order of an interview
    practice: tuple[links.Link, ...]
    facts: tuple[SystemFact, ...]
    drawings: PageDrawings
    problem: tuple[Section[tuple[Markup, ...]], ...]
    requirements: tuple[Section[tuple[Markup, ...]], ...]
    targets: tuple[Section[tuple[QualityTarget, ...]], ...]
    budget: tuple[Section[BudgetBar], ...]
    estimate: tuple[Section[tuple[RowGroup, ...]], ...]
    depth: Depth
    decisions: tuple[Section[Table], ...]
    failures: tuple[Section[Table], ...]
    metrics: tuple[Section[tuple[MetricList, ...]], ...]
    blocks: tuple[Section[tuple[BlockEntry, ...]], ...]
    sources: tuple[Section[tuple[Reference, ...]], ...]
    listing: tuple[Section[Listing], ...]
    beside: Beside
    data: Markup

    @property
    def outline(self) -> tuple[links.Link, ...]:
        """The headings of the page, in reading order."""
        sections: chain[Section[object]] = chain(
            self.problem,
            *(self.depth.framing, self.depth.clarifications),
            *(self.requirements, self.targets, self.budget, self.estimate),
            *(self.depth.labels, self.depth.example, self.depth.features),
            *(self.depth.loss, self.depth.evaluation, self.depth.biases),
            *(self.decisions, self.failures, self.metrics),
            *(self.depth.follow_ups, self.depth.case_studies),
            *(self.depth.five_minutes, self.depth.interview_plan),
            self.blocks,
            self.sources,
            self.listing,
        )
        return (
            links.Link("Drawings", "#drawings"),
            *(links.Link(section.title, f"#{section.id}") for section in sections),
        )


def system_page(system: System, catalog: Catalog, read: Callable[[str], str]) -> SystemPage:
    """Compute the page of a system.

    `read` gives the text of a file that the manifest names.
    """
    texts = Texts(system, catalog)
    figures, rich = texts.figures, texts.html
    path = links.page_of(system)
    root = links.root(path)
    crumbs = (links.Link("Systems", f"{root}{links.INDEX}"), links.Link(system.title, ""))
    phased = bool(catalog.frameworks and system.family)
    return SystemPage(
        frame=PageFrame(
            path,
            f"{system.title} · {NAME}",
            _description(system),
            crumbs,
            (*SCRIPTS, *(("clear.js",) if phased else ())),
        ),
        title=system.title,
        family=(system.family_title,) if system.family_title else (),
        summary=(rich(system.summary),) if system.summary else (),
        asked=(f"No. {system.interview.rank} in interviews: {system.interview.remark}",) if system.interview else (),
        chips=_chips(system, root),
        compare=_compare(system, catalog, root),
        ordered=(links.Link("Read in the order of an interview (CLEAR)", f"#{ORDER}"),) if phased else (),
        practice=practice_link(system),
        facts=tuple(
            SystemFact(prose.figure(figures[name]), figures[name].label) for name in system.headline if name in figures
        ),
        drawings=drawings_of(system, catalog, read),
        problem=optional_section("problem", "Problem", tuple(map(rich, system.problem))),
        requirements=optional_section("requirements", "Requirements", tuple(map(rich, system.requirements.functional))),
        targets=optional_section(
            "targets",
            "Qualities and targets",
            tuple(QualityTarget(rich(quality.name), rich(quality.target)) for quality in system.requirements.qualities),
        ),
        budget=(Section("budget", "Latency budget", budget_bar(system.budget, figures)),) if system.budget else (),
        estimate=optional_section("estimate", "Scale estimate", row_groups(system.estimate, figures)),
        depth=depth(system, texts),
        decisions=_decisions(system, rich),
        failures=_failures(system, rich),
        metrics=optional_section("metrics", "Metrics", _metrics(system, figures)),
        blocks=optional_section("blocks", "Building blocks", _blocks(system, catalog, root)),
        sources=optional_section("sources", "Sources", references(system, texts)),
        listing=optional_section("source", "Python source", listing(system)),
        beside=beside(system, catalog.systems),
        data=data_block(subject_data(system, catalog)),
    )


def _description(system: System) -> str:
    if system.summary:
        return summary_text(system)
    drawings = ", ".join(view.title for view in system.views)
    return f"{system.title}: {drawings}"


def _chips(system: System, root: str) -> tuple[links.Link, ...]:
    """Link every tag to the systems that share it."""
    tags = (*system.tags.task, *system.tags.pattern, *system.tags.data)
    return tuple(links.Link(tag, f"{root}{links.INDEX}#{links.query(tag=tag)}") for tag in tags)


def _compare(system: System, catalog: Catalog, root: str) -> tuple[links.Link, ...]:
    """Offer the comparison, where there is another system and something to compare."""
    if len(catalog.systems) < 2 or not system.family:  # noqa: PLR2004  this one and another
        return ()
    return (links.Link("Compare with another system", f"{root}{links.COMPARE}#{links.query(a=system.slug)}"),)


def _blocks(system: System, catalog: Catalog, root: str) -> tuple[BlockEntry, ...]:
    """List the building blocks of a system, with the places in its drawings that they name."""
    here = [use for use in catalog.block_uses if use.place.subject is system]
    titles = {one.slug: one.title for one in system.building_blocks} | {use.block.slug: use.block.title for use in here}
    pages = {block.slug: f"{root}{links.page_of(block)}" for block in catalog.blocks}
    return tuple(
        BlockEntry(
            linked=(links.Link(title, pages[slug]),) if slug in pages else (),
            unlinked=() if slug in pages else (title,),
            uses=tuple(
                (_within_page(use), prose.to_text(use.how, quantities_by_name(use.block)))
                for use in here
                if use.block.slug == slug
            ),
        )
        for slug, title in titles.items()
    )


def _within_page(use: BlockUse) -> links.Link:
    """Link to a place in the drawings of the page that says so."""
    view, node = use.place.view, use.place.node
    if view is None:
        return links.Link("Drawings", "#drawings")
    text = f"{view.title}: {node.name}" if node else view.title
    return links.Link(text, f"#{links.state(view.slug, node=node.id if node else '')}")


def _decisions(system: System, rich: Callable[[str], Markup]) -> tuple[Section[Table], ...]:
    """List what was chosen; the column of reasons is there where an author gives some."""
    reasons = any(one.why for one in system.decisions)
    heads = ("Chosen", *(("Why",) if reasons else ()), "Rejected", "Revisit when")
    rows = tuple(
        (
            _anchored(links.decision(number), rich(one.chosen)),
            *((rich(one.why),) if reasons else ()),
            Markup("<br>").join(map(rich, one.rejected)),
            rich(one.revisit_when),
        )
        for number, one in enumerate(system.decisions)
    )
    return (Section("decisions", "Decisions", Table(heads, rows)),) if rows else ()


def _failures(system: System, rich: Callable[[str], Markup]) -> tuple[Section[Table], ...]:
    rows = tuple(
        (_anchored(links.failure(number), rich(one.failure)), rich(one.detection), rich(one.response))
        for number, one in enumerate(system.failures)
    )
    heads = ("Failure", "Detection", "Response")
    return (Section("failures", "Failure modes", Table(heads, rows)),) if rows else ()


def _anchored(name: str, text: Markup) -> Markup:
    """Give a text an id, so that it can be linked to."""
    return Markup('<span id="{}">{}</span>').format(name, text)


def _metrics(system: System, figures: Mapping[str, Quantity]) -> tuple[MetricList, ...]:
    lists = (
        ("Offline", system.metrics.offline),
        ("Online", system.metrics.online),
        ("Guardrails", system.metrics.guardrail),
    )
    return tuple(
        MetricList(title, tuple(prose.to_html(item, figures) for item in items)) for title, items in lists if items
    )
