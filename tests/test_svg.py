"""The printed SVG: self-contained, safe whatever the words are, and readable without being seen."""

import re
from xml.etree import ElementTree as ET

import pytest

from archfolio.render.model import style
from archfolio.render.model.colours import line
from archfolio.render.model.font import Weight
from archfolio.render.model.geometry import Box, Point, Size
from archfolio.render.model.icons import Icon
from archfolio.render.paint.origin import Origin
from archfolio.render.paint.scene import Scene
from archfolio.render.paint.shapes import Group, Image, Path, Polygon, Rect, Text
from archfolio.render.paint.svg import svg

SVG = "{http://www.w3.org/2000/svg}"
LINK = "{http://www.w3.org/1999/xlink}href"
HOSTILE = ["<script>alert(1)</script>", "\"quoted\" & 'so'", "\x00\x07", "]]>", "推荐", "a\nb", "&amp;", "\ud800"]
ICON = Icon("0123456789", b"\x89PNG", plate_on_light=False, plate_on_dark=True)


def scene(*shapes, title="A title", description="A description"):
    return Scene(Size(300, 200), Box(24, 40, 276, 160), title, description, shapes)


def text(words="words", **look):
    return Text(words, Point(10, 20), 14, **{"weight": Weight.REGULAR, "fill": style.INK} | look)


def parse(*shapes, **said):
    return ET.fromstring(svg(scene(*shapes, **said), "shop-serving", Origin("shop/serving", "f00d")))


def test_it_says_what_it_is():
    root = parse(text())
    assert root.get("role") == "img"
    names = root.get("aria-labelledby").split()
    assert [root.find(f".//*[@id='{name}']").text for name in names] == ["A title", "A description"]
    assert (root.get("width"), root.get("height"), root.get("viewBox")) == ("300", "200", "0 0 300 200")
    assert (root.get("data-view"), root.get("data-hash"), root.get("data-body")) == (
        "shop/serving",
        "f00d",
        "24 40 252 120",
    )


@pytest.mark.parametrize("words", HOSTILE)
def test_no_words_break_it(words):
    group = Group("node", (text(words),), title=words, data=(("node", words),))
    root = parse(group, title=words, description=words)
    assert root.find(f".//{SVG}script") is None
    shown = root.find(f".//{SVG}text").text
    assert shown == re.sub("[\x00\x07\ud800]", "\ufffd", words)
    assert root.find(f".//{SVG}g").get("data-node").split() == shown.split()


def test_it_loads_nothing():
    printed = svg(scene(text(), Image(ICON, Box(0, 0, 36, 36))), "x")
    assert set(re.findall(r"""(?:href="|url\()(?!data:|#)[^")]+""", printed)) == set()
    assert "http" not in re.sub(r'xmlns(:xlink)?="[^"]*"', "", printed)


def test_an_icon_is_in_it_once_however_often_it_is_shown():
    root = parse(*(Image(ICON, Box(at, 0, at + 36, 36)) for at in (0, 50, 100)))
    [image] = root.iter(f"{SVG}image")
    uses = list(root.iter(f"{SVG}use"))
    assert {use.get(LINK) for use in uses} == {f"#{image.get('id')}"}
    assert [use.get("transform") for use in uses] == [f"translate({at} 0) scale(36)" for at in (0, 50, 100)]


def test_the_light_colours_stand_on_the_shapes_and_the_dark_ones_in_rules():
    usual = [text(fill=style.MUTED)] * 2
    root = parse(text(), Rect(Box(0, 0, 10, 10), 0, style.CARD, style.CARD_BORDER, 1), *usual)
    assert root.find(f".//{SVG}text").get("fill") == style.INK.light
    look = root.find(f"{SVG}style[@class='look']").text
    assert f"fill:light-dark({style.INK.light},{style.INK.dark})" in look
    assert f"stroke:light-dark({style.CARD_BORDER.light},{style.CARD_BORDER.dark})" in look
    for shape in ("text", "rect"):
        for name in root.find(f".//{SVG}{shape}").get("class").split():
            assert f".{name}{{" in look


