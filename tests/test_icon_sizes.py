"""An icon is as large as its author made its node, and no larger than is good; its name stands where it reads best."""

from dataclasses import replace

import pytest
from PIL import Image as Picture

from archfolio.render.model import style
from archfolio.render.model.card import card
from archfolio.render.model.geometry import Box, Size
from archfolio.render.model.graph import Accent, Graph, Node
from archfolio.render.model.honoured import not_honoured
from archfolio.render.paint.node_shapes import node_group
from archfolio.render.paint.shapes import Image, Text

SQUARE, WIDE, HIGH, LOGO, LINE = (64, 64), (60, 40), (40, 60), (120, 40), (200, 20)


@pytest.fixture
def node(tmp_path):
    """Make a node with a red picture of this many pixels."""

    def make(pixels, label="Store", **attrs):
        path = tmp_path / f"{pixels[0]}.png"
        Picture.new("RGBA", pixels, "red").save(path)
        return Node("store", label, "custom.store", path, "", None, Accent.NONE, 0, attrs=tuple(sorted(attrs.items())))

    return make


def unheard(node):
    return not_honoured(Graph("title", "Title", "", "LR", (node,), (), ()))


def drawn(node):
    """Draw a node at the origin; return its card's box, the box of its image and its texts."""
    box = Box(0, 0, *card(node).size)
    shapes = node_group(node, box).shapes
    [image] = [shape for shape in shapes if isinstance(shape, Image)]
    return box, image, [shape for shape in shapes if isinstance(shape, Text)]


@pytest.mark.parametrize(
    ("pixels", "label", "inches", "shown"),
    [
        (SQUARE, "Store", {}, (36, 36)),
        (SQUARE, "", {}, (52, 52)),
        (WIDE, "Store", {}, (36, 36)),  # with nothing above and below it
        (LOGO, "Store", {}, (62, 21)),  # the area of a square icon
        (LOGO, "", {}, (90, 30)),
        (LINE, "Store", {}, (79, 8)),
        (LOGO, "Store", {"width": "3.4"}, (108, 36)),
        (LOGO, "Store", {"width": "0.5"}, (36, 12)),
        (SQUARE, "Store", {"width": "2", "height": "2"}, (36 + 43, 36 + 43)),  # 0.6 of an inch more
        (SQUARE, "Store", {"width": "2.4", "height": "3.4"}, (108, 108)),
        (WIDE, "", {"width": "6", "height": "4"}, (359, 239)),  # 52 + 2.6 * 72 high
        (WIDE, "Store", {"width": "2.4"}, (54, 36)),
        (HIGH, "Store", {"height": "2.4"}, (36, 54)),
        (SQUARE, "", {"width": "0.5", "height": "0.5"}, (36, 36)),
        (SQUARE, "Store", {"width": "1", "height": "1"}, (36, 36)),  # ours are that small already
        (SQUARE, "Store", {"width": "0.1", "height": "0.1"}, (24, 24)),
        (SQUARE, "Store", {"width": "-3", "height": "0"}, (24, 24)),
        (SQUARE, "Store", {"width": "99", "height": "1e5"}, (480, 480)),
        (SQUARE, "Store", {"width": "wide", "height": "nan"}, (36, 36)),
    ],
)
def test_an_icon_has_the_size_that_its_author_gave_it(pixels, label, inches, shown, node):
    assert card(node(pixels, label, **inches)).icon == Size(*shown)


def test_icons_of_the_library_are_square(node):
    assert card(replace(node(LOGO), component="aws.compute.EC2")).icon == Size(36, 36)


def test_a_picture_that_is_replaced_is_measured_anew(node):
    store = node(LOGO)
    assert card(store).icon == Size(62, 21)
    Picture.new("RGBA", SQUARE, "red").save(store.icon)
    assert card(store).icon == Size(36, 36)


@pytest.mark.parametrize(
    ("inches", "names"),
    [
        ({"width": "6", "height": "4"}, ()),
        ({"width": "0.5", "height": "0.5"}, ()),  # which is what it is
        ({"width": "2.2"}, ("node width",)),  # a square is no larger for it
        ({"width": "1", "height": "1"}, ("node height", "node width")),
        ({"height": "high"}, ("node height",)),
    ],
)
def test_a_size_that_changes_nothing_is_named(inches, names, node):
    assert unheard(node(SQUARE, **inches)) == names


def test_a_name_stands_beside_an_icon_and_below_a_large_picture(node):
    beside, below = node(SQUARE, width="2", height="2"), node(WIDE, width="4", height="4")
    _, image, [name] = drawn(beside)
    assert name.anchor == "start"
    assert name.at.x > image.box.x1
    box, image, [name] = drawn(below)
    shown = card(below).icon
    assert name.anchor == "middle"
    assert name.at.x == pytest.approx(box.centre.x, abs=1)
    assert image.box.centre.x == pytest.approx(box.centre.x, abs=1)
    assert image.box.centre.y + shown.height / 2 < name.at.y - name.size
    assert name.at.y < box.y1 - style.CARD_PADDING


@pytest.mark.parametrize("pixels", [WIDE, HIGH])
@pytest.mark.parametrize("label", ["", "Store"])
@pytest.mark.parametrize("shape", ["none", "ellipse", "box", "cylinder"])
def test_a_picture_keeps_its_proportions_and_stays_on_its_card(pixels, label, shape, node):
    box, image, _ = drawn(one := node(pixels, label, width="5", height="5", shape=shape))
    shown, middle = card(one).icon, image.box.centre
    assert shown.width / shown.height == pytest.approx(pixels[0] / pixels[1], abs=0.01)
    assert image.box.width == image.box.height == max(shown)
    assert box.x0 < middle.x - shown.width / 2 < middle.x + shown.width / 2 < box.x1
    assert box.y0 < middle.y - shown.height / 2 < middle.y + shown.height / 2 < box.y1
