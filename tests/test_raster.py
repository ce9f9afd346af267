"""What a scene looks like as PNG and as PDF."""

import hashlib
import io
import itertools
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path as File

import numpy as np
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image as Pictures

from archfolio.render.base.distinct import distinct
from archfolio.render.base.errors import UsageProblem
from archfolio.render.model import style
from archfolio.render.model.font import Typeface, Weight, width
from archfolio.render.model.geometry import Box, Point, Size
from archfolio.render.model.icons import Icon
from archfolio.render.model.quantize import quantize
from archfolio.render.model.style import Colour
from archfolio.render.paint.origin import Origin
from archfolio.render.paint.pdf import _Printer as pdf_printer
from archfolio.render.paint.pdf import pdf, pdf_for_raster
from archfolio.render.paint.pdf_text import Glyph, on_grid, stands_apart
from archfolio.render.paint.png import COLOURS, _indices, png
from archfolio.render.paint.scene import Scene
from archfolio.render.paint.shapes import Group, Image, Path, Polygon, Rect, Text

RED = Colour("", "#ff0000", "#ff0000")
TRANSPARENT = Colour("", "none", "none")
HOSTILE = (
    "",
    " \t\n ",
    "\x00\x07\x1b",
    "\ud800 half a character",
    "推荐系统 排序",
    "😀👩\u200d💻",
    "مرحبا بالعالم",
    "e\u0301\u0301\u0301",
    "\u202ereversed",
    "(parentheses) \\ <hex> %comment",
    "endstream endobj " * 50,
)


def scene(*shapes, size=(100, 60), title="A title"):
    ground = Rect(Box(0, 0, *size), 0, style.GROUND)
    return Scene(Size(*size), Box(0, 0, *size), title, "A description", (ground, *shapes))


def text(words, at=(10, 40), size=20.0, **look):
    return Text(words, Point(*at), size, **{"weight": Weight.REGULAR, "fill": style.INK, **look})


def picture(drawn, scale=2, theme="light"):
    return Pictures.open(io.BytesIO(png(drawn, scale, theme)))


def pixels(drawn, scale=2, theme="light"):
    return np.asarray(picture(drawn, scale, theme).convert("RGB")).astype(int)


def ink_span(drawn, scale):
    """Find where the first and the last column with ink are, in px."""
    columns = np.flatnonzero((pixels(drawn, scale) < 128).any(axis=(0, 2)))
    return columns[0] / scale, (columns[-1] + 1) / scale


def icon(name, colours):
    out = io.BytesIO()
    Pictures.fromarray(colours).save(out, "PNG")
    return Icon(name, out.getvalue(), plate_on_light=False, plate_on_dark=False)


def rainbow():
    """Make an icon of more colours than a palette has."""
    ramp = np.linspace(0, 255, 72).astype(np.uint8)
    red, green = np.meshgrid(ramp, ramp)
    return icon("rainbow", np.dstack([red, green, 255 - red, np.full_like(red, 255)]))


def busy():
    """Draw one of everything."""
    curve = (Point(5, 5), Point(30, 5), Point(60, 20), Point(60, 50))
    return scene(
        Group(
            "card",
            (
                Rect(Box(10, 10, 90, 50), 8, style.CARD, style.CARD_BORDER, 1),
                Rect(Box(10, 10, 14, 50), 8, RED, left_only=True),
                Image(rainbow(), Box(20.3, 12.4, 56.3, 48.4)),
                text("Feature store", (58, 34), 14, weight=Weight.SEMIBOLD),
            ),
            Point(3, 2),
        ),
        Path(curve, RED, 1.6, (1.5, 3.5)),
        Polygon((Point(60, 50), Point(57, 42), Point(63, 42)), style.CARD, RED, 1.2),
    )


@pytest.mark.parametrize(("scale", "size"), [(1, (100, 60)), (2, (200, 120)), (1.5, (150, 90)), (0.01, (1, 1))])
def test_a_picture_has_scale_pixels_to_a_css_pixel(scale, size):
    assert picture(scene(), scale).size == size


