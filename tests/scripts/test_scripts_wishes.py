"""What an author sets of edges and clusters is seen in the house style, however it was set."""

from itertools import pairwise

import pytest

from archfolio.render.model import style
from archfolio.render.model.author import INCH
from archfolio.render.model.geometry import Box
from archfolio.render.model.honoured import needs_graphviz, not_honoured
from archfolio.render.model.style import Colour
from archfolio.render.paint.shapes import Path, Polygon, Rect, Text

PAIR = "Server('a') >> Server('b')"


def strokes(drawn):
    return drawn.shapes("edge", Path)


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


HUB = "Server('hub') >> [Server('spoke x'), Server('spoke y'), Server('spoke z')] >> Server('end')"


def gaps(drawn):
    """Measure the px between the cards of a rank, and between a hub and that rank."""
    boxes = [drawn.layout.nodes[node.id] for node in drawn.graph.nodes]
    if drawn.graph.rankdir == "LR":
        boxes = [Box(box.y0, box.x0, box.y1, box.x1) for box in boxes]
    hub, *rank, _ = boxes
    one, two, three = sorted(rank, key=lambda box: box.x0)
    assert two.x0 - one.x1 == pytest.approx(three.x0 - two.x1, abs=2)
    return two.x0 - one.x1, min(box.y0 for box in rank) - hub.y1


@pytest.mark.parametrize("direction", ["TB", "LR"])
@pytest.mark.parametrize(("said", "across", "along"), [("1.2", 2, 1.6), ("0.5", 0.83, 0.67), ("1.5 equally", 2.5, 2)])
def test_cards_stand_as_far_apart_as_an_author_wants(block, direction, said, across, along) -> None:
    usual = gaps(block(HUB, direction=direction))
    apart = block(HUB, direction=direction, graph_attr={"nodesep": said.split()[0], "ranksep": said})
    assert not_honoured(apart.graph) == ()
    least = 24  # px that a line of a fan needs between two ranks
    ranks = pytest.approx(max(usual[1] * along, least), abs=3)
    assert gaps(apart) == (pytest.approx(usual[0] * across, abs=3), ranks)


def test_the_spacing_of_the_library_changes_nothing(block) -> None:
    same = block(HUB, graph_attr={"nodesep": "0.60", "ranksep": "0.75"})
    assert same.layout == block(HUB).layout


def test_ranks_stand_no_further_apart_than_can_be_read(block) -> None:
    far, farther = (block(HUB, graph_attr={"ranksep": said}) for said in ("2.25", "40"))
    assert gaps(far) == gaps(farther)
    assert not_honoured(far.graph) == ()
    assert not_honoured(farther.graph) == ("graph ranksep '40'",)


def test_what_is_not_honoured_is_named(block) -> None:
    graph = block(
        "Server('a') >> Edge(headport='n') >> Server('b', labelloc='t')",
        graph_attr={"ranksep": "30", "fontname": "Zapf X", "URL": "https://example.org"},
    ).graph
    assert not_honoured(graph) == (
        "graph URL",
        "the font 'Zapf X', which this machine does not have",
        "graph ranksep '30'",
        "node labelloc",
        "edge headport",
    )


@pytest.mark.parametrize(
    "attrs", [{"bgcolor": "white", "fontsize": "20", "pad": "0.5"}, {"labelloc": "t"}, {"concentrate": "False"}]
)
def test_nothing_is_named_where_all_is_honoured(block, attrs) -> None:
    assert not_honoured(block(f"with Cluster('zone'):\n    {PAIR}", graph_attr=attrs).graph) == ()


def test_a_value_in_angle_brackets_is_text_for_what_has_no_markup(block) -> None:
    drawn = block("Server('a', tooltip='<b>bold</b>', URL='<b>x</b>') >> Edge(comment='<i>') >> Server('b')")
    assert {"a", "b"} <= set(drawn.words)


@pytest.mark.parametrize("attrs", [{"layout": "neato"}, {"layout": "circo"}])
def test_what_only_graphviz_can_place_is_left_to_it(block, attrs) -> None:
    assert needs_graphviz(block(PAIR, graph_attr=attrs).graph)


# --- what cannot be read


@pytest.mark.parametrize(
    ("source", "named"),
    [
        ("Node('a', shape='banana')", "node shape 'banana'"),
        ("Node('a', shape='star')", "node shape 'star'"),
        ("Server('a', style='wavy')", "node style 'wavy'"),
        ("Server('a', penwidth='thick')", "node penwidth 'thick'"),
        ("Server('a', fontsize='large')", "node fontsize 'large'"),
        ("Server('a') >> Edge(style='tapered') >> Server('b')", "edge style 'tapered'"),
        ("Server('a') >> Edge(arrowhead='spear') >> Server('b')", "edge arrowhead 'spear'"),
        ("Server('a') >> Edge(lhead='cluster_none') >> Server('b')", "edge lhead 'cluster_none'"),
    ],
)
def test_a_value_that_cannot_be_drawn_is_named(block, source, named) -> None:
    assert not_honoured(block(source).graph) == (named,)


def test_what_graphviz_ignores_is_not_named(block) -> None:
    said = {"ranksep": "3", "nodesep": "2", "rankdir": "LR"}
    body = f"with Cluster('zone', graph_attr={said}):\n    {PAIR}"
    assert not_honoured(block(body, node_attr=said, edge_attr=said).graph) == ()


def test_values_that_can_be_drawn_are_not_named(block) -> None:
    source = """
        with Cluster('c', graph_attr={'style': 'dashed,filled', 'penwidth': '2.5'}):
            a = Node('a', shape='Mrecord', style='rounded,filled')
        a >> Edge(arrowhead='odiamondnormal', style='bold', ltail='cluster_c') >> Server('b', fontsize='20')
        a >> Edge(arrowhead='empty', arrowtail='none', dir='both') >> Server('c', style='invis')
    """
    assert not_honoured(block(source).graph) == ()


def test_what_an_edge_of_no_rank_joins_stands_side_by_side_across_the_flow(block) -> None:
    drawn = block(
        "    a, b, c = Server('a'), Server('b'), Server('c')\n"
        "    seen, page = Server('metric'), Server('monitoring')\n"
        "    a >> b >> c >> seen\n"
        "    seen << Edge(minlen='0') << page",
        direction="LR",
    )
    one, other = (drawn.layout.nodes[name] for name in ("metric", "monitoring"))
    assert one.x0 < other.x1
    assert other.x0 < one.x1
