"""Lay out a record, fields beside and below each other: https://graphviz.org/doc/info/shapes.html#record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archfolio.render.model.geometry import Box, Size
from archfolio.render.model.label import RichLabel, unescape
from archfolio.render.model.record_fields import RecordField, parse_record
from archfolio.render.model.rich_text import broken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archfolio.render.model.rich_text import TextLine, TextStyle

PADDING = (12.0, 7.0)  # px around the text of a field, x and y


@dataclass(frozen=True, slots=True)
class Cell:
    """One field: its place in the record, from (0, 0) on, and its lines."""

    box: Box
    lines: tuple[TextLine, ...]


@dataclass(frozen=True, slots=True)
class _Field:
    """Text, or fields that stand the other way round than those around them."""

    lines: tuple[TextLine, ...] = ()
    fields: tuple[_Field, ...] = ()


def record(label: str, base: TextStyle, measure: float) -> tuple[tuple[Cell, ...], Size]:
    """Lay out the fields of a record label, side by side, those in braces below each other, and so on by turns."""
    field = _styled(RecordField(fields=parse_record(label)), base, measure)
    size = _size(field, is_row=True)
    return tuple(_cells(field, Box(0, 0, *size), is_row=True)), size


def _styled(field: RecordField, base: TextStyle, measure: float) -> _Field:
    if field.fields:
        return _Field(fields=tuple(_styled(part, base, measure) for part in field.fields))
    return _Field(broken(RichLabel(unescape(field.text)), base, measure))


def _size(field: _Field, *, is_row: bool) -> Size:
    if not field.fields:
        width = max((line.width for line in field.lines), default=0.0)
        return Size(width + 2 * PADDING[0], sum(line.height for line in field.lines) + 2 * PADDING[1])
    sizes = [_size(part, is_row=not is_row) for part in field.fields]
    widths, heights = [size.width for size in sizes], [size.height for size in sizes]
    return Size(sum(widths), max(heights)) if is_row else Size(max(widths), sum(heights))


def _cells(field: _Field, box: Box, *, is_row: bool) -> Sequence[Cell]:
    """Fill a box with a field; room that is left over is shared among its parts."""
    if not field.fields:
        return [Cell(box, field.lines)]
    sizes = [_size(part, is_row=not is_row) for part in field.fields]
    lengths = [size.width if is_row else size.height for size in sizes]
    spare = ((box.width if is_row else box.height) - sum(lengths)) / len(lengths)
    cells: list[Cell] = []
    at = box.x0 if is_row else box.y0
    for part, length in zip(field.fields, lengths, strict=True):
        end = at + length + spare
        own = Box(at, box.y0, end, box.y1) if is_row else Box(box.x0, at, box.x1, end)
        cells += _cells(part, own, is_row=not is_row)
        at = end
    return cells
