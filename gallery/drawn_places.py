"""What "system", "system/view" and "system/view/Node" name, seen from any page of the gallery."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archfolio.gallery import links

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archfolio.gallery.manifest import Node, Subject, View

_ARROW = "->"


@dataclass(frozen=True, slots=True)
class DrawnPlace:
    """A subject, and the view and the box of it that are meant, where these are named."""

    subject: Subject
    view: View | None = None
    node: Node | None = None

    @property
    def href(self) -> str:
        """Its address from the folder of the site."""
        page = links.page_of(self.subject)
        if self.view is None:
            return page
        return f"{page}#{links.state(self.view.slug, node=self.node.id if self.node else '')}"

    @property
    def title(self) -> str:
        """How a link to it reads: "Feed ranking, Serving: Ranker"."""
        parts = [self.subject.title, *([self.view.title] if self.view else [])]
        return ", ".join(parts) + (f": {self.node.name}" if self.node else "")


def find_drawn(text: str, subjects: Iterable[Subject]) -> DrawnPlace | None:
    """Return what a text names, or None where nothing is called so. An arrow, "view/A -> B", stands for its view."""
    slug, _, rest = (part.strip() for part in text.partition("/"))
    subject = next((one for one in subjects if one.slug == slug), None)
    if subject is None or not rest:
        return DrawnPlace(subject) if subject else None
    view_slug, _, name = (part.strip() for part in rest.partition("/"))
    view = next((one for one in subject.views if one.slug == view_slug), None)
    if view is None or not name or _ARROW in name:
        return DrawnPlace(subject, view) if view else None
    node = find_node(view, name)
    if node is None and not any(_spaced(cluster.label) == _spaced(name) for cluster in view.clusters):
        return None
    return DrawnPlace(subject, view, node)


def find_node(view: View, name: str) -> Node | None:
    """Return the box of a label, or of a label's first line."""
    wanted = _spaced(name)
    for node in view.nodes:
        if _spaced(f"{node.name} {node.detail}") == wanted:
            return node
    return next((node for node in view.nodes if _spaced(node.name) == wanted), None)


def _spaced(text: str) -> str:
    return " ".join(text.split()).casefold()
