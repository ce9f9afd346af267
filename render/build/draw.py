"""Draw one view, from graph to finished files: from `Job` to `Picture`. Runs in a worker process."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from archfolio.render.base.share import in_turn
from archfolio.render.build.job import Job, know_fonts
from archfolio.render.layout import engine as engines
from archfolio.render.layout.draft import frame
from archfolio.render.layout.effort import QUICK
from archfolio.render.layout.measure import size
from archfolio.render.layout.place_boxes import place_boxes
from archfolio.render.layout.search import redrawn, resumed, search, search_among, simply
from archfolio.render.model.alt_text import describe
from archfolio.render.model.font import Typeface
from archfolio.render.model.honoured import needs_graphviz
from archfolio.render.model.icons import Icon, make_icons
from archfolio.render.paint.format import Format
from archfolio.render.paint.png import fitting_scale, png
from archfolio.render.paint.scene import compose
from archfolio.render.paint.shapes import texts
from archfolio.render.paint.svg import svg

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from archfolio.render.base.share import Share
    from archfolio.render.layout.dot_writer import Candidate
    from archfolio.render.layout.draft import Placement, Spot
    from archfolio.render.layout.effort import Effort
    from archfolio.render.layout.engine import Engine
    from archfolio.render.layout.placed import Placed
    from archfolio.render.model.drawing import Drawing
    from archfolio.render.model.geometry import Box, Sized
    from archfolio.render.model.graph import Graph
    from archfolio.render.paint.scene import Scene

KEPT = 8  # layouts that a process remembers

ENGINES: dict[str, type[Engine]] = {"bundled": engines.Bundled, "dot": engines.SystemDot}


@dataclass(frozen=True, slots=True)
class Picture:
    """A finished drawing."""

    files: tuple[tuple[Format, bytes], ...]
    width: float
    height: float
    boxes: tuple[tuple[str, Box], ...]  # of the nodes, on the whole drawing
    candidate: str
    warnings: tuple[str, ...] = ()
    icons: tuple[tuple[str, Icon], ...] = ()  # of its components, so that nobody need reduce them again


def place_view(job: Job, effort: Effort = QUICK, share: Share = in_turn) -> Placed:
    """Lay a graph out: as it is recorded, or with its cards where they were before it was edited, or by a search.

    Raises LayoutFailed where Graphviz refuses.
    """
    know_fonts(job.options.look)
    sized = size(job.graph)
    known = _known(job, sized)
    return known or search(sized, _engine(job.engine), effort, share)


def _known(job: Job, sized: Sized) -> Placed | None:
    recorded = job.recorded
    if recorded is None or not recorded.is_start_of(job.graph):
        return None
    is_held = recorded.held if recorded.is_of(job.graph) else None
    return _from_where_it_stood(sized, tuple(recorded.spots.items()), is_held=is_held)


@lru_cache(maxsize=KEPT)
def _from_where_it_stood(sized: Sized, spots: tuple[tuple[str, Spot], ...], *, is_held: bool | None) -> Placed | None:
    """Lay a graph out from where its cards stood; `is_held` is of the recorded layout, None where that is another's.

    What was drawn last is kept: under `serve` an edit is drawn at once and by the build that follows, and most edits
    change no size.
    """
    if is_held is None:
        return resumed(sized, dict(spots))
    return redrawn(sized, dict(spots), held=is_held)


def boxes(job: Job, candidate: Candidate) -> Placement:
    """Place the boxes of a graph with Graphviz under one of the settings; it may end this process over it.

    Raises LayoutFailed where it refuses.
    """
    know_fonts(job.options.look)
    [placement] = place_boxes(frame(size(job.graph)), _engine(job.engine), [candidate])
    return placement


def place_among(job: Job, placements: Sequence[Placement]) -> Placed:
    """Lay a graph out from boxes that have been placed."""
    know_fonts(job.options.look)
    return search_among(frame(size(job.graph)), placements)


def place_simply(job: Job, why: str) -> Placed:
    """Lay a graph out in the simplest way, without Graphviz; `why` begins what is said of it."""
    know_fonts(job.options.look)
    return simply(size(job.graph), why)


def draw(job: Job, placed: Placed | None = None, share: Share = in_turn) -> Picture:
    """Draw a job in every format it asks for, on one layout; it may `share` the work.

    Raises LayoutFailed where Graphviz cannot lay it out, and EnvironmentProblem where there is no Graphviz.
    """
    know_fonts(job.options.look)
    drawn = tuple(_FROM.get(made.format, made.format) for made in job.formats)
    formats = tuple(replace(made, format=own) for made, own in zip(job.formats, drawn, strict=True) if own != "dot")
    inner = replace(job, formats=formats)
    picture = _in_library_style(inner) if job.style == "library" else _in_house_style(inner, placed, share)
    contents = iter(content for _, content in picture.files)
    files = tuple(
        (made, job.dot.encode() if own == "dot" else _as(made.format, next(contents)))
        for made, own in zip(job.formats, drawn, strict=True)
    )
    return replace(picture, files=files)


_FROM = {"jpg": "png"}  # formats that are made of others
JPEG_QUALITY = 92


def _as(ending: str, content: bytes) -> bytes:
    """Turn a file into the format that was asked for."""
    if ending != "jpg":
        return content
    from PIL import Image  # noqa: PLC0415  asked for seldom

    out = io.BytesIO()
    with Image.open(io.BytesIO(content)) as picture:
        picture.convert("RGB").save(out, "JPEG", quality=JPEG_QUALITY)
    return out.getvalue()


def _in_library_style(job: Job) -> Picture:
    from archfolio.render.paint.graphviz_style import draw_in_graphviz_style  # noqa: PLC0415  asked for seldom

    engine = _engine(job.engine)
    files, width, height = draw_in_graphviz_style(job.graph, job.dot, job.formats, job.origin, engine)
    said = ((text, Typeface()) for text in _labels(job.graph))
    warnings = _unreadable(said) if any(wanted.format != "svg" for wanted in job.formats) else ()
    return Picture(files, width, height, (), "library", warnings)


def _labels(graph: Graph) -> list[str]:
    own = [node.label for node in graph.nodes] + [cluster.label for cluster in graph.clusters]
    return [graph.title, *own, *(edge.label for edge in graph.edges)]


def _in_house_style(job: Job, placed: Placed | None, share: Share) -> Picture:
    icons = make_icons((node.icon for node in job.graph.nodes if node.icon), share)
    placed = placed or place_view(job, share=share)
    layout = placed.layout
    scene = compose(job.graph, layout, describe(job.graph), job.options)
    warnings = [placed.simplified] if placed.simplified else []
    for wanted in job.formats:
        scale = fitting_scale(scene, wanted.scale)
        if wanted.format == "png" and scale < wanted.scale:
            warnings.append(f"is too large for a PNG at scale {wanted.scale:g}: it is painted at {scale:.2g}")
    made = share(partial(_painted, job, scene, placed.held), job.formats)
    left, top = scene.body.x0, scene.body.y0
    boxes = tuple(
        (node, box._replace(x0=box.x0 + left, y0=box.y0 + top, x1=box.x1 + left, y1=box.y1 + top))
        for node, box in layout.nodes.items()
    )
    said = ((text.text, text.face) for text in texts(scene.shapes))
    warnings += _unreadable(said) if any(wanted.format != "svg" for wanted in job.formats) else ()
    return Picture(
        tuple(zip(job.formats, made, strict=True)),
        scene.size.width,
        scene.size.height,
        boxes,
        layout.candidate,
        tuple(warnings),
        tuple({node.component: icons[node.icon] for node in job.graph.nodes if node.icon}.items()),
    )


def _painted(job: Job, scene: Scene, held: bool, wanted: Format) -> bytes:  # noqa: FBT001  handed on
    match wanted.format:
        case "svg":
            origin = job.origin(wanted)._replace(resumed=held)
            return svg(scene, job.graph.slug, origin).encode()
        case "png":
            return job.origin(wanted).in_png(png(scene, fitting_scale(scene, wanted.scale), wanted.theme))
        case _:
            from archfolio.render.paint.pdf import pdf  # noqa: PLC0415  asked for seldom

            return pdf(scene)


def _unreadable(said: Iterable[tuple[str, Typeface]]) -> tuple[str, ...]:
    """Warn of the characters that stand as boxes in a PNG or PDF."""
    from archfolio.render.paint.pdf_text import lacking  # noqa: PLC0415  few pictures are no SVG

    missing = lacking(said)
    if not missing:
        return ()
    named = " ".join(missing[:MOST_NAMED]) + (" and others" if len(missing) > MOST_NAMED else "")
    return (
        f"no font has a glyph for {named}: the SVG shows them, in PNG and PDF they are boxes;"
        " install a font that has them, or pip install 'archfolio[fonts]'",
    )


MOST_NAMED = 20  # characters in a warning


def paint_now(drawing: Drawing, ending: str) -> bytes:
    """Paint the picture of a drawing that its script wants to see while it runs."""
    style = "library" if needs_graphviz(drawing.graph) else "house"
    job = Job(drawing.graph, drawing.dot, style, "bundled", (Format(ending, 2.0 if ending in ("png", "jpg") else 1.0),))
    [(_, content)] = draw(job).files
    return content


def _engine(name: str) -> Engine:
    return ENGINES[name]()
