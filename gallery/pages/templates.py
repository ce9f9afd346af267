"""Templates: they print what a view model has computed, and nothing else."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archfolio.gallery.pages.page import Page
    from archfolio.gallery.pages.page_frame import NavigationEntry


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("archfolio.gallery"),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def render_page(page: Page, entries: Sequence[NavigationEntry] = ()) -> bytes:
    """Print a page with its template; `entries` are those of the main navigation."""
    places = page.frame.places(entries)
    return _environment().get_template(page.template).render(page=page, frame=page.frame, places=places).encode()
