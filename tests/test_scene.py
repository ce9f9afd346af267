"""A placed graph becomes shapes: what is drawn, where, in which order and in which colours."""

import itertools
from dataclasses import replace

import pytest

from archfolio.render.model import style
from archfolio.render.model.geometry import Box, LabelShape, Layout, PlacedLabel, Point, Route, Size
from archfolio.render.model.graph import Accent, Cluster, Direction, Edge, Graph, Kind, Node, Revision
from archfolio.render.paint.options import Options
from archfolio.render.paint.scene import compose
from archfolio.render.paint.shapes import Group, Path, Polygon, Rect, Text

SHAPE = LabelShape(("rows",), (30.0,), Size(38, 20))
CARDS = {"a": Box(20, 40, 140, 96), "b": Box(20, 200, 140, 256)}
PANELS = {"outer": Box(0, 0, 200, 280), "inner": Box(10, 150, 190, 270)}
OUTSIDE, ACROSS, WITHIN = Box(210, 100, 248, 120), Box(60, 140, 98, 160), Box(60, 160, 98, 180)


def graph(*, direction=Direction.FORWARD, kind=Kind.STREAM, edge=(), panel=(), step=None):
    return Graph(
        "view",
        "Serving",
        "A caption.",
        "TB",
        (
            Node("a", "App\nweb", "generic", None, "What people use.", "outer", Accent.PEOPLE, 0),
            Node("b", "Log", "generic", None, "", "inner", Accent.DATA, 0),
        ),
        (Cluster("outer", "Outer", None, 0, panel), Cluster("inner", "Inner", "outer", 0)),
        (Edge("a--b", "a", "b", "rows", kind, direction, 0, step, edge),),
    )


def layout(label=WITHIN, *, on_line=True):
    line = (Point(80, 96), Point(80, 130), Point(80, 160), Point(80, 200))
    titles = {key: Box(box.x0 + 12, box.y0 + 6, box.x0 + 50, box.y0 + 22) for key, box in PANELS.items()}
    placed = PlacedLabel("a--b", SHAPE, label, "middle", on_line)
    return Layout(Size(250, 280), CARDS, PANELS, titles, (Route("a--b", line),), (placed,), "plain")


def scene(drawn=None, placed=None, **options):
    return compose(drawn or graph(), placed or layout(), "A description.", Options(**options))


def group(scene, name, among=None):
    return next(
        shape
        for shape in (scene.shapes if among is None else among)
        if isinstance(shape, Group) and name in shape.name.split()
    )


def body(scene, name):
    return group(scene, name, group(scene, "body").shapes)


def kinds(shapes, kind):
    return [shape for shape in shapes if isinstance(shape, kind)]


def test_panels_lie_under_lines_under_cards_under_labels():
    names = [shape.name.split()[0] for shape in group(scene(), "body").shapes]
    assert [name for name, _ in itertools.groupby(names)] == ["cluster", "edge", "node", "label"]


def test_title_and_legend_can_be_left_out():
    bare, full = scene(title=False, legend=False), scene()
    assert [shape.name for shape in kinds(bare.shapes, Group)] == ["body"]
    assert [shape.name for shape in kinds(full.shapes, Group)] == ["head", "body", "legend"]
    assert bare.size.height == 280 + 2 * style.MARGIN
    assert full.size.height > bare.size.height


def test_a_small_drawing_stands_in_the_middle_under_its_title_and_its_borders_are_sharp():
    drawn = scene()
    left, top = group(drawn, "body").at
    assert (left, top) == (drawn.body.x0, drawn.body.y0)
    assert (left % 1, top % 1) == (0.5, 0.5)  # a border of one pixel covers one
    assert left + 125 == pytest.approx(drawn.size.width / 2, abs=1)


