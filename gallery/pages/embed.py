"""A drawing alone, for a frame in another page: no chrome, live, in the reader's theme; signs to those that moved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archfolio.gallery import links, prose
from archfolio.gallery.catalog import quantities_by_name, svg_path
from archfolio.gallery.pages.json_script import data_block
from archfolio.gallery.pages.page_frame import PageFrame
from archfolio.gallery.svg.inline import inline, sprite

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from markupsafe import Markup

    from archfolio.gallery.manifest import Subject, View


@dataclass(frozen=True, slots=True)
class EmbedPage:
    """One drawing, filling its frame."""

    frame: PageFrame
    drawing: Markup
    sprite: Markup
    data: Markup  # the edges and sentence of each step
    home: str  # address of the drawing in the gallery
    home_text: str
    template: str = "embed.html"


@dataclass(frozen=True, slots=True)
class MovedPage:
    """A sign at an old address to the new one."""

    frame: PageFrame
    href: str
    text: str
    template: str = "moved.html"


def embed_path(slug: str, view: str) -> str:
    """Return the path of the page for frames."""
    return f"embed/{slug}/{view}.html"


def embed_page(subject: Subject, view: View, read: Callable[[str], str]) -> EmbedPage:
    """Compute the page of one drawing; `read` gives the text of a drawing by its path.

    Raises ValueError for a drawing that cannot be taken into a page, and whatever `read` raises.
    """
    drawing = inline(read(svg_path(view)), prefix=view.slug, label=view.alt)
    figures = quantities_by_name(subject)
    steps = [{"edges": step.edges, "sentence": prose.to_text(step.sentence, figures)} for step in view.steps]
    frame = PageFrame(embed_path(subject.slug, view.slug), f"{view.title}: {subject.title}", view.alt)
    home = f"{frame.root}{links.page_of(subject)}#{links.state(view.slug)}"
    return EmbedPage(frame, drawing.markup, sprite([drawing]), data_block(steps), home, f"{view.title} in the gallery")


def moved_pages(moved: Mapping[str, str]) -> Iterator[MovedPage]:
    """Compute the signs for renamed views; `moved` leads from an old name, "SYSTEM/VIEW", to the new one."""
    for old, new in moved.items():
        here, there = (embed_path(*name.split("/", 1)) for name in (old, new))
        frame = PageFrame(here, f"{old} is now {new}", f"The drawing {old} is now {new}.")
        yield MovedPage(frame, f"{frame.root}{links.address(there)}", new)
