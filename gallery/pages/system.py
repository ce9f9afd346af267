"""The page of one system: its view model, computed from the manifest."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, ClassVar

from markupsafe import Markup

from archfolio.gallery import links, prose
from archfolio.gallery.catalog import quantities_by_name, summary_text, svg_path
from archfolio.gallery.pages.depth import Depth, Table, depth
from archfolio.gallery.pages.estimate import BudgetBar, RowGroup, budget_bar, row_groups
from archfolio.gallery.pages.json_script import data_block
from archfolio.gallery.pages.page_frame import NAME, PageFrame
from archfolio.gallery.pages.section import Section, optional_section
from archfolio.gallery.pages.source import Listing, listing
from archfolio.gallery.pages.system_json import system_data
from archfolio.gallery.pages.view import ViewSection, view_section
from archfolio.gallery.svg.figures import quotes
from archfolio.gallery.svg.inline import inline, sprite

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from archfolio.gallery.catalog import Catalog
    from archfolio.gallery.manifest import System
    from archfolio.gallery.sections import Quantity

SCRIPTS = (
    "state.js",
    "tabs.js",
    "copy.js",
    "views.js",
    "figures.js",
    "formula.js",
    "read-figure.js",
    "estimate.js",
    "budget.js",
    "whatif.js",
    "camera.js",
    "viewer.js",
    "highlight.js",
    "walk.js",
    "panel.js",
    "picture.js",
    "walkthrough.js",
)


@dataclass(frozen=True, slots=True)
class SystemFact:
    """A figure and what it is."""

    figure: Markup
    label: str


@dataclass(frozen=True, slots=True)
class EmbedTarget:
    """A quality and its target."""

    name: Markup
    target: Markup


@dataclass(frozen=True, slots=True)
class MetricList:
    """One of the three lists of metrics."""

    title: str
    items: tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """A source, in the parts that are set differently: linked where its address is one of the web."""

    linked: tuple[links.Link, ...]
    unlinked: tuple[str, ...]
    where: str
    used_for: Markup


@dataclass(frozen=True, slots=True)
class SystemPage:
    """Everything that a system's page prints. What may be absent is a tuple of none or one."""

    template: ClassVar[str] = "system.html"

    frame: PageFrame
    title: str
    family: tuple[str, ...]
    summary: tuple[Markup, ...]
    asked: tuple[str, ...]
    chips: tuple[links.Link, ...]
    compare: tuple[links.Link, ...]
    facts: tuple[SystemFact, ...]
    sprite: Markup
    views: tuple[ViewSection, ...]
    problem: tuple[Section[tuple[Markup, ...]], ...]
    requirements: tuple[Section[tuple[Markup, ...]], ...]
    targets: tuple[Section[tuple[EmbedTarget, ...]], ...]
    budget: tuple[Section[BudgetBar], ...]
    estimate: tuple[Section[tuple[RowGroup, ...]], ...]
    depth: Depth
    decisions: tuple[Section[Table], ...]
    failures: tuple[Section[Table], ...]
    metrics: tuple[Section[tuple[MetricList, ...]], ...]
    blocks: tuple[Section[tuple[str, ...]], ...]
    sources: tuple[Section[tuple[Reference, ...]], ...]
    listing: tuple[Section[Listing], ...]
    previous: tuple[links.Link, ...]
    following: tuple[links.Link, ...]
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

    @property
    def view_links(self) -> tuple[links.Link, ...]:
        """The views, to choose one."""
        return tuple(links.Link(view.title, f"#{view.id}") for view in self.views)


