"""What stands around a drawing: title and caption above it, the legend of what it uses below."""

from __future__ import annotations

from dataclasses import dataclass

from render import style
from render.curves import arrow_head
from render.font import Weight, width
from render.geometry import Box, Point, Size
from render.graph import Accent, Graph, Kind
from render.shapes import Group, Path, Polygon, Rect, Shape, Text
from render.size import wrap

SAMPLE = 26.0  # length of a line in the legend
SWATCH = 10.0
GAP = 8.0  # between a sample and its word
BETWEEN = 22.0  # between two entries
NARROWEST = 360.0  # a title or legend may make a small drawing this wide


@dataclass(frozen=True, slots=True)
class Furniture:
    """Shapes from (0, 0) on, and the room that they and the gap to the drawing take."""

    shapes: tuple[Shape, ...]
    size: Size


NO_FURNITURE = Furniture((), Size(0, 0))


def head(graph: Graph, measure: float) -> Furniture:
    """Set title and caption, wrapped to the drawing's width."""
    measure = max(measure, NARROWEST)
    set_lines = [
        (line, style.TITLE_SIZE, Weight.SEMIBOLD, style.INK)
        for line in wrap(graph.title, measure, style.TITLE_SIZE, Weight.SEMIBOLD)
    ]
    set_lines += [
        (line, style.CAPTION_SIZE, Weight.REGULAR, style.MUTED)
        for line in wrap(graph.caption, measure, style.CAPTION_SIZE, Weight.REGULAR)
    ]
    if not set_lines:
        return NO_FURNITURE
    shapes: list[Shape] = []
    y, widest = 0.0, 0.0
    for line, size, weight, colour in set_lines:
        shapes.append(Text(line, Point(0, y + size * style.BASELINE), size, weight, colour))
        y += size * style.LINE_HEIGHT + 2
        widest = max(widest, width(line, size, weight))
    return Furniture(tuple(shapes), Size(widest, y + style.HEAD_GAP))


def legend(graph: Graph, measure: float) -> Furniture:
    """List the edge kinds and parts that a drawing uses, in one line where they fit; nothing where all is plain."""
    measure = max(measure, NARROWEST)
    kinds = [kind for kind in style.EDGES if kind is not Kind.PLAIN and any(edge.kind is kind for edge in graph.edges)]
    accents = [
        accent
        for accent in style.ACCENTS
        if accent is not Accent.NONE and any(node.accent is accent for node in graph.nodes)
    ]
    if not kinds:
        return NO_FURNITURE
    entries = [(_sample(kind), SAMPLE, kind.value) for kind in kinds]
    entries += [(_swatch(accent), SWATCH, accent.value) for accent in accents]
    shapes: list[Shape] = []
    x, y, widest = 0.0, style.HEAD_GAP, 0.0
    line = style.LEGEND_SIZE * 1.6
    for sample, room, word in entries:
        across = room + GAP + width(word, style.LEGEND_SIZE)
        if x and x + across > measure:
            x, y = 0.0, y + line
        text = Text(
            word,
            Point(room + GAP, style.LEGEND_SIZE * style.BASELINE),
            style.LEGEND_SIZE,
            Weight.REGULAR,
            style.MUTED,
        )
        shapes.append(Group("entry", (*sample, text), Point(x, y)))
        widest = max(widest, x + across)
        x += across + BETWEEN
    return Furniture(tuple(shapes), Size(widest, y + line))


def _sample(kind: Kind) -> tuple[Shape, ...]:
    look = style.EDGES[kind]
    middle = style.LEGEND_SIZE * style.LINE_HEIGHT / 2
    start, base, tip = Point(0, middle), Point(SAMPLE - style.ARROW_LENGTH, middle), Point(SAMPLE, middle)
    fill = style.CARD if look.hollow else look.line
    return (
        Path((start, start, base, base), look.line, look.width, look.dashes),
        Polygon(arrow_head(base, tip), fill, look.line, look.width if look.hollow else 0),
    )


def _swatch(accent: Accent) -> tuple[Shape, ...]:
    top = (style.LEGEND_SIZE * style.LINE_HEIGHT - SWATCH) / 2
    return (Rect(Box(0, top, SWATCH, top + SWATCH), 2, style.ACCENTS[accent]),)
