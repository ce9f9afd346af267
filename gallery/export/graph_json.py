"""A view as JSON that is whole in itself. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from archfolio.gallery.manifest import Component, Manifest, Subject, View


class GraphDocument(msgspec.Struct, frozen=True, kw_only=True):
    """One view, whole in itself: its record in the manifest, and what its boxes are."""

    name: str
    generator: str
    system: str
    view: View
    components: list[Component]


def graph_json(manifest: Manifest, system: Subject, view: View, name: str) -> str:
    """Write a view as JSON, in the words of the manifest."""
    used = {node.component for node in view.nodes}
    graph = GraphDocument(
        name=name,
        generator=manifest.generator,
        system=system.title,
        view=view,
        components=[component for component in manifest.components if component.key in used],
    )
    return msgspec.json.format(msgspec.json.encode(graph), indent=2).decode() + "\n"
