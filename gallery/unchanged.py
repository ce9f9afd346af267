"""Which systems have pages that say the same as in the last build, so that an edit makes only the others again."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archfolio.gallery.manifest import Manifest, View


def unchanged(old: Manifest, new: Manifest) -> frozenset[str]:
    """Name the systems whose pages are the same for two manifests, whatever else differs."""
    if _seen_by_all(old) != _seen_by_all(new):
        return frozenset()
    before = {system.slug: system for system in old.systems}
    return frozenset(system.slug for system in new.systems if before.get(system.slug) == system)


def _named(view: View) -> Iterator[tuple[str, str, str]]:
    return ((node.id, node.name, node.component) for node in view.nodes)


def _seen_by_all(manifest: Manifest) -> tuple[object, ...]:
    """Gather what the page of one system may say of the others: their order and names, and what stands in them."""
    systems = [
        (
            system.slug,
            system.title,
            system.family,
            system.position,
            [
                (view.slug, view.title, node.id, node.name, node.component)
                for view in system.views
                for node in view.nodes
            ],
        )
        for system in manifest.systems
    ]
    return manifest.generator, manifest.engine, manifest.components, manifest.fonts, manifest.moved, systems
