"""Which fingerprints a view can have today: by the options and engines that its picture may have been made with."""

from __future__ import annotations

from functools import cache
from itertools import product
from typing import TYPE_CHECKING

from archfolio.render.build.job import job_for
from archfolio.render.build.options import RenderOptions
from archfolio.render.layout import lockfile
from archfolio.render.layout.engine import Bundled, EngineMissing, SystemDot

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from archfolio.gallery import manifest
    from archfolio.render.capture.module import Drawing

ViewKey = tuple[str, str]
"""A system and one of its views, by their slugs."""

_BOTH = (True, False)
_DEFAULT = RenderOptions(scale=2.0)  # as the command line has it; a whole number would have another fingerprint
_STYLES = ("house", "library")  # auto is one of them


def recorded_options(view: manifest.View) -> list[RenderOptions]:
    """List the options that a build may have had, from the files that it wrote of a view."""
    scale = next((file.scale for file in view.files if file.format == "png"), _DEFAULT.scale)
    dark = any(file.theme == "dark" for file in view.files)
    pdf = any(file.format == "pdf" for file in view.files)
    return [
        RenderOptions(style=style, scale=scale, title=title, legend=legend, pdf=pdf, dark=dark)
        for style, title, legend in product(_STYLES, _BOTH, _BOTH)
    ]


def likely_options(scales: Sequence[float]) -> list[RenderOptions]:
    """List the options of a picture of which nothing is known but its scale, or some likely scales."""
    return [
        RenderOptions(style=style, scale=scale, title=title, legend=legend, pdf=pdf, dark=dark)
        for scale, style, title, legend, pdf, dark in product(scales, _STYLES, _BOTH, _BOTH, _BOTH[::-1], _BOTH[::-1])
    ]


class Fingerprints:
    """The fingerprints of the views of one folder of modules, as its pictures would have them if drawn today."""

    def __init__(self, systems: Path) -> None:
        """Read which layouts the folder records."""
        self._layouts = lockfile.load(systems)

    def default(self, key: ViewKey, drawing: Drawing) -> str:
        """Compute the fingerprint that a view has when nothing was asked for."""
        return job_for(drawing, _DEFAULT, Bundled().version(), self._recorded(key, drawing)).fingerprint

    def matches(self, key: ViewKey, drawing: Drawing, wanted: str, options: Iterable[RenderOptions]) -> bool:
        """Tell whether a view can have this fingerprint: with one of the options, by either engine."""
        settings = (self._recorded(key, drawing), None)  # None: the layout was searched for
        tried = product(_versions(), tuple(options), settings)
        return any(job_for(drawing, choice, version, known).fingerprint == wanted for version, choice, known in tried)

    def _recorded(self, key: ViewKey, drawing: Drawing) -> lockfile.Recorded | None:
        return lockfile.recorded(self._layouts, "/".join(key), drawing.graph)


@cache
def _versions() -> tuple[str, ...]:
    """Name the engines of this machine; that of the system is a program, asked once."""
    ours = Bundled().version()
    try:
        return ours, SystemDot().version()
    except EngineMissing:
        return (ours,)
