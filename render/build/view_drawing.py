"""Draw a view of a module, in a process for drawings: from the job of a `CapturedView` to `DrawnView`."""

from __future__ import annotations

import pickle
from dataclasses import replace
from typing import TYPE_CHECKING

from archfolio.render.build.draw import draw
from archfolio.render.build.module_records import ComponentIcon, DrawnView
from archfolio.render.model.icons import icon
from archfolio.render.paint.format import Format

if TYPE_CHECKING:
    from concurrent.futures import Future
    from pathlib import Path

    from archfolio.render.build.draw import Picture
    from archfolio.render.build.job import Job
    from archfolio.render.build.processes import Workers
    from archfolio.render.model.icons import Icon

_PLATES = {(True, True): "both", (True, False): "light", (False, True): "dark"}


def draw_view(job: bytes) -> DrawnView:
    """Draw in this process. Raises what drawing raises, EnvironmentProblem where there is no Graphviz."""
    return _drawn(draw(pickle.loads(job)))  # noqa: S301  our own


def draw_svg(job: bytes) -> bytes:
    """Draw the SVG alone."""
    wanted: Job = pickle.loads(job)  # noqa: S301  our own
    [(_, content)] = draw(replace(wanted, formats=(Format("svg"),))).files
    return content


def draw_view_otherwise(pool: Workers, work: Future[Picture], job: bytes) -> DrawnView:
    """Draw in other ways, where the process that was to do it died, hung or raised."""
    from archfolio.render.build.draw_in_processes import picture_of  # noqa: PLC0415  who draws need not lead others

    return _drawn(picture_of(pool, pickle.loads(job), work))  # noqa: S301  our own


def reduce_icon(path: Path) -> ComponentIcon:
    """Reduce the icon in a file."""
    return _as_component(icon(path))


def _drawn(picture: Picture) -> DrawnView:
    icons = tuple((component, _as_component(one)) for component, one in picture.icons)
    return DrawnView(picture.files, picture.width, picture.height, picture.boxes, icons, picture.warnings)


def _as_component(made: Icon) -> ComponentIcon:
    return ComponentIcon(made.name, made.png, _PLATES.get((made.plate_on_light, made.plate_on_dark), ""))
