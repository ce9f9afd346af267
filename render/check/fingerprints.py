"""Which fingerprints a view can have today: by the options and engines that its picture may have been made with."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import product
from typing import TYPE_CHECKING

from archfolio.render.build.job import job_for
from archfolio.render.build.options import RenderOptions
from archfolio.render.capture.discover import folders_of
from archfolio.render.layout import lockfile
from archfolio.render.layout.engine import Bundled, EngineMissing, SystemDot

if TYPE_CHECKING:
    from collections.abc import Collection

    from archfolio.render.capture.discover import Folders
    from archfolio.render.model.conventions import Conventions
    from archfolio.render.model.drawing import Drawing

ViewKey = tuple[str, str]
"""A system and one of its views, by their slugs."""

_OPTIONS = tuple(  # those that a fingerprint hangs on, the defaults first; style auto is one of the two
    RenderOptions(style=style, title=title, legend=legend)
    for style, title, legend in product(("house", "library"), (True, False), (True, False))
)


class Fingerprints:
    """The fingerprints of the views of one folder of modules, as its pictures would have them if drawn today."""

    def __init__(self, systems: Folders, conventions: Conventions) -> None:
        """Read which layouts the folder records; `conventions` are those that it is drawn by."""
        self._layouts = lockfile.load(*folders_of(systems))
        self._options = [replace(options, conventions=conventions) for options in _OPTIONS]

    def matches(self, key: ViewKey, drawing: Drawing, wanted: Collection[str]) -> bool:
        """Return whether the files of a view can have all of these fingerprints: with some options, by some engine."""
        name = "/".join(key)
        tried = product(
            _versions(), self._options, (self._layouts.get(name), None)
        )  # None: the layout was searched for
        jobs = (job_for(name, drawing, options, version, known) for version, options, known in tried)
        return any({job.fingerprint, job.encoded_fingerprint}.issuperset(wanted) for job in jobs)


@cache
def _versions() -> tuple[str, ...]:
    """Return the versions of the engines of this machine; that of the system is a program, asked once."""
    ours = Bundled().version()
    try:
        return ours, SystemDot().version()
    except EngineMissing:
        return (ours,)
