"""The page of what companies publish about their interviews and the systems behind the questions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from markupsafe import Markup

from archfolio.gallery import links
from archfolio.gallery.catalog import summary_text
from archfolio.gallery.pages.beside import Beside, beside
from archfolio.gallery.pages.depth import Table
from archfolio.gallery.pages.interview_lists import HUB, STYLES
from archfolio.gallery.pages.page_frame import NAME, PageFrame
from archfolio.gallery.pages.references import Reference, references
from archfolio.gallery.pages.section import Section, optional_section
from archfolio.gallery.pages.source import Listing, listing
from archfolio.gallery.pages.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from archfolio.gallery.catalog import Catalog
    from archfolio.gallery.manifest import CompanyGuide
    from archfolio.gallery.sections import CompanyFact, Source

_NOTHING = Markup('<span class="quiet">no source here</span>')


@dataclass(frozen=True, slots=True)
class CompanyGuidePage:
    """Everything that the page prints. What may be absent is a tuple of none or one."""

    template: ClassVar[str] = "company.html"
    noun: ClassVar[str] = "page"

    frame: PageFrame
    title: str
    summary: tuple[Markup, ...]
    problem: tuple[Markup, ...]
    read_on: str
    left_out: Markup
    facts: Section[Table]
    sources: tuple[Section[tuple[Reference, ...]], ...]
    listing: tuple[Section[Listing], ...]
    beside: Beside


def company_guide_page(guide: CompanyGuide, catalog: Catalog, _: Callable[[str], str]) -> CompanyGuidePage:
    """Compute the page of the guide to companies' interviews."""
    texts = Texts(guide, catalog)
    path = links.page_of(guide)
    crumbs = (links.Link(HUB.text, f"{links.root(path)}{HUB.href}"), links.Link(guide.title, ""))
    sources = {source.url: source for source in guide.sources}
    rows = tuple(
        (
            texts.html(row.name),
            *(
                Markup("<br>").join(
                    _fact(fact, sources[fact.source], texts) for fact in row.facts if fact.company == name
                )
                or _NOTHING
                for name in guide.companies
            ),
        )
        for row in guide.dimensions
    )
    return CompanyGuidePage(
        frame=PageFrame(path, f"{guide.title} · {NAME}", summary_text(guide), crumbs, styles=STYLES),
        title=guide.title,
        summary=(texts.html(guide.summary),) if guide.summary else (),
        problem=tuple(map(texts.html, guide.problem)),
        read_on=guide.read_on,
        left_out=texts.html(guide.left_out),
        facts=Section("facts", "Side by side", Table(("Dimension", *guide.companies), rows)),
        sources=optional_section("sources", "Sources", references(guide, texts)),
        listing=optional_section("source", "Python source", listing(guide)),
        beside=beside(guide, (*catalog.frameworks, *catalog.company_guides)),
    )


def _fact(fact: CompanyFact, source: Source, texts: Texts) -> Markup:
    """Write a fact with its source and the drawings that show it."""
    cited = Markup('<a class="cited" href="{}" rel="noopener noreferrer external">{}</a>').format(
        links.web(source.url), f"{source.venue} {source.year}".replace(", read in", ", read")
    )
    shown = Markup("").join(Markup("<li>{}</li>").format(texts.link_to(where)) for where in fact.where)
    drawn = Markup('<ul class="shown">{}</ul>').format(shown) if fact.where else Markup()
    return Markup("{} ({}){}").format(texts.html(fact.text), cited, drawn)
