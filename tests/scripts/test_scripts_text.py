"""Text of any script is measured, broken and set; what no font has is named."""

import time

import pytest

from archfolio.render.model.font import Typeface, Weight, width
from archfolio.render.model.font_files import FontFile, parse_name
from archfolio.render.model.label import read_label
from archfolio.render.model.rich_text import TextStyle, broken
from archfolio.render.paint import pdf_text
from archfolio.render.paint.pdf_text import lacking, pieces, subset

# ruff: noqa: RUF001  full-width punctuation is the point


def lines(text: str, measure: float) -> list[str]:
    return [line.text for line in broken(read_label(text), TextStyle(10), measure)]


def test_ideographs_may_be_parted_and_punctuation_stays() -> None:
    said = lines("訂單系統的閘道，負責接收", 45)
    assert "".join(said) == "訂單系統的閘道，負責接收"
    assert len(said) > 1
    assert not any(line.startswith("，") for line in said)


def test_no_word_is_parted() -> None:
    assert lines("internationalization of labels", 20) == ["internationalization", "of labels"]


@pytest.mark.parametrize(
    ("text", "em"), [("漢", 1.0), ("한", 1.0), ("ก", 0.6), ("ש", 0.58), ("م", 0.56), ("न", 0.62), ("🚀", 1.25)]
)
def test_what_inter_lacks_has_the_same_width_on_every_machine(text, em) -> None:
    assert width(text, 100) == pytest.approx(em * 100)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("abc", ["abc"]),
        ("שלום", ["שלום"]),  # a run keeps its order; shaping turns it
        ("API שרת", ["API ", "שרת"]),
        ("שרת (v2)", ["(v2) ", "שרת"]),  # from right to left: what is read last stands left
        ("عدد 42 خادم", ["خادم", " 42 ", "عدد"]),
    ],
)
def test_runs_stand_in_the_order_in_which_they_are_seen(monkeypatch, text, seen) -> None:
    monkeypatch.setattr(pdf_text, "source_of", lambda _, face: face)
    assert [part for part, _, _ in pieces(text, Typeface())] == seen


def test_a_mark_stays_with_its_letter(monkeypatch, tmp_path) -> None:
    other = FontFile(tmp_path, 0, "Other", is_bold=False, is_italic=False)
    monkeypatch.setattr(pdf_text, "source_of", lambda character, face: other if character == "น" else face)
    assert [part for part, _, _ in pieces("aน้b", Typeface())] == ["a", "น้", "b"]


def test_letters_of_a_face_are_set_with_its_own_glyphs() -> None:
    glyphs = subset(frozenset("AV"), Typeface("", Weight.SEMIBOLD)).shape("AV")
    assert len(glyphs) == 2
    assert sum(glyph.advance for glyph in glyphs) == pytest.approx(width("AV", 1, Weight.SEMIBOLD), abs=0.01)


def test_what_no_font_has_is_named_once(monkeypatch) -> None:
    monkeypatch.setattr(pdf_text, "with_character", lambda *_, **__: None)
    pdf_text.source_of.cache_clear()
    try:
        assert lacking([("a訂b單訂\u200b", Typeface())]) == "訂單"
    finally:
        pdf_text.source_of.cache_clear()


@pytest.mark.parametrize(
    ("name", "family", "bold", "italic"),
    [
        ("Sans-Serif", "", False, False),
        ("Helvetica-Bold", "", True, False),
        ("Times bold", "Times", True, False),
        ("Courier New Bold Italic", "Courier New", True, True),
        ("DejaVu Sans Mono", "DejaVu Sans Mono", False, False),
        ("Arial, sans-serif", "", False, False),
    ],
)
def test_names_of_fonts_are_read_as_people_write_them(name, family, bold, italic) -> None:
    parsed = parse_name(name)
    assert (parsed.family, parsed.is_bold, parsed.is_italic) == (family, bold, italic)


def test_a_font_that_is_not_here_is_ours_in_every_format(block) -> None:
    drawn = block("Server('a')", graph_attr={"fontname": "No Such Font"}, node_attr={"fontname": "No Such Font"})
    assert {text.family for text in drawn.texts} == {""}


def test_a_text_from_right_to_left_says_so_in_the_svg(block) -> None:
    assert 'direction="rtl" text-anchor="end"' in block("Server('שרת')").svg


def test_a_label_as_long_as_a_book_is_measured_at_once(block) -> None:
    edge = "Server('a') >> Edge(label='word ' * 4000) >> Server('b')"
    begun = time.process_time()
    assert "word" in " ".join(block(edge).words)
    assert time.process_time() - begun < 20  # that of each line by itself took minutes


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (4, r'with Diagram("\ud83d", show=False):'),
        (5, r'    with Cluster("a \ud83d"):'),
        (6, r'        a = Server("half \ud83d of a pair")'),
        (6, r'        a = Server("a", tooltip="\udc00")'),
        (6, r'        a = Server("<a <b>\udc00</b>>")'),
        (7, r'    a >> Edge(label="\ud83d") >> Server("b")'),
    ],
)
def test_half_of_a_character_is_refused_where_it_stands(captured, line, text) -> None:
    said = ["with Diagram('Shop'):", "    with Cluster('a'):", "        a = Server('a')", "    a >> Server('b')"]
    said[line - 4] = text
    result = captured("\n".join(said) + "\n")
    assert result.drawings == ()
    [failure] = result.failures
    assert f"module.py:{line}: module/" in str(failure)
    assert " has the character U+D" in failure.sentence


def test_a_control_character_is_a_sign_that_stands_for_it(block) -> None:
    assert block(r'Server("a\x07b")').graph.nodes[0].label == "a\ufffdb"
