"""Which drawing shows a box or a group of another in detail: its author says so, or the two have one name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archfolio.gallery import links

if TYPE_CHECKING:
    from archfolio.gallery.manifest import Node, Subject, View


def details(subject: Subject, view: View, node: Node) -> list[str]:
    """List the slugs of the views that show in detail a box of a view, or a group that it stands in."""
    return [other.slug for other in subject.views if other.slug != view.slug and _shows(other, view, node)]


def within(subject: Subject, view: View) -> tuple[links.Link, ...]:
    """Link back to what a view shows in detail in other drawings."""
    found: dict[str, links.Link] = {}
    for other in subject.views:
        if other.slug == view.slug:
            continue
        place = view.details
        group = next((one for one in other.clusters if place and one.id == place.node), None)
        if place and place.view == other.slug and (group or not place.node):
            name = f" \u203a {group.label}" if group else ""
            found.setdefault(other.slug, links.Link(f"{other.title}{name}", f"#{links.state(other.slug)}"))
            continue
        for node in other.nodes:
            if _shows(view, other, node):
                href = f"#{links.state(other.slug, node=node.id)}"
                found.setdefault(other.slug, links.Link(f"{other.title} \u203a {node.name}", href))
    return tuple(found.values())


def _shows(detail: View, view: View, node: Node) -> bool:
    """Return whether a view shows a box of another in detail."""
    if detail.details is not None and detail.details.view:
        wanted = detail.details
        return wanted.view == view.slug and (wanted.node == node.id or wanted.node in _groups(view, node))
    return _name(detail.title) == _name(node.name)


def _groups(view: View, node: Node) -> set[str]:
    """Return the ids of the groups around a box."""
    parents = {cluster.id: cluster.parent for cluster in view.clusters}
    found: set[str] = set()
    at = node.cluster
    while at is not None and at not in found:
        found.add(at)
        at = parents.get(at)
    return found


def _name(text: str) -> str:
    return text.casefold().removesuffix("s")
