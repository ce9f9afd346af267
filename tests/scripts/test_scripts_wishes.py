"""What an author sets of pages, edges and clusters is seen in the house style, however it was set."""

from itertools import pairwise

import pytest

from archfolio.render.model import style
from archfolio.render.model.author import INCH
from archfolio.render.model.honoured import needs_graphviz, not_honoured
from archfolio.render.model.style import Colour
from archfolio.render.paint.shapes import Path, Polygon, Rect, Text

PAIR = "Server('a') >> Server('b')"


def ground(drawn):
    return drawn.scene.shapes[0].fill


def strokes(drawn):
    return drawn.shapes("edge", Path)


# --- the page


@pytest.mark.parametrize(
    ("colour", "light"),
    [
        ("white", "#ffffff"),
        ("transparent", "none"),
        ("ivory", "#fffff0"),
        ("#112233", "#112233"),
        ("gray95", "#f2f2f2"),
    ],
)
def test_the_page_has_the_colour_that_an_author_gives_it(block, colour, light) -> None:
    drawn = block(PAIR, graph_attr={"bgcolor": colour})
    assert ground(drawn).light == light
    assert not needs_graphviz(drawn.graph)


def test_a_white_page_keeps_its_dark_twin_and_a_light_one_gets_one(block) -> None:
    assert ground(block(PAIR, graph_attr={"bgcolor": "white"})) == style.GROUND
    tinted = ground(block(PAIR, graph_attr={"bgcolor": "ivory"}))
    assert tinted.dark not in (tinted.light, style.GROUND.dark)


def test_the_title_can_be_read_on_a_dark_page(block) -> None:
    [title] = [text for text in block(PAIR, graph_attr={"bgcolor": "#101820"}).texts if text.text == "Drawing"]
    assert title.fill.light == style.INK.dark


def test_all_of_a_dark_page_is_drawn_as_for_readers_in_the_dark(block) -> None:
    page = {"bgcolor": "#0d1117"}
    drawn = block(f"with Cluster('zone'):\n    {PAIR}", graph_attr=page, node_attr={"fontcolor": "#c9d1d9"})
    [panel] = drawn.shapes("cluster", Rect)
    cards = [shape for shape in drawn.shapes("node", Rect) if not shape.left_only and shape.stroke]
    assert {card.fill.light for card in cards} == {style.CARD.dark}
    assert panel.fill.light == style.PANELS[0].dark
    assert [text.fill.light for text in drawn.shapes("node", Text)] == ["#c9d1d9"] * 2


@pytest.mark.parametrize(("colour", "is_dark"), [("#00000010", False), ("#000000f0", True), ("grey95", False)])
def test_a_veil_makes_no_page_dark(block, colour, is_dark) -> None:
    drawn = block(PAIR, graph_attr={"bgcolor": colour})
    cards = {shape.fill.light for shape in drawn.shapes("node", Rect) if shape.stroke}
    assert cards == {style.CARD.dark if is_dark else style.CARD.light}


@pytest.mark.parametrize(
    ("colour", "seen"), [("white", style.INK.light), ("#c9d1d9", style.INK.light), ("orange", "#ffa500")]
)
def test_a_text_that_was_meant_for_another_ground_is_seen_on_a_card(block, colour, seen) -> None:
    body = f"with Cluster('zone', graph_attr={{'bgcolor': '#232f3e'}}):\n    {PAIR}"
    texts = block(body, node_attr={"fontcolor": colour}).shapes("node", Text)
    assert {text.fill.light for text in texts} == {seen}


def test_a_title_that_would_not_be_seen_on_its_ground_is_written_in_ink(block) -> None:
    body = f"with Cluster('zone', graph_attr={{'bgcolor': '#232f3e', 'fontcolor': '#101010'}}):\n    {PAIR}"
    [title] = block(body).shapes("cluster", Text)
    assert title.fill.light == style.INK.dark


