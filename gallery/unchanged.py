"""Which pages say the same as in the last build, so that an edit makes only the others again."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from msgspec.structs import replace

from archfolio.gallery.manifest import BuildingBlock, System, by_kind

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from archfolio.gallery.manifest import Manifest, Subject, View


def unchanged(old: Manifest, new: Manifest) -> frozenset[str]:
    """Name the subjects whose pages are the same for two manifests, whatever else differs."""
    if _seen_by_all(old) != _seen_by_all(new):
        return frozenset()
    before = {subject.slug: subject for subject in old.subjects}
    return frozenset(subject.slug for subject in new.subjects if before.get(subject.slug) == subject)


class Shown(Enum):
    """What of subjects a page that shows several hangs on."""

    WORDS = "titles, names, roles, sections, what is joined to what"
    LABELS = "what is written on arrows, descriptions, where boxes stand, source text, files"


@dataclass(frozen=True, slots=True)
class Differences:
    """What of subjects differs between two manifests, and whose words name components that may say otherwise."""

    shown: frozenset[Shown]
    components: frozenset[str] | None  # keys; None for all

    def touch(self, shows: AbstractSet[Shown], components: AbstractSet[str] = frozenset()) -> bool:
        """Return whether a page that shows several subjects may be another one: if it shows components, then those."""
        concerned = not components or self.components is None or not self.components.isdisjoint(components)
        return concerned and not self.shown.isdisjoint(shows)


EVERYTHING = Differences(frozenset(Shown), None)


def differences(old: Manifest, new: Manifest) -> Differences:
    """Return what differs between two manifests, over all subjects together."""
    slugs = [[one.slug for one in manifest.subjects] for manifest in (old, new)]
    if _of_site(old) != _of_site(new) or old.study != new.study or slugs[0] != slugs[1]:
        return EVERYTHING
    differ = [(one, other) for one, other in zip(old.subjects, new.subjects, strict=True) if one != other]
    found = {Shown.LABELS} if differ else set()
    said = [(one, other) for one, other in differ if _words(one) != _words(other)]
    if said:
        found.add(Shown.WORDS)
    nodes = (node for pair in said for subject in pair for view in subject.views for node in view.nodes)
    return Differences(frozenset(found), frozenset(node.component for node in nodes))


def _words(subject: Subject) -> Subject:
    """Leave out what pages of several subjects do not show, but for those that say so."""
    return replace(subject, module=replace(subject.module, text=""), views=list(map(_words_of, subject.views)))


def _words_of(view: View) -> View:
    return replace(
        view,
        alt="",
        outline=[],
        width=0,
        height=0,
        line=0,
        hash="",
        files=[replace(file, bytes=0, hash="") for file in view.files],
        nodes=[replace(node, line=0, box=None) for node in view.nodes],
        clusters=[replace(cluster, line=0) for cluster in view.clusters],
        edges=[replace(edge, label="", template="", line=0) for edge in view.edges],
        steps=[replace(step, line=0) for step in view.steps],
    )


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
    return (_of_site(manifest), subjects, manifest.study is not None)


def _of_site(manifest: Manifest) -> Manifest:
    """Leave out the subjects, and how to study them."""
    return replace(manifest, study=None, **by_kind([]))
