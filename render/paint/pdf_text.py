"""Text as numbered glyphs of small fonts, for printers that cannot ask a browser to set it.

A character that the typeface lacks is taken from a font of the machine, if one has it. Runs from right to left are
put in the order in which they are seen (Unicode Standard Annex 9), and HarfBuzz joins their letters.
"""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

import uharfbuzz as hb

from archfolio.render.model.font import ALPHABET, Typeface, Weight, has_glyph, instance, width
from archfolio.render.model.font_files import FontFile, with_character

if TYPE_CHECKING:
    from collections.abc import Iterable

UNKNOWN = 0  # the glyph of every character that no typeface has
Source = Typeface | FontFile
"""Where glyphs come from: a typeface of ours or of the author's, or a font that fills its gaps."""

_RIGHT_TO_LEFT = frozenset({"R", "AL"})


class Glyph(NamedTuple):
    """One glyph of a line, how far the next one is from it, and how far it is moved, all in em."""

    id: int
    advance: float
    aside: float = 0.0
    up: float = 0.0
    picture: bytes = b""  # a PNG, of glyphs that are pictures
    cluster: str = ""
    width: int = 0  # without kerning, in thousandths of an em


class GlyphRun(NamedTuple):
    """Glyphs of one source that follow one another, and what is asked of them wherever they are set."""

    glyphs: tuple[Glyph, ...]
    advances: tuple[float, ...]  # em
    said: dict[int, str]  # by those that the source has, what each stands for first
    is_apart: bool  # no letter touches the next, or is set upon another
    is_plain: bool  # all are outlines that the source has


class FontSubset:
    """The part of one source that drawings use: a font, and how to set text in it."""

    def __init__(self, data: bytes, source: Source) -> None:
        """Open the font."""
        self.source, self.data = source, data
        self._widths: dict[int, int] = {}
        self._face = hb.Face(self.data)
        self._font = hb.Font(self._face)
        self._em: int = self._face.upem
        extents = self._font.get_font_extents("ltr")
        self.ascent = self._thousandths(extents.ascender)
        self.descent = self._thousandths(extents.descender)
        self.is_postscript = self.data[:4] == b"OTTO"

    def shape(self, text: str, *, is_right_to_left: bool = False) -> tuple[Glyph, ...]:
        """Set one run as browsers do, in the order in which it is seen, kerned."""
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        if is_right_to_left:
            buffer.direction = "rtl"
        hb.shape(self._font, buffer)
        positions = buffer.glyph_positions or []  # None for an empty line
        placed = [(info.codepoint, info.cluster) for info in buffer.glyph_infos]
        starts = sorted({start for _, start in placed})
        ends = dict(zip(starts, [*starts[1:], len(text)], strict=False))
        em, has_pictures, glyphs = self._em, self._face.has_color_png, []
        for (number, start), position in zip(placed, positions, strict=True):
            cluster = text[start : ends[start]]
            if number == UNKNOWN:
                face = self.source if isinstance(self.source, Typeface) else Typeface()
                glyphs.append(Glyph(UNKNOWN, width(text[start], 1, face.weight), cluster=cluster))
                continue
            aside, up, advance, _ = position.position
            picture = self._picture(number) if has_pictures else b""
            glyphs.append(Glyph(number, advance / em, aside / em, up / em, picture, cluster, self.width(number)))
        return tuple(glyphs)

    def _picture(self, glyph: int) -> bytes:
        blob = self._font.get_glyph_color_png(glyph)
        return bytes(blob.data) if blob else b""

    def width(self, glyph: int) -> int:
        """Return how wide a glyph is without kerning, in thousandths of an em, PDF's unit."""
        if glyph not in self._widths:
            self._widths[glyph] = self._thousandths(self._font.get_glyph_h_advance(glyph))
        return self._widths[glyph]

    def _thousandths(self, units: int) -> int:
        return round(units * 1000 / self._em)


def subset(characters: frozenset[str], source: Source) -> FontSubset:
    """Cut a font with these characters."""
    return _opened(instance(characters, source) if isinstance(source, Typeface) else _cut(source, characters), source)


@lru_cache(maxsize=16)  # most drawings use the same two
def _opened(data: bytes, source: Source) -> FontSubset:
    return FontSubset(data, source)


@lru_cache(maxsize=1 << 12)  # every second text stands in several drawings
def glyph_run(cut: FontSubset, text: str, *, is_right_to_left: bool) -> GlyphRun:
    """Set one run; see `FontSubset.shape`."""
    glyphs = cut.shape(text, is_right_to_left=is_right_to_left)
    return GlyphRun(
        glyphs,
        tuple(glyph.advance for glyph in glyphs),
        {glyph.id: glyph.cluster for glyph in reversed(glyphs) if glyph.id != UNKNOWN},
        stands_apart(cut.source, glyphs),
        not any(glyph.id == UNKNOWN or glyph.picture for glyph in glyphs),
    )