def test_sizes_are_factors_of_ours(block) -> None:
    drawn = block(
        "with Cluster('zone', graph_attr={'fontsize': '24'}):\n    Server('a') >> Edge(label='calls') >> Server('b')",
        graph_attr={"fontsize": "30"},
        node_attr={"fontsize": "26"},
        edge_attr={"fontsize": "13"},
    )
    sizes = {text.text: text.size for text in drawn.texts}
    assert sizes == {
        "Drawing": 2 * style.TITLE_SIZE,
        "zone": 2 * style.DETAIL_SIZE,
        "a": 2 * style.NAME_SIZE,
        "b": 2 * style.NAME_SIZE,
        "calls": style.DETAIL_SIZE,
    }


def test_what_is_set_for_all_edges_reaches_those_on_which_the_library_writes_its_own(block) -> None:
    drawn = block("Server('a') >> Edge(label='calls') >> Server('b')", edge_attr={"fontsize": "26", "fontcolor": "red"})
    [label] = [text for text in drawn.texts if text.text == "calls"]
    assert (label.size, label.fill.light) == (2 * style.DETAIL_SIZE, "#ff0000")


def test_the_lines_of_a_title_stay(drawn) -> None:
    words = drawn(f"with Diagram('Payments\\nas of spring', show=False):\n    {PAIR}\n").words
    assert words[:2] == ["Payments", "as of spring"]


@pytest.mark.parametrize(("place", "is_below"), [("t", False), ("b", True)])
def test_the_title_stands_where_its_author_wants_it(block, place, is_below) -> None:
    drawn = block(PAIR, graph_attr={"labelloc": place})
    [head] = drawn.groups("head")
    assert (head.at.y > drawn.scene.body.y1) is is_below


def test_the_title_may_be_changed_through_dot(drawn) -> None:
    words = drawn(f"with Diagram('Old', show=False) as d:\n    {PAIR}\n    d.dot.graph_attr['label'] = 'New'\n").words
    assert words[0] == "New"


# --- edges


def test_what_is_set_for_all_edges_is_seen_on_each(block) -> None:
    drawn = block("Server('a') >> Server('b') >> Server('c')", edge_attr={"color": "firebrick", "style": "dashed"})
    assert [(one.stroke.light, bool(one.dashes)) for one in strokes(drawn)] == [("#b22222", True)] * 2


@pytest.mark.parametrize(
    ("said", "hex_code"),
    [
        ("green", "#00ff00"),  # X11's, as Graphviz has it, not CSS's
        ("gray50", "#7f7f7f"),
        ("dodgerblue3", "#1874cd"),
        ("0.0 1.0 1.0", "#ff0000"),
        ("red:blue", "#ff0000"),
        ("/x11/tomato", "#ff6347"),
    ],
)
def test_colours_are_written_in_all_ways_of_graphviz(block, said, hex_code) -> None:
    drawn = block(f"Server('a') >> Edge(color={said!r}) >> Server('b')")
    assert strokes(drawn)[0].stroke.light == hex_code


def test_a_line_of_two_colours_has_both(block) -> None:
    drawn = block("Server('a') >> Edge(color='red:blue', penwidth='4') >> Server('b')")
    assert [one.stroke.light for one in strokes(drawn)] == ["#ff0000", "#0000ff"]


@pytest.mark.parametrize(
    ("head", "corners"), [("normal", 3), ("diamond", 4), ("box", 4), ("vee", 4), ("inv", 3), ("odiamond", 4)]
)
def test_arrow_heads_have_the_shape_that_an_author_names(block, head, corners) -> None:
    [polygon] = block(f"Server('a') >> Edge(arrowhead={head!r}) >> Server('b')").shapes("edge", Polygon)
    assert len(polygon.points) == corners
    assert (polygon.fill == style.CARD) is head.startswith("o")


def test_an_arrow_head_may_be_left_out(block) -> None:
    assert block("Server('a') >> Edge(arrowhead='none') >> Server('b')").shapes("edge", Polygon) == []


def test_two_signs_may_stand_at_one_end(block) -> None:
    assert len(block("Server('a') >> Edge(arrowhead='boxdiamond') >> Server('b')").shapes("edge", Polygon)) == 2


