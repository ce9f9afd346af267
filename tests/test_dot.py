"""The DOT that Graphviz is given: boxes and settings, nothing an author wrote."""

import os
from dataclasses import replace

import pytest

from archfolio.render.layout.dot_reader import read_dot
from archfolio.render.layout.dot_writer import Against, Candidate, dot
from archfolio.render.layout.draft import Placement, frame
from archfolio.render.layout.ends import ends
from archfolio.render.layout.engine import Bundled, LayoutFailed
from archfolio.render.layout.settings import CANDIDATES, candidates_for
from archfolio.render.model.geometry import Size, Sized, SizedCluster, SizedEdge, SizedNode

CARD = Size(120, 56)
TITLE = Size(60, 16)


def edge(name: str, tail: str, head: str) -> SizedEdge:
    return SizedEdge(name, tail, head, (), (False, True))


THREE = Sized(
    "TB",
    (SizedNode("a", CARD, "one"), SizedNode("b", CARD, "one"), SizedNode("c", CARD, None)),
    (SizedCluster("one", TITLE, None), SizedCluster("empty", TITLE, "one")),
    (edge("ab", "a", "b"), edge("ca", "c", "a")),
)


def drawn(sized: Sized, candidate: Candidate = Candidate("any")) -> Placement:  # noqa: B008  it is frozen
    return read_dot(Bundled().layout(dot(frame(sized), candidate)), frame(sized), "any")


def test_no_id_of_an_author_reaches_graphviz() -> None:
    hostile = 'x"]; } <b>\\N\n%0'
    sized = replace(
        THREE, nodes=(SizedNode(hostile, CARD, None), SizedNode("b", CARD, None)), edges=(edge(hostile, hostile, "b"),)
    )
    assert hostile not in dot(frame(sized), Candidate("any"))
    assert len(drawn(sized).cards) == 2


def test_boxes_keep_their_size_in_whole_px() -> None:
    x0, y0, x1, y1 = drawn(THREE).cards[0].tolist()
    assert (x1 - x0, y1 - y0) == CARD


def test_a_cluster_holds_its_nodes_and_clusters_even_an_empty_one() -> None:
    placed = drawn(THREE)
    panel, inner = placed.panels
    for box in (placed.cards[0], placed.cards[1], inner):
        assert (panel[:2] < box[:2]).all()
        assert (panel[2:] > box[2:]).all()


def test_an_edge_against_the_order_of_the_nodes_can_be_laid_out_the_other_way() -> None:
    for against in Against:
        a, _, c = drawn(THREE, Candidate("any", against=against)).cards[:, 1].tolist()
        assert (c > a) == (against is Against.REVERSED)


def test_edges_inside_a_small_cluster_may_stay_in_one_rank() -> None:
    one, other, _ = drawn(THREE, Candidate("any", level=True)).cards[:, 1].tolist()
    assert one == other


def test_an_edge_of_a_cluster_is_drawn_at_its_first_or_last_node() -> None:
    sized = replace(THREE, edges=(edge("in", "c", "one"), edge("out", "one", "c"), edge("none", "empty", "c")))
    assert ends(sized) == (("c", "a"), ("b", "c"), ("empty", "c"))


def test_a_lost_node_is_a_failed_layout() -> None:
    places = Bundled().layout(dot(frame(THREE), Candidate("any")))
    del places.nodes["n2"]
    with pytest.raises(LayoutFailed, match="lost 'n2'"):
        read_dot(places, frame(THREE), "any")


def test_the_same_graph_is_written_the_same_way_and_every_candidate_differently() -> None:
    assert dot(frame(THREE), CANDIDATES[3]) == dot(frame(THREE), CANDIDATES[3])
    names = [candidate.name for candidate in CANDIDATES]
    assert len(set(names)) == len(names)
    assert len({replace(candidate, name="") for candidate in CANDIDATES}) == len(names)


def test_panels_in_panels_may_be_stacked_with_the_outer_ones_abreast() -> None:
    clusters = tuple(
        SizedCluster(name, TITLE, parent)
        for parent in (None, "one", "two")
        for name in ([f"{parent}.a", f"{parent}.b"] if parent else ["one", "two"])
    )
    nodes = tuple(SizedNode(home, CARD, home) for home in ("one.a", "one.b", "two.a", "two.b"))
    sized = replace(THREE, nodes=nodes, clusters=clusters, edges=())
    boxes = [drawn(sized, Candidate("any", stacked=True, abreast=abreast)).panels for abreast in (False, True)]
    tower, beside = ({cluster.id: box for cluster, box in zip(clusters, rows, strict=True)} for rows in boxes)
    assert tower["one"][3] <= tower["two"][1]
    assert beside["one"][1] < beside["two"][3]
    assert beside["two"][1] < beside["one"][3]
    assert beside["one.a"][3] <= beside["one.b"][1]
    assert [one.abreast for one in candidates_for(sized)].count(True) == 1
    assert not any(one.abreast for one in candidates_for(replace(sized, rankdir="LR")))


def test_large_graphs_are_tried_less_often() -> None:
    sizes = [
        len(candidates_for(replace(THREE, nodes=tuple(SizedNode(f"{n}", CARD, None) for n in range(count)))))
        for count in (12, 40, 60, 500)
    ]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] == len(CANDIDATES)
    assert sizes[-1] == 1


def test_a_long_chain_may_be_folded_and_a_short_one_is_not() -> None:
    short, long = (
        candidates_for(replace(THREE, nodes=tuple(SizedNode(f"{n}", CARD, None) for n in range(count))))
        for count in (5, 16)
    )
    assert {one.folded for one in short} == {1}
    assert {one.folded for one in long} == {1, 2}


def test_a_row_within_a_cluster_does_not_kill_graphviz() -> None:
    homes = ("", "one", "one", "one", "two", "two", "two")
    nodes = tuple(SizedNode(str(number), CARD, home or None) for number, home in enumerate(homes))
    joined = ("01", "02", "03", "14", "25", "35", "46", "56")
    sized = Sized(
        "TB",
        nodes,
        (SizedCluster("one", TITLE, None), SizedCluster("two", TITLE, None)),
        tuple(edge(pair, *pair) for pair in joined),
        wishes=(("same_row", "4", "5"), ("same_row", "1", "2")),
    )
    for candidate in candidates_for(sized):
        if not (child := os.fork()):
            drawn(sized, candidate)
            os._exit(0)
        assert os.waitpid(child, 0)[1] == 0, candidate.name
