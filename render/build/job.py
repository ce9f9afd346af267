"""What to draw and how: from a captured drawing to the job that a worker is given, and to its picture."""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from archfolio.render.base import code_version, hashing
from archfolio.render.base.errors import EnvironmentProblem
from archfolio.render.build.draw import Job, boxes, draw, know_fonts, place_among
from archfolio.render.build.processes import TimedOut, WorkerFailed
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
    from archfolio.render.capture.drawing import Drawing
    from archfolio.render.layout.draft import Placement
    from archfolio.render.layout.lockfile import Recorded
    from archfolio.render.layout.search import Placed


FIRST = 2 / 3  # of the time for a drawing, that its search may take
_HURRIED = (
    "took too long to lay out, and was drawn with the simplest settings: draw less in one view, or record a layout"
)


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
            return _another_way(pool, job)
        placed = place_in_isolation(pool, job, failed)
        picture = pool.draw(draw, job, placed).result()
        return replace(picture, warnings=(_HURRIED,)) if isinstance(failed, TimedOut) else picture
    except (EnvironmentProblem, LayoutFailed):
        raise
    except Exception:
        if job.recorded is None:
            raise
        return start(pool, replace(job, recorded=None)).result()


def start(pool: Workers, job: Job) -> Future[Picture]:
    """Submit a drawing. It gets most of the time that a drawing may take; the rest is kept for other settings."""
    return pool.draw_within(pool.seconds * FIRST, draw, job)


def _another_way(pool: Workers, job: Job) -> Picture:
    """Draw what kills the bundled Graphviz in the library's look: with the machine's, or else in the house style."""
    if job.engine != "dot" and shutil.which("dot"):
        with suppress(WorkerFailed, LayoutFailed):
            return start(pool, replace(job, engine="dot")).result()
    house = replace(job, style="house")
    picture = picture_of(pool, house, start(pool, house))
    warning = "Graphviz dies over the library's look: drawn in the house style"
    return replace(picture, warnings=(*picture.warnings, warning))


def place_in_isolation(pool: Workers, job: Job, failed: WorkerFailed) -> Placed:
    """Place the boxes with Graphviz, in a process for each setting: one that it dies over costs only itself.

    After a process that took too long only the first of them is tried. All share what is left of the time for one
    drawing. Raises WorkerFailed where none is left, or no time.
    """
    hung = isinstance(failed, TimedOut)
    remaining = pool.seconds * (1 - FIRST if hung else 1)
    candidates = candidates_for(size(job.graph))
    tried = candidates[:1] if hung else candidates
    works = [pool.draw_within(remaining / 2 / len(tried), boxes, job, one) for one in tried]
    placements = [placement for work in works if (placement := _unless_lost(work))]
    if not placements:
        too_long = f"it cannot be laid out within {pool.seconds:g} s: draw less in one view"
        message = too_long if hung else "Graphviz dies over it with all of the layout settings"
        raise WorkerFailed(message)
    return pool.draw_within(remaining / 2, place_among, job, placements).result()


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
