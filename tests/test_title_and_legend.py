"""Title and caption above a drawing, and the legend of what it uses below."""

import pytest

from archfolio.render.model import style
from archfolio.render.model.font import width
from archfolio.render.model.graph import Accent, Direction, Edge, Graph, Kind, Node
from archfolio.render.paint.shapes import Group, Rect, Text
from archfolio.render.paint.title_and_legend import NO_DECORATION, heading, legend


def graph(kinds=(), parts=(), title="", caption="", attrs=()):
    nodes = tuple(Node(f"n{at}", "x", "generic", None, "", None, part, 0) for at, part in enumerate(parts))
    edges = tuple(
        Edge(f"e{at}", "a", "b", "", kind, Direction.FORWARD, 0, attrs=attrs) for at, kind in enumerate(kinds)
    )
    return Graph("view", title, caption, "TB", nodes, (), edges)


def lines(decoration):
    """Read the words of a legend, line by line."""
    rows = {}
    for group in decoration.shapes:
        if isinstance(group, Group):
            rows.setdefault(group.at.y, []).append(next(s.text for s in group.shapes if isinstance(s, Text)))
    return [rows[y] for y in sorted(rows)]


ALL_KINDS = [kind for kind in Kind if kind is not Kind.PLAIN]
ALL_PARTS = [part for part in Accent if part is not Accent.NONE]


def test_a_legend_has_what_the_drawing_uses_in_the_order_of_the_style():
    drawn = graph([Kind.STREAM, Kind.REQUEST, Kind.STREAM], [Accent.MODEL, Accent.PEOPLE, Accent.NONE])
    assert lines(legend(drawn, 1000)) == [["request", "stream", "people", "model"]]


def test_a_drawing_of_plain_edges_has_no_legend():
    assert legend(graph([Kind.PLAIN], [Accent.DATA]), 1000) == NO_DECORATION


def test_an_edge_that_nobody_sees_is_not_explained():
    assert legend(graph([Kind.STREAM], attrs=(("style", "invis"),)), 1000) == NO_DECORATION


def test_a_rule_parts_the_edge_kinds_from_the_parts():
    shapes = legend(graph([Kind.REQUEST], [Accent.DATA]), 1000).shapes
    [rule] = [shape for shape in shapes if isinstance(shape, Rect)]
    request, data = (shape.at.x for shape in shapes if isinstance(shape, Group))
    assert request < rule.box.x0 < data


@pytest.mark.parametrize("measure", [0, 360, 420, 500, 640, 1000])
def test_a_legend_fits_its_drawing_and_leaves_no_entry_alone(measure):
    decoration = legend(graph(ALL_KINDS, ALL_PARTS), measure)
    assert decoration.size.width <= max(measure, 360)
    assert min(map(len, lines(decoration))) > 1
    assert [word for line in lines(decoration) for word in line] == [*ALL_KINDS, *ALL_PARTS]


def test_the_parts_begin_a_line_of_their_own_where_not_all_fit_in_one():
    assert lines(legend(graph(ALL_KINDS, ALL_PARTS), 560)) == [ALL_KINDS, ALL_PARTS]


def test_title_and_caption_are_wrapped_to_the_drawing():
    caption = "One turn from message to streamed answer, and each place where untrusted text is checked."
    decoration = heading(graph(title="Serving", caption=caption), 400)
    title, *rest = decoration.shapes
    assert (title.text, title.size) == ("Serving", style.TITLE_SIZE)
    assert " ".join(text.text for text in rest) == caption
    assert all(width(text.text, style.CAPTION_SIZE) <= 400 for text in rest)
    assert len(rest) == 2


def test_a_drawing_without_words_has_no_head():
    assert heading(graph(), 400) == NO_DECORATION
