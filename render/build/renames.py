"""Renamed views and modules: noticed from one build to the next, so that notes that show them can follow.

`manifest.json` keeps them under "moved": old name to new name, both "SYSTEM/VIEW".
"""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from archfolio.gallery.manifest import Subject

    _Views = Mapping[str, frozenset[str]]  # of a subject: the boxes of each, by its name

T = TypeVar("T")

_ALIKE = 0.6  # share of the boxes that two drawings have in common for one to be the other renamed


def find_renames(old: Iterable[Subject], new: Iterable[Subject], known: Mapping[str, str]) -> dict[str, str]:
    """Add to the renames that are known those between two builds; drop those that lead nowhere or are taken again.

    A view that is gone is the new one of its subject that has most of its boxes. A subject that is gone is the new one
    that has most of its views, and at least half of them.
    """
    before, now = ({subject.slug: _boxes(subject) for subject in subjects} for subjects in (old, new))
    found = dict(known)
    for slug in before.keys() & now.keys():
        found |= _named(slug, slug, _pairs(_without(before[slug], now[slug]), _without(now[slug], before[slug])))
    come = _without(now, before)
    with_box: dict[str, set[str]] = {}  # subjects, so that each that is gone is compared with few of those that came
    for slug, views in come.items():
        for box in frozenset[str]().union(*views.values()):
            with_box.setdefault(box, set()).add(slug)
    for slug, gone in _without(before, now).items():
        if after := _successor(gone, come, with_box):
            found |= _named(slug, after, _pairs(gone, come.pop(after)))
    alive = {f"{slug}/{view}" for slug, views in now.items() for view in views}
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


def _boxes(subject: Subject) -> dict[str, frozenset[str]]:
    """Return the boxes of each of its views, by the view's name."""
    return {view.slug: frozenset(node.id for node in view.nodes) for view in subject.views}


def _without(some: Mapping[str, T], others: Container[str]) -> dict[str, T]:
    return {name: one for name, one in some.items() if name not in others}


def _successor(gone: _Views, come: Mapping[str, _Views], with_box: Mapping[str, set[str]]) -> str:
    """Return which of the subjects that came is the one that is gone, by its name; "" for none."""
    best, most = "", 0
    like = _perhaps_alike(gone, with_box)
    for name in come:
        if name in like and (found := len(_pairs(gone, come[name]))) > most:
            best, most = name, found
            if most == len(gone):
                break
    return best if most and 2 * most >= len(gone) else ""


def _perhaps_alike(gone: _Views, with_box: Mapping[str, set[str]]) -> set[str]:
    """Return the subjects that may have a drawing like one of these.

    What is like a drawing lacks so many of its boxes at most, and of one more than so many has one. The rarest boxes
    lead to the fewest subjects.
    """
    found: set[str] = set()
    for boxes in gone.values():
        subjects = sorted((with_box.get(box, set()) for box in boxes), key=len)
        found.update(*subjects[: len(boxes) - int(_ALIKE * len(boxes)) + 1])
    return found


def _pairs(gone: _Views, come: _Views) -> list[tuple[str, str]]:
    """Pair the views that are gone with what they are now: each with the most alike, of equals with its namesake."""
    left, pairs = dict(come), []
    for name, boxes in gone.items():
        alike = [(_likeness(boxes, others), other == name, other) for other, others in left.items()]
        likeness, _, best = max(alike, default=(0.0, False, ""), key=itemgetter(0, 1))
        if likeness >= _ALIKE:
            del left[best]
            pairs.append((name, best))
    return pairs


def _likeness(boxes: frozenset[str], others: frozenset[str]) -> float:
    return len(boxes & others) / len(boxes | others) if boxes or others else 0.0
