"""What an author sets of the page and its title is seen in the house style."""

import pytest

from archfolio.render.model import style
from archfolio.render.model.author import INCH
from archfolio.render.model.honoured import needs_graphviz, not_honoured
from archfolio.render.paint.shapes import Rect, Text

PAIR = "Server('a') >> Server('b')"


def ground(drawn):
    return drawn.scene.shapes[0].fill


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


def test_a_large_title_stays_a_title_and_widens_a_small_drawing_rather_than_break(block) -> None:
    [title] = block("Server('a')", graph_attr={"fontsize": "45", "label": "Traffic of the whole shop"}).shapes(
        "head", Text
    )
    assert title.size == 2 * style.NAME_SIZE
    row = "Server('hub') >> [Server(f'number {n}') for n in range(6)]"
    wide = block(row, graph_attr={"fontsize": "45", "label": "Traffic"})
    [title] = wide.shapes("head", Text)
    assert title.size == pytest.approx(min(wide.layout.size.width / 16, 40), abs=0.01)
    assert title.size > 2 * style.NAME_SIZE


def test_a_title_of_markup_is_no_larger_than_another(block) -> None:
    said = "<<font point-size='90'>Large</font> and small>"
    sizes = {text.text: text.size for text in block("Server('a')", graph_attr={"label": said}).shapes("head", Text)}
    assert sizes == {"Large": 2 * style.NAME_SIZE, "and small": style.TITLE_SIZE}


@pytest.mark.parametrize(("place", "is_below"), [("t", False), ("b", True)])
def test_the_title_stands_where_its_author_wants_it(block, place, is_below) -> None:
    drawn = block(PAIR, graph_attr={"labelloc": place})
    [head] = drawn.groups("head")
    assert (head.at.y > drawn.scene.body.y1) is is_below


def test_the_title_may_be_changed_through_dot(drawn) -> None:
    words = drawn(f"with Diagram('Old', show=False) as d:\n    {PAIR}\n    d.dot.graph_attr['label'] = 'New'\n").words
    assert words[0] == "New"


def test_the_title_ends_at_the_side_that_its_author_wants(block) -> None:
    wide = "[Server('a'), Server('b'), Server('c')] >> Server('one') >> [Server('x'), Server('y'), Server('z')]"
    drawn = block(wide, graph_attr={"labeljust": "r"})
    [head], [title] = drawn.groups("head"), drawn.shapes("head", Text)
    assert head.at.x + title.at.x == pytest.approx(drawn.scene.size.width - style.MARGIN, abs=1)


@pytest.mark.parametrize(
    ("said", "margin"),
    [
        ({"pad": "1"}, INCH),
        ({"pad": "0.5,0.5"}, INCH / 2),
        ({"pad": "0"}, 8),
        ({"margin": "0.5,0.5"}, INCH / 2),
        ({"margin": "0"}, style.MARGIN),
        ({"margin": "-1.5"}, INCH / 2),  # of the two inches that the library leaves
        ({"margin": "-2,-2"}, 8),
        ({"pad": "0.25", "margin": "0.5"}, 0.75 * INCH),
    ],
)
def test_the_margin_of_the_page_is_that_of_its_author(block, said, margin) -> None:
    usual, wide = block(PAIR), block(PAIR, graph_attr=said)
    assert wide.scene.size.width - usual.scene.size.width == 2 * (margin - style.MARGIN)
    assert not_honoured(wide.graph) == ()
