"""Freshness: the pictures of a build are there, whole, and of what the modules say now."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archfolio.gallery import manifest
from archfolio.render.base import hashing
from archfolio.render.base.errors import EnvironmentProblem
from archfolio.render.build import state
from archfolio.render.check.finding import Violation, rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from archfolio.render.capture.module import Captured
    from archfolio.render.check.fingerprints import Fingerprints


@dataclass(frozen=True, slots=True)
class BuiltSystem:
    """A module, and what a build has of it."""

    captured: Captured
    views: tuple[manifest.View, ...]  # as the build recorded them
    current: frozenset[str]  # slugs of the views whose fingerprint is that of today
    missing: frozenset[str]  # paths of files that are not there
    damaged: frozenset[str]  # paths of files that are not as they were written
    fix: str  # the command that mends it

    def lines(self) -> dict[str, int]:
        """Where each view stands in the module."""
        return {drawing.graph.slug: drawing.graph.line for drawing in self.captured.drawings}


def compare_with_build(
    systems: Iterable[Captured], folder: Path, fingerprints: Fingerprints, build: str
) -> Iterator[BuiltSystem]:
    """Compare modules with the build in a folder; `build` is the command that makes one of them.

    Raises EnvironmentProblem where there is no build that this version can read.
    """
    try:
        built = manifest.read(folder)
    except (FileNotFoundError, NotADirectoryError):
        message = f"there is no build in '{folder}': run '{build} -o {shlex.quote(str(folder))}' first"
        raise EnvironmentProblem(message) from None
    except ValueError as error:
        raise EnvironmentProblem(str(error)) from error
    written = state.load_state(folder).files
    views = {subject.slug: tuple(subject.views) for subject in built.subjects}
    for captured in systems:
        slug = captured.script.slug
        paths = [file.path for view in views.get(slug, ()) for file in view.files]
        now = {path: hashing.hash_file(folder / path) for path in paths}
        yield BuiltSystem(
            captured=captured,
            views=views.get(slug, ()),
            current=frozenset(_current(captured, views.get(slug, ()), fingerprints)),
            missing=frozenset(path for path in paths if now[path] == hashing.MISSING),
            damaged=frozenset(path for path in paths if now[path] not in {hashing.MISSING, written.get(path)}),
            fix=f"{build} {slug} -o {shlex.quote(str(folder))}",
        )


def _current(captured: Captured, views: Iterable[manifest.View], fingerprints: Fingerprints) -> Iterator[str]:
    drawings = {drawing.graph.slug: drawing for drawing in captured.drawings}
    for view in views:
        drawing = drawings.get(view.slug)
        key = (captured.script.slug, view.slug)
        if drawing and fingerprints.matches(key, drawing, {view.hash, *(file.hash for file in view.files)}):
            yield view.slug


@rule(
    "F501",
    "a build has every view",
    why="The gallery lacks a view.",
    mending="Run the command in the finding.",
    wrong="git commit systems/shop.py",
    right="archfolio build shop\ngit commit systems/shop.py site",
)
def view_not_drawn(built: BuiltSystem) -> Iterator[Violation]:
    """Find views that were never drawn."""
    known = {view.slug for view in built.views}
    for slug, line in built.lines().items():
        if slug not in known:
            yield Violation(line, f"'{slug}' is not in the build: run '{built.fix}'", slug, slug)


@rule(
    "F502",
    "the pictures of a build are of what the modules say now",
    why="The picture and the module disagree.",
    mending="Run the command in the finding, and commit both.",
    wrong="git commit systems/shop.py",
    right="archfolio build shop\ngit commit systems/shop.py site",
)
def stale_picture(built: BuiltSystem) -> Iterator[Violation]:
    """Find pictures of an earlier state, and of views that are gone."""
    lines = built.lines()
    for view in built.views:
        if view.slug not in lines:
            yield Violation(
                1, f"the build has a view '{view.slug}' that the module has no more: run '{built.fix}'", view.slug
            )
        elif view.slug not in built.current:
            sentence = f"the picture of '{view.slug}' is not current: run '{built.fix}'"
            yield Violation(lines[view.slug], sentence, view.slug, view.slug)


@rule(
    "F503",
    "the pictures of a build are there",
    why="A page shows a broken image.",
    mending="Run the command in the finding.",
    wrong="rm site/images/shop/serving.png",
    right="archfolio build shop",
)
def missing_file(built: BuiltSystem) -> Iterator[Violation]:
    """Find pictures that were written and are gone."""
    yield from _files(built, built.missing, "is missing")


@rule(
    "F504",
    "the pictures of a build are as they were written",
    why="A picture was edited, or truncated.",
    mending="Change the module, not the picture; run the command.",
    wrong="optipng site/images/shop/serving.png",
    right="archfolio build shop",
)
def changed_file(built: BuiltSystem) -> Iterator[Violation]:
    """Find pictures that somebody or something has changed."""
    yield from _files(built, built.damaged, "was changed since it was drawn")


def _files(built: BuiltSystem, paths: frozenset[str], what: str) -> Iterator[Violation]:
    lines = built.lines()
    for view in built.views:
        for file in view.files:
            if file.path in paths and view.slug in lines:
                yield Violation(lines[view.slug], f"'{file.path}' {what}: run '{built.fix}'", file.path, view.slug)


FRESHNESS_RULES = (view_not_drawn, stale_picture, missing_file, changed_file)
"""What holds for each system in a build."""
