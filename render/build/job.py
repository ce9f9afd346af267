"""What to draw and how: from a captured drawing to the job that a worker is given, and to its picture."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from archfolio.render.base import code_version, hashing
from archfolio.render.base.errors import EnvironmentProblem
from archfolio.render.build.draw import Job, draw, place
from archfolio.render.build.processes import TimedOut, WorkerFailed
from archfolio.render.capture.module import own_style
from archfolio.render.layout.engine import LayoutFailed
from archfolio.render.layout.measure import size
from archfolio.render.layout.search import AT_LEAST, best, is_good_enough
from archfolio.render.layout.settings import OF_A_LARGE_DRAWING, candidates_for
from archfolio.render.paint.format import Format
from archfolio.render.paint.scene import Options

if TYPE_CHECKING:
    from concurrent.futures import Future

    from archfolio.render.build.draw import Picture
    from archfolio.render.build.options import RenderOptions
    from archfolio.render.build.processes import Workers
    from archfolio.render.capture.module import Drawing
    from archfolio.render.layout.lockfile import Recorded
    from archfolio.render.layout.search import Placed


FIRST = 2 / 3  # of the time for a drawing, that its search may take
_HURRIED = (
    "took too long to lay out, and was drawn with the simplest settings: draw less in one view, or record a layout"
)
LEAST = 0.5  # s with which nothing can be begun


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
        candidate=recorded.candidate if recorded and style == "house" else "",
        layout=bytes(recorded.layout) if recorded and style == "house" and _holds(recorded, options) else b"",
    )
    svg = fingerprint(job, engine_version)
    return replace(job, fingerprint=svg, encoded_fingerprint=encoded_fingerprint(svg))


def _holds(recorded: Recorded, options: RenderOptions) -> bool:
    """Tell whether laying out again would give the recorded layout: by this Graphviz, with the code of today."""
    return options.engine == "bundled" and recorded.is_current


def picture_of(pool: Workers, job: Job, work: Future[Picture]) -> Picture:
    """Wait for a picture that `start` has begun, also where a process died or hung over one of the layout settings.

    A recorded layout that is damaged counts as none. Raises WorkerFailed, or what drawing raises, where there is none.
    """
    try:
        return work.result()
    except WorkerFailed as failed:
        if job.style == "library":
            raise
        placed = place_in_isolation(pool, job, failed)
        picture = pool.draw(draw, job, placed).result()
        return replace(picture, warnings=(_HURRIED,)) if isinstance(failed, TimedOut) else picture
    except (EnvironmentProblem, LayoutFailed):
        raise
    except Exception:
        if not job.layout:
            raise
        return start(pool, replace(job, layout=b"", candidate="")).result()


def start(pool: Workers, job: Job) -> Future[Picture]:
    """Submit a drawing. It gets most of the time that a drawing may take; the rest is kept for other settings."""
    return pool.draw_within(pool.seconds * FIRST, draw, job)


def place_in_isolation(pool: Workers, job: Job, failed: WorkerFailed) -> Placed:
    """Try layout settings in a process each: one that kills its process costs only itself.

    After a death in the order of a search, which ends in the same place: the choice is as if nothing had happened.
    After a process that took too long, the cheapest first, and the first that comes to an end is taken. All share what
    is left of the time for one drawing. Raises WorkerFailed where none is left, or no time.
    """
    hung = isinstance(failed, TimedOut)
    remaining = pool.seconds * (1 - FIRST if hung else 1)
    found: list[Placed] = []
    for name in _names(job, cheapest_first=hung):
        limit = remaining / 2
        try:
            found.append(pool.draw_within(limit, place, job, name).result())
        except TimedOut:
            remaining -= limit
        except (WorkerFailed, LayoutFailed):
            pass
        enough = found and (remaining < pool.seconds or name == job.candidate)
        if enough or remaining < LEAST or (len(found) >= AT_LEAST and is_good_enough(best(found))):
            break
    if not found:
        all_of_them = f"it cannot be laid out within {pool.seconds:g} s: draw less in one view"
        message = all_of_them if hung or remaining < LEAST else "Graphviz dies over it with all of the layout settings"
        raise WorkerFailed(message)
    return best(found)


def _names(job: Job, *, cheapest_first: bool) -> list[str]:
    """List the settings to try: the recorded ones, and those of a search."""
    names = [candidate.name for candidate in candidates_for(size(job.graph))]
    cheap = [candidate.name for candidate in OF_A_LARGE_DRAWING]
    ordered = [*cheap, *names] if cheapest_first else [job.candidate, *names]
    return list(dict.fromkeys(filter(None, ordered)))


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
        job.candidate,
        job.layout,
        job.dot if job.style == "library" else "",
    )
    return hashing.digest(code_version.painting_code(), engine_version, repr(content))


def encoded_fingerprint(svg: str) -> str:
    """Return the fingerprint of the PNG or PDF of a view whose SVG has this one."""
    return hashing.digest(svg, code_version.encoders())
