"""Where to begin: how the gallery can be used, and every page that is about all of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from archfolio.gallery import links
from archfolio.gallery.named_places import link_to
from archfolio.gallery.pages.page_frame import NAME, PageFrame
from archfolio.gallery.pages.section import Section, optional_section
from archfolio.gallery.plural import plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archfolio.gallery.catalog import Catalog
    from archfolio.gallery.study import Study, Topic


@dataclass(frozen=True, slots=True)
class WayToUse:
    """A way to use the gallery, and where it begins."""

    title: str
    text: str
    places: tuple[links.Link, ...]


@dataclass(frozen=True, slots=True)
class Signpost:
    """A page, and what is on it."""

    title: str
    href: str
    sentence: str


@dataclass(frozen=True, slots=True)
class StudyPage:
    """Everything that the page prints."""

    template: ClassVar[str] = "study.html"

    frame: PageFrame
    lead: str
    ways: tuple[Section[tuple[WayToUse, ...]], ...]
    lists: tuple[Section[tuple[Signpost, ...]], ...]


def study_page(study: Study, catalog: Catalog) -> StudyPage:
    """Compute the page that leads to all that one learns with."""
    return StudyPage(
        frame=PageFrame(links.STUDY, f"Study · {NAME}", study.sentence, styles=("study.css",)),
        lead=study.sentence,
        ways=optional_section(
            "ways",
            "How to use it",
            tuple(
                WayToUse(way.title, way.text, tuple(link for to in way.to for link in link_to(to, catalog, "")))
                for way in study.ways
            ),
        ),
        lists=(
            *optional_section("look-up", "To look up", _look_up(study, catalog)),
            *optional_section(
                "paths",
                "Paths",
                tuple(Signpost(path.title, f"{links.PATHS}#{path.slug}", path.sentence) for path in study.paths),
            ),
            *optional_section("components", "Components of an ML system", _topics(study.components)),
            *optional_section("principles", "Design principles", _topics(study.principles)),
        ),
    )


def _topics(topics: Sequence[Topic]) -> tuple[Signpost, ...]:
    return tuple(Signpost(topic.title, links.study(topic.slug), topic.sentence) for topic in topics)


def _look_up(study: Study, catalog: Catalog) -> tuple[Signpost, ...]:
    figures = plural(len(study.references), "dated constant")
    sources = len({source.url for system in catalog.subjects for source in system.sources})
    sentences = {
        "reference": f"{figures} with sources, the method, a calculator and {plural(len(study.drills), 'drill')}.",
        "takeaways": "A book's points on serving, pipelines, caching and monitoring, and where to see them.",
        "sources": f"Papers, documents and articles, each with what it was used for: {sources} in all.",
        "contents": "Every subject of the guide that this gallery follows, and where it is here.",
    }
    pages = catalog.study_pages
    sheets = (Signpost(pages[sheet.slug].text, pages[sheet.slug].href, sheet.sentence) for sheet in study.cheat_sheets)
    named = (Signpost(pages[name].text, pages[name].href, text) for name, text in sentences.items() if name in pages)
    return (*named, *sheets)
