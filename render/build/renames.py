"""Renamed views and modules: noticed from one build to the next, so that notes that show them can follow.

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

    A view that is gone is the new one of its subject that has most of its boxes. A subject that is gone is the new one
    that has most of its views, and at least half of them.
    """
    now, before = ({subject.slug: subject for subject in subjects} for subjects in (new, old))
    found = dict(known)
    for slug in before.keys() & now.keys():
        found |= _named(slug, slug, _renamed(before[slug], now[slug]))
    come = [subject for subject in now.values() if subject.slug not in before]
    for subject in before.values():
        if subject.slug not in now and (after := _successor(subject, come)):
            come.remove(after)
            found |= _named(subject.slug, after.slug, _pairs(subject.views, after.views))
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


def current_subject(slug: str, moved: Mapping[str, str]) -> str:
    """Return the name by which the subject of a module goes now: that of its views, where these have one."""
    now = {current_name(name, moved).partition("/")[0] for name in moved if name.startswith(f"{slug}/")}
    return now.pop() if len(now) == 1 else slug


def _named(slug: str, now: str, views: Iterable[tuple[str, str]]) -> dict[str, str]:
    return {f"{slug}/{was}": f"{now}/{is_}" for was, is_ in views}


def _renamed(before: Subject, after: Subject) -> list[tuple[str, str]]:
    gone = [view for view in before.views if view.slug not in {one.slug for one in after.views}]
    come = [view for view in after.views if view.slug not in {one.slug for one in before.views}]
    return _pairs(gone, come)


def _successor(gone: Subject, come: Iterable[Subject]) -> Subject | None:
    """Return which of the subjects that came is the one that is gone, if any."""
    best = max(come, key=lambda other: len(_pairs(gone.views, other.views)), default=None)
    found = _pairs(gone.views, best.views) if best else []
    return best if found and 2 * len(found) >= len(gone.views) else None


def _pairs(gone: Iterable[View], come: Iterable[View]) -> list[tuple[str, str]]:
    """Pair the views that are gone with what they are now: each with the most alike, of equals with its namesake."""
    left, pairs = list(come), []
    for view in gone:
        best = max(left, key=lambda other: (_likeness(view, other), other.slug == view.slug), default=None)
        if best is not None and _likeness(view, best) >= _ALIKE:
            left.remove(best)
            pairs.append((view.slug, best.slug))
    return pairs


def _likeness(one: View, other: View) -> float:
    boxes, others = ({node.id for node in view.nodes} for view in (one, other))
    return len(boxes & others) / len(boxes | others) if boxes or others else 0.0
