"""The layouts that a build would draw, as subjects of the rules for pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archfolio.render.build.layout_all import place_all
from archfolio.render.capture.discover import folders_of
from archfolio.render.check.layout_rules import LaidOutView
from archfolio.render.layout import lockfile

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archfolio.render.capture.discover import Folders, Script
    from archfolio.render.model.conventions import Conventions


def laid_out_views(
    scripts: Sequence[Script], systems: Folders, conventions: Conventions
) -> Iterator[tuple[str, LaidOutView]]:
    """Lay out every view of some modules of a folder, each under the slug of its system.

    What is drawn in the library's own look is not ours to measure and left out, and so is what could not be captured.
    """
    for view in place_all(scripts, lockfile.load(*folders_of(systems)), conventions=conventions):
        if view.graph is not None:
            simplified = view.placed.simplified if view.placed else ""
            faults = view.placed.faults if view.placed and not simplified else None
            reason = view.failure.sentence if view.failure else simplified
            yield view.what.partition("/")[0], LaidOutView(view.graph, faults, reason)
