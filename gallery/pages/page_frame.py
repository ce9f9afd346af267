"""What every page has around its content."""

from __future__ import annotations

from dataclasses import dataclass

from archfolio.gallery import links

NAME = "archfolio"


@dataclass(frozen=True, slots=True)
class CurrentPage:
    """An entry of the main navigation."""

    text: str
    href: str
    current: str  # value of aria-current: "page", "true" for a page below it, or "false"


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

    @property
    def places(self) -> tuple[CurrentPage, ...]:
        """The main navigation, as seen from this page."""
        return tuple(
            CurrentPage(text, f"{self.root}{path}", _current(self.path, path, below))
            for text, path, below in (
                ("Systems", links.INDEX, "systems/"),
                ("Components", links.COMPONENTS, "components/"),
                ("Compare", links.COMPARE, "compare/"),
            )
        )


def _current(path: str, entry: str, below: str) -> str:
    if path == entry:
        return "page"
    return "true" if path.startswith(below) else "false"
