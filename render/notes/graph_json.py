"""A view as JSON that is whole in itself. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from render.manifest import Component, Record, View

if TYPE_CHECKING:
    from render.manifest import Manifest
    from render.notes.choose import Chosen


class Graph(Record, frozen=True, kw_only=True):
    """One view, whole in itself: its record in the manifest, and what its boxes are."""

    name: str
    generator: str
    system: str
    view: View
    components: list[Component]


def graph_json(manifest: Manifest, chosen: Chosen) -> str:
    """Write a view as JSON, in the words of the manifest."""
    used = {node.component for node in chosen.view.nodes}
    graph = Graph(
        name=chosen.name,
        generator=manifest.generator,
        system=chosen.system.title,
        view=chosen.view,
        components=[component for component in manifest.components if component.key in used],
    )
    return msgspec.json.format(msgspec.json.encode(graph), indent=2).decode() + "\n"
