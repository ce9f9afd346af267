"""Lay views out in worker processes, as a build does, without drawing them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from render.check.pictures import Laid
from render.draw import ENGINES, place
from render.engine import LayoutFailed
from render.jobs import job_for, salvaged
from render.look import Look
from render.workers import Died

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from render.capture import Captured, Drawing
    from render.draw import Job
    from render.layout import Placed
    from render.workers import Work, Workers


def lay_out(pool: Workers, systems: Iterable[Captured]) -> Iterator[tuple[Captured, Laid]]:
    """Lay every view out; what is drawn in the library's own look is not ours to measure, and left out."""
    look = Look()
    version = ENGINES[look.engine]().version()
    begun: list[tuple[Captured, Drawing, Job, Work[Placed]]] = []
    for captured in systems:
        for drawing in captured.drawings:
            job = job_for(drawing, look, version)
            if job.style == "house":
                begun.append((captured, drawing, job, pool.draw(place, job)))
    for captured, drawing, job, work in begun:
        yield captured, _laid(pool, drawing, job, work)


def _laid(pool: Workers, drawing: Drawing, job: Job, work: Work[Placed]) -> Laid:
    try:
        return Laid(drawing.graph, _placed(pool, job, work).faults)
    except (Died, LayoutFailed) as lost:
        return Laid(drawing.graph, None, str(lost))


def _placed(pool: Workers, job: Job, work: Work[Placed]) -> Placed:
    try:
        return work.result()
    except Died:
        return salvaged(pool, job)