@pytest.mark.parametrize("scale", [1, 2])
def test_programs_show_it_at_its_css_size(scale):
    assert picture(scene(), scale).info["dpi"] == pytest.approx((96 * scale, 96 * scale), abs=0.02)


@pytest.mark.parametrize(("theme", "ground"), [("light", (255, 255, 255)), ("dark", (0x0F, 0x14, 0x19))])
def test_the_ground_is_exact_however_many_colours_there_are(theme, ground):
    assert tuple(pixels(busy(), theme=theme)[0, 0]) == ground


def test_black_is_painted_from_the_first_column_to_the_last():
    black = Colour("", "#000000", "#000000")
    left, right = (pixels(scene(Rect(Box(x0, 0, x0 + 50, 60), 0, black))) for x0 in (0, 50))
    assert (left[:, :100] == 0).all()
    assert (left[:, 100:] == 255).all()
    assert (left == right[:, ::-1]).all()


@pytest.mark.parametrize(("theme", "shown"), [("light", (255, 0, 0)), ("dark", (0x0F, 0x14, 0x19))])
def test_a_ground_of_another_colour_is_painted(theme, shown):
    drawn = scene()
    ground = Rect(Box(0, 0, 100, 60), 0, Colour("", "#ff0000", style.GROUND.dark))
    assert (pixels(replace(drawn, shapes=(ground,)), theme=theme) == shown).all()


def test_a_palette_holds_the_colours_and_keeps_the_flat_ones():
    drawn = picture(busy())
    assert drawn.mode == "P"
    colours = {colour for _, colour in drawn.convert("RGB").getcolors(COLOURS)}
    assert {(255, 255, 255), (255, 0, 0)} <= colours


def test_colours_of_large_areas_are_kept_exactly_however_near_to_one_another():
    colours = np.array([(255, 255, 255), (254, 255, 255), (255, 254, 255), (0, 0, 0), (40, 40, 40)], np.uint8)
    areas, soft = np.array([1e6, 5e3, 5e3, 10, 10]), np.array([False, False, False, True, True])
    taken, nearest = quantize(colours, areas, most=256, unseen=1e6, soft=soft)
    assert set(taken) == {0, 1, 2}
    assert [taken[place] for place in nearest[:3]] == [0, 1, 2]
    few, _ = quantize(colours, areas, most=2, unseen=1e6, soft=soft)
    assert set(few) < {0, 1, 2}


def test_a_palette_holds_no_more_colours_than_are_seen():
    words = [text("Ranker", (10, 25), fill=colour) for colour in (style.INK, style.MUTED)]
    few = picture(scene(*words)).convert("RGB").getcolors(COLOURS)
    gradient = picture(scene(Image(rainbow(), Box(10, 10, 46, 46)))).convert("RGB").getcolors(COLOURS)
    assert 8 <= len(few) <= 64 < len(gradient)


def test_a_picture_of_more_colours_than_are_looked_up_is_searched():
    few = np.arange(0xFF000000, 0xFF000000 + 70_000, 7, dtype=np.uint32)
    many = np.arange(0xFF000000, 0xFF000000 + 70_000, dtype=np.uint32)
    for colours in (few, many):
        runs = np.random.default_rng(1).permutation(colours)
        assert (colours[_indices(colours, runs)] == runs).all()


def test_an_icon_of_too_many_colours_stays_itself():
    shown = pixels(scene(Image(rainbow(), Box(10, 10, 46, 46))))[20:92, 20:92]
    wanted = np.asarray(Pictures.open(io.BytesIO(rainbow().png)).convert("RGB")).astype(int)
    assert np.abs(shown - wanted).mean() < 6


