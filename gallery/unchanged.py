"""Which subjects have pages that say the same as in the last build, so that an edit makes only the others again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archfolio.gallery.manifest import BuildingBlock, System

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archfolio.gallery.manifest import Manifest, View


def unchanged(old: Manifest, new: Manifest) -> frozenset[str]:
    """Name the subjects whose pages are the same for two manifests, whatever else differs."""
    if _seen_by_all(old) != _seen_by_all(new):
        return frozenset()
    before = {subject.slug: subject for subject in old.subjects}
    return frozenset(subject.slug for subject in new.subjects if before.get(subject.slug) == subject)


def _named(view: View) -> Iterator[tuple[str, str, str]]:
    return ((node.id, node.name, node.component) for node in view.nodes)


def _seen_by_all(manifest: Manifest) -> tuple[object, ...]:
    """Gather what the page of one subject may say of the others: their order and names, and what stands in them."""
    subjects = [
        (
            subject.folder,
            subject.slug,
            subject.title,
            subject.position,
            subject.family if isinstance(subject, System) else "",
            subject.used_by if isinstance(subject, BuildingBlock) else (),
            [
                (view.slug, view.title, node.id, node.name, node.component)
                for view in subject.views
                for node in view.nodes
            ],
        )
        for subject in manifest.subjects
    ]
    return (
        manifest.site,
        manifest.generator,
        manifest.engine,
        manifest.components,
        manifest.fonts,
        manifest.moved,
        subjects,
        manifest.study is not None,
    )
