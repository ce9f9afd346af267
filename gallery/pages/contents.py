"""What the gallery covers: every entry of the guide that it follows, and its place here or why it has none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from archfolio.gallery import links
from archfolio.gallery.named_places import link_to
from archfolio.gallery.pages.page_frame import NAME, PageFrame

if TYPE_CHECKING:
    from archfolio.gallery.catalog import Catalog
    from archfolio.gallery.study import ContentsPart, Study


@dataclass(frozen=True, slots=True)
class ContentsRow:
    """A subject of the guide: where it is in this gallery, and a note, which says why where it is not."""

    title: str
    places: tuple[links.Link, ...]
    note: str


@dataclass(frozen=True, slots=True)
class ContentsTable:
    """The subjects of one part of the guide."""

    id: str
    title: str
    rows: tuple[ContentsRow, ...]


@dataclass(frozen=True, slots=True)
class ContentsPage:
    """Everything that the page prints."""

    template: ClassVar[str] = "contents.html"

    frame: PageFrame
    lead: str
    tables: tuple[ContentsTable, ...]


def contents_page(study: Study, catalog: Catalog) -> ContentsPage:
    """Compute the table of contents."""
    lead = "Every entry of the guide that this gallery follows, and of a book's review: where it is here, or why not."
    crumbs = (links.Link("Study", links.STUDY), links.Link("Contents", ""))
    return ContentsPage(
        frame=PageFrame(links.CONTENTS, f"Contents · {NAME}", lead, crumbs, styles=("study.css",)),
        lead=lead,
        tables=tuple(_table(number, part, catalog) for number, part in enumerate(study.contents, 1)),
    )


def _table(number: int, part: ContentsPart, catalog: Catalog) -> ContentsTable:
    rows = tuple(
        ContentsRow(entry.title, tuple(link for to in entry.to for link in link_to(to, catalog, "")), entry.note)
        for entry in part.entries
    )
    return ContentsTable(f"part-{number}", part.title, rows)
