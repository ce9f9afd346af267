"""Edges from a card to itself: how they are drawn, and the room that is kept for them and their labels."""

from __future__ import annotations

from itertools import combinations, pairwise

import families
import pytest

from archfolio.render.layout.loops import extent, loop_lines, loops, margins
from archfolio.render.layout.measure import size


def test_only_edges_from_a_card_to_itself_are_loops() -> None:
    edges = [("n0", "n1"), ("n1", "n1", "again"), ("p0", "p0", "of a panel"), ("n1", "n1")]
    sized = size(families.graph("mixed", ["p0", None], edges, [("p0", None)]))
    assert loops(sized) == {"n1": [1, 3]}


@pytest.mark.parametrize("way", families.WAYS)
@pytest.mark.parametrize("count", [1, 2, 5])
def test_there_is_room_for_loops_and_their_labels(count: int, way: str) -> None:
    sized = size(families.loops(count, way))
    edges = [sized.edges[edge] for edge in loops(sized)["n1"]]
    node = sized.nodes[1]
    width, height = extent(edges, way)
    assert node.size.width >= width
    assert node.size.height >= height
    card = (0, 0, round(node.size.width), round(node.size.height))
    left, above, right, below = margins(edges, way)
    lines = loop_lines(card, edges, way)
    assert len(lines) == count
    for edge, line in zip(edges, lines, strict=True):
        label = edge.shapes[0].size
        across = label.width if way in {"TB", "BT"} else 0  # beside the line; otherwise it stands on it
        down = 0 if way in {"TB", "BT"} else label.height / 2
        assert all(-left <= x <= card[2] + right - across for x, _ in line)
        assert all(-above + down <= y <= card[3] + below - down for y in (line[1][1], line[2][1]))
        for x, y in (line[0], line[-1]):
            assert (x in {0, card[2]} and 0 <= y <= card[3]) or (y in {0, card[3]} and 0 <= x <= card[2])
        assert all(ax == bx or ay == by for (ax, ay), (bx, by) in pairwise(line))
    assert len({line[0] for line in lines}) == len({line[-1] for line in lines}) == count
    middles = [(line[1][1] + line[2][1]) / 2 for line in lines]
    heights = [edge.shapes[0].size.height for edge in edges]
    for one, other in combinations(range(count), 2):
        assert abs(middles[one] - middles[other]) >= (heights[one] + heights[other]) / 2
