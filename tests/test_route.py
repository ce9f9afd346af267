"""Lines keep off cards, run side by side without needless crossings, and turn softly."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from reference import random_graph, reference_graphs

from archfolio.render.layout import routing_grid
from archfolio.render.layout.boxes import overlaps, stacked
from archfolio.render.layout.cheapest_path import BEND
from archfolio.render.layout.draft import Placement, frame
from archfolio.render.layout.engine import Bundled
from archfolio.render.layout.measure import size
from archfolio.render.layout.place_boxes import place_boxes
from archfolio.render.layout.quality import corners, measure
from archfolio.render.layout.route_edges import lines, smooth
from archfolio.render.layout.routing_grid import Grid
from archfolio.render.layout.search import lettered, search
from archfolio.render.layout.separate_edges import GAP, Obstacles, nudge
from archfolio.render.layout.settings import candidates_for
from archfolio.render.layout.settle import settle
from archfolio.render.model.geometry import Box, Point, Size, Sized, SizedCluster, SizedEdge, SizedNode
from archfolio.render.model.graph import Graph

LEFT, RIGHT = Box(0, 0, 100, 50), Box(300, 0, 400, 50)
BETWEEN = Box(170, -40, 230, 90)


def parts(line: Sequence[tuple[float, float]]) -> list[Box]:
    """List the straight parts of a line, as boxes without a width."""
    return [Box(min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y)) for (x, y), (to_x, to_y) in pairwise(line)]


def crossed(lines: Sequence[Sequence[tuple[float, float]]]) -> list[tuple[int, int]]:
    """List the pairs of lines of which a level part crosses an upright one."""
    found = [(number, part) for number, line in enumerate(lines) for part in parts(line)]
    return [
        (one, other)
        for one, level in found
        for other, upright in found
        if one != other and level.x0 < upright.x0 < level.x1 and upright.y0 < level.y0 < upright.y1
    ]


def test_cards_that_face_each_other_are_joined_by_a_straight_line() -> None:
    grid = Grid([LEFT, RIGHT], [], [], [])
    assert grid.path(LEFT, RIGHT, ()).corners == (Point(100, 25), Point(300, 25))


def test_a_line_goes_around_a_card_that_is_in_its_way() -> None:
    grid = Grid([LEFT, RIGHT, BETWEEN], [], [], [])
    path = grid.path(LEFT, RIGHT, ())
    assert not overlaps(stacked(parts(path.corners)), stacked([BETWEEN])).any()
    assert path.cost > 2 * BEND


def test_a_line_avoids_crossing_another_that_is_already_there_and_forgets_one_that_is_taken_back() -> None:
    above, below = Box(150, -150, 250, -100), Box(150, 150, 250, 200)
    grid = Grid([LEFT, RIGHT, above, below], [], [], [])
    straight = grid.path(above, below, ())
    across = grid.path(LEFT, RIGHT, ())
    grid.mark(across)
    dearer = grid.path(above, below, ())
    assert dearer.cost > straight.cost
    grid.mark(across, -1)
    assert grid.path(above, below, ()).cost == pytest.approx(straight.cost)


def test_a_line_that_turns_pays_for_others_in_its_way_and_nothing_to_itself() -> None:
    above, below = Box(150, -300, 250, -250), Box(150, 250, 250, 300)
    grid = Grid([LEFT, RIGHT, BETWEEN, above, below], [], [], [])
    path, other = grid.path(LEFT, RIGHT, ()), grid.path(above, below, ())
    assert len(path.corners) > 2
    grid.mark(path)
    assert grid.toll(path) == pytest.approx(0)
    grid.mark(other)
    assert grid.toll(path) > 0


@pytest.mark.parametrize("graph", [*reference_graphs()[::20], *map(random_graph, range(3))])
def test_lines_are_the_same_however_little_is_known_of_what_they_cost(
    monkeypatch: pytest.MonkeyPatch, graph: Graph
) -> None:
    whole = frame(size(graph))
    placements = place_boxes(whole, Bundled(), candidates_for(whole.sized))
    drawn = [lines(whole, placement) for placement in placements]
    monkeypatch.setattr(routing_grid, "_gap", lambda *_: -1e9)
    assert [lines(whole, placement) for placement in placements] == drawn


@pytest.mark.parametrize("graph", [*reference_graphs()[::20], *map(random_graph, range(3))])
def test_a_line_is_measured_alike_with_square_corners_and_with_round_ones(graph: Graph) -> None:
    found = search(size(graph), Bundled())
    assert measure(found.sized, found.layout) == found.faults


def test_a_line_stays_out_of_a_panel_that_it_has_no_business_in() -> None:
    far, panel = Box(700, 0, 800, 50), Box(140, -200, 660, 60)
    grid = Grid([LEFT, far], [panel], [], [])
    assert len(grid.path(LEFT, far, ()).corners) == 2
    assert max(point.y for point in grid.path(LEFT, far, (0,)).corners) > panel.y1


def test_lines_that_share_a_way_are_moved_apart_in_the_order_that_does_not_cross() -> None:
    top = Box(0, 0, 200, 50)
    heads = [Box(-300, 200, -200, 250), Box(50, 200, 150, 250), Box(400, 200, 500, 250)]
    lines = [(Point(100, 50), Point(100, 120), Point(head.centre.x, 120), Point(head.centre.x, 200)) for head in heads]
    lines[1] = (Point(100, 50), Point(100, 200))
    moved = nudge(lines, Obstacles([top, *heads], [], [top] * 3, heads))
    starts = [line[0][0] for line in moved]
    assert starts == sorted(starts)
    assert min(starts[1] - starts[0], starts[2] - starts[1]) >= GAP - 0.5
    assert crossed(moved) == []


def test_lines_from_one_card_to_a_row_below_it_enter_all_of_it_from_above() -> None:
    card = Size(130, 56)
    sized = Sized(
        "TB",
        tuple(SizedNode(f"n{at}", card, None) for at in range(9)),
        (),
        tuple(SizedEdge(f"e{at}", "n0", f"n{at}", (), (False, True)) for at in range(1, 9)),
        (),
        "auto",
    )
    hub = (560, 0, 690, 56)
    row = [(160 * at, 100, 160 * at + 130, 156) for at in range(8)]
    drawn = lines(frame(sized), Placement(np.array([hub, *row]), np.empty((0, 4), dtype=np.int64), "a row"))
    assert [line[-1][1] for line in drawn] == [100] * 8
    assert min(y for line in drawn for _, y in line) >= 0
    assert crossed(drawn) == []


def test_a_corner_is_rounded_and_a_straight_line_is_one_piece() -> None:
    assert smooth((Point(0, 0), Point(90, 0))) == (Point(0, 0), Point(30, 0), Point(60, 0), Point(90, 0))
    bent = smooth((Point(0, 0), Point(90, 0), Point(90, 90)))
    assert Point(90, 0) not in bent
    assert len(bent) == 10
    assert corners(bent) == [(0, 0), (90, 0), (90, 90)]


def test_parallel_edges_keep_a_distance_and_end_at_the_cards() -> None:
    card = Size(140, 56)
    sized = Sized(
        "TB",
        (SizedNode("a", card, None), SizedNode("b", card, None)),
        (),
        tuple(SizedEdge(f"e{at}", "a", "b", (), (False, True)) for at in range(3)),
    )
    found = search(sized, Bundled())
    assert not found.faults.coincident
    assert not found.faults.crossings
    a, b = (found.layout.nodes[name] for name in "ab")
    for route in found.layout.routes:
        for point, box in ((route.points[0], a), (route.points[-1], b)):
            assert (
                min(abs(point.x - box.x0), abs(point.x - box.x1), abs(point.y - box.y0), abs(point.y - box.y1)) <= 0.02
            )


def in_a_panel(*homes: str | None, edges: tuple[str, ...], rankdir: str = "TB") -> Sized:
    """Make a graph of cards a, b, c ... of which some are in a panel, and of edges like "ab"."""
    names = "abcdefgh"[: len(homes)]
    return Sized(
        rankdir,
        tuple(SizedNode(name, Size(120, 56), home) for name, home in zip(names, homes, strict=True)),
        (SizedCluster("p", Size(40, 16), None),),
        tuple(SizedEdge(pair, pair[0], pair[1], (), (False, True)) for pair in edges),
    )


def test_a_line_between_two_cards_of_a_panel_stays_in_it_be_it_narrow() -> None:
    graph = frame(in_a_panel("p", "p", "p", edges=("ab", "bc", "ac")))
    cards = np.array([(14, 38 + 100 * at, 134, 94 + 100 * at) for at in range(3)])
    placement = Placement(cards, np.array([(0, 0, 148, 308)]), "a column")
    for draft in (drawn := lettered(graph, placement, lines(graph, placement)), settle(graph, drawn)):
        panel = draft.panels[0]
        assert all(panel[0] < x < panel[2] and panel[1] < y < panel[3] for line in draft.lines for x, y in line)


def test_lines_are_moved_off_one_that_stands() -> None:
    above, below = Box(0, 0, 200, 50), Box(300, 200, 500, 250)
    line = (Point(100, 50), Point(100, 125), Point(400, 125), Point(400, 200))
    standing = (Point(0, 125), Point(800, 125))
    scene = Obstacles([above, below], [], [above], [below])
    [alone], [beside] = nudge([line], scene), nudge([line], scene, [standing])
    assert alone[1][1] == 125
    assert abs(beside[1][1] - 125) >= GAP - 0.5


def test_a_line_into_a_panel_stays_out_of_it_until_it_enters_for_good() -> None:
    above, wide, below = Box(300, 0, 420, 56), Box(26, 130, 620, 186), Box(26, 230, 146, 286)
    line = (Point(360, 56), Point(360, 72), Point(0, 72), Point(0, 258), Point(26, 258))
    panel = Box(12, 84, 640, 300)
    [moved] = nudge([line], Obstacles([above, wide, below], [panel], [above], [below]))
    assert all(x < panel.x0 or y < panel.y0 for x, y in moved[:-1])


def test_a_line_runs_through_a_title_which_moves_aside_rather_than_around_the_card_below_it() -> None:
    graph = in_a_panel(None, "p", "p", edges=("bc", "ab"))
    whole = frame(replace(graph, clusters=(SizedCluster("p", Size(120, 16), None),)))
    cards = np.array([(250, 0, 370, 56), (34, 138, 154, 194), (220, 138, 340, 194)])
    placement = Placement(cards, np.array([(0, 100, 360, 208)]), "below")
    draft = lettered(whole, placement, lines(whole, placement))
    assert draft.lines[1][-1] == (94, 138), "from above"
    assert draft.titles[0, 0] > 94
