"""What stands around a drawing: title and caption above it, the legend of what it uses below."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from archfolio.render.model import style
from archfolio.render.model.card import shows_part
from archfolio.render.model.cluster_style import page_style, page_title
from archfolio.render.model.conventions import Look
from archfolio.render.model.edge_style import edge_style, is_invisible
from archfolio.render.model.font import Weight, width
from archfolio.render.model.geometry import Box, Point, Size
from archfolio.render.model.graph import LIKE, Accent, Direction, Edge, Graph, Kind, Revision
from archfolio.render.model.label import plain_label
from archfolio.render.model.look import part_colour
from archfolio.render.model.rich_text import TextStyle, broken
from archfolio.render.paint.arrows import arrow_head, head_shapes, heads_length
from archfolio.render.paint.shapes import Group, Path, Polygon, Rect, Shape, Text
from archfolio.render.paint.text_shapes import text_shapes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archfolio.render.model.conventions import KindLook, PartLook

_SAMPLE = 26.0  # length of a line in the legend
_SWATCH = 10.0
TAG, TAG_HEIGHT = 22.0, 15.0  # of a card in the legend
_GAP = 8.0  # between a sample and its word
_BETWEEN = 18.0  # between two entries
_APART = 20.0  # from the edge kinds to the rule, and from it to the parts
_LEGEND_LINE = style.LEGEND_SIZE * 1.6
_NARROWEST = 360.0  # a title or legend may make a small drawing this wide


@dataclass(frozen=True, slots=True)
class Decoration:
    """Shapes from (0, 0) on, and the room that they and the gap to the drawing take."""

    shapes: tuple[Shape, ...]
    size: Size


NO_DECORATION = Decoration((), Size(0, 0))
_TEXT_HEIGHT = style.LEGEND_SIZE * style.LINE_HEIGHT


class LegendEntry(NamedTuple):
    """What explains one sign in the legend, from (0, 0) on."""

    shapes: tuple[Shape, ...]
    length: float


def heading(graph: Graph, measure: float, family: str = "") -> Decoration:
    """Lay out title and caption, this wrapped to the drawing's width; `family` is the project's font, "" for ours."""
    page = page_style(graph)
    set_lines = [(line, page.ink) for line in page_title(graph, measure)]
    measure = max([measure, _NARROWEST, *(line.width for line, _ in set_lines)])
    caption = broken(plain_label(graph.caption), TextStyle(style.CAPTION_SIZE, family=family), measure)
    set_lines += [(line, page.muted) for line in caption]
    if not set_lines:
        return NO_DECORATION
    widest = max(line.width for line, _ in set_lines)
    anchor, x = {"c": ("middle", widest / 2), "r": ("end", widest)}.get(page.justify, ("start", 0.0))
    shapes: list[Shape] = []
    y = 0.0
    for line, ink in set_lines:
        shapes.extend(text_shapes(line, Point(x, y), anchor, ink, page.ground))
        y += line.height + 2
    return Decoration(tuple(shapes), Size(widest, y + style.HEAD_GAP))


def legend(graph: Graph, measure: float, look: Look | None = None) -> Decoration:
    """List the edge kinds and parts that a drawing uses, side by side where they fit; nothing where all is plain."""
    measure, look = max(measure, _NARROWEST), look or Look()
    drawn = {edge.kind for edge in graph.edges if not is_invisible(edge)} - {Kind.PLAIN}
    shown = {node.accent for node in graph.nodes if shows_part(node)} - {Accent.NONE}
    own_kinds, own_parts = {kind.name: kind for kind in look.kinds}, {part.name: part for part in look.parts}
    kinds = [kind for kind in dict.fromkeys([*map(str, style.EDGES), *own_kinds]) if kind in drawn]
    parts = [part for part in dict.fromkeys([*map(str, style.ACCENTS), *own_parts]) if part in shown]
    if not kinds:
        return NO_DECORATION
    entry = partial(_entry, family=look.family)
    rows = [
        [entry(_sample(kind, own_kinds.get(kind)), _SAMPLE, _word(kind, own_kinds.get(kind))) for kind in kinds],
        [entry(_swatch(part_colour(part)), _SWATCH, _word(part, own_parts.get(part))) for part in parts],
    ]
    lengths = [_length(row) for row in rows]
    used = {*(node.revision for node in graph.nodes), *(edge.revision for edge in graph.edges)}
    revisions = [revision for revision in style.REVISIONS if revision in used]
    if revisions:
        rows.append([entry(_tag(revision), TAG, revision.value) for revision in revisions])
    elif sum(lengths) + 2 * _APART <= measure or not parts:
        return _legend_in_a_line(rows, lengths)
    return _legend_in_lines([line for row in rows for line in _balanced(row, measure)])


def _word(name: str, own: KindLook | PartLook | None) -> str:
    return own.word if own else name


def _legend_in_a_line(rows: list[list[LegendEntry]], lengths: list[float]) -> Decoration:
    """Lay out kinds and parts side by side, with a rule between them."""
    kinds, parts = rows
    shapes: list[Shape] = list(_line(kinds, Point(0, style.HEAD_GAP)))
    length = lengths[0]
    if parts:
        rule = Box(length + _APART - 0.5, style.HEAD_GAP, length + _APART + 0.5, style.HEAD_GAP + _TEXT_HEIGHT)
        shapes.append(Rect(rule, 0, style.CARD_BORDER))
        shapes.extend(_line(parts, Point(length + 2 * _APART, style.HEAD_GAP)))
        length += 2 * _APART + lengths[1]
    return Decoration(tuple(shapes), Size(length, style.HEAD_GAP + _LEGEND_LINE))


def _legend_in_lines(lines: list[list[LegendEntry]]) -> Decoration:
    """Lay out kinds above parts."""
    tops = [style.HEAD_GAP + number * _LEGEND_LINE for number in range(len(lines))]
    shapes = [shape for line, top in zip(lines, tops, strict=True) for shape in _line(line, Point(0, top))]
    return Decoration(tuple(shapes), Size(max(map(_length, lines)), tops[-1] + _LEGEND_LINE))


def _entry(sample: tuple[Shape, ...], room: float, word: str, family: str = "") -> LegendEntry:
    baseline = Point(room + _GAP, style.LEGEND_SIZE * style.BASELINE)
    text = Text(word, baseline, style.LEGEND_SIZE, Weight.REGULAR, style.MUTED, family=family)
    return LegendEntry((*sample, text), room + _GAP + width(word, style.LEGEND_SIZE, family=family))


def _length(entries: list[LegendEntry]) -> float:
    return sum(entry.length for entry in entries) + _BETWEEN * max(len(entries) - 1, 0)


def _balanced(entries: list[LegendEntry], measure: float) -> list[list[LegendEntry]]:
    """Break entries into as few lines as fit, about equally many in each: an entry alone in a line looks forgotten."""
    for count in range(1, len(entries) + 1):
        each = -(-len(entries) // count)
        lines = [entries[start : start + each] for start in range(0, len(entries), each)]
        if all(_length(line) <= measure for line in lines):
            return lines
    return [[entry] for entry in entries]


def _line(entries: list[LegendEntry], at: Point) -> Iterator[Group]:
    x = at.x
    for entry in entries:
        yield Group("entry", entry.shapes, Point(x, at.y))
        x += entry.length + _BETWEEN


def _sample(name: str, own: KindLook | None) -> tuple[Shape, ...]:
    """Draw a short arrow of a kind: of ours, or of the project's own with its attributes."""
    middle = _TEXT_HEIGHT / 2
    if own is not None:
        attrs = tuple(sorted({**dict(own.attrs), LIKE: own.like or Kind.PLAIN.value}.items()))
        own_look = edge_style(Edge("", "", "", "", name, Direction.FORWARD, 0, attrs=attrs))
        tip = Point(_SAMPLE, middle)
        base = Point(_SAMPLE - heads_length(own_look.head, own_look.scale), middle)
        line = Path((Point(0, middle), Point(0, middle), base, base), own_look.line, own_look.width, own_look.dashes)
        return line, *head_shapes(own_look.head, own_look, base, tip)
    look = style.EDGES[Kind(name)]
    start, base, tip = Point(0, middle), Point(_SAMPLE - style.ARROW_LENGTH, middle), Point(_SAMPLE, middle)
    fill = style.CARD if look.hollow else look.line
    return (
        Path((start, start, base, base), look.line, look.width, look.dashes),
        Polygon(arrow_head(base, tip), fill, look.line, look.width if look.hollow else 0),
    )


def _tag(revision: Revision) -> tuple[Shape, ...]:
    """Draw a card as small as a swatch, bordered as one that was added, changed or removed, with the sign in it."""
    mark = style.REVISIONS[revision]
    top = (_TEXT_HEIGHT - TAG_HEIGHT) / 2
    box = Box(0, top, TAG, top + TAG_HEIGHT)
    shapes: list[Shape] = [Rect(box, 3, style.CARD, mark.colour, min(mark.width, 1.8), dashes=mark.dashes and (3, 2))]
    if mark.is_double:
        shapes.append(Rect(Box(2.5, top + 2.5, TAG - 2.5, box.y1 - 2.5), 1, style.CARD, mark.colour, 0.8))
    baseline = box.centre.y + style.REVISION_SIZE * 0.36
    sign = Text(mark.sign, Point(TAG / 2, baseline), style.REVISION_SIZE, Weight.SEMIBOLD, mark.colour, "middle")
    return (*shapes, sign)


def _swatch(colour: style.Colour) -> tuple[Shape, ...]:
    top = (_TEXT_HEIGHT - _SWATCH) / 2
    return (Rect(Box(0, top, _SWATCH, top + _SWATCH), 2, colour),)
