"""The parts of a drawing as shapes of a slide: rectangles, lines with arrow heads, words, icons, grouped and named."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from archfolio.gallery.svg.drawn import DrawnIcon, DrawnPath, DrawnRect, DrawnText

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archfolio.gallery.svg.drawn import DrawnPart, Ink

_EMU = 12700  # in a pt
_FACE = "Arial"  # which every machine has, or one of its widths
_NARROWER = 0.96  # so that our font's words keep their places in it
_LETTER = 0.75  # width of a letter in its size, and more: a box of text must not break it
_NEXT_LINE = 30.0  # px from a line of text to the next one, at most
_INK, _MUTED = "#16202c", "#546274"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_P = "http://schemas.openxmlformats.org/presentationml/2006/main"


Box = tuple[float, float, float, float]  # left, top, width and height in pt


class SlideWriter:
    """Writes parts of a drawing onto a slide, at a place and a scale."""

    def __init__(self, slide: Any, x: float, y: float, scale: float) -> None:
        """Write to a slide: `x` and `y` in pt are the drawing's left top corner, `scale` is pt a px."""
        self._slide, self._x, self._y, self._scale = slide, x, y, scale

    def heading(self, title: str, caption: str, boxes: tuple[Box, Box], sizes: tuple[float, float]) -> None:
        """Write the title, as the slide's own title, and the caption, into boxes in pt."""
        from pptx.util import Pt

        holder = self._slide.shapes.title
        holder.left, holder.top, holder.width, holder.height = map(Pt, boxes[0])
        self._words(holder.text_frame, [(title, sizes[0], True, _INK)], "start", at_top=True)
        if caption:
            below = self._slide.shapes.add_textbox(*map(Pt, boxes[1]))
            below.name = "Caption"
            self._words(below.text_frame, [(caption, sizes[1], False, _MUTED)], "start", at_top=True)

    def part(self, part: DrawnPart, name: str, strength: float, ground: str) -> None:
        """Write a part; of a strength below 1 its colours are mixed with the ground."""
        paint, ground_paint = _Paint(strength, ground), _Paint(1.0, ground)  # a label goes on hiding the line
        if part.kind == "edge":
            self._edge(part, name, paint)
            return
        shapes = self._slide.shapes
        if part.kind != "label":
            group = shapes.add_group_shape()
            group.name, shapes = name or part.kind, group.shapes
        for shape in part.shapes:
            if isinstance(shape, DrawnRect) and (shape.ink.fill or shape.ink.stroke):
                self._rect(shapes, shape, ground_paint if part.kind == "label" else paint, name)
            elif isinstance(shape, DrawnPath):
                self._line(shapes, shape, paint, name)
            elif isinstance(shape, DrawnIcon):
                self._icon(shapes, shape, strength)
        for lines in _paragraphs(part.texts):
            self._text(shapes, lines, paint, name)

    def _edge(self, part: DrawnPart, name: str, paint: _Paint) -> None:
        """Write an edge as one line, with the arrow heads of the drawing at its ends."""
        heads = [shape for shape in part.shapes if isinstance(shape, DrawnPath) and shape.is_polygon]
        for line in part.lines[:1]:
            points = line.points
            at_start = [head for head in heads if _near(head, points[0])]
            at_end = [head for head in heads if _near(head, points[-1])]
            if at_end:  # a straight piece up to the tip, so that the head looks where ours does
                points = (*points, *_piece(points[-1], at_end[0].points[0]))
            if at_start:
                points = (at_start[0].points[0], *_piece(at_start[0].points[0], points[0])[:2], *points)
            shape = DrawnPath(points, line.ink)
            ends = (bool(at_start), bool(at_end), _is_hollow(at_start + at_end, line))
            self._line(self._slide.shapes, shape, paint, name, ends)

    def _rect(self, shapes: Any, rect: DrawnRect, paint: _Paint, name: str) -> None:
        from pptx.enum.shapes import MSO_SHAPE
        from pptx.util import Pt

        kind = MSO_SHAPE.ROUNDED_RECTANGLE if rect.radius else MSO_SHAPE.RECTANGLE
        shape = shapes.add_shape(kind, *self._box(rect.x, rect.y, rect.width, rect.height))
        _name(shape, name)
        if rect.radius:
            shape.adjustments[0] = min(rect.radius / max(min(rect.width, rect.height), 1.0), 0.5)
        _set_ink(shape, rect.ink, paint, Pt(max(rect.ink.width * self._scale, 0.25)))

    def _line(
        self, shapes: Any, path: DrawnPath, paint: _Paint, name: str, ends: tuple[bool, bool, bool] | None = None
    ) -> None:
        """Write a path or a polygon as a free form, curves and all; `ends`: heads at start and end, and hollow ones."""
        xs, ys = [x for x, _ in path.points], [y for _, y in path.points]
        left, top, width, height = min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)
        builder = shapes.build_freeform(0, 0, 1.0)
        builder.add_line_segments([(1, 0), (1, 1)], close=path.is_polygon)
        shape = builder.convert_to_shape()
        _name(shape, name)
        shape.left, shape.top, shape.width, shape.height = self._box(left, top, width, height)
        _set_geometry(shape, [self._local(point, left, top) for point in path.points], is_polygon=path.is_polygon)
        _set_ink(shape, path.ink, paint, int(max(path.ink.width * self._scale, 0.5) * _EMU))
        if path.ink.stroke and path.ink.dashes:
            dotted = path.ink.dashes[0] <= path.ink.dashes[-1]
            _child(shape.line._get_or_add_ln(), "prstDash", val="sysDash" if dotted else "dash")
        if ends:
            _set_ends(shape.line._get_or_add_ln(), *ends)

    def _icon(self, shapes: Any, icon: DrawnIcon, strength: float) -> None:
        picture = shapes.add_picture(io.BytesIO(icon.png), *self._box(icon.x, icon.y, icon.width, icon.height))
        if strength < 1:
            blip = picture._element.find(f".//{{{_A}}}blip")
            _child(blip, "alphaModFix", amt=str(round(strength * 100_000)))

    def _text(self, shapes: Any, lines: list[DrawnText], paint: _Paint, name: str) -> None:
        """Write lines of text, one below the other, as one box."""
        first, last = lines[0], lines[-1]
        width = max(len(line.text) * line.size * _LETTER for line in lines) + 16
        left = first.x - {"start": 0.0, "middle": width / 2, "end": width}[first.anchor]
        top, bottom = first.y - first.size * 1.02, last.y + last.size * 0.32
        box = shapes.add_textbox(*self._box(left, top, width, bottom - top))
        box.name = name
        said = [(one.text, one.size * self._scale * _NARROWER, one.is_bold, paint.hex(one.colour)) for one in lines]
        self._words(box.text_frame, said, first.anchor, at_top=False)

    def _words(self, frame: Any, lines: Iterable[tuple[str, float, bool, str]], anchor: str, *, at_top: bool) -> None:
        from pptx.dml.color import RGBColor
        from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
        from pptx.util import Pt

        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        frame.word_wrap = True
        frame.vertical_anchor = MSO_ANCHOR.TOP if at_top else MSO_ANCHOR.MIDDLE
        align = {"start": PP_ALIGN.LEFT, "middle": PP_ALIGN.CENTER, "end": PP_ALIGN.RIGHT}[anchor]
        for number, (text, size, is_bold, colour) in enumerate(lines):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            paragraph.alignment = align
            run = paragraph.add_run()
            run.text = text
            run.font.size, run.font.bold, run.font.name = Pt(round(size, 1)), is_bold, _FACE
            run.font.color.rgb = RGBColor.from_string(colour.removeprefix("#").upper())

    def _box(self, x: float, y: float, width: float, height: float) -> tuple[int, int, int, int]:
        """Return a rectangle of the drawing in the slide's units."""
        return (
            round((self._x + x * self._scale) * _EMU),
            round((self._y + y * self._scale) * _EMU),
            max(round(width * self._scale * _EMU), 1),
            max(round(height * self._scale * _EMU), 1),
        )

    def _local(self, point: tuple[float, float], left: float, top: float) -> tuple[int, int]:
        return round((point[0] - left) * self._scale * _EMU), round((point[1] - top) * self._scale * _EMU)


