"""Resolve names of drawings: from "SYSTEM/VIEW", as a person writes it, to the records of a build. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from archfolio.render.base.errors import UsageProblem
from archfolio.render.build.renames import current_name, current_subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from archfolio.gallery.manifest import Manifest, Subject, View


@dataclass(frozen=True, slots=True)
class ResolvedView:
    """A view, and its current name."""

    system: Subject
    view: View
    name: str

    @property
    def full_name(self) -> str:
        """SYSTEM/VIEW, where the name may be that of the system alone."""
        return f"{self.system.slug}/{self.view.slug}"


def resolve(manifest: Manifest, name: str, moved: Mapping[str, str]) -> ResolvedView:
    """Find the drawing of a name; a system's name alone stands for its first view. A moved one is found too.

    Raises UsageProblem for a name that is not there, with the nearest that is.
    """
    now = current_name(name, moved)
    slug, slash, view_slug = now.partition("/")
    if all(one.slug != slug for one in manifest.subjects):
        slug = current_subject(slug, moved)
        now = f"{slug}{slash}{view_slug}"
    system = next((one for one in manifest.subjects if one.slug == slug), None)
    if system is None:
        raise UsageProblem(f"there is no system '{slug}'; {_hint(slug, (one.slug for one in manifest.subjects))}")
    if not view_slug and system.views:
        return ResolvedView(system, system.views[0], now)
    view = next((one for one in system.views if one.slug == view_slug), None)
    if view is None:
        hint = _hint(view_slug, (one.slug for one in system.views), f"{slug}/")
        raise UsageProblem(f"there is no view '{view_slug}' of '{slug}'; {hint}")
    return ResolvedView(system, view, now)


def match(manifest: Manifest, patterns: Iterable[str]) -> Iterator[ResolvedView]:
    """Find the drawings that a pattern names: "feed-ranking", "feed-ranking/serving", "*-ranking", "*/serving".

    Raises UsageProblem for a pattern that names none.
    """
    every = [ResolvedView(one, view, f"{one.slug}/{view.slug}") for one in manifest.subjects for view in one.views]
    names = [one.name for one in every]
    found: dict[str, ResolvedView] = {}
    for pattern in patterns:
        here = [one for one in every if fnmatchcase(one.name, pattern) or fnmatchcase(one.system.slug, pattern)]
        if not here:
            raise UsageProblem(f"'{pattern}' names no drawing; {_now(manifest, pattern) or _hint(pattern, names)}")
        found |= {one.name: one for one in here}
    yield from found.values()


def _now(manifest: Manifest, name: str) -> str:
    """Return what a name that was renamed is now, in words; "" where it was not."""
    try:
        return f"it is now '{resolve(manifest, name, manifest.moved).name}': write that"
    except UsageProblem:
        return ""


def _hint(word: str, known: Iterable[str], before: str = "") -> str:
    import difflib  # noqa: PLC0415  mistakes are rare

    names = list(known)
    near = difflib.get_close_matches(word, names, n=1)
    if near:
        return f"did you mean '{before}{near[0]}'?"
    return f"there are: {', '.join(names[:12])}{' ...' if len(names) > 12 else ''}"  # noqa: PLR2004  a line's worth
