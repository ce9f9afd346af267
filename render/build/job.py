"""What to draw and how: from a captured drawing to the job that a worker is given. It loads nothing that draws."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from archfolio.render.base import code_version, hashing
from archfolio.render.model.font_files import add_project_fonts
from archfolio.render.model.honoured import needs_graphviz
from archfolio.render.paint.format import Format
from archfolio.render.paint.options import Options
from archfolio.render.paint.origin import Origin

if TYPE_CHECKING:
    from archfolio.render.base.code_version import DrawingCode
    from archfolio.render.build.options import RenderOptions
    from archfolio.render.layout.lockfile import Recorded
    from archfolio.render.model.conventions import Look
    from archfolio.render.model.drawing import Drawing
    from archfolio.render.model.graph import Graph


@dataclass(frozen=True, slots=True)
class Job:
    """All that a drawing hangs on; a drawing made of an equal job has equal bytes."""

    graph: Graph
    dot: str  # as the library would draw it
    style: str  # house or library
    engine: str
    formats: tuple[Format, ...]
    options: Options = field(default_factory=Options)
    name: str = ""  # "shop/serving": which view it is, as pictures say themselves
    fingerprint: str = ""  # of everything that its SVG hangs on
    encoded_fingerprint: str = ""  # of everything that its PNG and PDF hang on
    recorded: Recorded | None = None  # its layout, or that of an earlier version of it

    def origin(self, made: Format) -> Origin:
        """Return what a file of this job says of itself."""
        return Origin(self.name, self.fingerprint if made.format == "svg" else self.encoded_fingerprint)


def job_for(
    name: str,
    drawing: Drawing,
    options: RenderOptions,
    engine_version: str,
    recorded: Recorded | None = None,
    code: DrawingCode | None = None,
) -> Job:
    """Decide how a drawing is made: its style, its formats, its recorded layout, and the fingerprint of all of it.

    `name` is "SYSTEM/VIEW", as the pictures will say. `code` is given where another process has hashed it already.
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
    code = code or code_version.drawing_code()
    svg = _fingerprint(job, engine_version, code.painting)
    return replace(job, fingerprint=svg, encoded_fingerprint=hashing.digest(svg, code.encoders))


def _fingerprint(job: Job, engine_version: str, code: str) -> str:
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
    return hashing.digest(code, engine_version, repr(content))


def know_fonts(look: Look) -> None:
    """Make the fonts of a project known to this process."""
    add_project_fonts((font.family, font.path) for font in look.fonts)
