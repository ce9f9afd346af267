"""The page for an address that leads nowhere. It may be served from any depth, so it carries its style and script."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from markupsafe import Markup

from archfolio.gallery import links
from archfolio.gallery.pages.json_script import data_block
from archfolio.gallery.pages.page_frame import NAME, PageFrame

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archfolio.gallery.catalog import Catalog
    from archfolio.gallery.chrome import Chrome


@dataclass(frozen=True, slots=True)
class NotFoundPage:
    """Everything that the page prints."""

    template: ClassVar[str] = "404.html"

    frame: PageFrame
    style: Markup
    script: Markup
    script_hash: str
    pages: tuple[links.Link, ...]
    data: Markup


def not_found_page(catalog: Catalog, static: Mapping[str, bytes], chrome: Chrome) -> NotFoundPage:
    """Compute the page. Its own script is allowed by its hash."""
    script = static["not-found.js"]
    style = static["tokens.css"] + static["not-found.css"] + chrome.style().encode()
    pages = [links.Link("Systems", links.INDEX), links.Link("Components", links.COMPONENTS)]
    known = [
        *(links.Link(subject.title, links.page_of(subject)) for subject in catalog.subjects),
        *(links.Link(part.title, links.component(key)) for key, part in catalog.components.items()),
        *catalog.study_pages.values(),
    ]
    return NotFoundPage(
        frame=PageFrame(links.NOT_FOUND, f"Not found · {NAME}", "There is no page at this address."),
        style=Markup(style.decode()),  # noqa: S704  our own file
        script=Markup(script.decode()),  # noqa: S704  our own file
        script_hash=base64.b64encode(hashlib.sha256(script).digest()).decode(),
        pages=tuple(pages),
        data=data_block([[link.text, link.href] for link in known]),
    )
