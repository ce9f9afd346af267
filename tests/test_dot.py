"""The DOT that Graphviz is given: boxes and settings, nothing an author wrote."""

from dataclasses import replace

import pytest

from archfolio.render.layout.dot_reader import read
from archfolio.render.layout.dot_writer import Against, Candidate, dot, ends
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


def test_no_id_of_an_author_reaches_graphviz() -> None:
    hostile = 'x"]; } <b>\\N\n%0'
    sized = replace(
        THREE, nodes=(SizedNode(hostile, CARD, None), SizedNode("b", CARD, None)), edges=(edge(hostile, hostile, "b"),)
    )
    written = dot(sized, Candidate("any"))
    assert hostile not in written
    drawn = read(Bundled().layout(written), sized, Candidate("any"))
    assert hostile in drawn.nodes
    assert hostile in drawn.lines


def test_boxes_keep_their_size_in_px() -> None:
    drawn = read(Bundled().layout(dot(THREE, Candidate("any"))), THREE, Candidate("any"))
    assert (drawn.nodes["a"].width, drawn.nodes["a"].height) == pytest.approx(CARD, abs=0.01)


def test_a_cluster_holds_its_nodes_and_clusters_even_an_empty_one() -> None:
    drawn = read(Bundled().layout(dot(THREE, Candidate("any"))), THREE, Candidate("any"))
    panel, inner = drawn.clusters["one"], drawn.clusters["empty"]
    for box in (drawn.nodes["a"], drawn.nodes["b"], inner):
        assert panel.x0 < box.x0
        assert panel.y0 < box.y0
        assert panel.x1 > box.x1
        assert panel.y1 > box.y1


def test_an_edge_against_the_order_of_the_nodes_can_be_laid_out_the_other_way_and_still_runs_from_tail_to_head() -> (
    None
):
    for against in Against:
        candidate = Candidate("any", against=against)
        drawn = read(Bundled().layout(dot(THREE, candidate)), THREE, candidate)
        begins, finishes = drawn.lines["ca"][0], drawn.lines["ca"][-1]
        c, a = drawn.nodes["c"].centre, drawn.nodes["a"].centre
        assert abs(begins.y - c.y) < abs(begins.y - a.y)
        assert abs(finishes.y - a.y) < abs(finishes.y - c.y)
        assert (c.y > a.y) == (against is Against.REVERSED)


def test_an_edge_of_a_cluster_is_drawn_at_its_first_or_last_node() -> None:
    sized = replace(THREE, edges=(edge("in", "c", "one"), edge("out", "one", "c"), edge("none", "empty", "c")))
    assert ends(sized) == [("c", "a"), ("b", "c"), ("empty", "c")]


def test_a_lost_edge_is_a_failed_layout() -> None:
    answer = Bundled().layout(dot(THREE, Candidate("any")))
    answer["edges"].pop()
    with pytest.raises(LayoutFailed, match="lost"):
        read(answer, THREE, Candidate("any"))


def test_the_same_graph_is_written_the_same_way_and_every_candidate_differently() -> None:
    assert dot(THREE, CANDIDATES[3]) == dot(THREE, CANDIDATES[3])
    names = [candidate.name for candidate in CANDIDATES]
    assert len(set(names)) == len(names)
    assert len({replace(candidate, name="") for candidate in CANDIDATES}) == len(names)


def test_large_graphs_are_tried_less_often() -> None:
    sizes = [
        len(candidates_for(replace(THREE, nodes=tuple(SizedNode(f"{n}", CARD, None) for n in range(count)))))
        for count in (10, 40, 60, 500)
    ]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] == len(CANDIDATES)
    assert sizes[-1] == 1
