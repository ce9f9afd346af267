"""A cheat sheet: a page of A4, also as SVG and PDF."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from archfolio.gallery import links
from archfolio.gallery.cheat_sheets import filled_sheet
from archfolio.gallery.pages.page_frame import NAME, PageFrame

if TYPE_CHECKING:
    from archfolio.gallery.catalog import Catalog
    from archfolio.gallery.cheat_sheets import FilledSheet
    from archfolio.gallery.study import CheatSheet


@dataclass(frozen=True, slots=True)
class CheatSheetPage:
    """Everything that the page prints."""

    template: ClassVar[str] = "cheat_sheet.html"

    frame: PageFrame
    sheet: FilledSheet
    files: tuple[links.Link, ...]
    others: tuple[links.Link, ...]


def cheat_sheet_page(sheet: CheatSheet, catalog: Catalog) -> CheatSheetPage:
    """Compute the page of one cheat sheet."""
    path = links.study(sheet.slug)
    root = links.root(path)
    study = catalog.manifest.study
    title = catalog.study_pages[sheet.slug].text
    return CheatSheetPage(
        frame=PageFrame(
            path,
            f"{title} · {NAME}",
            sheet.sentence,
            (links.Link("Study", f"{root}{links.STUDY}"), links.Link(title, "")),
            styles=("study.css",),
        ),
        sheet=filled_sheet(sheet, catalog),
        files=tuple(links.Link(form.upper(), f"{root}{links.sheet_file(sheet.slug, form)}") for form in ("svg", "pdf")),
        others=tuple(
            links.Link(other.title, f"{root}{links.study(other.slug)}")
            for other in (study.cheat_sheets if study else ())
            if other.slug != sheet.slug
        ),
    )
