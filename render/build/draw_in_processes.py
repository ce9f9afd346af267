"""Draw a job in a process of a pool; in another way where that dies, hangs or is refused: from `Job` to `Picture`."""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from archfolio.render.base.errors import EnvironmentProblem
from archfolio.render.build.draw import boxes, draw, place_among, place_simply
from archfolio.render.build.processes import FIRST, TimedOut, WorkerFailed
from archfolio.render.layout.engine import LayoutFailed
from archfolio.render.layout.measure import size
from archfolio.render.layout.settings import candidates_for

if TYPE_CHECKING:
    from concurrent.futures import Future

    from archfolio.render.build.draw import Picture
    from archfolio.render.build.job import Job
    from archfolio.render.build.processes import Workers
    from archfolio.render.layout.draft import Placement
    from archfolio.render.layout.placed import Placed

_HURRIED = "took too long to lay out"
_DIES = "makes Graphviz die, with all of the layout settings"
_REFUSED = "is refused by Graphviz"


def picture_of(pool: Workers, job: Job, work: Future[Picture]) -> Picture:
    """Wait for a picture that `start` has begun, also where a process died or hung over one of the layout settings.

    A recorded layout that is damaged counts as none. Raises WorkerFailed, or what drawing raises, where there is none.
    """
    try:
        return work.result()
    except WorkerFailed as failed:
        if job.style == "library":
            return _another_way(pool, job, failed)
        return pool.draw(draw, job, place_in_isolation(pool, job, failed)).result()
    except LayoutFailed:
        if job.style == "library":
            raise
        return pool.draw(draw, job, _in_rows(pool, job, _REFUSED).result()).result()
    except EnvironmentProblem:
        raise
    except Exception:
        if job.recorded is None:
            raise
        return start(pool, replace(job, recorded=None)).result()


def start(pool: Workers, job: Job) -> Future[Picture]:
    """Submit a drawing. It gets most of the time that a drawing may take; the rest is kept for other settings."""
    return pool.draw_within(pool.seconds * FIRST, draw, job)


def _another_way(pool: Workers, job: Job, failed: WorkerFailed) -> Picture:
    """Draw what kills the bundled Graphviz in the library's look: with the machine's, or else in the house style.

    What took too long is drawn in the house style, in the time that is left.
    """
    hung = isinstance(failed, TimedOut)
    if not hung and job.engine != "dot" and shutil.which("dot"):
        with suppress(WorkerFailed, LayoutFailed):
            return start(pool, replace(job, engine="dot")).result()
    house = replace(job, style="house")
    work = pool.draw_within(pool.seconds * (1 - FIRST), draw, house) if hung else start(pool, house)
    picture = picture_of(pool, house, work)
    what = "takes too long over" if hung else "dies over"
    warning = f"Graphviz {what} the library's look: drawn in the house style"
    return replace(picture, warnings=(*picture.warnings, warning))


def place_in_isolation(pool: Workers, job: Job, failed: WorkerFailed) -> Placed:
    """Lay a graph out over which a process died, or took too long.

    Graphviz places the boxes in a process for each setting: one that it dies over costs only itself. If all do,
    they stand in rows. What took too long is laid out in the simplest way, in what is left of the time for one drawing.
    Raises WorkerFailed where that is not enough.
    """
    if isinstance(failed, TimedOut):
        try:
            return _in_rows(pool, job, _HURRIED).result()
        except TimedOut as still:
            message = f"it cannot be laid out within {pool.seconds:g} s: draw less in one view"
            raise WorkerFailed(message) from still
    tried = candidates_for(size(job.graph))
    works = [pool.draw_within(pool.seconds / 2 / len(tried), boxes, job, one) for one in tried]
    placements = [placement for work in works if (placement := _unless_lost(work))]
    if not placements:
        return _in_rows(pool, job, _DIES).result()
    return pool.draw_within(pool.seconds / 2, place_among, job, placements).result()


def _in_rows(pool: Workers, job: Job, why: str) -> Future[Placed]:
    """Submit a layout that does without Graphviz."""
    return pool.draw_within(pool.seconds * (1 - FIRST), place_simply, job, why)


def _unless_lost(work: Future[Placement]) -> Placement | None:
    try:
        return work.result()
    except (WorkerFailed, LayoutFailed):
        return None