class _Paint:
    """Colours, mixed with the ground as a strength says."""

    def __init__(self, strength: float, ground: str) -> None:
        self._strength, self._ground = min(strength, 1.0), ground

    def hex(self, colour: str) -> str:
        """Return a colour as "#rrggbb"."""
        inks, grounds = _channels(colour), _channels(self._ground)
        mixed = (round(g + (c - g) * self._strength) for c, g in zip(inks, grounds, strict=True))
        return "#" + "".join(f"{channel:02x}" for channel in mixed)

    def rgb(self, colour: str) -> Any:
        """Return a colour as python-pptx has them."""
        from pptx.dml.color import RGBColor

        return RGBColor.from_string(self.hex(colour).removeprefix("#").upper())


def _channels(colour: str) -> tuple[int, int, int]:
    digits = colour.removeprefix("#")
    if len(digits) == 3:  # noqa: PLR2004  "#abc"
        digits = "".join(digit * 2 for digit in digits)
    try:
        return int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)
    except ValueError:
        return 0, 0, 0


def _is_next_line(text: DrawnText, before: DrawnText) -> bool:
    return before.anchor == text.anchor and abs(before.x - text.x) < 1 and 0 < text.y - before.y < _NEXT_LINE


def _paragraphs(texts: tuple[DrawnText, ...]) -> list[list[DrawnText]]:
    """Gather lines that stand one below the other at one edge: the words of a card, or of a label."""
    found: list[list[DrawnText]] = []
    for text in texts:
        before = found[-1][-1] if found else None
        if before and _is_next_line(text, before):
            found[-1].append(text)
        else:
            found.append([text])
    return found


