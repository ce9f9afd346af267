"""Text as numbered glyphs of a small font, for printers that cannot ask a browser to set it."""

from __future__ import annotations

from dataclasses import dataclass

import uharfbuzz as hb

from archfolio.render.model.font import Weight, instance, width

UNKNOWN = 0  # the glyph of every character that the typeface lacks


@dataclass(frozen=True, slots=True)
class Glyph:
    """One glyph of a line, and how far the next one is from it, in em."""

    id: int
    advance: float


class FontSubset:
    """The part of one weight that a drawing uses: a TrueType font, and how to set text in it."""

    def __init__(self, characters: frozenset[str], weight: Weight) -> None:
        """FontSubset the font."""
        self.weight = weight
        self.data = instance(characters, weight)
        self.used: dict[int, str] = {}  # the glyphs that were set, and the characters that each stands for
        self._font = hb.Font(hb.Face(self.data))
        self._em: int = self._font.face.upem
        extents = self._font.get_font_extents("ltr")
        self.ascent = self._thousandths(extents.ascender)
        self.descent = self._thousandths(extents.descender)

    def shape(self, text: str) -> tuple[Glyph, ...]:
        """Shape one line as browsers do, in the order in which it is seen, kerned."""
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        hb.shape(self._font, buffer)
        infos, positions = buffer.glyph_infos, buffer.glyph_positions or []  # None for an empty line
        starts = sorted({info.cluster for info in infos})
        ends = dict(zip(starts, [*starts[1:], len(text)], strict=False))
        glyphs = []
        for info, position in zip(infos, positions, strict=True):
            if info.codepoint == UNKNOWN:
                advance = width(text[info.cluster], 1, self.weight)
            else:
                advance = position.x_advance / self._em
                self.used.setdefault(info.codepoint, text[info.cluster : ends[info.cluster]])
            glyphs.append(Glyph(info.codepoint, advance))
        return tuple(glyphs)

    def width(self, glyph: int) -> int:
        """Return how wide a glyph is without kerning, in thousandths of an em, PDF's unit."""
        return self._thousandths(self._font.get_glyph_h_advance(glyph))

    def _thousandths(self, units: int) -> int:
        return round(units * 1000 / self._em)
