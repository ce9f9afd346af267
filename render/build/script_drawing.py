"""Draw what a plain script has drawn, in a process for drawings: from `CapturedDrawing` to `DrawnFiles`."""

from __future__ import annotations

import pickle
from dataclasses import replace
from typing import TYPE_CHECKING

from archfolio.render.base.share import in_turn
from archfolio.render.build.draw import ENGINES, draw
from archfolio.render.build.job import job_for
from archfolio.render.build.script_records import DrawnFiles
from archfolio.render.layout import lockfile
from archfolio.render.model.cluster_style import page_style
from archfolio.render.model.honoured import not_honoured
from archfolio.render.paint.format import Format

if TYPE_CHECKING:
    from concurrent.futures import Future
    from pathlib import Path

    from archfolio.render.base.share import Share
    from archfolio.render.build.draw import Picture
    from archfolio.render.build.job import Job
    from archfolio.render.build.options import RenderOptions
    from archfolio.render.build.processes import Workers
    from archfolio.render.model.drawing import Drawing

_LARGEST_SCALE = 4.0  # of a PNG, that an author's resolution can ask for


def draw_captured(content: bytes, options: RenderOptions, is_scale_given: bool) -> DrawnFiles:  # noqa: FBT001  handed on
    """Draw in this process. Raises what drawing raises, EnvironmentProblem where there is no Graphviz."""
    return draw_in_two(in_turn, content, options, is_scale_given)


def draw_in_two(share: Share, content: bytes, options: RenderOptions, is_scale_given: bool) -> DrawnFiles:  # noqa: FBT001  handed on
    """Draw with somebody to share the work; see `draw_captured`."""
    script, slug, drawing = pickle.loads(content)  # noqa: S301  our own
    return _files(drawing, draw(_job(script, slug, drawing, options, is_scale_given), share=share))


def draw_otherwise(
    pool: Workers,
    work: Future[Picture],
    content: bytes,
    options: RenderOptions,
    is_scale_given: bool,  # noqa: FBT001  handed on
) -> DrawnFiles:
    """Draw in other ways, where the process that was to do it died, hung or raised."""
    from archfolio.render.build.draw_in_processes import picture_of  # noqa: PLC0415  who draws need not lead others

    script, slug, drawing = pickle.loads(content)  # noqa: S301  our own
    return _files(drawing, picture_of(pool, _job(script, slug, drawing, options, is_scale_given), work))


def _job(
    script: Path,
    slug: str,
    drawing: Drawing,
    options: RenderOptions,
    is_scale_given: bool,  # noqa: FBT001  handed on
) -> Job:
    """Build the job of a drawing, from its recorded layout if any, with the formats that its script asks for."""
    if not is_scale_given:
        wanted = min(options.scale * page_style(drawing.graph).scale, max(_LARGEST_SCALE, options.scale))
        options = replace(options, scale=wanted)
    what = f"{slug}/{drawing.graph.slug}"
    known = lockfile.of_system(lockfile.home_of(script), slug).get(what)
    job = job_for(what, drawing, options, ENGINES[options.engine]().version(), known)
    made = {one.format for one in job.formats}
    asked = dict.fromkeys(ending for ending in drawing.formats if ending not in made)
    extra = [Format(ending, float(options.scale)) for ending in asked if ending != "png" or options.png]
    return replace(job, dot=drawing.dot, formats=(*job.formats, *extra))


def _files(drawing: Drawing, picture: Picture) -> DrawnFiles:
    """Return the files of a picture, and what there is to say of them."""
    style = "library" if picture.candidate == "library" else "house"
    files = tuple((f"{'.dark' * (made.theme == 'dark')}.{made.format}", content) for made, content in picture.files)
    return DrawnFiles(files, style, not_honoured(drawing.graph) if style == "house" else (), picture.warnings)