def stands_apart(source: Source, glyphs: Iterable[Glyph]) -> bool:
    """Return whether no letter of a run touches the next, or is set upon another: then each may be moved a little."""
    ours = isinstance(source, Typeface) and not source.family
    return ours and not any(glyph.aside or glyph.up for glyph in glyphs)


def on_grid(advances: Iterable[float], start: float, size: float, grid: float) -> tuple[float, list[float]]:
    """Move each glyph of a run to the nearest of `grid` places in a px; return where it starts, and the new advances.

    A letter is then painted of the same pixels wherever it stands, which makes a picture a tenth smaller.
    """
    pen, at = start, round(start * grid)
    first, moved = at / grid, []
    for advance in advances:
        pen += advance * size
        after = round(pen * grid)
        moved.append((after - at) / grid / size)
        at = after
    return first, moved


@cache
def _cut(file: FontFile, characters: frozenset[str]) -> bytes:
    """Cut a font that fills gaps, with all that its script needs to be joined."""
    face = hb.Face(hb.Blob.from_file_path(str(file.path)), file.index)
    wanted = hb.SubsetInput()
    if face.has_var_data:
        wanted.pin_all_axes_to_default(face)
        if file.weight and any(axis.tag == "wght" for axis in face.axis_infos):
            wanted.pin_axis_location(face, "wght", float(file.weight))
    # Shaping may take characters apart: a Thai vowel into the two that it is made of.
    parts = {part for character in characters for part in unicodedata.normalize("NFKD", character)}
    wanted.unicode_set.update(map(ord, {*characters, *parts}))
    return bytes(wanted.subset(face).blob.data)


@cache
def source_of(character: str, face: Typeface) -> Source | None:
    """Find what can show a character: the face itself, ours, or a font of the machine; None where nothing can."""
    for own in dict.fromkeys((face, Typeface("", face.weight, face.is_italic))):
        if has_glyph(own, character):
            return own
    file = with_character(character, is_bold=face.weight > Weight.REGULAR)
    return replace(file, weight=int(face.weight)) if file else None


@lru_cache(maxsize=1 << 12)  # each text is wanted twice, and many stand in several drawings
def pieces(text: str, face: Typeface) -> tuple[tuple[str, Source, bool], ...]:
    """Split a line into runs of one source, as they are seen: text, source, and whether from right to left."""
    if text and not face.family and ALPHABET.issuperset(text):
        return ((text, face, False),)
    found: list[tuple[str, Source, bool]] = []
    for piece, is_right_to_left in _directions(text):
        runs = _by_source(piece, face)
        found += [(part, source, is_right_to_left) for part, source in (runs[::-1] if is_right_to_left else runs)]
    return tuple(found)


def _by_source(text: str, face: Typeface) -> list[tuple[str, Source]]:
    """Split a text by where its glyphs come from; marks and joiners stay with what they belong to."""
    runs: list[tuple[str, Source]] = []
    for character in text:
        category = unicodedata.category(character)
        source: Source = source_of(character, face) or face
        is_attached = category in {"Mn", "Me", "Mc", "Cf"} or 0x1F3FB <= ord(character) <= 0x1F3FF  # noqa: PLR2004  skin tones
        if (runs and (is_attached or source == runs[-1][1])) or (runs and runs[-1][0][-1] == "\u200d"):
            runs[-1] = (runs[-1][0] + character, runs[-1][1])
        else:
            runs.append((character, source))
    return runs


def _directions(text: str) -> list[tuple[str, bool]]:
    """Split a text into runs of one direction, in the order in which they are seen."""
    if not any(unicodedata.bidirectional(character) in {"R", "AL", "AN"} for character in text):
        return [(text, False)]
    from bidi.algorithm import get_display  # noqa: PLC0415  few texts run from right to left

    runs: list[tuple[str, bool]] = []
    for character in get_display(text):
        kind = unicodedata.bidirectional(character)
        is_right_to_left = kind in _RIGHT_TO_LEFT or (kind in {"NSM", "BN"} and bool(runs) and runs[-1][1])
        if runs and runs[-1][1] == is_right_to_left:
            runs[-1] = (runs[-1][0] + character, is_right_to_left)
        else:
            runs.append((character, is_right_to_left))
    return [(run[::-1] if is_right_to_left else run, is_right_to_left) for run, is_right_to_left in runs]


def lacking(texts: Iterable[tuple[str, Typeface]]) -> str:
    """Return the characters that no font at hand can show, each once, in order."""
    missing = dict.fromkeys(
        character
        for text, face in texts
        if not ALPHABET.issuperset(text)
        for character in text
        if unicodedata.category(character) not in {"Cf", "Cc", "Zs", "Mn", "Cn", "Co"}
        and source_of(character, face) is None
    )
    return "".join(missing)
