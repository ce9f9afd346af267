"""Which drawing shows a box or a group of another in detail: the two have one name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archfolio.gallery import links

if TYPE_CHECKING:
    from archfolio.gallery.manifest import Node, System, View


def details(system: System, view: View, node: Node) -> list[str]:
    """List the slugs of the views that show in detail a box of a view, or the group that it is named after."""
    return [other.slug for other in system.views if other.slug != view.slug and _same(other.title, node.name)]


def within(system: System, view: View) -> tuple[links.Link, ...]:
    """Link back to the boxes that a view shows in detail."""
    return tuple(
        links.Link(f"{other.title} \u203a {node.name}", f"#{links.state(other.slug, node=node.id)}")
        for other in system.views
        if other.slug != view.slug
        for node in other.nodes
        if _same(view.title, node.name)
    )


def _same(title: str, name: str) -> bool:
    return title.casefold().removesuffix("s") == name.casefold().removesuffix("s")