def test_an_icon_lies_on_whole_pixels_pixel_for_pixel():
    checks = np.zeros((72, 72, 4), np.uint8)
    checks[::2, ::2] = 255
    checks[..., 3] = 255
    shown = pixels(scene(Image(icon("checks", checks), Box(10.2, 10.2, 46.2, 46.2))))[20:92, 20:92]
    assert (shown == checks[..., :3]).all()


def test_what_is_transparent_in_an_icon_shows_the_ground():
    shown = pixels(scene(Image(icon("nothing", np.zeros((72, 72, 4), np.uint8)), Box(10, 10, 46, 46))), theme="dark")
    assert (shown == (0x0F, 0x14, 0x19)).all()


def test_the_origin_can_be_read_back_and_changes_no_pixel():
    plain = png(scene())
    marked = Pictures.open(io.BytesIO(Origin("a shop/été", "0123").in_png(plain)))
    assert marked.info["archfolio"] == "0123 a%20shop/%C3%A9t%C3%A9"
    assert marked.tobytes() == picture(scene()).tobytes()


def test_the_same_scene_gives_the_same_bytes_in_any_process():
    def digest():
        return hashlib.sha256(png(busy()) + pdf(busy())).hexdigest()

    here = digest()
    assert digest() == here
    program = "import hashlib, test_raster as t; print(hashlib.sha256(t.png(t.busy()) + t.pdf(t.busy())).hexdigest())"
    folder = File(__file__).parent
    env = {**os.environ, "PYTHONHASHSEED": "77", "PYTHONPATH": os.pathsep.join([str(folder), str(folder.parent)])}
    there = subprocess.run([sys.executable, "-c", program], env=env, capture_output=True, text=True, check=True)
    assert there.stdout.strip() == here


@pytest.mark.parametrize("words", HOSTILE)
def test_no_text_breaks_a_picture_or_a_document(words):
    drawn = scene(text(words), text(words, weight=Weight.SEMIBOLD, anchor="middle"), title=words)
    assert picture(drawn).size == (200, 120)
    assert len(pypdfium2.PdfDocument(pdf(drawn))) == 1


def test_a_character_that_the_typeface_lacks_is_a_box():
    shown = pixels(scene(text("推")))
    assert (shown < 128).any()


@pytest.mark.parametrize("weight", Weight)
@pytest.mark.parametrize("words", ["AVATAR To Wa", "illicit", "P99 -> 200 ms", "naïve Größe"])
def test_text_is_as_wide_as_the_layout_measured(words, weight):
    scale, size = 4, 18
    stem_start, stem_end = ink_span(scene(text("l", size=size, weight=weight), size=(300, 60)), scale)
    bearings = width("l", size, weight) - (stem_end - stem_start)
    start, end = ink_span(scene(text(f"l{words}l", size=size, weight=weight), size=(300, 60)), scale)
    assert end - start + bearings == pytest.approx(width(f"l{words}l", size, weight), abs=0.5)


@pytest.mark.parametrize(("anchor", "share"), [("start", 0), ("middle", 0.5), ("end", 1)])
def test_text_is_anchored_as_in_svg(anchor, share):
    start, end = ink_span(scene(text("lol", (50, 40), anchor=anchor)), 4)
    assert (start + end) / 2 == pytest.approx(50 + (0.5 - share) * width("lol", 20), abs=0.5)


def test_stems_are_equally_dark_wherever_they_fall():
    shown = 255 - pixels(scene(text("lllllllll", (10.13, 40))))[..., 0]
    profile = shown[50:70].mean(axis=0)
    stems = np.split(profile, np.flatnonzero((profile[1:] > 0) & (profile[:-1] == 0)) + 1)[1:]
    assert len(stems) == 9
    assert max(stem.sum() for stem in stems) < 1.05 * min(stem.sum() for stem in stems)


