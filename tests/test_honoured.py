"""What of an author's wishes is not drawn has a name; what asks for what is drawn anyway has none."""

import pytest

from archfolio.render.model.graph import Accent, Direction, Edge, Graph, Kind, Node
from archfolio.render.model.honoured import not_honoured


@pytest.mark.parametrize(
    ("attrs", "names"),
    [
        ({"headport": "c", "tailport": "c"}, ()),
        ({"headport": "_"}, ()),
        ({"headport": "w"}, ("edge headport",)),
        ({"tailport": "ne", "headport": "c"}, ("edge tailport",)),
        ({"arrowhead": "vee", "color": "darkpink"}, ("edge color 'darkpink'",)),
    ],
)
def test_of_edges(attrs, names):
    nodes = tuple(Node(name, name, "own.part", None, "", None, Accent.NONE, 0) for name in "ab")
    edge = Edge("a--b", "a", "b", "", Kind.PLAIN, Direction.FORWARD, 0, None, tuple(sorted(attrs.items())))
    assert not_honoured(Graph("view", "View", "", "LR", nodes, (), (edge,))) == names


@pytest.mark.parametrize(("value", "names"), [("true", ("graph concentrate",)), ("false", ()), ("no", ())])
def test_of_drawings(value, names):
    assert not_honoured(Graph("view", "View", "", "LR", (), (), (), attrs=(("concentrate", value),))) == names