def test_a_card_has_its_accent_its_words_and_its_tooltip():
    card = body(scene(), "node")
    frame, sliver = kinds(card.shapes, Rect)
    assert frame.box == CARDS["a"]
    assert sliver.fill == style.ACCENTS[Accent.PEOPLE]
    assert [text.text for text in kinds(card.shapes, Text)] == ["App", "web"]
    assert (card.title, card.data) == ("App: What people use.", (("node", "a"),))


@pytest.mark.parametrize(
    ("direction", "tips"),
    [
        (Direction.FORWARD, [(80, 200)]),
        (Direction.BACK, [(80, 96)]),
        (Direction.BOTH, [(80, 96), (80, 200)]),
        (Direction.NONE, []),
    ],
)
def test_arrow_heads_are_where_the_edge_points(direction, tips):
    line = body(scene(graph(direction=direction)), "edge")
    assert [head.points[0] for head in kinds(line.shapes, Polygon)] == tips


def test_a_line_says_what_it_connects_and_in_which_step():
    line = body(scene(graph(step=3)), "edge")
    assert line.data == (("edge", "a--b"), ("tail", "a"), ("head", "b"), ("step", "3"))


def test_control_has_a_hollow_head():
    [head] = kinds(body(scene(graph(kind=Kind.CONTROL)), "edge").shapes, Polygon)
    assert head.fill == style.CARD
    assert head.width


@pytest.mark.parametrize("words", ["invis", "dashed, invis"])
def test_an_edge_that_its_author_hid_is_not_drawn_nor_is_its_label(words):
    drawn = scene(graph(edge=(("style", words),)))
    names = {shape.name.split()[0] for shape in group(drawn, "body").shapes}
    assert names == {"cluster", "node"}
    assert "stream" not in str(group(drawn, "head"))
    assert [shape.name for shape in kinds(drawn.shapes, Group)] == ["head", "body"]


def test_what_an_author_set_on_an_edge_is_honoured():
    attrs = (("color", "firebrick"), ("penwidth", "3"), ("style", "dotted"))
    [line] = kinds(body(scene(graph(edge=attrs)), "edge").shapes, Path)
    assert (line.stroke.light, line.width) == ("#b22222", 3)
    assert line.dashes[0] < 2


def test_a_label_beside_its_line_has_no_ground():
    assert kinds(body(scene(placed=layout(OUTSIDE, on_line=False)), "label").shapes, Rect) == []


@pytest.mark.parametrize(("label", "ground"), [(OUTSIDE, style.GROUND), (WITHIN, style.PANELS[1])])
def test_a_label_on_its_line_has_the_ground_that_is_behind_it(label, ground):
    [rect] = kinds(body(scene(placed=layout(label)), "label").shapes, Rect)
    assert (rect.box, rect.fill) == (label, ground)


def test_a_label_across_a_border_has_on_each_side_the_ground_of_that_side():
    whole, part = kinds(body(scene(placed=layout(ACROSS)), "label").shapes, Rect)
    assert (whole.box, whole.fill) == (ACROSS, style.PANELS[0])
    assert (part.box, part.fill) == (ACROSS._replace(y0=150), style.PANELS[1])


def test_a_label_in_a_panel_that_its_author_coloured_has_that_ground():
    drawn = scene(graph(panel=(("bgcolor", "#fff8e1"),)), layout(Box(60, 110, 98, 130)))
    [rect] = kinds(body(drawn, "label").shapes, Rect)
    assert rect.fill.light == "#fff8e1"


def test_nothing_leaves_the_drawing():
    drawn = scene()
    for part in kinds(drawn.shapes, Group):
        for shape in kinds(part.shapes, Rect):
            assert shape.box.x1 + part.at.x <= drawn.size.width
            assert shape.box.y1 + part.at.y <= drawn.size.height


def luminance(colour):
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other, theme):
    dark, bright = sorted(luminance(getattr(colour, theme)) for colour in (one, other))
    return (bright + 0.05) / (dark + 0.05)


