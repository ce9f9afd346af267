"""Draw one view anew, in another direction or for another shape of page: from its module to SVG. Builds stay."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from archfolio.render.base.errors import Problem, UsageProblem
from archfolio.render.build.draw import ENGINES
from archfolio.render.build.draw_in_processes import picture_of, start
from archfolio.render.build.job import job_for
from archfolio.render.build.processes import WorkerFailed, workers
from archfolio.render.capture.discover import discover, select
from archfolio.render.capture.module import capture

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archfolio.render.build.options import RenderOptions
    from archfolio.render.capture.discover import Folders
    from archfolio.render.model.drawing import Drawing

_WIDE, _TALL = 1.3, 0.8  # ratios of width to height from which a page is wide or tall
_SIZE = re.compile(r'<svg\b[^>]* width="([\d.]+)" height="([\d.]+)"')


def redraw(systems: Folders, name: str, direction: str, ratio: float | None, asked: RenderOptions) -> str:
    """Return the SVG of a view, "SYSTEM/VIEW", in a direction, or in the one in which it fills a page of a ratio best.

    Raises Problem where its module cannot be run, or says no such view.
    """
    slug, _, view = name.partition("/")
    [script] = select(discover(systems), [slug])
    options = replace(asked, png=False, legend=True)
    engine_version = ENGINES[options.engine]().version()
    with workers() as pool:
        try:
            captured = pool.run_module(capture, script, (), None, options.conventions).result()
            drawing = next((one for one in captured.drawings if one.graph.slug == view), None)
            if drawing is None:
                told = next(iter(map(str, captured.failures)), f"its module has no view '{view}'")
                raise UsageProblem(f"'{name}' cannot be drawn: {told}")
            jobs = [job_for(name, one, options, engine_version) for one in _wished(drawing, direction, ratio)]
            works = [(job, start(pool, job)) for job in jobs]
            drawn = [picture_of(pool, job, work).files[0][1].decode() for job, work in works]
        except WorkerFailed as failed:
            raise Problem(f"'{name}' cannot be drawn: {failed}") from failed
    return min(drawn, key=lambda svg: _filled(svg, ratio))


def _wished(drawing: Drawing, direction: str, ratio: float | None) -> Iterator[Drawing]:
    """Yield the drawing as it is to be tried: each direction that may be wished, for a page of that shape."""
    aspect = drawing.graph.aspect
    if ratio:
        aspect = "wide" if ratio >= _WIDE else "tall" if ratio <= _TALL else "auto"
    tried = [direction] if direction else [drawing.graph.rankdir]
    if ratio and not direction:
        tried = list(dict.fromkeys((*tried, "LR" if ratio >= _WIDE else "TB")))
    for one in tried:
        yield replace(drawing, graph=replace(drawing.graph, rankdir=one, aspect=aspect))


def _filled(svg: str, ratio: float | None) -> float:
    """Return the width of the page that a drawing needs: the smaller it is, the larger is its text."""
    found = _SIZE.search(svg)
    width, height = (float(found[1]), float(found[2])) if found else (0.0, 0.0)
    return max(width, height * ratio) if ratio else 0.0
