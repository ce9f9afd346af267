"""Whole drawings: clean on real content, stable, and drawn whatever the graph looks like."""

import os
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from statistics import mean
from typing import Any

import numpy as np
import pytest
from reference import random_graph, reference_graphs

from archfolio.render.layout.draft import Placement, frame
from archfolio.render.layout.effort import THOROUGH, Effort
from archfolio.render.layout.engine import Bundled, LayoutFailed, Places
from archfolio.render.layout.measure import size
from archfolio.render.layout.placed import Placed
from archfolio.render.layout.quality import COMFORTABLE
from archfolio.render.layout.reading_order import backward_share, entry, leftwards, out_of_order
from archfolio.render.layout.search import layout, redrawn, search, search_among
from archfolio.render.model.geometry import LabelShape, Layout, Size, Sized, SizedCluster, SizedEdge, SizedNode

ROOT = Path(__file__).parent.parent
ENGINE = Bundled()
CARD = Size(140, 56)
LABEL = (LabelShape(("calls",), (32.0,), Size(40, 20)),)


def graph(*pairs: str, nodes: str = "abc", rankdir: str = "TB") -> Sized:
    """Make a graph of edges like "ab"; nodes in capitals are in a cluster called "box"."""
    return Sized(
        rankdir,
        tuple(SizedNode(name, CARD, "box" if name.isupper() else None) for name in nodes),
        (SizedCluster("box", Size(60, 16), None),),
        tuple(
            SizedEdge(f"{at}:{pair}", *("box" if end == "#" else end for end in pair), LABEL, (False, True))
            for at, pair in enumerate(pairs)
        ),
    )


def complain(found: Placed) -> dict[str, Any]:
    return {name: getattr(found.faults, name) for name in type(found.faults).__slots__} if found.faults.count else {}


def assert_calm(all_found: list[Placed], crossings: float, comfortable: float) -> None:
    """Check that drawings have no faults, and what a designer would say of them."""
    assert [complain(one) for one in all_found if one.faults.count] == []
    faults = [found.faults for found in all_found]
    edges = sum(len(found.sized.edges) for found in all_found)
    assert mean(len(one.crossings) + len(one.in_bicliques) for one in faults) <= crossings
    assert sum(len(one.misaligned) for one in faults) <= 0.09 * sum(one.neighbours for one in faults)
    assert sum(one.length for one in faults) / edges <= 235
    assert sum(len(one.detours) for one in faults) <= 0.22 * len(faults)
    assert sum(len(one.jogs) for one in faults) <= 0.6 * len(faults)
    assert sum(len(one.aside) for one in faults) <= 0.36 * len(faults)
    assert mean(one.text >= COMFORTABLE for one in faults) >= comfortable
    assert mean(one.area for one in faults) <= 0.9e6
    assert mean(one.void for one in faults) <= 0.17


def test_a_sample_of_the_reference_views_is_clean_calm_and_compact() -> None:
    found = [search(size(view), ENGINE) for view in reference_graphs()[3::12]]
    assert_calm(found, crossings=0.6, comfortable=0.75)


@pytest.mark.slow
def test_all_reference_views_are_clean_calm_and_compact() -> None:
    found = [search(size(view), ENGINE) for view in reference_graphs()]
    assert len(found) == 167
    assert_calm(
        found, crossings=0.55, comfortable=0.88
    )  # what is recorded is searched for longer: 0.45 is asked of our own views


@pytest.mark.slow
def test_random_architectures_are_clean_too() -> None:
    found = [search(size(random_graph(seed)), ENGINE) for seed in range(200)]
    assert mean(one.faults.count for one in found) <= 0.05


def test_a_few_random_architectures_are_clean() -> None:
    assert [complain(search(size(random_graph(seed)), ENGINE)) for seed in range(5)] == [{}] * 5


def test_a_layout_is_drawn_again_from_where_its_cards_stood() -> None:
    for number in (40, 70, 100):
        sized = size(reference_graphs()[number])
        found = search(sized, ENGINE)
        again = redrawn(sized, found.spots, held=found.held)
        assert again
        assert replace(again.layout, candidate=found.layout.candidate) == found.layout