ON_CARDS = [style.INK, style.MUTED]
ON_GROUNDS = [style.INK, style.MUTED, *(look.text for look in style.EDGES.values())]
LINES = [look.line for look in style.EDGES.values()]
PARTS = [colour for part, colour in style.ACCENTS.items() if part is not Accent.NONE]
GROUNDS = [style.GROUND, *style.PANELS]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("colours", "grounds", "least"),
    [
        (ON_CARDS, [style.CARD], 4.5),
        (ON_GROUNDS, GROUNDS, 4.5),
        (LINES, GROUNDS, 3),
        (PARTS, [style.CARD, *GROUNDS], 3),
    ],
    ids=["text on cards", "text on grounds", "lines", "parts"],
)
def test_everything_stands_out_from_its_ground(theme, colours, grounds, least):
    weak = [(one.name, other.name) for one in colours for other in grounds if contrast(one, other, theme) < least]
    assert weak == []


def test_edge_kinds_differ_in_line_as_well_as_in_colour():
    looks = [(look.dashes, look.hollow) for kind, look in style.EDGES.items() if kind is not Kind.PLAIN]
    assert len(set(looks)) == len(looks)


@pytest.mark.parametrize(("x", "middle"), [(80, 256), (32, 200)])
def test_the_tab_of_a_revision_keeps_off_arrow_heads(x, middle):
    drawn = graph()
    drawn = replace(drawn, nodes=(drawn.nodes[0], replace(drawn.nodes[1], revision=Revision.CHANGED)))
    line = (Point(x, 96), Point(x, 130), Point(x, 160), Point(x, 200))
    placed = replace(layout(Box(150, 100, 188, 120)), routes=(Route("a--b", line),))
    [tab] = [
        shape
        for shape in body(scene(drawn, placed), "changed").shapes
        if isinstance(shape, Rect) and shape.box.height == style.TAB_HEIGHT
    ]
    assert tab.box.centre.y == middle
    assert tab.box.x1 == CARDS["b"].x1 - 8


@pytest.mark.parametrize(("lines", "dots"), [(2, 0), (3, 1)])
def test_lines_that_meet_in_a_blank_node_have_a_dot_there_unless_they_run_on_as_one(lines, dots):
    ends = ("a", "b", "c")[:lines]
    drawn = replace(
        graph(),
        nodes=(
            *(replace(graph().nodes[0], id=end) for end in ends),
            Node("blank", "", "generic.blank.blank", None, "", None, Accent.NONE, 0),
        ),
        clusters=(),
        edges=tuple(Edge(end, end, "blank", "", Kind.STREAM, Direction.NONE, 0, None, ()) for end in ends),
    )
    boxes = {end: Box(200 * at, 0, 200 * at + 120, 56) for at, end in enumerate(ends)} | {
        "blank": Box(248, 100, 272, 124)
    }
    routes = tuple(Route(end, (Point(60, 56), Point(60, 80), Point(60, 112), Point(248, 112))) for end in ends)
    placed = Layout(Size(600, 200), boxes, {}, {}, routes, (), "plain")
    [blank] = [one for one in group(scene(drawn, placed), "body").shapes if ("node", "blank") in one.data]
    found = [shape for shape in blank.shapes if isinstance(shape, Path) and shape.fill]
    assert len(found) == dots
    for dot in found:
        xs, ys = zip(*dot.points, strict=True)
        assert ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2) == pytest.approx((260, 112))
        assert max(xs) - min(xs) <= 10


def test_the_head_of_a_line_is_at_the_outline_of_a_node_that_is_no_card():
    drawn = graph()
    decision = replace(drawn.nodes[1], attrs=(("shape", "diamond"),))
    line = (Point(50, 96), Point(50, 130), Point(50, 160), Point(50, 200))
    placed = replace(layout(), routes=(Route("a--b", line),))
    [head] = kinds(body(scene(replace(drawn, nodes=(drawn.nodes[0], decision)), placed), "edge").shapes, Polygon)
    assert head.points[0] == (50, 214)  # half way along the upper left side of b
