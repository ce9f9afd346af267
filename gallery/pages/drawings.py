"""The drawings of a subject on its page: each in its viewer, and what they share once before all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archfolio.gallery import links
from archfolio.gallery.catalog import quantities_by_name, svg_path
from archfolio.gallery.pages.view import ViewSection, view_section
from archfolio.gallery.svg.figures import quotes
from archfolio.gallery.svg.inline import InlineDrawing, inline, sprite

if TYPE_CHECKING:
    from collections.abc import Callable

    from markupsafe import Markup

    from archfolio.gallery.catalog import Catalog
    from archfolio.gallery.manifest import Subject, View

SCRIPTS = (
    "load.js",
    "state.js",
    "tabs.js",
    "copy.js",
    "views.js",
    "figures.js",
    "formula.js",
    "read-figure.js",
    "estimate.js",
    "budget.js",
    "whatif.js",
    "camera.js",
    "viewer.js",
    "highlight.js",
    "walk.js",
    "panel.js",
    "picture.js",
    "walkthrough.js",
)
"""What makes drawings and figures move, in the order in which the files build on each other."""


@dataclass(frozen=True, slots=True)
class PageDrawings:
    """The drawings of a page."""

    sprite: Markup
    views: tuple[ViewSection, ...]

    @property
    def links(self) -> tuple[links.Link, ...]:
        """The views, to choose one."""
        return tuple(links.Link(view.title, f"#{view.id}") for view in self.views)


def taken_in(subject: Subject, view: View, read: Callable[[str], str]) -> InlineDrawing:
    """Take a drawing of a subject into a page, its figures bound by name.

    Raises ValueError for a drawing that cannot be taken into a page, and whatever `read` raises.
    """
    quoted = quotes(view, quantities_by_name(subject))
    return inline(read(svg_path(view)), prefix=view.slug, label=view.alt or view.title, quoted=quoted)


def drawings_of(subject: Subject, catalog: Catalog, read: Callable[[str], str]) -> PageDrawings:
    """Take the drawings of a subject into its page; `read` gives the text of a file that the manifest names."""
    root = links.root(links.page_of(subject))
    taken = tuple(taken_in(subject, view, read) for view in subject.views)
    return PageDrawings(
        sprite(taken, catalog.icon_files, root),
        tuple(
            view_section(subject, view, drawing, catalog.components, root)
            for view, drawing in zip(subject.views, taken, strict=True)
        ),
    )
