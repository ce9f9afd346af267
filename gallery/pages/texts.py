"""The texts of one subject as HTML: with its figures, and with links to what they name in drawings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from archfolio.gallery import links, prose
from archfolio.gallery.catalog import quantities_by_name
from archfolio.gallery.drawn_places import find_drawn
from archfolio.gallery.manifest import System

if TYPE_CHECKING:
    from archfolio.gallery.catalog import Catalog
    from archfolio.gallery.manifest import Subject
    from archfolio.gallery.sections import Place

_ARROW = "\u2192"


class Texts:
    """Writes texts of one subject, with its figures and with links into its drawings and those of others."""

    def __init__(self, subject: Subject, catalog: Catalog) -> None:
        """Write for the page of a subject."""
        self._subject, self._catalog = subject, catalog
        self._root = links.root(links.page_of(subject))
        self._titles = {view.slug: view.title for view in subject.views}
        self.figures = quantities_by_name(subject)

    def html(self, text: str) -> Markup:
        """Write a text with its figures, as elements that the page can recompute."""
        return prose.to_html(text, self.figures)

    def link(self, place: Place) -> Markup:
        """Link to what a text points to; what is not drawn is named without a link."""
        if place.decision is not None and isinstance(self._subject, System):
            chosen = self.html(self._subject.decisions[place.decision].chosen)
            return Markup('<a href="#decisions">Decision: {}</a>').format(chosen)
        if not place.view:
            return self.link_to(place.text)
        title = self._titles.get(place.view, place.view)
        inside = place.text.partition("/")[2].strip().replace("->", _ARROW)
        text = f"{title}: {inside}" if inside else title
        return Markup('<a href="#{}">{}</a>').format(links.state(place.view, node=place.node), text)

    def link_to(self, text: str) -> Markup:
        """Link to what "system/view/Node" names; what is not drawn is named without a link."""
        place = find_drawn(text, self._catalog.subjects)
        if place is None:
            return Markup("{}").format(text)
        return Markup('<a href="{}{}">{}</a>').format(self._root, place.href, place.title)
