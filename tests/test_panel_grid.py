"""Whole panels on a coarse grid: what a search for a record tries beside the ranks of Graphviz."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from reference import random_graph, reference_graphs

from archfolio.render.layout.boxes import overlaps
from archfolio.render.layout.draft import NOWHERE, Frame, Placement, frame
from archfolio.render.layout.effort import THOROUGH
from archfolio.render.layout.engine import Bundled
from archfolio.render.layout.measure import size
from archfolio.render.layout.panel_grid import ON_A_GRID, on_a_grid
from archfolio.render.layout.place_boxes import place_boxes
from archfolio.render.layout.respace import tight, wrapped
from archfolio.render.layout.search import search
from archfolio.render.layout.settings import CANDIDATES
from archfolio.render.model.geometry import Size, Sized, SizedCluster, SizedEdge, SizedNode

GRIDS = [
    (whole, placements, on_a_grid(whole, placements, 6))
    for graph in (*reference_graphs()[7::30], random_graph(5))
    for whole in [frame(size(graph))]
    for placements in [place_boxes(whole, Bundled(), CANDIDATES[:4])]
]


def graph(*panels: str | None, edges: str) -> Frame:
    """Return a graph of cards of 100 by 40 in panels by name, with edges such as "0-1 1-2"."""
    ends = [edge.split("-") for edge in edges.split()]
    return frame(
        Sized(
            "TB",
            tuple(SizedNode(f"n{at}", Size(100.0, 40.0), panel) for at, panel in enumerate(panels)),
            tuple(SizedCluster(name, Size(40.0, 15.0), None) for name in dict.fromkeys(filter(None, panels))),
            tuple(
                SizedEdge(f"e{at}", f"n{tail}", f"n{head}", (), (False, True)) for at, (tail, head) in enumerate(ends)
            ),
        )
    )


def inner(whole: Frame, placement: Placement, panel: int) -> bytes:
    """Return where the cards of an outermost panel stand in it."""
    cards = placement.cards[[panel in around for around in whole.around]]
    return (cards - np.tile(cards[:, :2].min(axis=0), 2)).tobytes()


def column(whole: Frame) -> Placement:
    """Place all cards in one column."""
    cards = np.array([(0, 120 * at, 100, 120 * at + 40) for at in range(len(whole.homes))], dtype=np.int64)
    return tight(whole, Placement(cards, np.zeros((len(whole.parents), 4), dtype=np.int64), "a column"))


def test_there_are_grids_of_most_reference_views() -> None:
    assert sum(bool(found) for *_, found in GRIDS) > len(GRIDS) / 2


def test_a_panel_keeps_an_inner_arrangement_of_graphviz() -> None:
    for whole, placements, found in GRIDS:
        for panel in (at for at, parent in enumerate(whole.parents) if parent == NOWHERE):
            assert {inner(whole, one, panel) for one in found} <= {inner(whole, one, panel) for one in placements}


def test_nothing_overlaps_and_panels_are_tight() -> None:
    for whole, _, found in GRIDS:
        for one in found:
            outer = [at for at, parent in enumerate((*whole.homes, *whole.parents)) if parent == NOWHERE]
            boxes = np.vstack([one.cards, one.panels])[outer]
            assert overlaps(boxes, boxes).sum() == len(boxes)
            assert (wrapped(whole, one.cards, one.panels) == one.panels).all()


def test_the_same_placements_lead_to_the_same_grids() -> None:
    for whole, placements, found in GRIDS:
        again = on_a_grid(whole, placements, 6)
        assert [one.cards.tolist() for one in again] == [one.cards.tolist() for one in found]


def test_two_panels_of_a_feedback_loop_stand_side_by_side() -> None:
    whole = graph("a", "a", "a", "b", "b", "b", edges="0-1 1-2 0-3 3-4 4-5 5-2")
    [best, *_] = on_a_grid(whole, [column(whole)], 6)
    (_, top, right, bottom), (left, other_top, _, other_bottom) = best.panels.tolist()
    assert right < left
    assert max(top, other_top) < min(bottom, other_bottom)


def test_a_chain_of_panels_is_read_in_its_order() -> None:
    whole = graph(*"aabbccdd", edges="0-1 1-2 2-3 3-4 4-5 5-6 6-7")
    [best, *_] = on_a_grid(whole, [column(whole)], 6)
    for one, other in pairwise(best.panels.tolist()):
        assert other[0] >= one[2] or other[1] >= one[3]


@pytest.mark.parametrize("panels", [(None, None, None), ("a", "a", "a"), ("a", *[None] * 12)])
def test_there_are_none_of_cards_alone_of_one_panel_or_of_too_many_things(panels: tuple[str | None, ...]) -> None:
    whole = graph(*panels, edges="0-1 1-2")
    assert on_a_grid(whole, [column(whole)], 6) == []


def test_a_search_takes_a_grid_where_it_is_better() -> None:
    whole = graph(*"aaaabbbbcccc", edges="0-1 1-2 2-3 3-4 4-5 5-6 6-7 7-8 8-9 9-10 10-11 11-0")
    brief = replace(THOROUGH, shuffled=0, steps=0, more=0)
    without, found = (search(whole.sized, Bundled(), replace(brief, on_a_grid=most)) for most in (0, 6))
    assert found.layout.candidate == ON_A_GRID
    assert found.score < without.score
