"""What to draw and how: from a captured drawing to the job that a worker is given, and to its picture."""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from archfolio.render.base import code_version, hashing
from archfolio.render.base.errors import EnvironmentProblem
from archfolio.render.build.draw import Job, boxes, draw, know_fonts, place_among, place_simply
from archfolio.render.build.processes import FIRST, TimedOut, WorkerFailed
from archfolio.render.layout.engine import LayoutFailed
from archfolio.render.layout.measure import size
from archfolio.render.layout.settings import candidates_for
from archfolio.render.model.honoured import needs_graphviz
from archfolio.render.paint.format import Format
from archfolio.render.paint.scene import Options

if TYPE_CHECKING:
    from concurrent.futures import Future

    from archfolio.render.build.draw import Picture
    from archfolio.render.build.options import RenderOptions
    from archfolio.render.build.processes import Workers
    from archfolio.render.layout.draft import Placement
    from archfolio.render.layout.lockfile import Recorded
    from archfolio.render.layout.search import Placed
    from archfolio.render.model.drawing import Drawing

_HURRIED = "took too long to lay out"
_DIES = "makes Graphviz die, with all of the layout settings"
_REFUSED = "is refused by Graphviz"


def job_for(
    name: str, drawing: Drawing, options: RenderOptions, engine_version: str, recorded: Recorded | None = None
) -> Job:
    """Decide how a drawing is made: its style, its formats, its recorded layout, and the fingerprint of all of it.

    `name` is "SYSTEM/VIEW", as the pictures will say.
    """
    style = options.style
    if style == "auto":
        style = "library" if needs_graphviz(drawing.graph) else "house"
    formats = [Format("svg")]
    if options.png:
        formats.append(Format("png", float(options.scale)))
    if options.dark and style == "house":
        formats.append(Format("png", float(options.scale), "dark"))
    if options.pdf:
        formats.append(Format("pdf"))
    know_fonts(options.conventions.look)
    job = Job(
        name=name,
        graph=drawing.graph,
        dot=drawing.dot if style == "library" else "",
        style=style,
        engine=options.engine,
        formats=tuple(formats),
        options=Options(options.title, options.legend, options.conventions.look),
        recorded=recorded if style == "house" else None,
    )
    svg = fingerprint(job, engine_version)
    return replace(job, fingerprint=svg, encoded_fingerprint=encoded_fingerprint(svg))


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


def fingerprint(job: Job, engine_version: str) -> str:
    """Hash everything that can change what a picture shows; lines and sentences of steps cannot.

    How many pixels it has, and in which formats it was asked for, is no part of it: an SVG is current at any scale.
    """
    graph = job.graph
    nodes = [
        (replace(node, line=0, icon=None), hashing.hash_file(node.icon) if node.icon else "") for node in graph.nodes
    ]
    content = (
        job.name,
        replace(graph, nodes=(), clusters=(), edges=(), steps=(), line=0),
        nodes,
        [replace(cluster, line=0) for cluster in graph.clusters],
        [replace(edge, line=0) for edge in graph.edges],
        job.style,
        job.options,
        job.recorded and (job.recorded.held, job.recorded.spots),
        job.dot if job.style == "library" else "",
    )
    return hashing.digest(code_version.painting_code(), engine_version, repr(content))


def encoded_fingerprint(svg: str) -> str:
    """Return the fingerprint of the PNG or PDF of a view whose SVG has this one."""
    return hashing.digest(svg, code_version.encoders())