def test_the_labels_at_the_ends_are_written(block) -> None:
    words = block("Server('a') >> Edge(label='owns', headlabel='1..n', taillabel='1') >> Server('b')").words
    assert {"owns", "1..n", "1"} <= set(words)


def test_an_edge_may_be_clipped_at_a_cluster_by_the_name_that_the_library_gives_it(block) -> None:
    graph = block(
        "with Cluster('Left Group'):\n    a = Server('a')\n"
        "with Cluster('Right Group'):\n    b = Server('b')\n"
        "a >> Edge(ltail='cluster_Left Group', lhead='cluster_Right Group') >> b",
        graph_attr={"compound": "true"},
    ).graph
    assert [(edge.tail, edge.head) for edge in graph.edges] == [("left-group", "right-group")]


def test_a_cluster_that_holds_both_ends_clips_nothing(block) -> None:
    graph = block("with Cluster('G'):\n    Server('a') >> Edge(lhead='cluster_G') >> Server('b')").graph
    assert [(edge.tail, edge.head) for edge in graph.edges] == [("g.a", "g.b")]


def test_wishes_about_ranks_are_captured(drawn) -> None:
    graph = drawn(
        "with Diagram('d', show=False) as d:\n"
        "    a, b, c = map(Server, 'abc')\n"
        "    a >> Edge(minlen='3', constraint='false', weight='2') >> b >> c\n"
        "    with d.dot.subgraph() as level:\n"
        "        level.attr(rank='same')\n"
        "        level.node(a.nodeid)\n"
        "        level.node(c.nodeid)\n"
    ).graph
    assert [(edge.minlen, edge.constraint, edge.weight) for edge in graph.edges] == [(3, False, 2), (1, True, 1)]
    assert graph.same_rank == (("a", "c"),)


def test_a_strict_diagram_has_one_edge_between_two_nodes(block) -> None:
    many = "a, b = Server('a'), Server('b')\nfor _ in range(4):\n    a >> b"
    assert [len(block(many, strict=strict).graph.edges) for strict in (True, False)] == [1, 4]


# --- clusters


def test_a_cluster_is_dressed_by_its_class(drawn) -> None:
    [panel] = drawn(
        "class Zone(Cluster):\n"
        "    _default_graph_attrs = {**Cluster._default_graph_attrs, 'style': 'dashed', 'pencolor': 'red'}\n"
        f"with Diagram('d', show=False):\n    with Zone('secure'):\n        {PAIR}\n"
    ).shapes("cluster", Rect)
    assert (panel.stroke.light, bool(panel.dashes)) == ("#ff0000", True)


@pytest.mark.parametrize(
    ("attrs", "fill"),
    [
        ({"bgcolor": "#fff8e1"}, "#fff8e1"),
        ({"style": "filled", "fillcolor": "lightblue"}, "#add8e6"),
        ({"style": "filled", "color": "pink"}, "#ffc0cb"),
        ({"bgcolor": "transparent"}, "none"),
    ],
)
def test_a_cluster_has_the_ground_that_an_author_gives_it(block, attrs, fill) -> None:
    [panel] = block(f"with Cluster('zone', graph_attr={attrs!r}):\n    {PAIR}").shapes("cluster", Rect)
    assert panel.fill.light == fill


def test_the_title_of_a_cluster_can_be_read_on_a_dark_ground(block) -> None:
    [title] = block(f"with Cluster('zone', graph_attr={{'bgcolor': '#232f3e'}}):\n    {PAIR}").shapes("cluster", Text)
    assert title.fill.light == style.MUTED.dark


def test_clusters_in_clusters_stand_on_grounds_by_turns(block) -> None:
    panels = block(
        "with Cluster('1'):\n with Cluster('2'):\n  with Cluster('3'):\n   with Cluster('4'):\n    Server('a')"
    ).shapes("cluster", Rect)
    assert all(outer.fill != inner.fill for outer, inner in pairwise(panels))


