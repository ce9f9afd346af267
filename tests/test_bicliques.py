"""Two rows of cards that are joined each to each have all their lines between the rows."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from archfolio.render.layout.bicliques import biclique_lines, bicliques
from archfolio.render.layout.draft import Draft, Frame, Line, Placement, frame
from archfolio.render.layout.engine import Bundled
from archfolio.render.layout.fans import drawn_fans
from archfolio.render.layout.placed import Placed
from archfolio.render.layout.quality import corners, measure
from archfolio.render.layout.route_edges import lines
from archfolio.render.layout.search import search
from archfolio.render.model.geometry import LabelShape, Size, Sized, SizedCluster, SizedEdge, SizedNode

LABEL = LabelShape(("calls",), (32.0,), Size(40, 20))


def biclique(tails: int, heads: int, rankdir: str = "LR", more: str = "") -> Sized:
    """Make a source that leads to tails, and tails that lead to every head; `more` has further edges."""
    first, last = [f"t{number}" for number in range(tails)], [f"h{number}" for number in range(heads)]
    pairs = [("source", tail) for tail in first] + [(tail, head) for tail in first for head in last]
    pairs += [tuple(pair.split(">")) for pair in more.split()]
    names = dict.fromkeys(["source", *first, *last, *(end for pair in pairs for end in pair)])
    return Sized(
        rankdir,
        tuple(SizedNode(name, Size(120, 56), None) for name in names),
        (),
        tuple(SizedEdge(f"{tail}-{head}", tail, head, (), (False, True)) for tail, head in pairs),
    )


def is_woven(found: Placed) -> bool:
    """Return whether every line of the biclique turns at most once on its way, between its rows."""
    axis = 0 if found.sized.rankdir in {"LR", "RL"} else 1
    boxes = found.layout.nodes
    lines = {
        (edge.tail, edge.head): corners(route.points)
        for edge, route in zip(found.sized.edges, found.layout.routes, strict=True)
        if edge.tail[0] == "t" and edge.head[0] == "h"
    }
    rows = sorted(
        sorted((boxes[name][axis], boxes[name][axis + 2]) for name in row) for row in zip(*lines, strict=True)
    )
    gap = [max(high for _, high in rows[0]), min(low for low, _ in rows[1])]
    turns = [corner[axis] for line in lines.values() for corner in line[1:-1]]
    return all(len(line) <= 4 for line in lines.values()) and all(gap[0] < turn < gap[1] for turn in turns)


@pytest.mark.parametrize("rankdir", ["LR", "TB", "RL", "BT"])
@pytest.mark.parametrize(("tails", "heads"), [(2, 2), (3, 2), (2, 3), (3, 3), (4, 2)])
def test_lines_of_a_biclique_cross_only_where_they_must(tails: int, heads: int, rankdir: str) -> None:
    found = search(biclique(tails, heads, rankdir), Bundled())
    assert found.faults.count == 0
    assert is_woven(found)
    assert not found.faults.crossings
    assert len(found.faults.in_bicliques) == tails * (tails - 1) * heads * (heads - 1) // 4


def test_a_drawing_whose_biclique_goes_around_a_card_has_its_crossings_priced() -> None:
    found = search(biclique(3, 2), Bundled())
    lines = list(found.layout.routes)
    around = lines[3]
    x, y = around.points[0]
    detour = [(x, y), (x + 9, y), (x + 9, y - 400), (x + 900, y - 400), (x + 900, 400.0)]
    points = [detour[0], *(point for one, two in pairwise(detour) for point in (one, two, two))]
    lines[3] = replace(around, points=tuple(type(around.points[0])(*point) for point in points))
    faults = measure(found.sized, replace(found.layout, routes=tuple(lines)))
    assert not faults.in_bicliques
    assert faults.crossings


def test_what_has_labels_or_several_lines_between_two_cards_is_no_biclique() -> None:
    plain = biclique(2, 2)
    assert len(bicliques(plain)) == 1
    labelled = (*plain.edges[:-1], replace(plain.edges[-1], shapes=(LABEL,)))
    assert not bicliques(replace(plain, edges=labelled))
    assert not bicliques(biclique(2, 2, more="t0>h0"))
    assert not bicliques(biclique(2, 2, more="h0>t0"))


def test_what_has_too_many_lines_is_no_biclique() -> None:
    assert [len(found.lines) for found in bicliques(biclique(4, 3))] == [12]
    assert not bicliques(biclique(4, 4))


def in_two_rows(
    sized: Sized, off: int, panels: Sequence[tuple[int, int, int, int]] = ()
) -> tuple[Frame, Placement, dict[int, Line]]:
    """Place heads below tails, so many px further right, and the source above; draw the biclique."""
    rows = {"s": (-200, 0), "t": (0, 0), "h": (400, off)}
    cards = []
    for node in sized.nodes:
        y, x = rows[node.id[0]]
        x += 160 * int(node.id[1:]) if node.id != "source" else 0
        cards.append((x, y, x + 120, y + 56))
    placement = Placement(np.array(cards), np.array(panels, dtype=np.int64).reshape(-1, 4), "")
    return frame(sized), placement, biclique_lines(frame(sized), placement)


@pytest.mark.parametrize(("off", "corners_of_it"), [(0, 2), (3, 2), (4, 4)])
def test_a_line_of_a_biclique_has_no_tiny_step(off: int, corners_of_it: int) -> None:
    *_, drawn = in_two_rows(biclique(2, 2, "TB"), off)
    assert [len(drawn[edge]) for edge in (2, 5)] == [corners_of_it] * 2  # straight down


def test_lines_of_a_biclique_turn_outside_of_the_panel_that_its_tails_are_in() -> None:
    sized = biclique(2, 2, "TB")
    nodes = tuple(replace(node, cluster="tails" if node.id[0] == "t" else None) for node in sized.nodes)
    panel = replace(sized, nodes=nodes, clusters=(SizedCluster("tails", Size(60, 16), None),))
    *_, drawn = in_two_rows(panel, 60, [(-14, -38, 294, 300)])
    assert {edge for edge, line in drawn.items() if all(300 < y < 400 for _, y in line[1:-1])} == {2, 3, 4, 5}
    assert all(len(line) == 4 for line in drawn.values())


def test_what_stands_behind_the_row_of_heads_is_reached_around_them() -> None:
    found = search(biclique(2, 2, more="t0>last t1>last h0>last"), Bundled())
    assert found.faults.count == 0
    assert is_woven(found)


def test_rows_of_a_biclique_stand_in_the_middle_of_one_another() -> None:
    boxes = search(biclique(3, 2), Bundled()).layout.nodes
    assert np.isclose(boxes["t1"].centre.y, (boxes["h0"].centre.y + boxes["h1"].centre.y) / 2, atol=1.5)


def test_lines_of_a_biclique_are_no_fans_and_are_drawn_as_they_are() -> None:
    for off in (0, 20, 60, 160):
        sized = biclique(3, 2, "TB")
        whole, placement, own = in_two_rows(sized, off)
        drawn = lines(whole, placement)
        assert {edge: drawn[edge] for edge in own} == own
        nothing = np.empty((0, 4), dtype=np.int64)
        draft = Draft(placement.cards, nothing, nothing, drawn, nothing, ())
        assert own.keys().isdisjoint(edge for fan in drawn_fans(whole, draft) for edge in fan.edges)
