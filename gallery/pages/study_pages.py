"""Every page of the study part, where the gallery has one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archfolio.gallery.pages.cheat_sheet import cheat_sheet_page
from archfolio.gallery.pages.contents import contents_page
from archfolio.gallery.pages.paths import paths_page, takeaways_page
from archfolio.gallery.pages.reference import reference_page
from archfolio.gallery.pages.sources import sources_page
from archfolio.gallery.pages.study import study_page
from archfolio.gallery.pages.topic import topic_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archfolio.gallery.catalog import Catalog
    from archfolio.gallery.pages.page import Page


def study_pages(catalog: Catalog) -> Iterator[Page]:
    """Compute them: those that something is said for."""
    study = catalog.manifest.study
    if study is None:
        return
    pages = catalog.study_pages
    yield study_page(study, catalog)
    if "paths" in pages:
        yield paths_page(study, catalog)
    if "takeaways" in pages:
        yield takeaways_page(study, catalog)
    if "reference" in pages:
        yield reference_page(study, catalog)
    if "sources" in pages:
        yield sources_page(catalog)
    if "contents" in pages:
        yield contents_page(study, catalog)
    for kind, topics in (("Component", study.components), ("Principle", study.principles)):
        for topic in topics:
            yield topic_page(topic, kind, topics, catalog)
    for sheet in study.cheat_sheets:
        yield cheat_sheet_page(sheet, catalog)
