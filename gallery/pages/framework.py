"""The page of the interview's framework: its lanes, a checklist for each phase, and the systems in its order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from archfolio.gallery import links
from archfolio.gallery.catalog import summary_text
from archfolio.gallery.pages.beside import Beside, beside
from archfolio.gallery.pages.check_lines import CheckLine, check_lines
from archfolio.gallery.pages.drawings import SCRIPTS, PageDrawings, drawings_of
from archfolio.gallery.pages.interview_lists import HUB, STYLES
from archfolio.gallery.pages.json_script import data_block
from archfolio.gallery.pages.page_frame import NAME, PageFrame
from archfolio.gallery.pages.references import Reference, references
from archfolio.gallery.pages.section import Section, optional_section
from archfolio.gallery.pages.source import Listing, listing
from archfolio.gallery.pages.subject_json import subject_data
from archfolio.gallery.pages.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from markupsafe import Markup

    from archfolio.gallery.catalog import Catalog
    from archfolio.gallery.manifest import InterviewFramework, System
    from archfolio.gallery.sections import FrameworkPhase

ORDER = "order=clear"  # the fragment with which a system's page is read in the framework's order


@dataclass(frozen=True, slots=True)
class PhaseEntry:
    """A phase: its minutes, what it is for, what it leaves, its checklist and its trap."""

    id: str
    letter: str
    name: str
    from_to: str
    usual: str
    purpose: Markup
    artefact: str
    checklist: tuple[CheckLine, ...]
    trap: Markup


@dataclass(frozen=True, slots=True)
class FrameworkPage:
    """Everything that the page prints. What may be absent is a tuple of none or one."""

    template: ClassVar[str] = "framework.html"
    noun: ClassVar[str] = "page"

    frame: PageFrame
    slug: str
    title: str
    summary: tuple[Markup, ...]
    problem: tuple[Markup, ...]
    drawings: PageDrawings
    phases: tuple[PhaseEntry, ...]
    systems: tuple[links.Link, ...]
    sources: tuple[Section[tuple[Reference, ...]], ...]
    listing: tuple[Section[Listing], ...]
    beside: Beside
    data: Markup

    @property
    def outline(self) -> tuple[links.Link, ...]:
        """The headings of the page, in reading order."""
        return (
            links.Link("Drawing", "#drawings"),
            *(links.Link(f"{phase.letter}  {phase.name}", f"#{phase.id}") for phase in self.phases),
            links.Link("Systems in this order", "#systems"),
            *(links.Link(section.title, f"#{section.id}") for section in (*self.sources, *self.listing)),
        )


def framework_page(framework: InterviewFramework, catalog: Catalog, read: Callable[[str], str]) -> FrameworkPage:
    """Compute the page; `read` gives the text of a file that the manifest names."""
    texts = Texts(framework, catalog)
    path = links.page_of(framework)
    root = links.root(path)
    crumbs = (links.Link(HUB.text, f"{root}{HUB.href}"), links.Link(framework.title, ""))
    scripts = (*SCRIPTS, "checklist.js")
    return FrameworkPage(
        frame=PageFrame(path, f"{framework.title} · {NAME}", summary_text(framework), crumbs, scripts, STYLES),
        slug=framework.slug,
        title=framework.title,
        summary=(texts.html(framework.summary),) if framework.summary else (),
        problem=tuple(map(texts.html, framework.problem)),
        drawings=drawings_of(framework, catalog, read),
        phases=tuple(_phase(phase, texts) for phase in framework.phases),
        systems=tuple(_link(system, root) for system in catalog.systems if system.family),
        sources=optional_section("sources", "Sources", references(framework, texts)),
        listing=optional_section("source", "Python source", listing(framework)),
        beside=beside(framework, (*catalog.frameworks, *catalog.company_guides)),
        data=data_block(subject_data(framework, catalog)),
    )


def _link(system: System, root: str) -> links.Link:
    return links.Link(system.title, f"{root}{links.page_of(system)}#{ORDER}")


def _phase(phase: FrameworkPhase, texts: Texts) -> PhaseEntry:
    return PhaseEntry(
        id=f"phase-{phase.letter.lower()}",
        letter=phase.letter,
        name=phase.name,
        from_to=f"minutes {phase.start} to {phase.end}",
        usual=f"{phase.minutes} minutes",
        purpose=texts.html(phase.purpose),
        artefact=phase.artefact.lower(),
        checklist=check_lines(phase.checklist, texts),
        trap=texts.html(phase.trap),
    )
