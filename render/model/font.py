"""The packaged typeface: how wide a text is, and the few glyphs of it that a picture carries.

Inter comes from the locked package fontpkg-inter as one variable font. HarfBuzz cuts static instances out of it in a
few milliseconds and shapes text as browsers do, so that a text takes the same room in the layout, the SVG and the PNG.
"""

from __future__ import annotations

import io
import unicodedata
from enum import IntEnum
from functools import cache

import fontpkg
import uharfbuzz as hb

FAMILY = "Inter"
FALLBACKS = "'Segoe UI',Helvetica,Arial,sans-serif"
OPTICAL_SIZE = 14.0  # the text end of the axis: all our text is between 12 and 18 px
ALPHABET = frozenset(map(chr, range(0x20, 0x7F))) | frozenset("\u00a0\u202f–—‘’“”…·\u00d7±µ≤≥≈→←")
"""What nearly every drawing says. It is always cut as a whole, so that one cut serves most drawings of a build."""

_FEATURES = {"calt": False, "liga": False, "clig": False}  # what the cut leaves out; kerning stays


class Weight(IntEnum):
    """The two weights in use, as CSS counts them."""

    REGULAR = 400
    SEMIBOLD = 600


@cache
def _variable() -> hb.Face:
    upright = next(file for file in fontpkg.family(FAMILY).files if file.style == "normal")
    return hb.Face(hb.Blob.from_file_path(str(upright.path)))


def instance(characters: frozenset[str], weight: Weight) -> bytes:
    """Cut a static TrueType font out of the family: our alphabet, these characters, and what the licence wants kept."""
    return _instance(characters | ALPHABET, weight)


def _tag(name: str) -> int:
    """Write a name of four letters as OpenType's number."""
    return int.from_bytes(name.encode("ascii"), "big")


@cache
def _instance(characters: frozenset[str], weight: Weight) -> bytes:
    wanted = hb.SubsetInput()
    face = _variable()
    wanted.pin_axis_location(face, "wght", float(weight))
    wanted.pin_axis_location(face, "opsz", OPTICAL_SIZE)
    wanted.name_id_set.update({0, 1, 2, 13, 14})
    wanted.unicode_set.update(map(ord, characters))
    wanted.layout_feature_tag_set.clear()
    wanted.layout_feature_tag_set.update(_tag(feature) for feature in ("kern", "mark", "mkmk"))
    subset = wanted.subset(face)
    return bytes(subset.blob.data)


def webfont(characters: frozenset[str], weight: Weight) -> bytes:
    """Return the same cut as WOFF2, for an SVG or a page."""
    return _webfont(characters | ALPHABET, weight)


@cache
def _webfont(characters: frozenset[str], weight: Weight) -> bytes:
    from fontTools.ttLib import TTFont  # noqa: PLC0415  a tenth of a second that only SVG needs

    font = TTFont(io.BytesIO(instance(characters, weight)), recalcTimestamp=False)
    font.flavor = "woff2"
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


@cache
def _shaper(weight: Weight) -> hb.Font:
    font = hb.Font(_variable())
    font.set_variations({"wght": float(weight), "opsz": OPTICAL_SIZE})
    return font


def _unknown_width(character: str) -> float:
    """Guess the width, in em, of a character that another font will draw: too wide is safer than too narrow."""
    if unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0.0
    return 1.2 if unicodedata.east_asian_width(character) in {"W", "F"} else 0.8


@cache
def width(text: str, size: float, weight: Weight = Weight.REGULAR) -> float:
    """Measure one line of text at a size in px: how wide it is, in px, with kerning."""
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    font = _shaper(weight)
    hb.shape(font, buffer, _FEATURES)
    scale = size / font.face.upem
    total = 0.0
    for info, position in zip(buffer.glyph_infos or (), buffer.glyph_positions or (), strict=True):
        if info.codepoint == 0:
            total += _unknown_width(text[min(info.cluster, len(text) - 1)]) * size
        else:
            total += position.x_advance * scale
    return total
