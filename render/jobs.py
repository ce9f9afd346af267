"""What to draw and how: from a captured drawing to the job that a worker is given, and to its picture."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from render import state
from render.capture import own_style
from render.draw import Format, Job, draw, place
from render.layout import CANDIDATES, best
from render.scene import Options
from render.workers import Died

if TYPE_CHECKING:
    from render.capture import Drawing
    from render.draw import Picture
    from render.layout import Placed
    from render.look import Look
    from render.workers import Work, Workers


def job_for(drawing: Drawing, look: Look, engine_version: str) -> Job:
    """Decide how a drawing is made: its style, its formats, and the fingerprint of all that it hangs on."""
    style = look.style
    if style == "auto":
        style = "library" if own_style(drawing.graph) else "house"
    formats = [Format("svg"), Format("png", look.scale)]
    if look.dark and style == "house":
        formats.append(Format("png", look.scale, "dark"))
    if look.pdf:
        formats.append(Format("pdf"))
    job = Job(
        graph=drawing.graph,
        dot=drawing.dot if style == "library" else "",
        style=style,
        engine=look.engine,
        formats=tuple(formats),
        options=Options(look.title, look.legend),
    )
    return replace(job, fingerprint=fingerprint(job, engine_version))


def picture_of(pool: Workers, job: Job, work: Work[Picture]) -> Picture:
    """Wait for a picture. Where a process died over it, try each of the layout settings in a process of its own.

    Raises Died, or what drawing raises, where none of them does.
    """
    try:
        return work.result()
    except Died:
        if job.style == "library":
            raise
        tries = [pool.draw(place, job, (candidate.name,)) for candidate in CANDIDATES]
        found = [placed for one in tries if (placed := _unless_died(one))]
        if not found:
            raise
        return pool.draw(draw, job, best(found)).result()


def _unless_died(work: Work[Placed | None]) -> Placed | None:
    try:
        return work.result()
    except Died:
        return None


def fingerprint(job: Job, engine_version: str) -> str:
    """Hash everything that can change the bytes of a picture; lines of the author's file cannot."""
    graph = job.graph
    nodes = [(replace(node, line=0, icon=None), state.of_file(node.icon) if node.icon else "") for node in graph.nodes]
    said = (
        replace(graph, nodes=(), clusters=(), edges=(), line=0),
        nodes,
        [replace(cluster, line=0) for cluster in graph.clusters],
        [replace(edge, line=0) for edge in graph.edges],
        job.style,
        job.options,
        job.formats,
        job.dot if job.style == "library" else "",
    )
    return state.digest(state.painting_code(), engine_version, repr(said))
