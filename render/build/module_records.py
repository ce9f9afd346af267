"""What the processes in which modules run and views are drawn hand on to the build that started them.

A build compares, writes and records. What a view is drawn from is bytes to it, and it loads nothing of what draws.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from archfolio.render.base.errors import Failure
from archfolio.render.build.worker import Named

if TYPE_CHECKING:
    from pathlib import Path

    from archfolio.gallery import manifest
    from archfolio.render.capture.discover import Script
    from archfolio.render.model.geometry import Box
    from archfolio.render.paint.format import Format


@dataclass(frozen=True, slots=True)
class CapturedComponent:
    """A component of a view, recorded without its icon, and the file of that, if it has one."""

    record: manifest.Component
    icon: Path | None


@dataclass(frozen=True, slots=True)
class CapturedView:
    """A view of a module: its record without a picture, and the rest as bytes that only those who draw it read."""

    record: manifest.View
    components: tuple[CapturedComponent, ...]
    formats: tuple[tuple[Format, str], ...]  # of its files, with the fingerprint that each bears
    job: bytes


@dataclass(frozen=True, slots=True)
class CapturedModule:
    """What came of running a module."""

    subject: manifest.Subject | None = None  # its record without views; None where there can be none
    needs_views: bool = True
    views: tuple[CapturedView, ...] = ()
    failures: tuple[Failure, ...] = ()
    warnings: tuple[Failure, ...] = ()  # of what is drawn all the same
    unrecorded: str = ""  # why there is no record
    reads: dict[Path, str] = field(default_factory=dict)  # what it read, with its hashes


class ComponentIcon(NamedTuple):
    """The icon of a component: its name by content, a small PNG, and the grounds on which it needs a plate."""

    name: str
    png: bytes
    plate: str


@dataclass(frozen=True, slots=True)
class DrawnView:
    """A finished drawing."""

    files: tuple[tuple[Format, bytes], ...]
    width: float
    height: float
    boxes: tuple[tuple[str, Box], ...]  # of the nodes, on the whole drawing
    icons: tuple[tuple[str, ComponentIcon], ...]  # of its components, so that nobody need reduce them again
    warnings: tuple[str, ...]


CAPTURE: Named[CapturedModule] = Named("archfolio.render.build.module_capture", "capture_module")
DRAW: Named[DrawnView] = Named("archfolio.render.build.view_drawing", "draw_view")
DRAW_OTHERWISE: Named[DrawnView] = Named("archfolio.render.build.view_drawing", "draw_view_otherwise")
DRAW_SVG: Named[bytes] = Named("archfolio.render.build.view_drawing", "draw_svg")
REDUCE_ICON: Named[ComponentIcon] = Named("archfolio.render.build.view_drawing", "reduce_icon")


def undrawn(script: Script, view: str, line: int, error: Exception) -> Failure:
    """Return the failure of a view that could not be drawn."""
    message = " ".join(str(error).split()) or type(error).__name__
    return Failure(f"{script.slug}/{view}", f"could not be drawn: {message}", str(script.path), line)
