"""Lay out the views of many modules in worker processes, without drawing them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archfolio.render.base.errors import Failure
from archfolio.render.build.draw import ENGINES, place_view
from archfolio.render.build.draw_in_processes import place_in_isolation
from archfolio.render.build.job import job_for
from archfolio.render.build.lost_module import lost_module
from archfolio.render.build.options import RenderOptions
from archfolio.render.build.processes import WorkerFailed, workers
from archfolio.render.capture.module import capture
from archfolio.render.layout.effort import QUICK
from archfolio.render.layout.engine import LayoutFailed
from archfolio.render.model.conventions import OURS, Conventions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from concurrent.futures import Future

    from archfolio.render.build.job import Job
    from archfolio.render.build.processes import Workers
    from archfolio.render.capture.discover import Script
    from archfolio.render.capture.module import Captured
    from archfolio.render.layout.effort import Effort
    from archfolio.render.layout.lockfile import Recorded
    from archfolio.render.layout.placed import Placed
    from archfolio.render.model.drawing import Drawing
    from archfolio.render.model.graph import Graph


_LONGEST = 600.0  # s that the search of a layout that is recorded may take: a cheaper one would be recorded for good


@dataclass(frozen=True, slots=True)
class PlacedView:
    """One view with its layout; or, where it has none, what went wrong."""

    what: str  # "feed-ranking/serving"
    graph: Graph | None
    placed: Placed | None
    failure: Failure | None = None


def place_all(
    scripts: Sequence[Script], layouts: Mapping[str, Recorded], effort: Effort = QUICK, conventions: Conventions = OURS
) -> Iterator[PlacedView]:
    """Lay out every view that is drawn in the house style: from what is recorded for it, else by a search."""
    options = RenderOptions(conventions=conventions)
    engine_version = ENGINES[options.engine]().version()
    with workers() as pool:
        modules = [(script, pool.run_module(capture, script, (), None, conventions)) for script in scripts]
        begun: list[tuple[str, Drawing, Job, Future[Placed], Captured]] = []
        for script, module in modules:
            try:
                captured = module.result()
            except Exception as error:  # noqa: BLE001  whatever it is, it is this module's
                captured = lost_module(script, error)
            for failure in captured.failures:
                yield PlacedView(failure.what, None, None, failure)
            for drawing in captured.drawings:
                what = f"{script.slug}/{drawing.graph.slug}"
                known = layouts.get(what) or layouts.get(drawing.graph.base)  # a delta begins where its base stood
                job = job_for(what, drawing, options, engine_version, known)
                if job.style == "house":
                    seconds = pool.seconds if effort is QUICK else _LONGEST
                    begun.append((what, drawing, job, pool.draw_within(seconds, place_view, job, effort), captured))
        for what, drawing, job, work, captured in begun:
            try:
                yield PlacedView(what, drawing.graph, _placed(pool, job, work))
            except (WorkerFailed, LayoutFailed) as lost:
                failure = Failure(what, f"cannot be laid out: {lost}", str(captured.script.path), drawing.graph.line)
                yield PlacedView(what, drawing.graph, None, failure)


def _placed(pool: Workers, job: Job, work: Future[Placed]) -> Placed:
    try:
        return work.result()
    except WorkerFailed as failed:
        return place_in_isolation(pool, job, failed)
