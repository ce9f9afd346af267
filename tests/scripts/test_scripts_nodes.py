"""What an author sets of nodes and labels is seen in the house style, however it was set."""

import io

import pytest
from PIL import Image as Picture

from archfolio.render.model import style
from archfolio.render.model.geometry import Point
from archfolio.render.model.honoured import not_honoured
from archfolio.render.model.record import record
from archfolio.render.model.rich_text import TextStyle
from archfolio.render.paint.shapes import HALF_PIXEL, Image, Path, Polygon, Rect, Text

# --- nodes


@pytest.mark.parametrize(
    "shape",
    ["circle", "ellipse", "diamond", "cylinder", "hexagon", "octagon", "parallelogram", "note", "folder", "house"],
)
def test_a_node_has_the_shape_that_an_author_names(block, shape) -> None:
    drawn = block(f"Node('a', shape={shape!r}) >> Server('b')")
    first = drawn.groups("node")[0]
    [outline, *_] = [part for part in first.shapes if isinstance(part, Path) and part.fill]
    others = {"ellipse", "diamond", "hexagon", "house"} - {shape, *(("ellipse",) if shape == "circle" else ())}
    for other in others:
        [differs, *_] = block(f"Node('a', shape={other!r}) >> Server('b')").shapes("node", Path)
        assert len(differs.points) != len(outline.points) or differs.points != outline.points
    assert "a" in drawn.words


def test_the_text_of_a_shape_lies_within_it(block) -> None:
    for shape in ("circle", "ellipse", "diamond", "hexagon", "triangle", "cylinder"):
        drawn = block(f"Node('two words', shape={shape!r})")
        box = drawn.layout.nodes["two-words"]
        [text] = drawn.shapes("node", Text)
        assert box.x0 < text.at.x < box.x1
        assert box.y0 < text.at.y < box.y1


def test_a_node_of_text_alone_has_no_frame(block) -> None:
    assert block("Node('only words', shape='plaintext')").shapes("node", Rect) == []


def test_a_blank_of_the_library_is_text_alone(drawn) -> None:
    result = drawn(
        "from diagrams.generic.blank import Blank\nwith Diagram('d', show=False):\n    Blank('words') >> Server('a')\n"
    )
    assert [type(shape) for shape in result.groups("node")[0].shapes] == [Text]


def test_an_invisible_node_is_not_seen(block) -> None:
    assert [group.shapes == () for group in block("Node('', style='invis') >> Server('b')").groups("node")] == [
        True,
        False,
    ]


def test_a_filled_node_has_its_colours_and_a_text_that_can_be_read(block) -> None:
    drawn = block("Node('a', style='filled', fillcolor='navy')")
    [card], [text] = drawn.shapes("node", Rect), drawn.shapes("node", Text)
    assert (card.fill.light, text.fill.light) == ("#000080", style.INK.dark)


def test_a_node_without_words_is_a_square_with_a_large_icon_in_the_middle_and_no_colour_beside_it(block) -> None:
    drawn = block("Server() >> Server('') >> Server(' \\n ')")
    for node in drawn.groups("node"):
        [image] = [part for part in node.shapes if isinstance(part, Image)]
        card, *others = [part for part in node.shapes if isinstance(part, Rect)]
        assert not any(part.left_only for part in others)
        assert (card.box.width, card.box.height) == (72, 72)
        assert (image.box.width, image.box.height) == (52, 52)
        assert Point(*image.box.centre) == Point(card.box.centre.x - HALF_PIXEL, card.box.centre.y - HALF_PIXEL)
        assert Picture.open(io.BytesIO(image.icon.png)).size == (104, 104)


def test_a_picture_that_is_not_there_is_a_letter_of_its_name_or_a_landscape(drawn) -> None:
    result = drawn("with Diagram('d', show=False):\n    Custom('web', 'gone.png') >> Custom('', 'gone.png')\n")
    named, unnamed = ([part for part in node.shapes if not isinstance(part, Rect)] for node in result.groups("node"))
    assert [part.text for part in named] == ["W", "web"]
    assert [type(part) for part in unnamed] == [Path, Polygon]


def test_the_fields_of_a_record_stand_in_lines(block) -> None:
    words = block(r"Node(r'{Order|+ id: int\l+ total: money\l|<port> place()}', shape='record')").words
    assert words[1:] == ["Order", "+ id: int", "+ total: money", "place()"]


def test_the_fields_of_a_record_have_places_by_turns_beside_and_below_each_other() -> None:
    cells, size = record("{top|{left|{one|two}}|bottom}", TextStyle(10), 200)
    boxes = {cell.lines[0].text: cell.box for cell in cells}
    assert (boxes["top"].x0, boxes["top"].x1, boxes["bottom"].y1) == (0, size.width, size.height)
    assert boxes["left"].x1 == boxes["one"].x0 == boxes["two"].x0
    assert boxes["left"].height == boxes["one"].height + boxes["two"].height
    assert boxes["one"].y1 == boxes["two"].y0


