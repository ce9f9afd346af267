"""Which fingerprints a view can have today: by the looks and engines that its picture may have been made with."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from render.engine import Bundled, EngineMissing, SystemDot
from render.jobs import job_for
from render.look import Look

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from render import manifest
    from render.capture import Drawing

_BOTH = (True, False)
_STYLES = ("house", "library")  # auto is one of them


def recorded_looks(view: manifest.View) -> list[Look]:
    """List the looks that a build may have had, from the files that it wrote of a view."""
    scale = next((file.scale for file in view.files if file.format == "png"), Look().scale)
    dark = any(file.theme == "dark" for file in view.files)
    pdf = any(file.format == "pdf" for file in view.files)
    return [
        Look(style=style, scale=scale, title=title, legend=legend, pdf=pdf, dark=dark)
        for style, title, legend in product(_STYLES, _BOTH, _BOTH)
    ]


def likely_looks(scales: Sequence[float]) -> list[Look]:
    """List the looks of a picture of which nothing is known but its scale, or some likely scales."""
    return [
        Look(style=style, scale=scale, title=title, legend=legend, pdf=pdf, dark=dark)
        for scale, style, title, legend, pdf, dark in product(scales, _STYLES, _BOTH, _BOTH, _BOTH[::-1], _BOTH[::-1])
    ]


def default_print(drawing: Drawing) -> str:
    """Compute the fingerprint that a drawing has when nothing was asked for."""
    return job_for(drawing, Look(), Bundled().version()).fingerprint


def has_print(drawing: Drawing, wanted: str, looks: Iterable[Look]) -> bool:
    """Tell whether a drawing, as it is today, has this fingerprint under one of the looks, by either engine."""
    looks = tuple(looks)
    return any(job_for(drawing, look, version).fingerprint == wanted for version in _versions() for look in looks)


def _versions() -> Iterator[str]:
    """Name the engines of this machine; a system's `dot` is only asked where ours does not match."""
    yield Bundled().version()
    try:
        yield SystemDot().version()
    except EngineMissing:
        return
