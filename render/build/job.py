"""What to draw and how: from a captured drawing to the job that a worker is given, and to its picture."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from archfolio.render.base import code_version, hashing
from archfolio.render.build.draw import Job, boxes, draw, place_among
from archfolio.render.build.processes import WorkerFailed
from archfolio.render.capture.module import own_style
from archfolio.render.layout.engine import LayoutFailed
from archfolio.render.layout.measure import size
from archfolio.render.layout.settings import candidates_for
from archfolio.render.paint.format import Format
from archfolio.render.paint.scene import Options

if TYPE_CHECKING:
    from concurrent.futures import Future

    from archfolio.render.build.draw import Picture
    from archfolio.render.build.options import RenderOptions
    from archfolio.render.build.processes import Workers
    from archfolio.render.capture.module import Drawing
    from archfolio.render.layout.draft import Placement
    from archfolio.render.layout.lockfile import Recorded
    from archfolio.render.layout.search import Placed


def job_for(
    name: str, drawing: Drawing, options: RenderOptions, engine_version: str, recorded: Recorded | None = None
) -> Job:
    """Decide how a drawing is made: its style, its formats, its recorded layout, and the fingerprint of all of it.

    `name` is "SYSTEM/VIEW", as the pictures will say.
    """
    style = options.style
    if style == "auto":
        style = "library" if own_style(drawing.graph) else "house"
    formats = [Format("svg")]
    if options.png:
        formats.append(Format("png", float(options.scale)))
    if options.dark and style == "house":
        formats.append(Format("png", float(options.scale), "dark"))
    if options.pdf:
        formats.append(Format("pdf"))
    job = Job(
        name=name,
        graph=drawing.graph,
        dot=drawing.dot if style == "library" else "",
        style=style,
        engine=options.engine,
        formats=tuple(formats),
        options=Options(options.title, options.legend),
        recorded=recorded if style == "house" else None,
    )
    svg = fingerprint(job, engine_version)
    return replace(job, fingerprint=svg, encoded_fingerprint=encoded_fingerprint(svg))


def picture_of(pool: Workers, job: Job, work: Future[Picture]) -> Picture:
    """Wait for a picture, also where a process died over one of the layout settings.

    Raises WorkerFailed, or what drawing raises, where it cannot be had.
    """
    try:
        return work.result()
    except WorkerFailed:
        if job.style == "library":
            raise
        return pool.draw(draw, job, place_in_isolation(pool, job)).result()


def place_in_isolation(pool: Workers, job: Job) -> Placed:
    """Have Graphviz place the boxes in a process for each of its settings: one that it dies over costs only itself.

    Raises WorkerFailed where none is left.
    """
    works = [pool.draw(boxes, job, candidate) for candidate in candidates_for(size(job.graph))]
    placements = [placement for work in works if (placement := _unless_lost(work))]
    if not placements:
        message = "Graphviz dies over it with all of the layout settings"
        raise WorkerFailed(message)
    return pool.draw(place_among, job, placements).result()


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