def test_a_node_without_words_and_frame_is_a_junction_of_lines(block) -> None:
    drawn = block("Server('a') >> Node('', shape='plaintext', width='0', height='0') >> Server('b')")
    into, out = drawn.shapes("edge", Path)
    middle = drawn.layout.nodes["node"].centre
    assert out.points[0] == middle
    assert abs(into.points[-1].x - middle.x) + abs(into.points[-1].y - middle.y) <= style.ARROW_LENGTH + 0.1


def test_what_is_written_straight_into_the_dot_is_drawn(drawn) -> None:
    result = drawn(
        "with Diagram('d', show=False) as d:\n"
        "    a, b = Server('a'), Server('b')\n"
        "    a >> b\n"
        "    d.dot.node('note', 'mind the gap', shape='note', fixedsize='false')\n"
        "    d.dot.edge('note', b.nodeid, style='dotted')\n"
        "    with d.dot.subgraph(name='cluster_more') as more:\n"
        "        more.attr(label='More')\n"
        "        more.node('x', 'ex')\n"
    )
    graph = result.graph
    assert [node.label for node in graph.nodes] == ["a", "b", "mind the gap", "ex"]
    assert [(edge.tail, edge.head) for edge in graph.edges] == [("a", "b"), ("mind-the-gap", "b")]
    assert [(cluster.label, graph.nodes[3].cluster == cluster.id) for cluster in graph.clusters] == [("More", True)]


# --- labels


def test_html_like_labels_are_text_in_their_styles(block) -> None:
    drawn = block(
        "with Cluster('<<i>court</i>>'):\n"
        "    a, b = Server('<<b>ping</b><br/><font color=\"red\">fast</font>>'), Server('b')\n"
        "a >> Edge(label='<ball &nbsp; >') >> b\nb >> Edge(label='<<b>back</b>>') >> a"
    )
    found = {text.text: text for text in drawn.texts}
    assert {"court", "ping", "fast", "back"} <= set(found)
    assert not any("<" in word or "&" in word for word in found)
    assert (found["court"].is_italic, found["fast"].fill.light) == (True, "#ff0000")


def test_a_table_becomes_lines(block) -> None:
    label = "<<table><tr><td>Name</td><td>Size</td></tr><tr><td colspan='2'><u>total</u></td></tr></table>>"
    texts = block(f"Node({label!r})").texts
    assert ["".join(text.text for text in texts if text.at.y == y) for y in dict.fromkeys(t.at.y for t in texts)][
        1:
    ] == ["Name\u2003Size", "total"]
    assert [text.decoration for text in texts if text.text == "total"] == ["underline"]


def test_what_only_looks_like_markup_is_text(block) -> None:
    words = block("Server('a') >> Edge(label='<script>x</script>') >> Server('<a@b.org>\\nx')").words
    assert {"<script>x</script>", "<a@b.org>"} <= set(words)


@pytest.mark.parametrize(("escape", "anchor"), [("\\l", "start"), ("\\r", "end")])
def test_lines_are_pushed_aside_by_their_escapes(block, escape, anchor) -> None:
    drawn = block(f"Node({f'one{escape}twenty two{escape}'!r}, shape='box')")
    assert {text.anchor for text in drawn.shapes("node", Text)} == {anchor}


def test_a_label_may_begin_with_an_empty_line(block) -> None:
    assert "reply" in block("Server('a') >> Edge(label='\\nreply') >> Server('\\nb')").words


def test_no_word_is_broken_and_no_line_lost(block) -> None:
    lines = [f"line {number} of the label" for number in range(9)]
    word = "a" * 60
    words = block(f"Server({chr(10).join([word, *lines])!r})").words
    assert word in words
    assert set(lines) <= set(words)


# --- C4


def test_c4_is_drawn_as_cards_of_its_own(drawn) -> None:
    result = drawn(
        "from diagrams.c4 import Container, Database, Person, Relationship, SystemBoundary\n"
        "with Diagram('Order desk', show=False):\n"
        "    clerk = Person(name='Clerk', description='Takes orders by telephone.')\n"
        "    with SystemBoundary('Order system'):\n"
        "        store = Database(name='Orders', technology='PostgreSQL', description='Keeps <orders> & more.')\n"
        "    clerk >> Relationship('Enters orders [HTTPS]') >> store\n"
    )
    assert {"Clerk", "[Person]", "Takes orders by telephone.", "[Database: PostgreSQL]"} <= set(result.words)
    assert "Keeps <orders> & more." in result.words
    assert result.groups("node")[0].shapes[0].fill.light == "#104e8b"
    assert not_honoured(result.graph) == ()
