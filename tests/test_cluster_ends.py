"""Edges of clusters are drawn to their panels; from inside of a cluster, to a card that is in it."""

from dataclasses import replace

import families
import pytest

from archfolio.render.layout.cluster_ends import from_stand_ins, with_inner_ends
from archfolio.render.layout.engine import Bundled
from archfolio.render.layout.measure import size
from archfolio.render.layout.search import search
from archfolio.render.model.geometry import Box, Point, Size, Sized, SizedCluster, SizedEdge, SizedNode
from archfolio.render.model.graph import Accent, Node
from archfolio.render.paint.scene import Scene, compose
from archfolio.render.paint.shapes import Group, Shape

ENGINE = Bundled()


def graph(*pairs: str, homes: str, parents: str = "", rankdir: str = "TB") -> Sized:
    """Make a graph: `homes` are cards in their panels as in "aP b", `parents` panels in panels as in "QP"."""
    panels = dict.fromkeys(name for word in (homes + " " + parents).split() for name in word if name.isupper())
    outer = {word[0]: word[1] for word in parents.split()}
    return Sized(
        rankdir,
        tuple(SizedNode(word[0], Size(110, 56), word[1:] or None) for word in homes.split()),
        tuple(SizedCluster(name, Size(60, 16), outer.get(name)) for name in sorted(panels)),
        tuple(SizedEdge(f"{at}:{pair}", pair[0], pair[1], (), (False, True)) for at, pair in enumerate(pairs)),
    )


def body(scene: Scene) -> tuple[Shape, ...]:
    """Return the shapes of the drawing itself."""
    return next(shape.shapes for shape in scene.shapes if isinstance(shape, Group) and shape.name == "body")


def is_outside(box: Box, x: float, y: float) -> bool:
    return x <= box.x0 + 0.5 or x >= box.x1 - 0.5 or y <= box.y0 + 0.5 or y >= box.y1 - 0.5


@pytest.mark.parametrize("rankdir", ["TB", "LR"])
@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize(
    ("pair", "homes", "parents"),
    [("aQ", "a bQ cQ", ""), ("PQ", "aP bQ cQ", ""), ("aQ", "aP bQ cQ", "QP"), ("PQ", "aP bQ cQ", "QP")],
    ids=["from a card", "from a panel", "to a panel beside the card", "to a panel in the panel"],
)
def test_a_line_to_a_panel_ends_at_its_border_and_stays_out_of_it(
    rankdir: str, count: int, pair: str, homes: str, parents: str
) -> None:
    found = search(with_inner_ends(graph(*[pair] * count, homes=homes, parents=parents, rankdir=rankdir)), ENGINE)
    assert found.faults.count == 0
    panel = found.layout.clusters["Q"]
    for route in found.layout.routes:
        assert all(is_outside(panel, x, y) for x, y in route.points)
        *_, before, end = route.points
        assert min(abs(end.x - panel.x0), abs(end.x - panel.x1), abs(end.y - panel.y0), abs(end.y - panel.y1)) < 0.1
        start = route.points[0]
        assert abs(start.x - end.x) + abs(start.y - end.y) >= 30, "an arrow head and a piece of line"
        assert before != end


def test_a_line_from_inside_of_a_panel_to_it_leads_to_its_first_card_and_from_it_comes_from_its_last() -> None:
    drawn = with_inner_ends(graph("bP", "Pa", "aP", "PQ", "QP", homes="aP bP cQ", parents="QP"))
    assert [edge.tail + edge.head for edge in drawn.edges] == ["ba", "ca", "aa", "bQ", "Qa"]


@pytest.mark.parametrize("rankdir", ["TB", "LR"])
@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("cards", [1, 2])
@pytest.mark.parametrize("end", ["p0", "n0"])
def test_a_panel_has_room_for_the_loops_of_its_cards_which_edges_to_their_own_panel_are_too(
    rankdir: str, count: int, cards: int, end: str
) -> None:
    drawn = families.graph("loops", ["p0"] * cards, [("n0", end, "way one")] * count, [("p0", None)], rankdir)
    found = search(size(drawn), ENGINE)
    assert found.faults.count == 0
    panel = found.layout.clusters["p0"]
    corners = [corner for route in found.layout.routes for corner in route.points]
    corners += [Point(x, y) for label in found.layout.labels for x, y in (label.box[:2], label.box[2:])]
    assert not any(is_outside(panel, x, y) for x, y in corners)


def test_a_blank_node_with_one_line_stands_for_its_cluster_at_whose_border_that_ends() -> None:
    drawn = families.graph("blank", [None, "p0", "p0"], [("n0", "n1"), ("n1", "n2")], [("p0", None)])
    blank = Node("n2", "", "generic.blank.blank", None, "", "p0", Accent.NONE, 0)
    hidden = (("style", "invis"),)
    first, second = drawn.edges
    drawn = replace(
        drawn, nodes=(*drawn.nodes[:2], blank), edges=(replace(first, head="n2"), replace(second, attrs=hidden))
    )
    found = search(size(drawn), ENGINE).layout
    panel = found.clusters["p0"]
    route = next(one for one in found.routes if one.edge == first.id)
    assert all(is_outside(panel, x, y) for x, y in route.points)
    line = next(shape for shape in body(compose(drawn, found, "")) if ("edge", first.id) in getattr(shape, "data", ()))
    assert all(is_outside(panel, x, y) for x, y in line.shapes[0].points)


def test_a_blank_node_stands_for_itself_where_lines_meet_or_lead_to_what_is_beside_it() -> None:
    meeting = graph("aB", "bB", homes="a b cQ dQ")
    cards = replace(meeting, edges=tuple(replace(edge, head="c") for edge in meeting.edges))
    assert from_stand_ins(cards, {"c"}, {edge.id for edge in cards.edges}) == cards
    beside = replace(meeting, edges=(replace(meeting.edges[0], tail="d", head="c"),))
    assert from_stand_ins(beside, {"c"}, {beside.edges[0].id}) == beside
