"""A component or a principle: the decisions, failure modes and boxes of all systems that are instances of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from archfolio.gallery import links, prose
from archfolio.gallery.catalog import quantities_by_name
from archfolio.gallery.named_places import place_named
from archfolio.gallery.pages.page_frame import NAME, PageFrame
from archfolio.gallery.plural import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markupsafe import Markup

    from archfolio.gallery.catalog import Catalog
    from archfolio.gallery.named_places import NamedPlace
    from archfolio.gallery.study import Topic


@dataclass(frozen=True, slots=True)
class ShownInstance:
    """A decision, a failure mode or a box: why it is an instance, and what its system says of it."""

    kind: str
    link: links.Link
    why: str
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of a system, under its heading."""

    heading: str
    text: Markup


@dataclass(frozen=True, slots=True)
class InstancesOf:
    """The instances in one system."""

    system: links.Link
    instances: tuple[ShownInstance, ...]


@dataclass(frozen=True, slots=True)
class TopicPage:
    """Everything that the page prints."""

    template: ClassVar[str] = "topic.html"

    frame: PageFrame
    title: str
    sentence: str
    text: tuple[str, ...]
    count: str
    systems: tuple[InstancesOf, ...]
    others: tuple[links.Link, ...]


def topic_page(topic: Topic, kind: str, topics: Sequence[Topic], catalog: Catalog) -> TopicPage:
    """Compute the page of a topic among those of its kind."""
    path = links.study(topic.slug)
    root = links.root(path)
    found: dict[str, list[ShownInstance]] = {}
    for instance in topic.instances:
        place = place_named(instance.of, catalog)
        if place is not None and place.system is not None:
            shown = _shown(place, instance.why, root)
            found.setdefault(place.system.slug, []).append(shown)
    count = sum(map(len, found.values()))
    return TopicPage(
        frame=PageFrame(
            path,
            f"{topic.title} · {NAME}",
            topic.sentence,
            (links.Link("Study", f"{root}{links.STUDY}"), links.Link(topic.title, "")),
            styles=("study.css",),
        ),
        title=topic.title,
        sentence=topic.sentence,
        text=tuple(topic.text),
        count=f"{kind}: {plural(count, 'place')} in {plural(len(found), 'system')}.",
        systems=tuple(
            InstancesOf(links.Link(system.title, f"{root}{links.page_of(system)}"), tuple(found[system.slug]))
            for system in catalog.subjects
            if system.slug in found
        ),
        others=tuple(
            links.Link(other.title, f"{root}{links.study(other.slug)}") for other in topics if other.slug != topic.slug
        ),
    )


def _shown(place: NamedPlace, why: str, root: str) -> ShownInstance:
    kind = "Decision" if place.decision else "Failure mode" if place.failure else "In the drawing"
    return ShownInstance(kind, links.Link(place.name, f"{root}{place.address}"), why, tuple(_said(place)))


def _said(place: NamedPlace) -> Iterator[Said]:
    figures = quantities_by_name(place.system) if place.system else {}
    pairs: tuple[tuple[str, str], ...] = ()
    if place.decision:
        pairs = (("Why", place.decision.why), ("Revisit when", place.decision.revisit_when))
    elif place.failure:
        pairs = (("Detection", place.failure.detection), ("Response", place.failure.response))
    for heading, text in pairs:
        if text:
            yield Said(heading, prose.to_html(text, figures))
    if place.node and (place.node.template or place.node.role):
        yield Said("Role", prose.role(place.node, figures))
