"""Text in several styles, measured and broken into lines: from the lines of a label to lines with a size."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from archfolio.render.model import style
from archfolio.render.model.font import Weight, width
from archfolio.render.model.font_files import is_here, parse_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from archfolio.render.model.label import Line, RichLabel, Span

POINTS = 14 / 13  # px of ours in a point of the library's: its labels have 13 points, our names 14 px
_SMALL = 0.7  # of the size, for superscripts and subscripts
_SHIFT = 0.3  # em by which they are moved
_FIGURE = re.compile(r"(?:.*\W)?\d[\d.,]*")  # "120", "<5", "10-20", but no "p99"
_UNIT = re.compile(
    r"([n\u00b5umkMGTP]?(s|B|W|J|Hz|bits?|m|Wh)|k|M|G|T|bn|tn|%|\u00b0C|px|fps|h|min|d"
    r"|(second|minute|hour|day|week|month|year)s?)(/\w+)?[.,;:)\]]*"
)


class TextStyle(NamedTuple):
    """How a text looks. `colour` is what an author said, "" for the colour of the place."""

    size: float
    weight: Weight = Weight.REGULAR
    family: str = ""
    is_italic: bool = False
    colour: str = ""
    underline: bool = False
    strike: bool = False
    rise: float = 0.0  # px above the line


class Run(NamedTuple):
    """A piece of a line in one style, and its width in px."""

    text: str
    style: TextStyle
    width: float


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line: its runs from left to right, its measures in px, and to which side it is pushed."""

    runs: tuple[Run, ...]
    align: str = ""
    rule: bool = False  # a line is drawn above it

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(run.text for run in self.runs)

    @property
    def width(self) -> float:
        """How wide it is."""
        return sum(run.width for run in self.runs)

    @property
    def size(self) -> float:
        """The size of its largest letters."""
        return max((run.style.size for run in self.runs), default=0.0)

    @property
    def height(self) -> float:
        """How high it is, with the space to the next one."""
        return self.size * style.LINE_HEIGHT


def font_of(name: str) -> tuple[str, bool, bool]:
    """Return the family of a Graphviz font name, "" for ours or where it cannot be had, and whether bold and italic."""
    parsed = parse_name(name)
    return (parsed.family if is_here(parsed.family) else "", parsed.is_bold, parsed.is_italic)


def _styled(base: TextStyle, span: Span) -> TextStyle:
    """Return the style of a span in a text of a base style."""
    family, is_bold, is_italic = font_of(span.family) if span.family else (base.family, False, False)
    size = span.size * POINTS if span.size else base.size
    rise = 0.0
    if span.shift:
        rise, size = span.shift * size * _SHIFT, size * _SMALL
    return TextStyle(
        size=size,
        weight=Weight.SEMIBOLD if span.is_bold or is_bold else base.weight,
        family=family,
        is_italic=span.is_italic or is_italic or base.is_italic,
        colour=span.colour or base.colour,
        underline=span.underline or base.underline,
        strike=span.strike or base.strike,
        rise=rise,
    )


def _lines_of(line: Line, base: TextStyle, measure: float) -> tuple[TextLine, ...]:
    """Break one line of a label into as few lines as fit a measure in px, about equally long."""
    words = list(_words(line.spans, base))
    if math.isfinite(measure):
        words = _with_units(words)
    broken = _balanced(words, measure)
    return tuple(
        TextLine(_runs(words), line.align, rule=line.rule and not number) for number, words in enumerate(broken)
    )


class _Word(NamedTuple):
    """What is not broken: letters in one or more styles, and whether a space stands before it."""

    pieces: tuple[tuple[str, TextStyle], ...]
    is_spaced: bool

    @property
    def text(self) -> str:
        """Its letters alone."""
        return "".join(text for text, _ in self.pieces)


