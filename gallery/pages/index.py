"""The index: a card for every system and every building block, and what it can be found by."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from archfolio.gallery import links, prose
from archfolio.gallery.catalog import quantities_by_name
from archfolio.gallery.pages.estimate import with_unit
from archfolio.gallery.pages.json_script import data_block
from archfolio.gallery.pages.page_frame import NAME, PageFrame
from archfolio.gallery.plural import plural
from archfolio.gallery.svg import thumbnail
from archfolio.gallery.words import word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archfolio.gallery.catalog import Catalog, GroupHeading
    from archfolio.gallery.manifest import BuildingBlock, Subject, System

_SCRIPTS = ("state.js", "filter.js")
_UNRANKED = 10_000
_SEEN_FIRST = 3  # cards of the first row


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """The picture on a card."""

    href: str
    width: int
    height: int
    loading: str  # "eager" for what is seen first, else "lazy"


@dataclass(frozen=True, slots=True)
class IndexCard:
    """A subject at a glance, and the values that it is filtered and sorted by."""

    slug: str
    title: str
    href: str
    thumbnail: tuple[Thumbnail, ...]
    summary: tuple[str, ...]
    facts: tuple[Fact, ...]
    remarks: tuple[str, ...]
    tags: str  # as a JSON list, for scripts
    place: int
    asked: int


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure and what it is."""

    figure: str
    label: str


@dataclass(frozen=True, slots=True)
class Family:
    """Subjects of one kind, under their heading."""

    id: str
    title: str
    count: int
    cards: tuple[IndexCard, ...]


@dataclass(frozen=True, slots=True)
class FilterTag:
    """A word that systems share, and how many do."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """Tags of one sort."""

    id: str
    title: str
    tags: tuple[FilterTag, ...]


@dataclass(frozen=True, slots=True)
class Filters:
    """The box of tags to choose from."""

    facets: tuple[Facet, ...]


@dataclass(frozen=True, slots=True)
class IndexPage:
    """Everything that the index prints."""

    template: ClassVar[str] = "index.html"

    frame: PageFrame
    title: str
    lead: str
    families: tuple[Family, ...]
    filters: tuple[Filters, ...]  # none where nothing has a tag
    sorts: tuple[links.Link, ...]  # text and value
    empty: tuple[str, ...]


def index_page(catalog: Catalog) -> IndexPage:
    """Compute the index."""
    systems = catalog.systems
    drawings = sum(len(subject.views) for subject in catalog.architectures)
    kinds = [plural(len(systems), "system")]
    kinds += [plural(len(catalog.blocks), "building block")] if catalog.blocks else []
    counts = ", ".join([*kinds, plural(drawings, "drawing")])
    site = catalog.manifest.site
    return IndexPage(
        frame=PageFrame(
            links.INDEX,
            site.title or f"{NAME}: machine-learning system architectures as code",
            f"{site.lead or 'Architectures of machine-learning systems, drawn from Python'}: {counts}.",
            scripts=_SCRIPTS,
        ),
        title=site.title or word("Architectures of machine-learning systems"),
        lead=site.lead or f"{counts}, each drawn from Python, with its figures, decisions and failure modes.",
        families=(
            *(_family(catalog.heading(group[0]), group, first=not at) for at, group in enumerate(catalog.families)),
            *(_blocks(catalog.blocks) for _ in catalog.blocks[:1]),
        ),
        filters=tuple(Filters(facets) for facets in [_facets(catalog)] if facets),
        sorts=_sorts(catalog),
        empty=() if systems else ("There is no system here yet. `archfolio new` begins one.",),
    )


def _family(heading: GroupHeading, group: Sequence[System], *, first: bool) -> Family:
    return Family(
        heading.id,
        heading.title,
        len(group),
        tuple(_system_card(system, seen=first and at < _SEEN_FIRST) for at, system in enumerate(group)),
    )


def _blocks(blocks: Sequence[BuildingBlock]) -> Family:
    return Family("blocks", "Building blocks", len(blocks), tuple(map(_block_card, blocks)))


def _block_card(block: BuildingBlock) -> IndexCard:
    calculators = (plural(len(block.calculators), "calculator"),) if block.calculators else ()
    return _card(block, _facts(block), calculators, seen=False)


def _system_card(system: System, *, seen: bool) -> IndexCard:
    facts = _facts(system)
    if system.budget:
        facts.append(Fact(with_unit(system.budget.promise, system.budget.unit), "Latency promise"))
    rank = (f"No. {system.interview.rank} in interviews",) if system.interview else ()
    tags = (*system.tags.task, *system.tags.pattern, *system.tags.data)
    asked = system.interview.rank if system.interview else _UNRANKED
    return _card(system, facts, rank, tags, asked, seen=seen)


def _card(
    subject: Subject,
    facts: Sequence[Fact],
    remarks: Sequence[str],
    tags: Sequence[str] = (),
    asked: int = _UNRANKED,
    *,
    seen: bool,
) -> IndexCard:
    return IndexCard(
        slug=subject.slug,
        title=subject.title,
        href=links.page_of(subject),
        thumbnail=tuple(_thumbnail(subject, seen=seen) for _ in subject.views[:1]),
        summary=(prose.to_text(subject.summary, quantities_by_name(subject)),) if subject.summary else (),
        facts=tuple(facts),
        remarks=(*remarks, plural(len(subject.views), "drawing")),
        tags=str(data_block(list(tags))),
        place=subject.position,
        asked=asked,
    )


def _facts(subject: Subject) -> list[Fact]:
    figures = quantities_by_name(subject)
    return [Fact(figures[name].shown, figures[name].label) for name in subject.headline if name in figures][:2]


def _thumbnail(subject: Subject, *, seen: bool) -> Thumbnail:
    return Thumbnail(
        links.address(links.thumbnail_path(subject.slug)),
        thumbnail.WIDTH,
        thumbnail.HEIGHT,
        "eager" if seen else "lazy",
    )


def _facets(catalog: Catalog) -> tuple[Facet, ...]:
    systems = catalog.systems
    facets = (
        ("Task", Counter(tag for system in systems for tag in system.tags.task)),
        ("Pattern", Counter(tag for system in systems for tag in system.tags.pattern)),
        ("Data", Counter(tag for system in systems for tag in system.tags.data)),
    )
    return tuple(
        Facet(f"facet-{title.lower()}", title, tuple(FilterTag(name, count) for name, count in sorted(tags.items())))
        for title, tags in facets
        if tags
    )


def _sorts(catalog: Catalog) -> tuple[links.Link, ...]:
    sorts = [links.Link("Guide order", "place")]
    if any(system.interview for system in catalog.systems):
        sorts.append(links.Link("Asked most often", "asked"))
    return (*sorts, links.Link("Name", "title"))
