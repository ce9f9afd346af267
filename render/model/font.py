"""Typefaces: how wide a text is, and the few glyphs that a picture carries.

Inter comes from the locked package fontpkg-inter as one variable font. HarfBuzz cuts static instances out of it in a
few milliseconds and shapes text as browsers do, so that a text takes the same room in the layout, the SVG and the PNG.
A family that an author names is used where it can be found on the machine.
"""

from __future__ import annotations

import unicodedata
from enum import IntEnum
from functools import cache
from typing import NamedTuple

import uharfbuzz as hb

from archfolio.render.model import font_files
from archfolio.render.model.woff2 import sfnt_tables, woff2

FAMILY = "Inter"
FALLBACKS = "'Segoe UI',Helvetica,Arial,sans-serif"
_OPTICAL_SIZE = 14.0  # the text end of the axis: all our text is between 12 and 18 px
ALPHABET = frozenset(map(chr, range(0x20, 0x7F))) | frozenset("\u00a0\u202f–—‘’“”…·\u00d7±µ≤≥≈→←")
"""What nearly every drawing says: a font for another program is cut with all of it, so that one cut serves most."""

_FEATURES = {"calt": False, "liga": False, "clig": False}  # what the cut leaves out; kerning stays
_NEVER_EMBEDDED = 0x0002  # OS/2 fsType: restricted licence embedding


class Weight(IntEnum):
    """The two weights in use, as CSS counts them."""

    REGULAR = 400
    SEMIBOLD = 600


class Typeface(NamedTuple):
    """One face: the family "" is ours."""

    family: str = ""
    weight: Weight = Weight.REGULAR
    is_italic: bool = False


@cache
def _face(face: Typeface) -> hb.Face:
    if face.family:
        found = font_files.find_font(face.family, is_bold=face.weight > Weight.REGULAR, is_italic=face.is_italic)
        if found is not None:
            return hb.Face(hb.Blob.from_file_path(str(found.path)), found.index)
    return hb.Face(hb.Blob.from_file_path(str(font_files.inter(is_italic=face.is_italic))))


def instance(characters: frozenset[str], face: Typeface) -> bytes:
    """Cut a static font out of a family: our alphabet, these characters, and what the licence wants kept."""
    return _instance(characters | ALPHABET, face)


def tag(name: str) -> int:
    """Return a name of four letters as OpenType's number."""
    return int.from_bytes(name.encode("ascii"), "big")


@cache
def _instance(characters: frozenset[str], face: Typeface) -> bytes:
    wanted = _wanted(characters)
    source = _face(face) if face.family or not characters <= ALPHABET else _alphabet(is_italic=face.is_italic)
    axes = {axis.tag for axis in source.axis_infos} if source.has_var_data else set()
    for axis, value in (("wght", float(face.weight)), ("opsz", _OPTICAL_SIZE)):
        if axis in axes:
            wanted.pin_axis_location(source, axis, value)
    for axis in sorted(axes - {"wght", "opsz"}):
        wanted.pin_axis_to_default(source, axis)
    return bytes(wanted.subset(source).blob.data)


@cache
def _alphabet(*, is_italic: bool) -> hb.Face:
    """Cut our alphabet out of our family, as variable as it is: what is cut out of this takes half the time."""
    subset: hb.Face = _wanted(ALPHABET).subset(_face(Typeface(is_italic=is_italic)))
    return hb.Face(bytes(subset.blob.data))


def _wanted(characters: frozenset[str]) -> hb.SubsetInput:
    wanted = hb.SubsetInput()
    wanted.name_id_set.update({0, 1, 2, 13, 14})
    wanted.unicode_set.update(map(ord, characters))
    wanted.drop_table_tag_set.add(tag("STAT"))  # it tells the members of a family apart, and this is one
    wanted.layout_feature_tag_set.clear()
    wanted.layout_feature_tag_set.update(tag(feature) for feature in ("kern", "mark", "mkmk"))
    return wanted


@cache
def webfont(characters: frozenset[str], face: Typeface) -> bytes:
    """Cut a font with these characters alone, as WOFF2 for an SVG or a page; nothing where its licence forbids that.

    Other than `instance` it is cut for each drawing anew: our whole alphabet would take twice the room.
    """
    font = _instance(characters | {" "}, face)  # a font without any glyph is none to browsers
    rights = sfnt_tables(font).get(b"OS/2", b"")[8:10]
    if int.from_bytes(rights, "big") & 0xF == _NEVER_EMBEDDED:
        return b""
    return woff2(font)


@cache
def _shaper(face: Typeface) -> hb.Font:
    source = _face(face)
    font = hb.Font(source)
    if source.has_var_data:
        font.set_variations({"wght": float(face.weight), "opsz": _OPTICAL_SIZE})
    return font


def has_glyph(face: Typeface, character: str) -> bool:
    """Return whether a face can show a character."""
    return _shaper(face).get_nominal_glyph(ord(character)) is not None


# In em, as Noto's and the systems' own fonts have them on average: the same on every machine, whatever fonts it has.
_SCRIPT_WIDTHS = {
    "ARABIC": 0.56,
    "HEBREW": 0.58,
    "THAI": 0.6,
    "LAO": 0.6,
    "DEVANAGARI": 0.62,
    "BENGALI": 0.68,
    "GURMUKHI": 0.62,
    "GUJARATI": 0.64,
    "TAMIL": 0.82,
    "TELUGU": 0.76,
    "KANNADA": 0.78,
    "MALAYALAM": 0.86,
    "SINHALA": 0.8,
    "KHMER": 0.66,
    "MYANMAR": 0.76,
    "ARMENIAN": 0.62,
    "GEORGIAN": 0.6,
    "ETHIOPIC": 0.74,
}
_EMOJI = 0x1F000  # from here on


def _unknown_width(character: str) -> float:
    """Estimate the width, in em, of a character that another font will draw."""
    if unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0.0
    if ord(character) >= _EMOJI:
        return 1.25 if unicodedata.category(character) != "Lo" else 1.0
    if unicodedata.east_asian_width(character) in {"W", "F"}:
        return 1.0
    script = unicodedata.name(character, "").partition(" ")[0]
    return _SCRIPT_WIDTHS.get(script, 0.8)


@cache
def width(text: str, size: float, weight: Weight = Weight.REGULAR, family: str = "", is_italic: bool = False) -> float:  # noqa: FBT001, FBT002  part of a style
    """Measure one line of text at a size in px: how wide it is, in px, with kerning."""
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    font = _shaper(Typeface(family, weight, is_italic))
    hb.shape(font, buffer, _FEATURES)
    scale = size / font.face.upem
    total = 0.0
    for info, position in zip(buffer.glyph_infos or (), buffer.glyph_positions or (), strict=True):
        if info.codepoint == 0:
            total += _unknown_width(text[min(info.cluster, len(text) - 1)]) * size
        else:
            total += position.x_advance * scale
    return total
