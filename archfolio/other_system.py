"""Another system's module, for those that begin from it: its estimate, and the function that draws one of its views."""

from __future__ import annotations

import runpy
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from archfolio.author_error import AuthorError, suggest, where
from archfolio.estimate import Estimate, Formula, Input
from archfolio.system import System
from archfolio.views import View

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archfolio.estimate import Quantity


def system_of(slug: str) -> System:
    """Return the system of a slug, "feed-ranking": its module stands beside the author's file, or a folder above it.

    Raises AuthorError where there is no such module, or no system in it.
    """
    path = _module_path(slug)
    system = next((value for value in _names(path).values() if isinstance(value, System)), None)
    if system is None:
        message = f"'{path.name}' describes no system: name a module that does"
        raise AuthorError(message)
    return system


def view_of(place: str) -> View:
    """Return the view that "feed-ranking/serving" names.

    Raises AuthorError where there is no such module, or no such view in it.
    """
    slug, _, view = place.partition("/")
    path = _module_path(slug)
    views = {value.slug: value for value in _names(path).values() if isinstance(value, View)}
    if view not in views:
        hint = suggest(view, views) or f"; its views are: {', '.join(views)}"
        message = f"'{slug}' has no view '{view}'{hint}"
        raise AuthorError(message)
    return views[view]


def revised(estimate: Estimate, revisions: Mapping[str, Input]) -> Estimate:
    """Return an estimate with other inputs, everything that follows from them computed anew.

    Raises AuthorError for a name that is no input of it.
    """
    inputs = [name for name, quantity in estimate.items() if not quantity.formula]
    for name, revision in revisions.items():
        if name not in inputs:
            hint = suggest(name, inputs) or ": only inputs can be revised"
            message = f"'{name}' is no input of the estimate{hint}"
            raise AuthorError(message, revision.at)
    return Estimate(**{name: revisions.get(name) or _as_given(quantity) for name, quantity in estimate.items()})


def _as_given(quantity: Quantity) -> Input | Formula:
    at = ("", quantity.line)
    if quantity.formula:
        return Formula(quantity.label, quantity.formula, quantity.unit, quantity.note, at)
    return Input(quantity.label, quantity.value, quantity.unit, quantity.source, quantity.note, at)


def _module_path(slug: str) -> Path:
    own = Path(where()[0])
    name = f"{slug.replace('-', '_')}.py"
    folders = [own.parent, own.parent.parent]
    for folder in folders:
        if (path := folder / name).is_file() and path != own:
            return path
    known = [path.stem.replace("_", "-") for folder in folders for path in folder.glob("[a-z]*.py")]
    message = f"there is no system '{slug}' beside this file or a folder above it{suggest(slug, known)}"
    raise AuthorError(message)


@cache
def _names(path: Path) -> dict[str, object]:
    """Run a module once and return the names that it leaves behind."""
    return runpy.run_path(str(path))
