"""A view as a presentation of native shapes that can be edited: the drawing, and a slide for each of its steps.

Everything stands where our drawing has it. A node is a group of its card, icon and words; an edge is one line with its
arrow head; a step dims what it does not touch by paler colours, so that every shape can be coloured again. Needs
python-pptx, which the extra `archfolio[slides]` installs.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from archfolio.gallery.export.escapes import without_controls
from archfolio.gallery.export.pptx_shapes import Box, SlideWriter
from archfolio.gallery.export.walkthrough import heading_of, sentence_of
from archfolio.gallery.export.zip_archive import zip_archive
from archfolio.gallery.svg.drawn import read_drawn

if TYPE_CHECKING:
    from archfolio.gallery.manifest import Step, Subject, View
    from archfolio.gallery.svg.drawn import Drawn, DrawnPart

WIDTH, HEIGHT = 960.0, 540.0  # pt of a slide, 16:9
_MARGIN = 28.0
_HEAD = 62.0  # pt of the heading above a drawing
_COLUMN = 250.0  # pt of the heading beside a drawing that is taller than wide
_TITLE_SIZE, _CAPTION_SIZE = 22.0, 14.0
_TITLE_ONLY = 5  # the layout with a title and nothing else
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)  # of a file that says no time of its own
_LONGEST_TITLE = 255  # characters that a file says of itself
_PALE = 0.14  # of a colour that is not lit


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where a drawing stands on a slide: pt of its left top corner, and pt a px of it."""

    x: float
    y: float
    scale: float


def pptx(system: Subject, view: View, svg: str) -> bytes:
    """Write a view as a presentation. Raises ModuleNotFoundError without python-pptx."""
    import pptx as library
    from pptx.util import Pt

    drawn = _body(read_drawn(svg))
    deck = library.Presentation()
    deck.slide_width, deck.slide_height = Pt(WIDTH), Pt(HEIGHT)
    about = deck.core_properties
    about.title = heading_of(system, view).title[:_LONGEST_TITLE]
    about.author = about.last_modified_by = "archfolio"
    about.created = about.modified = about.last_printed = _EPOCH
    about.revision = 1
    for step in (None, *view.steps):
        _slide(deck, system, view, drawn, step)
    content = io.BytesIO()
    deck.save(content)
    return _same_bytes(content.getvalue())


def _body(drawn: Drawn) -> Drawn:
    """Return a drawing without its heading, which a slide has itself, moved up to the left top corner."""
    parts = [part for part in drawn.parts if part.kind != "head"]
    points = [point for part in parts for point in _extent(part)]
    if not points:
        return replace(drawn, parts=tuple(parts))
    left, top = min(x for x, _ in points), min(y for _, y in points)
    right, bottom = max(x for x, _ in points), max(y for _, y in points)
    moved = tuple(part.moved(-left, -top) for part in parts)
    return replace(drawn, width=right - left, height=bottom - top, parts=moved)


def _extent(part: DrawnPart) -> list[tuple[float, float]]:
    """Return the outermost points of a part; texts are within what holds them, but for those of the legend."""
    points = [point for rect in part.rects for point in ((rect.x, rect.y), (rect.x + rect.width, rect.y + rect.height))]
    points += [point for line in part.lines for point in line.points]
    for text in part.texts:
        width = len(text.text) * text.size * 0.55
        left = text.x - {"start": 0.0, "middle": width / 2, "end": width}[text.anchor]
        points += [(left, text.y - text.size), (left + width, text.y + text.size * 0.3)]
    return points


def _slide(deck: Any, system: Subject, view: View, drawn: Drawn, step: Step | None) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[_TITLE_ONLY])
    heading = heading_of(system, view, step)
    frame, boxes = _arranged(drawn)
    writer = SlideWriter(slide, frame.x, frame.y, frame.scale)
    writer.heading(heading.title, heading.caption, boxes, (_TITLE_SIZE, _CAPTION_SIZE))
    lit = set(step.edges) if step else None
    touched = _touched(view, lit) if lit is not None else None
    names = {node.id: node.name for node in view.nodes} | {cluster.id: cluster.label for cluster in view.clusters}
    edges = {edge.id: edge for edge in view.edges}
    for part in drawn.parts:
        is_lit = lit is None or part.kind in {"cluster", "legend"}
        is_lit = is_lit or part.id in ((lit if part.kind in {"edge", "label"} else touched) or ())
        strength = 1.0 if is_lit else _PALE if part.kind in {"edge", "label"} else 2.5 * _PALE
        name = names.get(part.id, part.id)
        if part.kind in {"edge", "label"} and part.id in edges:
            edge = edges[part.id]
            name = f"{names.get(edge.tail, edge.tail)} to {names.get(edge.head, edge.head)}"
            name = f"{name}: {edge.label}" if edge.label else name
        writer.part(part, without_controls(name), strength, drawn.ground)
    slide.notes_slide.notes_text_frame.text = sentence_of(system, step) if step else without_controls(view.alt)


def _arranged(drawn: Drawn) -> tuple[_Frame, tuple[Box, Box]]:
    """Return where a drawing stands, and the boxes of title and caption: above it, or beside one that is tall."""
    is_tall = drawn.height > drawn.width * HEIGHT / WIDTH * 1.25
    left, top = (_MARGIN + _COLUMN, _MARGIN) if is_tall else (_MARGIN, _MARGIN + _HEAD)
    width, height = WIDTH - left - _MARGIN, HEIGHT - top - _MARGIN / 2
    scale = min(width / max(drawn.width, 1.0), height / max(drawn.height, 1.0), 1.0)
    x, y = left + (width - drawn.width * scale) / 2, top + (height - drawn.height * scale) / 2
    if is_tall:
        boxes = (_MARGIN, _MARGIN, _COLUMN - 20.0, 90.0), (_MARGIN, _MARGIN + 100.0, _COLUMN - 20.0, 300.0)
    else:
        boxes = (_MARGIN, 16.0, WIDTH - 2 * _MARGIN, 30.0), (_MARGIN, 46.0, WIDTH - 2 * _MARGIN, 40.0)
    return _Frame(x, y, scale), boxes


def _touched(view: View, lit: set[str]) -> set[str]:
    ends = {end for edge in view.edges if edge.id in lit for end in (edge.tail, edge.head)}
    return ends | {node.id for node in view.nodes if node.cluster in ends}


def _same_bytes(content: bytes) -> bytes:
    """Pack a file anew: parts in the order of their names, with one time, so that equal drawings have equal bytes."""
    with zipfile.ZipFile(io.BytesIO(content)) as written:
        names = sorted(written.namelist(), key=lambda name: (name != "[Content_Types].xml", name))
        return zip_archive({name: written.read(name) for name in names})