def _near(head: DrawnPath, end: tuple[float, float]) -> bool:
    """Return whether an arrow head stands at an end of a line: within its own length."""
    return min((x - end[0]) ** 2 + (y - end[1]) ** 2 for x, y in head.points) < 15**2


def _piece(start: tuple[float, float], end: tuple[float, float]) -> tuple[tuple[float, float], ...]:
    """Return the rest of a straight cubic piece: two control points on it, and its end."""
    dx, dy = (end[0] - start[0]) / 3, (end[1] - start[1]) / 3
    return (start[0] + dx, start[1] + dy), (end[0] - dx, end[1] - dy), end


def _is_hollow(heads: list[DrawnPath], line: DrawnPath) -> bool:
    return any(head.ink.fill and head.ink.fill != line.ink.stroke for head in heads)


def _name(shape: Any, name: str) -> None:
    """Name a shape, and take the theme's style from it, which would give it a shadow."""
    shape.name = name
    for style in shape._element.findall(f"{{{_P}}}style"):
        shape._element.remove(style)


def _set_ink(shape: Any, ink: Ink, paint: _Paint, width: int) -> None:
    """Fill a shape and draw its border, `width` EMU wide, as far as its ink has either."""
    if ink.fill:
        shape.fill.solid()
        shape.fill.fore_color.rgb = paint.rgb(ink.fill)
    else:
        shape.fill.background()
    if ink.stroke:
        shape.line.color.rgb = paint.rgb(ink.stroke)
        shape.line.width = width
    else:
        shape.line.fill.background()


def _child(element: Any, name: str, **attributes: str) -> Any:
    from lxml import etree

    return etree.SubElement(element, f"{{{_A}}}{name}", attributes)


def _set_ends(line: Any, at_start: bool, at_end: bool, is_hollow: bool) -> None:  # noqa: FBT001  as they are drawn
    """Give a line arrow heads; the hollow ones of answers are open arrows here."""
    kind = "arrow" if is_hollow else "triangle"
    if at_start:
        _child(line, "headEnd", type=kind, w="sm", len="med")
    if at_end:
        _child(line, "tailEnd", type=kind, w="sm", len="med")


def _pieces(points: list[tuple[int, int]]) -> list[tuple[str, list[tuple[int, int]]]]:
    """Return the commands of a line of cubic pieces; a straight piece is a straight line, whose head looks along it."""
    pieces: list[tuple[str, list[tuple[int, int]]]] = []
    for at in range(0, len(points) - 3, 3):
        start, first, second, end = points[at : at + 4]
        dx, dy = end[0] - start[0], end[1] - start[1]
        off = max(abs((x - start[0]) * dy - (y - start[1]) * dx) for x, y in (first, second))
        is_straight = off <= _EMU / 2 * max(abs(dx), abs(dy), 1)
        pieces.append(("lnTo", [end]) if is_straight else ("cubicBezTo", [first, second, end]))
    return pieces


def _set_geometry(shape: Any, points: list[tuple[int, int]], *, is_polygon: bool) -> None:
    """Write the outline of a free form: its corners, or its cubic pieces."""
    from lxml import etree

    [outlines] = shape._element.iter(f"{{{_A}}}pathLst")
    for old in list(outlines):
        outlines.remove(old)
    size = {
        "w": str(max((x for x, _ in points), default=1) or 1),
        "h": str(max((y for _, y in points), default=1) or 1),
    }
    outline = etree.SubElement(outlines, f"{{{_A}}}path", size)
    steps = [("lnTo", [point]) for point in points[1:]] if is_polygon else _pieces(points)
    for name, targets in [("moveTo", points[:1]), *steps]:
        command = etree.SubElement(outline, f"{{{_A}}}{name}")
        for x, y in targets:
            etree.SubElement(command, f"{{{_A}}}pt", {"x": str(x), "y": str(y)})
    if is_polygon:
        etree.SubElement(outline, f"{{{_A}}}close")