@pytest.mark.parametrize("direction", ["TB", "LR", "BT"])
@pytest.mark.parametrize("said", [{}, {"fontsize": "20"}])
def test_cards_stand_below_the_lines_of_a_title(block, said, direction) -> None:
    drawn = block(
        f"x = Server('x')\nwith Cluster('answers names\\nby weight\\nand health', graph_attr={said!r}):\n"
        "    a, b = Server('a'), Server('b')\n    with Cluster('of two\\nlines'):\n        c = Server('c')\n"
        "x >> a >> c\nx >> b",
        direction=direction,
    )
    for box in drawn.layout.nodes.values():
        for title in drawn.layout.titles.values():
            assert box.x0 >= title.x1 or box.x1 <= title.x0 or box.y0 >= title.y1 or box.y1 <= title.y0


def test_a_title_may_stand_in_the_middle(block) -> None:
    drawn = block(f"with Cluster('zone', graph_attr={{'labeljust': 'c'}}):\n    {PAIR}")
    [title], [panel] = drawn.shapes("cluster", Text), drawn.shapes("cluster", Rect)
    assert (title.at.x, title.anchor) == (panel.box.centre.x, "middle")


LINE = ("edge", "Server('a') >> Edge({}) >> Server('b')")
CARD = ("node", "Server('a', {})")
FRAME = ("cluster", "with Cluster('zone', graph_attr=dict({})):\n    Server('a')")


@pytest.mark.parametrize(
    ("part", "said", "seen"),
    [
        (LINE, "penwidth='4'", {"width": 4}),
        (LINE, "style='bold'", {"width": 2.4}),
        (LINE, "style='dotted'", {"dashes": (1.5, 3.5)}),
        (CARD, "penwidth='4'", {"width": 4}),
        (CARD, "style='bold'", {"width": 2}),
        (CARD, "style='dashed'", {"dashes": (6, 4)}),
        (CARD, "color='red'", {"stroke": Colour("", "#ff0000", "#ff0000")}),
        (FRAME, "penwidth='5'", {"width": 5}),
        (FRAME, "style='dashed'", {"dashes": (6, 4)}),
        (FRAME, "penwidth='0'", {"stroke": style.NOTHING}),
        (FRAME, "peripheries='0'", {"stroke": style.NOTHING}),
    ],
)
def test_lines_and_borders_are_as_an_author_wants_them(block, part, said, seen) -> None:
    kind, body = part
    first = block(body.format(said)).groups(kind)[0].shapes[0]
    assert {name: getattr(first, name) for name in seen} == seen


@pytest.mark.parametrize("part", [CARD, FRAME])
def test_two_peripheries_are_two_borders(block, part) -> None:
    kind, body = part
    one, two = (len(block(body.format(said)).groups(kind)[0].shapes) for said in ("", "peripheries='2'"))
    assert two == one + 1


def test_arrow_heads_have_the_size_that_an_author_wants(block) -> None:
    wide = []
    for said in ("", "arrowsize='2'"):
        [head] = block(f"Server('a') >> Edge({said}) >> Server('b')").shapes("edge", Polygon)
        wide.append(max(point.x for point in head.points) - min(point.x for point in head.points))
    assert wide[1] == pytest.approx(2 * wide[0], abs=0.1)


def test_a_node_without_an_icon_has_the_size_that_an_author_wants(block) -> None:
    box = block("Node('a', shape='box', width='3', height='2')").layout.nodes["a"]
    assert (box.width, box.height) == (3 * INCH, 2 * INCH)


def test_a_label_beside_a_line_or_a_node_is_written(block) -> None:
    drawn = block("Server('a', xlabel='port') >> Edge(xlabel='beside') >> Server('b')")
    both = block("Server('a') >> Edge(label='on', xlabel='beside') >> Server('b')")
    assert {"port", "beside"} <= set(drawn.words)
    assert "on beside" in " ".join(both.words)


@pytest.mark.parametrize(("justify", "anchor"), [("l", "start"), ("c", "middle"), ("r", "end")])
def test_titles_stand_to_the_side_that_an_author_wants(block, justify, anchor) -> None:
    wish = {"labeljust": justify}
    drawn = block(f"with Cluster('zone', graph_attr={wish!r}):\n    {PAIR}", graph_attr=wish)
    assert {text.text: text.anchor for text in drawn.texts if text.text in ("zone", "Drawing")} == {
        "zone": anchor,
        "Drawing": anchor,
    }