@pytest.mark.parametrize("scale", [1, 2, 3])
def test_a_letter_has_the_same_pixels_wherever_it_stands(scale):
    step = 1 / max(scale, 2)  # px: whole pixels of the device, halves where there are few
    moved = pixels(scene(text("e", at=(10.4 * step, 40))), scale)
    assert (moved == pixels(scene(text("e", at=(10 * step, 40))), scale)).all()
    begins, ends = ink_span(scene(text("Wide words", at=(10.4, 40), size=14)), 8)
    assert ink_span(scene(text("Wide words", at=(10.4, 40), size=14)), scale) == pytest.approx((begins, ends), abs=1)


@pytest.mark.parametrize("scale", [1, 1.5, 2, 3, 4])
def test_letters_are_where_their_outlines_are(monkeypatch, scale):
    drawn = scene(text("illicit - all of it", at=(10.3, 40.2), size=13), text("Wide", at=(10.1, 20), size=18))
    shown = pixels(drawn, scale)
    monkeypatch.setattr(pdf_printer, "_has_pixels_for_letters", lambda _: False)
    outlined = pixels(drawn, scale)
    assert np.abs(shown - outlined).mean() < 0.12 * (255 - outlined).mean()


def test_letters_that_may_join_and_marks_stay_where_they_fall():
    letter = Glyph(1, 0.6)
    assert stands_apart(Typeface(), (letter, letter))
    assert not stands_apart(Typeface(), (letter, Glyph(2, 0, aside=-0.3)))
    assert not stands_apart(Typeface("A script"), (letter, letter))


@given(st.floats(0, 2000), st.lists(st.floats(0, 2), max_size=60), st.sampled_from([2, 3, 4]))
def test_no_letter_is_moved_further_than_half_a_step_however_long_the_text(start, advances, grid):
    x, moved = on_grid(advances, start, 14, grid)
    begins = list(itertools.accumulate((advance * 14 for advance in moved), initial=x))
    exact = list(itertools.accumulate((advance * 14 for advance in advances), initial=start))
    assert np.abs(np.subtract(begins, exact)).max() <= 0.5 / grid + 1e-6
    assert np.abs(np.multiply(begins, grid) % 1 - 0.5).min() == pytest.approx(0.5, abs=1e-6)


def test_dots_are_round_and_dashes_have_gaps():
    line = (Point(10, 30), Point(30, 30), Point(60, 30), Point(90, 30))
    dots, dashes, solid = (
        (pixels(scene(Path(line, RED, 2, pattern)))[60, :, 1] < 128).sum() for pattern in ((1, 9), (6, 4), ())
    )
    assert 8 * 2 * 2 < dots < 8 * 2 * 4  # 8 dots, each longer than its dash
    assert dashes == pytest.approx(8 * 6 * 2, abs=8)
    assert solid == 160


@given(
    sides=st.lists(st.integers(-3, 300), min_size=4, max_size=4),
    radius=st.sampled_from([0.5, 3, 8, 10, 12.5]),
    stroke=st.sampled_from([None, style.CARD_BORDER]),
    fill=st.sampled_from([style.CARD, RED, Colour("", "#ff000080", "#ff000080"), TRANSPARENT]),
    scale=st.sampled_from([1, 1.5, 2, 4]),
)
@settings(max_examples=60, deadline=None)
def test_a_rounded_rectangle_has_the_same_pixels_painted_at_once_or_in_parts(sides, radius, stroke, fill, scale):
    x0, x1 = sorted(sides[:2])
    y0, y1 = sorted(sides[2:])
    drawn = scene(Rect(Box(x0 + 0.5, y0 + 0.5, x1 + 0.5, y1 + 0.5), radius, fill, stroke, 1), size=(301, 301))
    in_parts = pixels(drawn, scale)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdf_printer, "_is_quick_in_parts", lambda *_: False)
        assert (in_parts == pixels(drawn, scale)).all()


def test_a_large_panel_is_painted_in_parts():
    panel = scene(Rect(Box(10.5, 10.5, 90.5, 50.5), 10, style.PANELS[0], style.CARD_BORDER, 1))
    assert b" re f Q" in pdf_for_raster(panel, "light", 2)
    assert b" re f Q" not in pdf_for_raster(panel, "light", 1).replace(b"0 0 100 60 re f Q", b"")