def test_the_same_graph_gives_the_same_layout_under_another_hash_seed() -> None:
    code = (
        "from reference import reference_graphs\n"
        "from archfolio.render.layout.measure import size\n"
        "from archfolio.render.layout.engine import Bundled\n"
        "from archfolio.render.layout.search import layout; print(layout(size(reference_graphs()[70]), Bundled()))"
    )
    drawn = [
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert drawn[0] == drawn[1]


def test_more_effort_never_ends_worse() -> None:
    sized = size(reference_graphs()[30])
    assert search(sized, ENGINE, THOROUGH).score <= search(sized, ENGINE).score


def test_small_changes_bring_cards_to_what_they_are_joined_to() -> None:
    whole = frame(graph("ad", "be", "cf", nodes="abcdef"))
    cards = np.array([(200 * (at % 3), 150 * (at // 3)) for at in (0, 1, 2, 5, 3, 4)], dtype=np.int64)
    sizes = np.array([node.size for node in whole.sized.nodes]).round().astype(np.int64)
    start = Placement(np.hstack([cards, cards + sizes]), np.array([(0, 400, 88, 460)]), "crossed")
    plain = Effort(routed=1, settled=1, again=1, variants=())
    before = search_among(whole, [start], plain).faults
    improved = replace(plain, steps=6, sketched=30, drawn=3)
    faults = search_among(whole, [start], improved).faults
    assert (faults.count, faults.crossings) == (0, ())
    assert faults.corners < before.corners / 2
    assert faults.disordered < before.disordered


@pytest.mark.parametrize(
    "sized",
    [
        graph(nodes=""),
        graph(nodes="a"),
        graph("aa", "aa", nodes="a"),
        graph("ab", "ab", "ab"),
        graph("ab", "ba"),
        graph("AB", "BA", "AA", nodes="AB"),
        graph("a#", "#c", nodes="aBBBc".replace("BBB", "BDE")),
        graph("A#", "#A", nodes="AB"),
        graph("#A", "A#", nodes="A"),
        graph("#a", "a#", "##"),
        graph("##", nodes=""),
    ],
    ids=[
        "nothing",
        "one node",
        "loops",
        "parallel",
        "cycle",
        "in a box",
        "box ends",
        "own box",
        "only one",
        "empty box",
        "loop of an empty box",
    ],
)
def test_every_graph_is_drawn(sized: Sized) -> None:
    drawn = layout(sized, ENGINE)
    assert list(drawn.nodes) == [node.id for node in sized.nodes]
    assert [route.edge for route in drawn.routes] == [edge.id for edge in sized.edges]
    assert [label.edge for label in drawn.labels] == [edge.id for edge in sized.edges]
    assert set(drawn.clusters) == set(drawn.titles) == {"box"}
    assert all(len(route.points) % 3 == 1 for route in drawn.routes)
    assert_within(drawn)


def assert_within(drawn: Layout) -> None:
    """Check that the drawing begins at its corner and nothing reaches beyond its size."""
    boxes = [*drawn.nodes.values(), *drawn.clusters.values(), *(label.box for label in drawn.labels)]
    points = [point for route in drawn.routes for point in route.points]
    left, top = [box[0] for box in boxes] + [x for x, _ in points], [box[1] for box in boxes] + [y for _, y in points]
    assert (min(left), min(top)) == pytest.approx((0, 0), abs=0.02)
    assert max([box[2] for box in boxes] + [x for x, _ in points]) <= drawn.size.width + 0.02
    assert max([box[3] for box in boxes] + [y for _, y in points]) <= drawn.size.height + 0.02


@pytest.mark.parametrize(("rankdir", "axis", "sign"), [("TB", 1, 1), ("BT", 1, -1), ("LR", 0, 1), ("RL", 0, -1)])
def test_the_flow_runs_the_way_the_author_wants(rankdir: str, axis: int, sign: int) -> None:
    drawn = layout(graph("ab", "bc", rankdir=rankdir), ENGINE)
    a, b, c = (drawn.nodes[name].centre[axis] * sign for name in "abc")
    assert a < b < c


@pytest.mark.parametrize("rankdir", ["TB", "LR"])
@pytest.mark.parametrize("inside", [False, True])
def test_cards_that_are_joined_to_the_same_others_stand_in_the_authors_order(rankdir: str, *, inside: bool) -> None:
    workers = "BCDEF" if inside else "bcdef"
    fan = [f"a{worker}" for worker in workers] + [f"{worker}z" for worker in workers]
    drawn = layout(graph(*fan, nodes=f"a{workers}z", rankdir=rankdir), ENGINE)
    middles = [drawn.nodes[worker].centre for worker in workers]
    reading = [(round(middle.y / CARD.height), middle.x) for middle in middles]
    assert reading == sorted(reading)


def test_of_two_drawings_the_one_that_begins_with_the_authors_first_node_costs_less() -> None:
    found = search(graph("ab", "bc"), ENGINE)
    assert found.faults.entry == 0
    turned = {name: found.layout.nodes[other] for name, other in zip("abc", "cba", strict=True)}
    assert Placed(found.sized, replace(found.square, nodes=turned), {}, held=False).faults.entry == 1


def test_reading_begins_with_what_leads_to_the_authors_first_node() -> None:
    upside = np.array([(0, 200, 140, 256), (0, 100, 140, 156), (0, 0, 140, 56)])  # c, b, a from the top
    assert [entry(graph(*edges), upside) for edges in (("cb", "ba"), ("ab", "bc"), ("ca", "ac"))] == [0, 1, 1]


def test_reading_may_begin_with_the_first_joined_card_where_nothing_is_joined_to_the_first_one() -> None:
    below = np.array([(0, 200, 140, 256), (0, 0, 140, 56), (0, 100, 140, 156)])  # a, which is isolated, below b and c
    above = np.array([(0, 0, 140, 56), (0, 100, 140, 156), (0, 200, 140, 256)])
    assert entry(graph("bc", nodes="abc"), below) == entry(graph("bc", nodes="abc"), above) == 0
    assert entry(graph(nodes="abc"), below) == 1


def test_a_chain_into_a_panel_is_one_straight_line() -> None:
    widths = {"user": 106, "hub": 156, "cluster": 104, "actions": 126}
    edges = (("user", "cluster", (False, True)), ("cluster", "hub", (True, False)), ("hub", "actions", (True, False)))
    sized = Sized(
        "LR",
        tuple(SizedNode(name, Size(width, 56), "api" if name != "user" else None) for name, width in widths.items()),
        (SizedCluster("api", Size(21, 16), None),),
        tuple(SizedEdge(f"{tail}-{head}", tail, head, (), arrows) for tail, head, arrows in edges),
    )
    assert search(sized, ENGINE).faults.corners == 0


@pytest.mark.parametrize("rankdir", ["TB", "BT", "LR"])
def test_a_drawing_begins_at_the_left_or_in_the_middle_rather_than_at_the_right(rankdir: str) -> None:
    sized = graph("ab", "ac", rankdir=rankdir)
    left, middle, right = (
        np.array([(x, 0, x + 100, 50) for x in (first, *({0, 200, 400} - {first}))]) for first in (0, 200, 400)
    )
    if rankdir == "LR":  # above, in the middle, below
        left, middle, right = (cards[:, [1, 0, 3, 2]] for cards in (left, middle, right))
    assert [entry(sized, cards) for cards in (left, middle, right)] == [0, 0, 0.5]


def test_what_leads_to_the_authors_first_node_may_stand_before_it_where_the_flow_runs_to_a_side() -> None:
    row = np.array([(x, 0, x + 100, 50) for x in (200, 0, 400)])
    assert entry(graph("ba", "ac", rankdir="LR"), row) == 0
    assert entry(graph("ba", "ac", "cb", rankdir="LR"), row) == 0.5  # round and round


def test_a_first_node_that_nothing_is_joined_to_may_stand_anywhere() -> None:
    row = np.array([(x, 0, x + 100, 50) for x in (400, 0, 200)])
    assert entry(graph("bc", rankdir="LR"), row) == 0
    assert entry(graph("cb", rankdir="LR"), row) == 0.5
    assert entry(graph(rankdir="LR"), row) == 1


@pytest.mark.parametrize("rankdir", ["LR", "RL"])
@pytest.mark.parametrize("written", ["abcdefg", "gfedcba", "dagbfce"])
def test_a_chain_runs_in_one_row_in_whichever_order_it_is_written(rankdir: str, written: str) -> None:
    found = search(graph("ab", "bc", "cd", "de", "ef", "fg", nodes=written, rankdir=rankdir), ENGINE)
    middles = [found.layout.nodes[name].centre for name in "abcdefg"]
    assert max(middle.y for middle in middles) - min(middle.y for middle in middles) <= 1
    xs = [middle.x for middle in middles]
    assert xs == sorted(xs, reverse=rankdir == "RL")
    assert (found.faults.count, found.faults.backward, found.faults.disordered) == (0, 0, 0)


def test_a_row_that_turns_into_the_next_line_is_told() -> None:
    def at(*corners: tuple[int, int]) -> np.ndarray:
        return np.array([(x, y, x + 140, y + 56) for x, y in corners])

    chain = graph("ab", "bc", "cd", nodes="abcd", rankdir="LR")
    assert backward_share(chain, at((0, 0), (200, 0), (400, 0), (600, 0))) == 0
    assert backward_share(chain, at((0, 0), (200, 0), (0, 100), (200, 100))) == pytest.approx(1 / 3)
    assert backward_share(chain, at((0, 0), (200, 0), (200, 100), (400, 100))) == pytest.approx(1 / 6)  # aside
    assert backward_share(chain, at((0, 100), (200, 100), (200, 0), (400, 0))) == pytest.approx(1 / 3)  # up
    plain = replace(chain, edges=tuple(replace(edge, arrows=(False, False)) for edge in chain.edges))
    assert backward_share(plain, at((0, 100), (200, 100), (200, 0), (400, 0))) == pytest.approx(
        1 / 6
    )  # it has no arrow
    round_and_round = graph("ab", "bc", "cd", "db", nodes="abcd", rankdir="LR")
    assert backward_share(round_and_round, at((0, 100), (200, 100), (200, 0), (400, 0))) == pytest.approx(3 / 8)
    assert backward_share(replace(chain, rankdir="RL"), at((0, 0), (200, 0), (400, 0), (600, 0))) == 1
    assert backward_share(replace(chain, rankdir="TB"), at((0, 0), (200, 0), (0, 100), (200, 100))) == 0


@pytest.mark.parametrize("rankdir", ["LR", "TB"])
def test_small_text_is_no_fault_of_a_row(rankdir: str) -> None:
    names = "abcdefghij"
    found = search(graph(*(one + two for one, two in pairwise(names)), nodes=names, rankdir=rankdir), ENGINE)
    rows = {box.y0 for box in found.layout.nodes.values()}
    assert (len(rows), bool(found.faults.small)) == ((1, True) if rankdir == "LR" else (len(names), False))
    assert found.score == (0, found.faults.cost)
    wide = Placed(found.sized, replace(found.square, size=Size(2400, 200)), {}, held=False)
    assert wide.faults.small
    assert wide.score[0] == (0 if rankdir == "LR" else 1)


def test_an_edge_of_a_cluster_ends_at_its_border() -> None:
    drawn = layout(graph("a#", nodes="aBC"), ENGINE)
    panel, end = drawn.clusters["box"], drawn.routes[0].points[-1]
    assert min(abs(end.y - panel.y0), abs(end.x - panel.x0), abs(end.x - panel.x1)) < 0.02


def test_graphviz_failing_on_every_candidate_is_a_failed_layout() -> None:
    class Broken(Bundled):
        def layout(self, dot: str) -> Places:  # noqa: ARG002  whatever it is
            message = "no"
            raise LayoutFailed(message)

    with pytest.raises(LayoutFailed, match="given-stacked"):
        layout(graph("ab"), Broken())


def test_a_large_graph_is_drawn_in_seconds() -> None:
    many = 400
    sized = replace(
        graph(),
        nodes=tuple(SizedNode(f"n{at}", CARD, None) for at in range(many)),
        edges=tuple(SizedEdge(f"e{at}", f"n{at // 3}", f"n{at}", LABEL, (False, True)) for at in range(1, many)),
    )
    assert len(layout(sized, ENGINE).labels) > 0.95 * many


def test_a_hub_and_its_eight_groups_fit_a_page() -> None:
    services = [f"{team}{number}" for team in range(8) for number in "ab"]
    whole = Sized(
        "TB",
        (
            SizedNode("hub", Size(100, 56), None),
            *(SizedNode(name, Size(146, 56), f"team{name[0]}") for name in services),
        ),
        tuple(SizedCluster(f"team{team}", Size(50, 16), None) for team in range(8)),
        tuple(SizedEdge(name, "hub", name, (), (False, True)) for name in services),
    )
    found = search(whole, ENGINE)
    assert complain(found) == {}
    assert found.layout.size.width < 3 * found.layout.size.height


def test_cards_are_read_in_their_authors_order() -> None:
    sized = graph("ab", "bc", nodes="abcd")

    def at(*corners: tuple[int, int]) -> np.ndarray:
        return np.array([(x, y, x + 140, y + 56) for x, y in corners])

    assert out_of_order(sized, at((0, 0), (0, 100), (0, 200), (200, 200))) == 0
    assert out_of_order(sized, at((0, 0), (0, 100), (0, 200), (200, 300))) == 0
    assert out_of_order(sized, at((0, 0), (0, 100), (200, 200), (0, 200))) == 1  # d stands left of c
    assert out_of_order(sized, at((0, 200), (0, 100), (0, 0), (0, 300))) == 5  # upside down
    assert out_of_order(sized, at((200, 0), (0, 0), (0, 100), (0, 200))) == 2  # b stands left of a, which leads to it
    assert out_of_order(replace(sized, rankdir="LR"), at((0, 0), (200, 0), (400, 0), (400, 100))) == 0


def test_what_an_edge_leads_to_is_not_read_before_it_though_its_author_named_it_first() -> None:
    below = np.array([(0, 0, 140, 56), (0, 200, 140, 256), (0, 100, 140, 156)])  # a, then c, which leads to b
    assert out_of_order(graph("ab", "cb", nodes="abc"), below) == 0
    assert out_of_order(graph("ab", nodes="abc"), below) == 1
    found = search(graph("ca", "cb", nodes="abc", rankdir="LR"), ENGINE).layout.nodes
    assert found["c"].x1 < min(found["a"].x0, found["b"].x0)


def test_a_drawing_that_leads_to_the_left_is_told_but_not_a_hub_in_the_middle() -> None:
    def at(*lefts: int) -> np.ndarray:
        return np.array([(x, 100 * row, x + 140, 100 * row + 56) for row, x in enumerate(lefts)])

    assert leftwards(graph("ab", "bc"), at(400, 200, 0)) == 400
    assert leftwards(graph("ab", "bc"), at(0, 200, 400)) == 0
    assert leftwards(graph("ab", "ac"), at(200, 0, 400)) == 0
    assert leftwards(graph("ba", "cb"), at(0, 200, 400)) == 0  # against the author's order: feedback


def test_two_branches_of_a_row_are_read_one_after_the_other_or_side_by_side() -> None:
    branches = graph("ab", "bc", "ad", "de", nodes="abcde", rankdir="LR")
    aligned = [(0, 50), (200, 0), (400, 0), (200, 100), (400, 100)]
    staggered = [(0, 50), (200, 0), (400, 0), (500, 100), (700, 100)]
    swapped = [(0, 50), (200, 100), (400, 100), (200, 0), (400, 0)]
    counts = [
        out_of_order(branches, np.array([(x, y, x + 140, y + 56) for x, y in places]))
        for places in (aligned, staggered, swapped)
    ]
    assert (counts[:2], counts[2] > 0) == ([0, 0], True)
