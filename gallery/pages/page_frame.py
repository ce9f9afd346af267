"""What every page has around its content."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archfolio.gallery import links
from archfolio.gallery.chrome import NAME
from archfolio.gallery.practice.ladder import has_practice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archfolio.gallery.catalog import Catalog

__all__ = ["NAME", "NavigationEntry", "NavigationLink", "PageFrame", "navigation"]


@dataclass(frozen=True, slots=True)
class NavigationLink:
    """An entry of the main navigation, as seen from a page."""

    text: str
    href: str
    current: str  # value of aria-current: "page", "true" for a page below it, or "false"


@dataclass(frozen=True, slots=True)
class NavigationEntry:
    """A page of the main navigation, and how the paths of pages begin that belong to it."""

    text: str
    path: str
    below: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageFrame:
    """A page's address, head and way back."""

    path: str
    title: str  # of the window
    description: str
    crumbs: tuple[links.Link, ...] = ()
    scripts: tuple[str, ...] = ()  # names in static/, in the order in which they build on each other
    styles: tuple[str, ...] = ()

    @property
    def root(self) -> str:
        """The way from this page to the folder of the site."""
        return links.root(self.path)

    def places(self, entries: Sequence[NavigationEntry]) -> tuple[NavigationLink, ...]:
        """Return the main navigation, as seen from this page."""
        return tuple(
            NavigationLink(entry.text, f"{self.root}{entry.path}", _current(self.path, entry)) for entry in entries
        )


def navigation(catalog: Catalog) -> tuple[NavigationEntry, ...]:
    """List the entries of the main navigation: those of which there is something to see."""
    interview = ("interview/", "questions", "mistakes", "mocks")
    practised = any(map(has_practice, catalog.subjects))
    study = (links.PATHS, links.REFERENCE, links.SOURCES, links.CONTENTS, "study/")
    return (
        NavigationEntry("Systems", links.INDEX, ("systems/",)),
        *((NavigationEntry("Blocks", f"{links.INDEX}#{links.BLOCKS}", ("blocks/",)),) if catalog.blocks else ()),
        NavigationEntry("Components", links.COMPONENTS, ("components/",)),
        NavigationEntry("Compare", links.COMPARE, ("compare/",)),
        *((NavigationEntry("Interview", links.INTERVIEW, interview),) if catalog.interview else ()),
        *((NavigationEntry("Study", links.STUDY, study),) if catalog.manifest.study else ()),
        *((NavigationEntry("Practice", links.PRACTICE, ("practice/",)),) if practised else ()),
    )


def _current(path: str, entry: NavigationEntry) -> str:
    if path == entry.path:
        return "page"
    return "true" if path.startswith(entry.below) else "false"