def system_page(system: System, catalog: Catalog, read: Callable[[str], str]) -> SystemPage:
    """Compute the page of a system.

    `read` gives the text of a file that the manifest names.
    """
    figures = quantities_by_name(system)
    path = links.system(system.slug)
    root = links.root(path)
    crumbs = (links.Link("Systems", f"{root}{links.INDEX}"), links.Link(system.title, ""))
    drawings = tuple(
        inline(read(svg_path(view)), prefix=view.slug, label=view.alt or view.title, quoted=quotes(view, figures))
        for view in system.views
    )
    previous, following = _beside(system, catalog)

    def rich(text: str) -> Markup:
        return prose.to_html(text, figures)

    return SystemPage(
        frame=PageFrame(path, f"{system.title} · {NAME}", _description(system), crumbs, SCRIPTS),
        title=system.title,
        family=(system.family_title,) if system.family_title else (),
        summary=(rich(system.summary),) if system.summary else (),
        asked=(f"No. {system.interview.rank} in interviews: {system.interview.remark}",) if system.interview else (),
        chips=_chips(system, root),
        compare=_compare(system, catalog, root),
        facts=tuple(
            SystemFact(prose.figure(figures[name]), figures[name].label) for name in system.headline if name in figures
        ),
        sprite=sprite(drawings),
        views=tuple(
            view_section(system, view, drawing, catalog.components, root)
            for view, drawing in zip(system.views, drawings, strict=True)
        ),
        problem=optional_section("problem", "Problem", tuple(map(rich, system.problem))),
        requirements=optional_section("requirements", "Requirements", tuple(map(rich, system.requirements.functional))),
        targets=optional_section(
            "targets",
            "Qualities and targets",
            tuple(EmbedTarget(rich(quality.name), rich(quality.target)) for quality in system.requirements.qualities),
        ),
        budget=(Section("budget", "Latency budget", budget_bar(system.budget, figures)),) if system.budget else (),
        estimate=optional_section("estimate", "Scale estimate", row_groups(system, figures)),
        depth=depth(system, figures),
        decisions=_decisions(system, rich),
        failures=_failures(system, rich),
        metrics=optional_section("metrics", "Metrics", _metrics(system, figures)),
        blocks=optional_section("blocks", "Building blocks", tuple(block.title for block in system.building_blocks)),
        sources=optional_section("sources", "Sources", _references(system, figures)),
        listing=optional_section("source", "Python source", listing(system)),
        previous=previous,
        following=following,
        data=data_block(system_data(system, catalog)),
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
    if len(catalog.systems) < 2 or not system.family:  # noqa: PLR2004
        return ()
    return (links.Link("Compare with another system", f"{root}{links.COMPARE}#{links.query(a=system.slug)}"),)


def _beside(system: System, catalog: Catalog) -> tuple[tuple[links.Link, ...], tuple[links.Link, ...]]:
    """Link the systems before and after this one."""
    slugs = [other.slug for other in catalog.systems]
    here = slugs.index(system.slug)
    before, after = catalog.systems[:here][-1:], catalog.systems[here + 1 :][:1]
    root = links.root(links.system(system.slug))

    def linked(others: tuple[System, ...]) -> tuple[links.Link, ...]:
        return tuple(links.Link(other.title, f"{root}{links.system(other.slug)}") for other in others)

    return linked(before), linked(after)


def _decisions(system: System, rich: Callable[[str], Markup]) -> tuple[Section[Table], ...]:
    """List what was chosen; the column of reasons is there where an author gives some."""
    reasons = any(one.why for one in system.decisions)
    heads = ("Chosen", *(("Why",) if reasons else ()), "Rejected", "Revisit when")
    rows = tuple(
        (
            rich(one.chosen),
            *((rich(one.why),) if reasons else ()),
            Markup("<br>").join(map(rich, one.rejected)),
            rich(one.revisit_when),
        )
        for one in system.decisions
    )
    return (Section("decisions", "Decisions", Table(heads, rows)),) if rows else ()


def _failures(system: System, rich: Callable[[str], Markup]) -> tuple[Section[Table], ...]:
    rows = tuple((rich(one.failure), rich(one.detection), rich(one.response)) for one in system.failures)
    heads = ("Failure", "Detection", "Response")
    return (Section("failures", "Failure modes", Table(heads, rows)),) if rows else ()


def _metrics(system: System, figures: Mapping[str, Quantity]) -> tuple[MetricList, ...]:
    lists = (
        ("Offline", system.metrics.offline),
        ("Online", system.metrics.online),
        ("Guardrails", system.metrics.guardrail),
    )
    return tuple(
        MetricList(title, tuple(prose.to_html(item, figures) for item in items)) for title, items in lists if items
    )


def _references(system: System, figures: Mapping[str, Quantity]) -> tuple[Reference, ...]:
    references: list[Reference] = []
    for source in system.sources:
        url = links.web(source.url)
        references.append(
            Reference(
                linked=(links.Link(source.title, url),) if url else (),
                unlinked=() if url else (source.title,),
                where=", ".join(part for part in (source.authors, source.venue, str(source.year)) if part),
                used_for=prose.to_html(source.used_for, figures),
            )
        )
    return tuple(references)
