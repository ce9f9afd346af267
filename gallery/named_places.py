"""Places of the gallery by the names that study content has for them, and the links that lead there.

    feed-ranking                          a system, or whatever else has a page under its slug
    feed-ranking/serving                  a drawing
    feed-ranking/serving/Ranker           a box of it, by the first line of its label
    feed-ranking#estimate                 a section of its page
    feed-ranking decision: Pull from      a decision, by how it begins; so too "failure:"
    page:paths#beginner                   a page about all of the gallery, and a place on it
    page:practice/feed-ranking            the practice of a system

What is not there, or not yet, is no place: then the words stay words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archfolio.gallery import links, prose
from archfolio.gallery.catalog import quantities_by_name
from archfolio.gallery.drawn_places import find_node
from archfolio.gallery.manifest import System

if TYPE_CHECKING:
    from archfolio.gallery.catalog import Catalog
    from archfolio.gallery.manifest import Node, Subject, View
    from archfolio.gallery.sections import Decision, FailureMode

_SECTIONS = {
    "estimate": "Scale estimate",
    "budget": "Latency budget",
    "failures": "Failure modes",
    "follow-ups": "Follow-up questions",
    "interview-plan": "Plan for 45 minutes",
}
_RECORD = re.compile(r"(?P<slug>[\w.-]+) (?P<kind>decision|failure): (?P<beginning>.+)")


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place: what it is called, its address from the folder of the site, and the record that is there."""

    title: str
    address: str
    name: str = ""  # the title without its system
    system: Subject | None = None
    view: View | None = None
    node: Node | None = None
    decision: Decision | None = None
    failure: FailureMode | None = None


def place_named(text: str, catalog: Catalog) -> NamedPlace | None:
    """Return the place that a text names, or none."""
    if text.startswith("page:"):
        return _page(text.removeprefix("page:"), catalog)
    if record := _RECORD.fullmatch(text):
        return _record(record, catalog)
    path, _, section = text.partition("#")
    slug, _, rest = path.partition("/")
    system = catalog.by_slug.get(slug)
    if system is None:
        return None
    if rest:
        return _drawn(system, *rest.partition("/")[::2])
    home = links.page_of(system)
    if not section:
        return NamedPlace(system.title, home, system=system)
    heading = _SECTIONS.get(section, section.replace("-", " ").capitalize())
    return NamedPlace(f"{system.title} \u203a {heading}", f"{home}#{section}", system=system)


def _drawn(system: Subject, slug: str, name: str) -> NamedPlace | None:
    """Return a drawing, or the box of a name in it."""
    home = links.page_of(system)
    view = next((one for one in system.views if one.slug == slug), None)
    if view is None:
        return None
    if not name:
        return NamedPlace(
            f"{system.title} \u203a {view.title}", f"{home}#{links.state(slug)}", view.title, system, view
        )
    node = find_node(view, name)
    if node is None:
        return None
    title = f"{name} \u203a {system.title}, {view.title}"
    short = f"{node.name}, {view.title}"
    return NamedPlace(title, f"{home}#{links.state(slug, node=node.id)}", short, system, view, node)


def _record(named: re.Match[str], catalog: Catalog) -> NamedPlace | None:
    system = catalog.by_slug.get(named["slug"])
    if not isinstance(system, System):
        return None
    figures, home, beginning = quantities_by_name(system), links.page_of(system), named["beginning"]
    if named["kind"] == "decision":
        for number, decision in enumerate(system.decisions):
            if decision.chosen.startswith(beginning):
                name = prose.to_text(decision.chosen, figures)
                title = f"{name} \u203a {system.title}"
                return NamedPlace(title, f"{home}#{links.decision(number)}", name, system, decision=decision)
        return None
    for number, failure in enumerate(system.failures):
        if failure.failure.startswith(beginning):
            name = prose.to_text(failure.failure, figures).removesuffix(".")
            title = f"{name} \u203a {system.title}"
            return NamedPlace(title, f"{home}#{links.failure(number)}", name, system, failure=failure)
    return None


def _page(text: str, catalog: Catalog) -> NamedPlace | None:
    name, _, fragment = text.partition("#")
    if name.startswith("practice/"):
        subject = catalog.by_slug.get(name.removeprefix("practice/"))
        known = isinstance(subject, System) and (subject.decisions or subject.failures)
        return NamedPlace(f"Practice: {subject.title}", links.practice(subject.slug)) if subject and known else None
    page = catalog.study_pages.get(name)
    if page is None:
        return None
    if not fragment:
        return NamedPlace(page.text, page.href)
    return NamedPlace(catalog.study_places.get(f"{name}#{fragment}", page.text), f"{page.href}#{fragment}")


def link_to(text: str, catalog: Catalog, root: str) -> tuple[links.Link, ...]:
    """Link to the place that a text names, from a page whose way to the site's folder is `root`; nothing for none."""
    place = place_named(text, catalog)
    return (links.Link(place.title, f"{root}{place.address}"),) if place else ()
