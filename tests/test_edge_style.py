"""An edge is drawn as its kind is, with what its author set, within limits; arrow heads have Graphviz's names."""

import pytest

from archfolio.render.model.edge_style import ArrowHead, edge_style, heads, is_arrow
from archfolio.render.model.graph import Direction, Edge, Revision

SHAPES = ("box", "crow", "curve", "diamond", "dot", "icurve", "inv", "normal", "tee", "vee")
NAMES = [f"{hollow}{side}{shape}" for hollow in ("", "o") for side in ("", "l", "r") for shape in SHAPES]
OLD = {"empty": "onormal", "open": "vee", "halfopen": "lvee", "invempty": "oinv", "ediamond": "odiamond"}


def edge(direction: Direction = Direction.FORWARD, revision: Revision = Revision.KEPT, **attrs: str) -> Edge:
    return Edge("e1", "a", "b", "", "", direction, 1, attrs=tuple(attrs.items()), revision=revision)


@pytest.mark.parametrize("name", NAMES)
def test_every_arrow_of_graphviz_is_read(name: str) -> None:
    shape = next(one for one in sorted(SHAPES, key=len, reverse=True) if name.endswith(one))
    assert heads(name) == heads(f" {name.upper()} ") == (ArrowHead(shape, name.startswith("o")),)
    assert is_arrow(name)


def test_heads_follow_each_other_and_none_is_none() -> None:
    assert heads("teeodot") == (ArrowHead("tee"), ArrowHead("dot", is_hollow=True))
    assert heads("invodot") == (ArrowHead("inv"), ArrowHead("dot", is_hollow=True))
    assert heads("nonebox") == (ArrowHead("box"),)
    assert heads("none") == heads("") == ()
    assert heads("harpoon") == (ArrowHead("normal"),)
    assert not is_arrow("harpoon")


@pytest.mark.parametrize(("old", "new"), OLD.items())
def test_old_names_are_those_of_today(old: str, new: str) -> None:
    assert heads(old) == heads(new)
    assert is_arrow(old)


@pytest.mark.parametrize(
    ("direction", "at_tail", "at_head"),
    [
        (Direction.FORWARD, (), ("vee",)),
        (Direction.BACK, ("dot",), ()),
        (Direction.BOTH, ("dot",), ("vee",)),
        (Direction.NONE, (), ()),
    ],
)
def test_heads_stand_where_the_edge_points(direction: Direction, at_tail: tuple[str], at_head: tuple[str]) -> None:
    look = edge_style(edge(direction, arrowtail="dot", arrowhead="vee"))
    assert tuple(one.shape for one in look.tail) == at_tail
    assert tuple(one.shape for one in look.head) == at_head


@pytest.mark.parametrize(("said", "width"), [("0", 0.3), ("0.1", 0.3), ("5", 5), ("100", 12)])
def test_a_line_is_neither_invisible_nor_a_bar(said: str, width: float) -> None:
    assert edge_style(edge(penwidth=said)).width == width


@pytest.mark.parametrize(
    ("said", "scale"),
    [({"arrowsize": "0.1"}, 0.3), ({"arrowsize": "9"}, 4), ({"penwidth": "4.8"}, 2), ({"penwidth": "99"}, 3)],
)
def test_heads_grow_with_what_is_said_and_with_the_line(said: dict[str, str], scale: float) -> None:
    assert edge_style(edge(**said)).scale == pytest.approx(scale)


def test_what_is_removed_has_the_colour_of_what_is_removed() -> None:
    removed = edge_style(edge(revision=Revision.REMOVED, color="red"))
    assert removed.line == edge_style(edge(revision=Revision.REMOVED)).line != edge_style(edge(color="red")).line
    assert removed.label.strike
