"""The index of technologies and concepts, and the page of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from archfolio.gallery import links, prose
from archfolio.gallery.catalog import provider_title, quantities_by_name
from archfolio.gallery.manifest import System
from archfolio.gallery.pages.page_frame import NAME, PageFrame
from archfolio.gallery.plural import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markupsafe import Markup

    from archfolio.gallery.catalog import Catalog, Use
    from archfolio.gallery.manifest import Component

_MOST_NEIGHBOURS = 12


@dataclass(frozen=True, slots=True)
class ComponentPicture:
    """A small picture, and whether it needs a plate on the light ground, the dark one, both or none."""

    href: str
    plate: str


@dataclass(frozen=True, slots=True)
class ComponentEntry:
    """A component among others."""

    title: str
    href: str
    icon: tuple[ComponentPicture, ...]
    meaning: tuple[str, ...]
    count: str
    vendor: str = ""
    group: str = ""  # what kind of thing it is: "queue", "database"


@dataclass(frozen=True, slots=True)
class Provider:
    """Components of one origin."""

    id: str
    title: str
    count: int
    entries: tuple[ComponentEntry, ...]


@dataclass(frozen=True, slots=True)
class ComponentsPage:
    """Everything that the index of components prints."""

    template: ClassVar[str] = "components.html"

    frame: PageFrame
    lead: str
    providers: tuple[Provider, ...]
    vendors: tuple[links.Link, ...]  # text and value
    groups: tuple[links.Link, ...]


@dataclass(frozen=True, slots=True)
class Appearance:
    """A component in one drawing."""

    name: str
    view: links.Link
    role: Markup


@dataclass(frozen=True, slots=True)
class UsedIn:
    """A subject in whose drawings a component stands."""

    subject: links.Link
    appearances: tuple[Appearance, ...]


@dataclass(frozen=True, slots=True)
class ComponentPage:
    """Everything that the page of a component prints."""

    template: ClassVar[str] = "component.html"

    frame: PageFrame
    title: str
    provider: str
    key: str
    icon: tuple[ComponentPicture, ...]
    meaning: tuple[str, ...]
    lead: str
    first_uses: tuple[UsedIn, ...]
    neighbours: tuple[tuple[ComponentEntry, ...], ...]  # none or one list


def components_page(catalog: Catalog) -> ComponentsPage:
    """Compute the index of components."""
    groups: dict[str, list[Component]] = {}
    for component in sorted(catalog.components.values(), key=lambda part: (part.title.casefold(), part.key)):
        groups.setdefault(component.provider, []).append(component)
    looks = {part.provider for key, part in catalog.components.items() if key not in catalog.kinds}
    order = sorted(
        groups, key=lambda provider: (provider in looks, provider != "concept", provider_title(provider).casefold())
    )
    lead = (
        "Technologies and concepts that stand in the drawings, each with its roles and what it is usually connected to:"
        f" {len(catalog.kinds)} in all."
    )
    return ComponentsPage(
        frame=PageFrame(links.COMPONENTS, f"Components · {NAME}", lead, scripts=("state.js", "narrow.js")),
        lead=lead,
        vendors=tuple(links.Link(provider_title(vendor), vendor) for vendor in order),
        groups=tuple(
            links.Link(group.replace("_", " ").capitalize(), group)
            for group in sorted({_group(part) for part in catalog.components.values()})
        ),
        providers=tuple(
            Provider(
                f"provider-{provider or 'none'}",
                provider_title(provider),
                len(groups[provider]),
                tuple(_entry(part, "", _used(catalog.uses[part.key])) for part in groups[provider]),
            )
            for provider in order
        ),
    )


def component_page(component: Component, catalog: Catalog) -> ComponentPage:
    """Compute the page of one component."""
    path = links.component(component.key)
    root = links.root(path)
    uses = catalog.uses[component.key]
    lead = f"{_used(uses).capitalize()}, {plural(len(uses), 'time')} in all."
    near = tuple(
        _entry(catalog.components[key], root, plural(count, "arrow"))
        for key, count in sorted(catalog.neighbours[component.key].items(), key=lambda pair: (-pair[1], pair[0]))
        if key in catalog.components
    )[:_MOST_NEIGHBOURS]
    crumbs = (links.Link("Components", f"{root}{links.COMPONENTS}"), links.Link(component.title, ""))
    return ComponentPage(
        frame=PageFrame(path, f"{component.title} · {NAME}", component.meaning or f"{component.title}: {lead}", crumbs),
        title=component.title,
        provider=provider_title(component.provider),
        key=component.key,
        icon=_icon(component, root),
        meaning=(component.meaning,) if component.meaning else (),
        lead=lead,
        first_uses=tuple(_homes(uses, root)),
        neighbours=(near,) if near else (),
    )


def _homes(uses: tuple[Use, ...], root: str) -> Iterator[UsedIn]:
    by_subject: dict[str, list[Use]] = {}
    for use in uses:
        by_subject.setdefault(use.subject.slug, []).append(use)
    for found in by_subject.values():
        subject = found[0].subject
        page = f"{root}{links.page_of(subject)}"
        figures = quantities_by_name(subject)
        yield UsedIn(
            links.Link(subject.title, page),
            tuple(
                Appearance(
                    use.node.name or use.node.id,
                    links.Link(use.view.title, f"{page}#{links.state(use.view.slug, node=use.node.id)}"),
                    prose.role(use.node, figures),
                )
                for use in found
            ),
        )


def _entry(component: Component, root: str, count: str) -> ComponentEntry:
    return ComponentEntry(
        title=component.title,
        href=f"{root}{links.component(component.key)}",
        icon=_icon(component, root),
        meaning=(component.meaning,) if component.meaning else (),
        count=count,
        vendor=component.provider,
        group=_group(component),
    )


def _group(component: Component) -> str:
    """Return the group that a component's key names: "queue" of "onprem.queue.Kafka"."""
    parts = component.key.split(".")
    return parts[1] if len(parts) > 2 else component.provider  # noqa: PLR2004  provider, group, name


def _icon(component: Component, root: str) -> tuple[ComponentPicture, ...]:
    return (
        (ComponentPicture(f"{root}{links.address(component.icon)}", component.plate or "none"),)
        if component.icon
        else ()
    )


def _used(uses: tuple[Use, ...]) -> str:
    systems = len({use.subject.slug for use in uses if isinstance(use.subject, System)})
    blocks = len({use.subject.slug for use in uses}) - systems
    views = len({(use.subject.slug, use.view.slug) for use in uses})
    kinds = [plural(systems, "system")] if systems or not blocks else []
    kinds += [plural(blocks, "building block")] if blocks else []
    return f"in {' and '.join(kinds)}, {plural(views, 'drawing')}"