def test_a_sliver_follows_the_corner_of_its_card():
    sliver = pixels(scene(Rect(Box(10, 10, 14, 50), 8, RED, left_only=True)))
    red = (sliver == (255, 0, 0)).all(axis=2)
    assert red[60, 20:28].all()
    assert not red[60, 28:].any()
    assert not red[21, 20:26].any()
    assert red[30, 24:28].all()


def test_a_hollow_head_shows_the_card_inside():
    head = Polygon((Point(50, 50), Point(20, 10), Point(80, 10)), style.CARD, RED, 2)
    shown = pixels(scene(Rect(Box(0, 0, 100, 60), 0, style.INK), head))
    assert tuple(shown[40, 100]) == (255, 255, 255)
    assert tuple(shown[20, 100]) == (255, 0, 0)


@pytest.mark.parametrize(
    ("colour", "shown"),
    [
        ("none", (255, 255, 255)),
        ("transparent", (255, 255, 255)),
        ("#f00", (255, 0, 0)),
        ("#ff000080", (255, 127, 127)),
        ("rebeccapurple", (0x66, 0x33, 0x99)),
        ("nosuchcolour", (0, 0, 0)),
        ("#12345", (0, 0, 0)),
    ],
)
def test_authors_colours_are_read_as_browsers_do(colour, shown):
    drawn = scene(Rect(Box(10, 10, 90, 50), 0, Colour("", colour, colour)))
    assert tuple(pixels(drawn)[60, 100]) == pytest.approx(shown, abs=1)


@pytest.mark.parametrize("scale", [0, -2, float("nan"), float("inf"), 1000])
def test_an_absurd_scale_is_refused_in_a_sentence(scale):
    with pytest.raises(UsageProblem, match=r"100 x 60 px at scale .* cannot be painted"):
        png(scene(), scale)


def test_a_document_has_the_text_and_the_size_of_the_drawing():
    document = pypdfium2.PdfDocument(pdf(scene(text("Größe ≥ 3", (10, 20), 12), text("AVATAR", (10, 40), 12))))
    assert document[0].get_size() == (75, 45)  # points
    assert document[0].get_textpage().get_text_range().split("\r\n") == ["Größe ≥ 3", "AVATAR"]
    assert document.get_metadata_dict()["Title"] == "A title"


def test_a_document_looks_like_the_picture():
    page = pypdfium2.PdfDocument(pdf(busy()))[0].render(scale=2 / 0.75).to_pil().convert("RGB")
    assert page.size == (200, 120)
    assert np.abs(np.asarray(page).astype(int) - pixels(busy())).mean() < 4


def test_nothing_is_drawn_with_no_colour():
    shape = Rect(Box(10, 10, 90, 50), 4, TRANSPARENT, TRANSPARENT, 2)
    assert (pixels(scene(shape, text("gone", fill=TRANSPARENT))) == 255).all()


def test_distinct_values_are_those_of_numpy():
    random = np.random.default_rng(1)
    for values in (random.integers(0, 9, 40), random.integers(0, 5, 20) / 3, np.array([], dtype=np.uint32)):
        found = distinct(values)
        assert found.dtype == values.dtype
        assert found.tolist() == np.unique(values).tolist()


def test_what_is_painted_in_many_bands_looks_like_what_is_painted_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = scene(
        text("Ranker"), Rect(Box(5, 5, 90, 50), 9, TRANSPARENT, style.INK), text("across", (31.3, 17.7), 11.0)
    )
    at_once = pixels(drawn)
    monkeypatch.setattr("archfolio.render.paint.png._BAND", 7 * at_once.shape[1])
    assert np.abs(pixels(drawn) - at_once).max() <= 1  # curves are flattened from where a band begins