def test_what_most_texts_have_is_said_once_of_the_whole():
    root = parse(text("a"), text("b"), text("c", fill=style.MUTED))
    assert (root.get("class"), root.get("fill"), root.get("font-size")) == ("archfolio f-ink", style.INK.light, "14")
    usual, _, other = root.iter(f"{SVG}text")
    assert usual.attrib.keys() == {"x", "y"}
    assert (other.get("class"), other.get("fill"), other.get("font-size")) == ("f-muted", style.MUTED.light, None)
    assert parse(Rect(Box(0, 0, 10, 10), 0, style.CARD)).attrib.keys().isdisjoint({"fill", "font-size"})


def test_a_border_of_one_pixel_is_the_usual_one():
    rects = (Rect(Box(0, 0, 10, 10), 0, style.CARD, style.CARD_BORDER, width) for width in (1, 2))
    assert [rect.get("stroke-width") for rect in parse(*rects).iter(f"{SVG}rect")] == [None, "2"]


def test_it_says_nothing_about_a_page_that_it_is_in():
    look = parse(text()).find(f"{SVG}style[@class='look']").text
    assert look.startswith("svg:root{color-scheme:light dark}")  # matches only where the drawing is the whole file


def test_a_colour_of_an_author_has_a_dark_twin_only_where_it_needs_one():
    usual = [text()] * 2
    dim, bright = (parse(text(fill=line(colour)), *usual).find(f".//{SVG}text") for colour in ("firebrick", "gold"))
    assert (dim.get("fill"), bright.get("fill")) == ("#b22222", "#ffd700")
    assert (dim.get("class") is None, bright.get("class") is None) == (False, True)


def test_only_the_weights_in_use_are_in_it():
    regular, both = (svg(scene(*texts), "x") for texts in ([text()], [text(), text(weight=Weight.SEMIBOLD)]))
    assert (regular.count("@font-face"), both.count("@font-face")) == (1, 2)
    assert "@font-face" not in svg(scene(), "x")


def test_dots_have_round_ends_and_dashes_have_not():
    line = (Point(0, 0), Point(0, 10), Point(0, 20), Point(0, 30))
    dots, dashes, solid = parse(*(Path(line, style.INK, 1.6, pattern) for pattern in ((1.5, 3.5), (7, 4), ()))).iter(
        f"{SVG}path"
    )
    assert (dots.get("stroke-dasharray"), dots.get("stroke-linecap")) == ("1.5 3.5", "round")
    assert (dashes.get("stroke-dasharray"), dashes.get("stroke-linecap")) == ("7 4", None)
    assert solid.get("stroke-dasharray") is None
    assert dots.get("d") == "M0 0V30"


def test_level_and_upright_pieces_are_lines_and_others_curves():
    places = (
        (0, 0),
        (10, 0),
        (20, 0),
        (30, 0),
        (35, 0),
        (40, 5),
        (40, 10),
        (41, 12),
        (42, 14),
        (43, 16),
        (43, 20),
        (43, 25),
    )
    [line] = parse(Path((*(Point(*place) for place in places), Point(43, 30)), style.INK, 1.6)).iter(f"{SVG}path")
    assert line.get("d") == "M0 0H30C35 0 40 5 40 10 41 12 42 14 43 16V30"


def test_numbers_are_short():
    shapes = [
        Rect(Box(0.1 + 0.2, 1 / 3, 10, 10), 8, style.CARD),
        Polygon((Point(-0.001, 1.0),) * 3, style.CARD, style.INK),
    ]
    printed = svg(scene(*shapes), "x")
    assert 'x="0.3" y="0.3"' in printed
    assert 'points="0,1 0,1 0,1"' in printed


def test_groups_are_moved_with_what_is_in_them():
    root = parse(Group("body", (Group("node data", (text(),), title="App"),), Point(24, 40.5)))
    outer, inner = root.iter(f"{SVG}g")
    assert (outer.get("class"), outer.get("transform")) == ("body", "translate(24 40.5)")
    assert (inner.get("transform"), inner.find(f"{SVG}title").text) == (None, "App")
