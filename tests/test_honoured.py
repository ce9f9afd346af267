"""What of an author's wishes is not drawn has a name; what asks for what is drawn anyway has none."""

import pytest
from projects import SHOP, Project

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


def test_what_a_view_is_given_and_does_not_show_is_a_warning_as_check_says_it(archfolio, tmp_path):
    project = Project(tmp_path)
    given = SHOP.replace('Kafka("Shop")', 'Kafka("Shop", lable="till")')
    path = project.write("shop.py", given.replace('Kafka("Stock")', 'Kafka("Stock", shape="starr")'))
    line = 1 + given[: given.index("lable")].count("\n")
    first = "'Shop' asks for node lable, which is not drawn: write 'label', or leave it out"
    second = "'Stock' asks for node shape 'starr', which is not drawn: correct it, or leave it out"
    built = archfolio("build", "--no-png")
    assert (built.returncode, built.stderr.count("warning: ")) == (0, 2)
    assert f"warning: {path}:{line}: shop/serving: {first}" in built.stderr
    assert f"warning: {path}:{line}: shop/serving: {second}" in built.stderr
    assert "warning" not in archfolio("build", "--no-png", "--style", "library").stderr
    shown = 'Kafka("Stock", shape="starr")'
    project.edit("shop.py", shown, f"{shown}  # archfolio: ignore[S111] kept for later")
    assert "warning" not in archfolio("build", "--no-png").stderr
