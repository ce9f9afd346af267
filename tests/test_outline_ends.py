"""A line touches the outline of the node that it begins or ends at, whatever shape that has."""

import math

import pytest

from archfolio.render.model.bezier import straight
from archfolio.render.model.geometry import Box, Point
from archfolio.render.model.graph import Accent, Node
from archfolio.render.model.node_style import SHAPES
from archfolio.render.paint.outline_ends import lead_on, node_outline

BOX = Box(0, 0, 200, 100)


def outline(shape, **attrs):
    node = Node("store", "Store", "own.store", None, "", None, Accent.NONE, 0, attrs=(("shape", shape), *attrs.items()))
    return node_outline(node, BOX)


def line(*corners):
    return straight([Point(*corner) for corner in corners], is_closed=False)


@pytest.mark.parametrize(
    ("shape", "start", "tip", "end"),
    [
        ("ellipse", (260, 25), (200, 25), (100 + 100 * math.sqrt(0.75), 25)),
        ("ellipse", (260, 50), (200, 50), (200, 50)),
        ("circle", (40, -60), (40, 0), (40, 50 - 50 * 0.8)),
        ("diamond", (150, -60), (150, 0), (150, 25)),
        ("diamond", (-60, 75), (0, 75), (50, 75)),
        ("triangle", (260, 50), (200, 50), (150, 50)),
        ("folder", (150, -60), (150, 0), (150, 8)),
        ("folder", (20, -60), (20, 0), (20, 0)),
        ("box", (260, 25), (200, 25), (200, 25)),
        ("component", (-60, 50), (0, 50), (0, 50)),  # its ears would hide the head
    ],
)
def test_a_line_goes_on_to_the_outline_as_it_runs(shape, start, tip, end):
    led = lead_on(line(start, tip), (), outline(shape))
    assert led[0] == start
    assert led[-1] == pytest.approx(end, abs=0.3)
    assert len(led) == len(line(start, tip))  # one straight piece, of which a head can take what it needs
    assert lead_on(line(tip, start), outline(shape), ())[0] == led[-1]


def test_a_line_that_ends_in_a_curve_has_a_straight_piece_more():
    curve = (Point(200, -60), Point(230, -30), Point(170, -30), Point(150, 0))
    led = lead_on(curve, (), outline("diamond"))
    assert led[:4] == curve
    assert len(led) == 7


def test_nothing_leads_to_what_is_hidden():
    assert outline("ellipse", style="invis") == ()


@pytest.mark.parametrize("shape", sorted(SHAPES))
@pytest.mark.parametrize("share", [0.03, 0.3, 0.5, 0.8, 0.97])
def test_a_line_stays_on_its_line_and_in_the_box(shape, share):
    for start, tip in [
        ((260, 100 * share), (200, 100 * share)),
        ((-60, 100 * share), (0, 100 * share)),
        ((200 * share, -60), (200 * share, 0)),
        ((200 * share, 160), (200 * share, 100)),
    ]:
        end = lead_on(line(start, tip), (), outline(shape))[-1]
        assert end.x == pytest.approx(tip[0]) or end.y == pytest.approx(tip[1])
        assert BOX.x0 <= end.x <= BOX.x1
        assert BOX.y0 <= end.y <= BOX.y1
