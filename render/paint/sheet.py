"""Set tables on one page of A4: from their texts to a `Scene`, which is printed as every drawing is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archfolio.render.model import style
from archfolio.render.model.font import Weight, width
from archfolio.render.model.geometry import Box, Point, Size
from archfolio.render.paint.scene import Scene
from archfolio.render.paint.shapes import Rect, Shape, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

A4 = Size(794, 1123)  # px, of which an inch has 96
MARGIN = 38
_SIZES = (11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0)  # px of the text in tables; the first that fits is taken
_TITLE = 20.0
_SENTENCE = 11.0
_HEADING = 1.2  # times the text in tables
_GAP = 10  # between columns
_LINE = 1.22  # of a line, in em
_PADDING = 3.0  # above and below the lines of a row, together


@dataclass(frozen=True, slots=True)
class PaperTable:
    """A table: heads and rows of equal length, and a sentence below it."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """What stands on a page."""

    title: str
    sentence: str
    tables: tuple[PaperTable, ...]
    foot: str = ""


class PaperFull(Exception):  # noqa: N818  what is the matter with it
    """Tables that do not fit on a page at the smallest size; its only argument is by how many px."""


def compose_paper(paper: Paper) -> Scene:
    """Set a page, in the largest size of text that fits. Raises PaperFull where none does."""
    over = 0.0
    for size in _SIZES:
        shapes, bottom = _page(paper, size)
        over = bottom - (A4.height - MARGIN)
        if over <= 0:
            ground = Rect(Box(0, 0, *A4), 0, style.GROUND)
            body = Box(MARGIN, MARGIN, A4.width - MARGIN, A4.height - MARGIN)
            return Scene(A4, body, paper.title, paper.sentence, (ground, *shapes))
    raise PaperFull(round(over))


def _page(paper: Paper, size: float) -> tuple[list[Shape], float]:
    """Set everything in a size; return it with where it ends."""
    y = MARGIN + _TITLE * style.BASELINE
    shapes: list[Shape] = [Text(paper.title, Point(MARGIN, y), _TITLE, Weight.SEMIBOLD, style.INK)]
    room = A4.width - 2 * MARGIN
    y += _TITLE * 0.35
    for line in _wrapped(paper.sentence, _SENTENCE, Weight.REGULAR, room):
        y += _SENTENCE * _LINE
        shapes.append(Text(line, Point(MARGIN, y), _SENTENCE, Weight.REGULAR, style.MUTED))
    y += size * 0.6
    for table in paper.tables:
        found, y = _table(table, size, y, room)
        shapes += found
    if paper.foot:
        y += size * _LINE
        shapes.append(Text(paper.foot, Point(MARGIN, y), size, Weight.REGULAR, style.MUTED))
    return shapes, y


def _table(table: PaperTable, size: float, top: float, room: float) -> tuple[list[Shape], float]:
    columns = _columns(table, size, room)
    y = top + size * _HEADING * _LINE + size * 0.5
    shapes: list[Shape] = [Text(table.title, Point(MARGIN, y), size * _HEADING, Weight.SEMIBOLD, style.INK)]
    y += size * 0.35
    rows = [(table.heads, Weight.SEMIBOLD, style.MUTED), *((row, Weight.REGULAR, style.INK) for row in table.rows)]
    for cells, weight, ink in rows:
        lines = [_wrapped(cell, size, _weight(number, weight), columns[number]) for number, cell in enumerate(cells)]
        x = float(MARGIN)
        for number, column in enumerate(columns):
            for at, line in enumerate(lines[number], 1):
                place = Point(x, y + _PADDING / 2 + at * size * _LINE - size * (_LINE - style.BASELINE))
                shapes.append(Text(line, place, size, _weight(number, weight), ink))
            x += column + _GAP
        y += max(map(len, lines)) * size * _LINE + _PADDING
        shapes.append(Rect(Box(MARGIN, y - 0.25, MARGIN + room, y + 0.25), 0, style.PANEL_BORDER))
    for line in _wrapped(table.note, size, Weight.REGULAR, room):
        y += size * _LINE
        shapes.append(Text(line, Point(MARGIN, y), size, Weight.REGULAR, style.MUTED))
    return shapes, y


def _weight(column: int, weight: Weight) -> Weight:
    return weight if column else Weight.SEMIBOLD


def _columns(table: PaperTable, size: float, room: float) -> list[float]:
    """Return widths: what each column asks for, and where that is too much the widest ones give."""
    rows = (table.heads, *table.rows)
    wanted = [
        max(
            width(row[number], size, Weight.SEMIBOLD if row is table.heads or not number else Weight.REGULAR)
            for row in rows
        )
        for number in range(len(table.heads))
    ]
    wanted = [float(int(one) + 2) for one in wanted]
    left = room - _GAP * (len(wanted) - 1)
    if sum(wanted) <= left:
        more = (left - sum(wanted)) / len(wanted)
        return [one + more for one in wanted]
    widest = left
    while sum(min(one, widest) for one in wanted) > left:
        widest -= 1
    return [min(one, widest) for one in wanted]


def _wrapped(text: str, size: float, weight: Weight, room: float) -> tuple[str, ...]:
    """Break a text into lines that fit; a word that is longer than a line stands alone."""
    return tuple(_lines(text.split(" "), size, weight, room)) if text else ()


def _lines(words: Sequence[str], size: float, weight: Weight, room: float) -> Iterator[str]:
    line = ""
    for word in words:
        longer = f"{line} {word}" if line else word
        if line and width(longer, size, weight) > room:
            yield line
            line = word
        else:
            line = longer
    yield line
