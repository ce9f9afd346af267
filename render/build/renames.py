"""Renamed views: noticed from one build to the next, so that notes that show them can follow.

`manifest.json` keeps them under "moved": old name to new name, both "SYSTEM/VIEW".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from archfolio.gallery.manifest import Subject, View

_ALIKE = 0.6  # share of the boxes that two drawings have in common for one to be the other renamed


def find_renames(old: Iterable[Subject], new: Iterable[Subject], known: Mapping[str, str]) -> dict[str, str]:
    """Add to the renames that are known those between two builds; drop those that lead nowhere or are taken again.

    A view that is gone is the new one of its subject that has most of its boxes.
    """
    now = {subject.slug: subject for subject in new}
    found = dict(known)
    for before in old:
        after = now.get(before.slug)
        if after is not None:
            found |= {f"{before.slug}/{was}": f"{before.slug}/{is_}" for was, is_ in _renamed(before, after)}
    alive = {f"{subject.slug}/{view.slug}" for subject in now.values() for view in subject.views}
    free = {was: is_ for was, is_ in sorted(found.items()) if was not in alive}
    return {was: end for was in free if (end := current_name(was, free)) in alive}


def current_name(name: str, moved: Mapping[str, str]) -> str:
    """Return the name by which a drawing goes now."""
    seen: set[str] = set()
    while name in moved and name not in seen:
        seen.add(name)
        name = moved[name]
    return name


def _renamed(before: Subject, after: Subject) -> list[tuple[str, str]]:
    gone = [view for view in before.views if view.slug not in {one.slug for one in after.views}]
    come = [view for view in after.views if view.slug not in {one.slug for one in before.views}]
    pairs = []
    for view in gone:
        best = max(come, key=lambda other: _likeness(view, other), default=None)
        if best is not None and _likeness(view, best) >= _ALIKE:
            come.remove(best)
            pairs.append((view.slug, best.slug))
    return pairs


def _likeness(one: View, other: View) -> float:
    boxes, others = ({node.id for node in view.nodes} for view in (one, other))
    return len(boxes & others) / len(boxes | others) if boxes or others else 0.0
