"""All sources of all systems, each with what it was used for, to be narrowed by system, year and organisation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from archfolio.gallery import links, prose
from archfolio.gallery.catalog import quantities_by_name
from archfolio.gallery.pages.page_frame import NAME, PageFrame

if TYPE_CHECKING:
    from markupsafe import Markup

    from archfolio.gallery.catalog import Catalog
    from archfolio.gallery.manifest import Subject
    from archfolio.gallery.sections import Source

_NAMED = re.compile(r"\(([^()]+)\)$")  # "X. He et al. (Facebook)"
_PERSON = re.compile(r"\b[A-Z]\.|et al|,.* and ")
_NOW = {"Facebook": "Meta", "Facebook AI Research": "Meta", "Twitter": "X (Twitter)", "Amazon Web Services": "AWS"}
_NOBODY = "none named"


@dataclass(frozen=True, slots=True)
class SourceUse:
    """A system that uses a source, and what for."""

    system: links.Link
    used_for: Markup


@dataclass(frozen=True, slots=True)
class ListedSource:
    """A source: where it appeared, and what systems use it for."""

    linked: tuple[links.Link, ...]
    unlinked: tuple[str, ...]
    where: str
    year: str
    organisations: str  # joined by "|", for scripts
    systems: str  # slugs, joined by "|"
    uses: tuple[SourceUse, ...]


@dataclass(frozen=True, slots=True)
class SourcesOfYear:
    """Sources of one year."""

    year: str
    count: int
    sources: tuple[ListedSource, ...]


@dataclass(frozen=True, slots=True)
class SourcesPage:
    """Everything that the page prints."""

    template: ClassVar[str] = "sources.html"

    frame: PageFrame
    lead: str
    years: tuple[SourcesOfYear, ...]
    systems: tuple[links.Link, ...]  # text and value
    year_choices: tuple[links.Link, ...]
    organisations: tuple[links.Link, ...]


def sources_page(catalog: Catalog) -> SourcesPage:
    """Compute the page: newest first, within a year by title."""
    found: dict[str, list[tuple[Subject, Source]]] = {}
    for system in catalog.subjects:
        for source in system.sources:
            found.setdefault(source.url.rstrip("/"), []).append((system, source))
    listed = sorted(map(_listed, found.values()), key=lambda one: (-int(one.year), _title(one).casefold()))
    years = list(dict.fromkeys(one.year for one in listed))
    lead = f"Papers, documents and articles that facts and figures here come from, newest first: {len(listed)} in all."
    crumbs = (links.Link("Study", links.STUDY), links.Link("Sources", ""))
    names = sorted({name for one in listed for name in one.organisations.split("|")} - {_NOBODY}, key=str.casefold)
    return SourcesPage(
        frame=PageFrame(links.SOURCES, f"Sources · {NAME}", lead, crumbs, ("state.js", "narrow.js"), ("study.css",)),
        lead=lead,
        years=tuple(_of_year(year, listed) for year in years),
        systems=tuple(links.Link(system.title, system.slug) for system in catalog.subjects if system.sources),
        year_choices=tuple(links.Link(year, year) for year in years),
        organisations=tuple(links.Link(name, name) for name in [*names, _NOBODY]),
    )


def organisations(authors: str) -> tuple[str, ...]:
    """Return whose people wrote a source, as its authors say in brackets, or who is its author; none where neither is.

    >>> organisations("Q. N. Le, K. Kaehler (Roblox)"), organisations("NVIDIA"), organisations("A. Xu")
    (('Roblox',), ('NVIDIA',), ())
    """
    named = _NAMED.search(authors)
    if named:
        names = named[1].split(", ")
    elif _PERSON.search(authors):
        names = []
    else:
        names = re.split(r", | and ", authors)
    plain = (name.removesuffix(" Engineering").strip() for name in names)
    return tuple(dict.fromkeys(_NOW.get(name, name) for name in plain))


def _title(one: ListedSource) -> str:
    return next(iter(one.unlinked), "") or one.linked[0].text


def _of_year(year: str, listed: list[ListedSource]) -> SourcesOfYear:
    sources = tuple(one for one in listed if one.year == year)
    return SourcesOfYear(year, len(sources), sources)


def _listed(found: list[tuple[Subject, Source]]) -> ListedSource:
    _, source = found[0]
    url = links.web(source.url)
    return ListedSource(
        linked=(links.Link(source.title, url),) if url else (),
        unlinked=() if url else (source.title,),
        where=", ".join(part for part in (source.authors, source.venue) if part),
        year=str(source.year),
        organisations="|".join(organisations(source.authors)) or _NOBODY,
        systems="|".join(system.slug for system, _ in found),
        uses=tuple(
            SourceUse(
                links.Link(system.title, f"{links.page_of(system)}#sources"),
                prose.to_html(one.used_for, quantities_by_name(system)),
            )
            for system, one in found
        ),
    )