def _words(spans: Iterable[Span], base: TextStyle) -> Iterable[_Word]:
    """Split at spaces, and between the characters of scripts that are written without."""
    pieces: list[tuple[str, TextStyle]] = []
    is_spaced = False
    for span in spans:
        look = _styled(base, span)
        for character in span.text:
            if character in " \t\r":
                if pieces:
                    yield _Word(tuple(pieces), is_spaced)
                    pieces = []
                is_spaced = True
                continue
            if pieces and character >= _FIRST_WIDE and _may_break(pieces[-1][0][-1], character):
                yield _Word(tuple(pieces), is_spaced)
                pieces, is_spaced = [], False
            if pieces and pieces[-1][1] == look:
                pieces[-1] = (pieces[-1][0] + character, look)
            else:
                pieces.append((character, look))
    if pieces:
        yield _Word(tuple(pieces), is_spaced)


def _with_units(words: Iterable[_Word]) -> list[_Word]:
    """Join each figure and its unit, so that no line ends between them."""
    joined: list[_Word] = []
    for word in words:
        whole = word
        if joined and are_figure_and_unit(joined[-1].text, word.text):
            before = joined.pop()
            (text, look), *rest = word.pieces
            whole = _Word((*before.pieces, (f" {text}", look), *rest), before.is_spaced)
        joined.append(whole)
    return joined


def are_figure_and_unit(before: str, after: str) -> bool:
    """Return whether a word is a figure and the one after it its unit: "120" and "ms", "30" and "days"."""
    return bool(_FIGURE.fullmatch(before) and _UNIT.fullmatch(after))


_NOT_FIRST = frozenset("、。，．：；！？）」』】〕〉》ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ")  # of a line  # noqa: RUF001  full-width, as they are written
_FIRST_WIDE = "\u1100"  # no character before it is an ideograph
_NOT_LAST = frozenset("（「『【〔〈《")  # noqa: RUF001  likewise


def _may_break(before: str, after: str) -> bool:
    """Return whether a line may end between two characters: next to an ideograph, and not before punctuation."""
    wide = unicodedata.east_asian_width(before) in {"W", "F"} and unicodedata.east_asian_width(after) in {"W", "F"}
    is_joined = unicodedata.combining(after) or after in "\u200d\ufe0f" or before == "\u200d" or ord(after) >= 0x1F3FB  # noqa: PLR2004  skin tones
    return wide and not is_joined and after not in _NOT_FIRST and before not in _NOT_LAST


def _balanced(words: Sequence[_Word], measure: float) -> list[list[_Word]]:
    if not math.isfinite(measure):
        return [list(words)] if words else []
    lines = _fill(words, measure)
    if len(lines) <= 1:
        return lines
    # Narrow the measure as long as the number of lines stays: ragged text looks accidental.
    widest = max(map(_width, lines))
    while True:
        tighter = _fill(words, widest - 1)
        if len(tighter) > len(lines):
            return lines
        lines = tighter
        shrunk = max(map(_width, lines))
        if shrunk >= widest:
            return lines
        widest = shrunk


def _fill(words: Sequence[_Word], measure: float) -> list[list[_Word]]:
    lines: list[list[_Word]] = []
    for word in words:
        if lines and _width([*lines[-1], word]) <= measure:
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines


def _width(words: Sequence[_Word]) -> float:
    return sum(piece.width for piece in _runs(words))


def _runs(words: Sequence[_Word]) -> tuple[Run, ...]:
    """Join words into runs, with spaces between them."""
    joined: list[tuple[str, TextStyle]] = []
    for number, word in enumerate(words):
        for at, (text, look) in enumerate(word.pieces):
            piece = f" {text}" if number and not at and word.is_spaced else text
            if joined and joined[-1][1] == look:
                joined[-1] = (joined[-1][0] + piece, look)
            else:
                joined.append((piece, look))
    return tuple(run(text, look) for text, look in joined)


def run(text: str, look: TextStyle) -> Run:
    """Measure a piece of text."""
    return Run(text, look, width(text, look.size, look.weight, look.family, look.is_italic))


def broken(label: RichLabel, base: TextStyle, measure: float = float("inf")) -> tuple[TextLine, ...]:
    """Break a label into lines: as its author did, and where it would not fit a measure in px; blank lines go."""
    return tuple(line for said in label.lines if said.text.strip() for line in _lines_of(said, base, measure))


def replace_size(base: TextStyle, size: float) -> TextStyle:
    """Return a style at a size in px."""
    return base._replace(size=round(size, 2))
