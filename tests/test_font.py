"""Texts are measured with the packaged font, whatever they hold."""

import io
import struct

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont

from archfolio.render.model import font
from archfolio.render.model.font import Typeface, Weight, instance, webfont, width
from archfolio.render.model.woff2 import sfnt_tables, woff2


def test_nothing_has_no_width():
    assert width("", 14) == 0


def test_width_grows_with_size_weight_and_length():
    assert width("Feature store", 28) == pytest.approx(2 * width("Feature store", 14))
    assert width("Feature store", 14, Weight.SEMIBOLD) > width("Feature store", 14)
    assert width("Feature store", 14) > width("Feature", 14)


def test_letters_are_kerned():
    assert width("AV", 100) < width("A", 100) + width("V", 100)


@pytest.mark.parametrize(
    "text", ["推荐", "テスト", "мир", "مرحبا", "e\u0301", "a\u200db", "👩\u200d💻", "\ufffd", "\t"]
)
def test_a_text_in_any_script_has_a_width(text):
    assert 5 < width(text, 10) <= 12 * len(text)


def test_a_sign_that_only_turns_the_text_takes_no_room():
    assert width("\u202e", 10) == 0


def test_an_ideograph_that_the_font_lacks_is_as_wide_as_high():
    assert width("推", 10) == pytest.approx(10)


@pytest.mark.parametrize("weight", Weight)
def test_a_web_font_is_small_and_holds_the_letters_that_are_used(weight):
    content = webfont(frozenset("abéΩ"), Typeface("", weight))
    font = TTFont(io.BytesIO(content))
    assert set(font.getBestCmap()) == set(map(ord, "abéΩ "))
    assert "fvar" not in font
    assert font.flavor == "woff2"
    assert len(content) < 3_000


def test_a_web_font_has_every_table_of_the_cut_as_it_is():
    cut = instance(frozenset("abc"), Typeface())
    tables = sfnt_tables(cut)
    packed = TTFont(io.BytesIO(woff2(cut))).reader
    assert {bytes(name, "ascii"): packed[name] for name in packed.keys()} == tables  # noqa: SIM118  it is no mapping
    assert len(woff2(cut)) % 4 == 0


def test_a_web_font_says_how_large_the_font_is_that_it_was_made_of():
    cut = instance(frozenset("abc"), Typeface())
    whole = TTFont(io.BytesIO(cut))
    written = io.BytesIO()
    whole.save(written, reorderTables=None)
    (size,) = struct.unpack_from(">I", woff2(cut), 16)  # totalSfntSize
    assert size == len(written.getvalue())


def test_a_font_whose_outlines_are_in_another_table_is_packed_too():
    font = FontBuilder(1000, isTTF=False)
    font.setupGlyphOrder([".notdef"])
    font.setupCharacterMap({})
    font.setupCFF("Empty", {}, {".notdef": T2CharStringPen(500, None).getCharString()}, {})
    font.setupHorizontalMetrics({".notdef": (500, 0)})
    font.setupHorizontalHeader()
    font.setupOS2()
    font.setupPost()
    written = io.BytesIO()
    font.save(written)
    tables = sfnt_tables(written.getvalue())
    packed = TTFont(io.BytesIO(woff2(written.getvalue()))).reader
    assert {bytes(name, "ascii"): packed[name] for name in packed.keys()} == tables  # noqa: SIM118  it is no mapping


def test_a_cut_keeps_what_its_licence_wants_kept():
    names = TTFont(io.BytesIO(instance(frozenset("a"), Typeface())))["name"]
    assert "Open Font License" in names.getDebugName(13)
    assert names.getDebugName(0)


@pytest.mark.parametrize("is_italic", [False, True])
def test_every_letter_of_our_alphabet_is_in_our_family(is_italic):
    face = Typeface(is_italic=is_italic)
    assert [letter for letter in sorted(font.ALPHABET) if not font.has_glyph(face, letter)] == []


@pytest.mark.parametrize("weight", list(Weight))
def test_a_cut_out_of_our_alphabet_is_the_same_as_one_out_of_the_family(monkeypatch, weight):
    face = Typeface("", weight)
    out_of_the_alphabet = font._instance.__wrapped__(frozenset("Ranker AV"), face)
    monkeypatch.setattr(font, "_alphabet", lambda **_: font._face(face))
    assert font._instance.__wrapped__(frozenset("Ranker AV"), face) == out_of_the_alphabet


def test_a_cut_for_letters_that_the_font_lacks_is_a_font():
    assert ord("推") not in TTFont(io.BytesIO(webfont(frozenset("推"), Typeface()))).getBestCmap()