def test_the_title_ends_at_the_side_that_its_author_wants(block) -> None:
    wide = "[Server('a'), Server('b'), Server('c')] >> Server('one') >> [Server('x'), Server('y'), Server('z')]"
    drawn = block(wide, graph_attr={"labeljust": "r"})
    [head], [title] = drawn.groups("head"), drawn.shapes("head", Text)
    assert head.at.x + title.at.x == pytest.approx(drawn.scene.size.width - style.MARGIN, abs=1)


def test_the_margin_of_the_page_is_that_of_its_author(block) -> None:
    usual, wide = block(PAIR).scene, block(PAIR, graph_attr={"pad": "1"}).scene
    assert wide.size.width - usual.size.width == 2 * (INCH - style.MARGIN)


def test_lines_turn_as_wide_as_an_author_wants(block) -> None:
    turned = "Server('a') >> [Server(name) for name in 'bcdefg']"
    looks = {
        splines: [path.points for path in block(turned, graph_attr={"splines": splines}).shapes("edge", Path)]
        for splines in ("ortho", "curved", "polyline")
    }
    assert looks["ortho"] != looks["curved"] != looks["polyline"] != looks["ortho"]


@pytest.mark.parametrize(
    ("link", "is_kept"), [("https://example.org/a", True), ("page.html", True), ("javascript:x", False)]
)
def test_nodes_lines_and_clusters_lead_where_their_author_wants(block, link, is_kept) -> None:
    svg = block(
        f"with Cluster('zone', graph_attr={{'URL': {link!r}}}):\n    a = Server('a', URL={link!r})\n"
        f"a >> Edge(URL={link!r}) >> Server('b', href={link!r})"
    ).svg
    assert svg.count(f'<a xlink:href="{link}"') == (4 if is_kept else 0)
    assert "javascript" not in svg


# --- what cannot be had


def test_lines_labels_and_clusters_have_the_tooltips_that_an_author_gives_them(block) -> None:
    drawn = block(
        "with Cluster('zone', graph_attr={'tooltip': 'whose'}):\n    a = Server('a')\n"
        "a >> Edge(label='calls', tooltip='how', labeltooltip='what') >> Server('b')"
    )
    said = {kind: [group.title for group in drawn.groups(kind)] for kind in ("cluster", "edge", "label")}
    assert said == {"cluster": ["whose"], "edge": ["how"], "label": ["what"]}
    assert not_honoured(drawn.graph) == ()
    assert "<title>how</title>" in drawn.svg


def test_what_is_not_honoured_is_named(block) -> None:
    graph = block(
        "Server('a') >> Edge(headport='n') >> Server('b', labelloc='t')",
        graph_attr={"ranksep": "3", "fontname": "Zapf X", "URL": "https://example.org"},
    ).graph
    assert not_honoured(graph) == (
        "graph URL",
        "the font 'Zapf X', which this machine does not have",
        "graph ranksep",
        "node labelloc",
        "edge headport",
    )


@pytest.mark.parametrize("attrs", [{"bgcolor": "white", "fontsize": "20", "pad": "0.5"}, {"labelloc": "t"}])
def test_nothing_is_named_where_all_is_honoured(block, attrs) -> None:
    assert not_honoured(block(f"with Cluster('zone'):\n    {PAIR}", graph_attr=attrs).graph) == ()


def test_a_value_in_angle_brackets_is_text_for_what_has_no_markup(block) -> None:
    drawn = block("Server('a', tooltip='<b>bold</b>', URL='<b>x</b>') >> Edge(comment='<i>') >> Server('b')")
    assert {"a", "b"} <= set(drawn.words)


@pytest.mark.parametrize("attrs", [{"layout": "neato"}, {"layout": "circo"}])
def test_what_only_graphviz_can_place_is_left_to_it(block, attrs) -> None:
    assert needs_graphviz(block(PAIR, graph_attr=attrs).graph)
