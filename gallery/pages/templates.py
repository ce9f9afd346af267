"""Templates: they print what a view model has computed, and nothing else."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined

if TYPE_CHECKING:
    from archfolio.gallery.pages.page import Page


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


def render_page(page: Page) -> bytes:
    """Print a page with its template."""
    return _environment().get_template(page.template).render(page=page, frame=page.frame).encode()
