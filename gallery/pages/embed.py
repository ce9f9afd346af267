"""A drawing alone, for a frame in another page: no chrome, live, in the reader's theme; signs to those that moved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from archfolio.gallery import links, prose
from archfolio.gallery.catalog import quantities_by_name, svg_path
from archfolio.gallery.pages.json_script import data_block
from archfolio.gallery.pages.page_frame import PageFrame
from archfolio.gallery.practice.ladder import has_practice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markupsafe import Markup

    from archfolio.gallery.manifest import Manifest, Subject, View


@dataclass(frozen=True, slots=True)
class EmbedPage:
    """One drawing, filling its frame."""

    template: ClassVar[str] = "embed.html"

    frame: PageFrame
    name: str  # of the drawing, as its script has it
    script: str  # address of the script that holds it
    picture: str  # address of its file, shown where no script runs
    alt: str
    data: Markup  # the edges and sentence of each step
    home: str  # address of the drawing in the gallery
    home_text: str


@dataclass(frozen=True, slots=True)
class MovedPage:
    """A sign at an old address to the new one."""

    template: ClassVar[str] = "moved.html"

    frame: PageFrame
    href: str
    what: str  # has moved
    text: str


def embed_path(slug: str, view: str) -> str:
    """Return the path of the page for frames."""
    return f"embed/{slug}/{view}.html"


def embed_page(subject: Subject, view: View) -> EmbedPage:
    """Compute the page of one drawing. Raises ValueError where there is no SVG of it."""
    figures = quantities_by_name(subject)
    steps = [{"edges": step.edges, "sentence": prose.to_text(step.sentence, figures)} for step in view.steps]
    frame = PageFrame(embed_path(subject.slug, view.slug), f"{view.title}: {subject.title}", view.alt)
    return EmbedPage(
        frame,
        name=f"{subject.slug}/{view.slug}",
        script=f"{frame.root}{links.address(links.drawing_script(subject.slug, view.slug))}",
        picture=f"{frame.root}{links.address(svg_path(view))}",
        alt=view.alt or view.title,
        data=data_block(steps),
        home=f"{frame.root}{links.page_of(subject)}#{links.state(view.slug)}",
        home_text=f"{view.title} in the gallery",
    )


def moved_pages(manifest: Manifest) -> Iterator[MovedPage]:
    """Compute the signs for renamed views, and for subjects of which all views go by the name of one other now."""
    now = {subject.slug: subject for subject in manifest.subjects}
    leads: dict[str, set[str]] = {}
    for old, new in manifest.moved.items():
        here, there = (embed_path(*name.split("/", 1)) for name in (old, new))
        yield _sign(here, there, f"The drawing {old}", new)
        leads.setdefault(old.partition("/")[0], set()).add(new.partition("/")[0])
    for slug, slugs in leads.items():
        if slug not in now and len(slugs) == 1 and (subject := now.get(min(slugs))):
            yield _sign(links.page(subject.folder, slug), links.page_of(subject), f"The page {slug}", subject.title)
            for page in (links.practice, links.practice_sheet) if has_practice(subject) else ():
                yield _sign(page(slug), page(subject.slug), f"The practice of {slug}", subject.title)


def _sign(here: str, there: str, what: str, text: str) -> MovedPage:
    said = f"{what} is now {text}"
    frame = PageFrame(here, said, f"{said}.")
    return MovedPage(frame, f"{frame.root}{links.address(there)}", what, text)
