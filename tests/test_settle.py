"""Drawings settle: nothing that holds is lost, cards line up, lines become short and straight."""

import numpy as np
import pytest
from reference import random_graph, reference_graphs

from archfolio.render.layout.boxes import overlaps
from archfolio.render.layout.draft import Draft, Frame, LabelForm, Placement, frame
from archfolio.render.layout.engine import Bundled
from archfolio.render.layout.measure import size
from archfolio.render.layout.place_boxes import place_boxes
from archfolio.render.layout.place_labels import parts
from archfolio.render.layout.placed import placed
from archfolio.render.layout.route_edges import lines
from archfolio.render.layout.search import lettered
from archfolio.render.layout.settings import CANDIDATES
from archfolio.render.layout.settle import align, settle
from archfolio.render.model.geometry import LabelShape, Size, Sized, SizedCluster, SizedEdge, SizedNode

GRAPHS = [*reference_graphs()[5::40], random_graph(3), random_graph(8)]


@pytest.fixture(params=GRAPHS, ids=lambda graph: graph.slug)
def drawing(request: pytest.FixtureRequest) -> tuple[Frame, Placement, Draft]:
    whole = frame(size(request.param))
    [placement] = place_boxes(whole, Bundled(), CANDIDATES[:1])
    return whole, placement, lettered(whole, placement, lines(whole, placement))


def test_no_line_crosses_another_that_did_not_before(drawing: tuple[Frame, Placement, Draft]) -> None:
    whole, placement, draft = drawing
    before = placed(whole, draft, placement).faults
    after = placed(whole, settle(whole, draft), placement).faults
    assert {*after.crossings, *after.in_bicliques} <= {*before.crossings, *before.in_bicliques}
    assert after.length <= 1.08 * before.length  # a label may push cards apart, and lines leave in the middle of a side
    assert after.count <= before.count
    assert len(after.misaligned) + after.count <= len(before.misaligned) + before.count  # a fault is worth a row


def test_cards_and_panels_stay_apart_and_lines_right_angled(drawing: tuple[Frame, Placement, Draft]) -> None:
    whole, _, draft = drawing
    settled = settle(whole, draft)
    assert int(overlaps(settled.cards, settled.cards).sum()) == len(settled.cards)
    assert (settled.cards[:, 2:] - settled.cards[:, :2] == draft.cards[:, 2:] - draft.cards[:, :2]).all()
    bars, _ = parts(settled.lines)
    assert ((bars[:, 2:] - bars[:, :2]).min(axis=1) < 1).all()
    for card, home in enumerate(whole.homes):
        if home >= 0:
            assert (settled.cards[card, :2] > settled.panels[home, :2]).all()
            assert (settled.cards[card, 2:] < settled.panels[home, 2:]).all()


def test_a_settled_drawing_hardly_moves_when_it_settles_again(drawing: tuple[Frame, Placement, Draft]) -> None:
    whole, _, draft = drawing
    once = settle(whole, draft)
    twice = settle(whole, once)
    shift = twice.cards - once.cards
    assert (abs(shift - shift[0]) <= 12).mean() > 0.9


def test_cards_return_to_where_they_are_kept(drawing: tuple[Frame, Placement, Draft]) -> None:
    whole, _, draft = drawing
    kept = tuple((x, y) for x, y, *_ in draft.cards.tolist())
    shift = settle(whole, draft, kept=kept).cards - draft.cards
    assert (abs(shift - shift[0]) <= 12).mean() > 0.9


def test_boxes_without_lines_line_up(drawing: tuple[Frame, Placement, Draft]) -> None:
    whole, placement, _ = drawing
    aligned = align(whole, placement, (0,))
    assert int(overlaps(aligned.cards, aligned.cards).sum()) == len(aligned.cards)
    assert (aligned.cards[:, 1] == placement.cards[:, 1]).all()


@pytest.mark.parametrize("ends", [(14,), (14, 28), (14, 28, 42)])
def test_lines_that_turn_leave_an_upright_side_symmetrically_about_its_middle(ends: tuple[int, ...]) -> None:
    count = len(ends)
    cards = [(0, 0, 120, 56), *((700 - 200 * at, 140, 820 - 200 * at, 196) for at in range(count))]
    sized = Sized(
        "TB",
        tuple(SizedNode(f"n{at}", Size(120, 56), None) for at in range(count + 1)),
        (),
        tuple(SizedEdge(f"e{at}", "n0", f"n{at + 1}", (), (False, True)) for at in range(count)),
    )
    routes = tuple(((120, y), (760 - 200 * at, y), (760 - 200 * at, 140)) for at, y in enumerate(ends))
    nothing = np.empty((0, 4), dtype=np.int64)
    drawn = settle(frame(sized), Draft(np.array(cards), nothing, nothing, routes, nothing, ()))
    middle = int(drawn.cards[0, 1] + drawn.cards[0, 3]) // 2
    starts = [line[0][1] - middle for line in drawn.lines]
    assert starts == {1: [0], 2: [-7, 7], 3: [-14, 0, 14]}[count]


@pytest.mark.parametrize(("off", "is_in_line"), [(8, True), (30, False)])
def test_a_card_that_is_nearly_in_line_comes_into_line_though_lines_are_shorter_without(
    off: int, *, is_in_line: bool
) -> None:
    sizes = {"above": Size(200, 60), "card": Size(100, 100), "right": Size(140, 60), "other": Size(140, 100)}
    whole = frame(
        Sized(
            "TB",
            tuple(SizedNode(name, size, None) for name, size in sizes.items()),
            (),
            tuple(SizedEdge(f"e{at}", "card", "other", (), (False, True)) for at in range(5)),
        )
    )
    left = 50 + off
    cards = np.array([(0, 0, 200, 60), (left, 140, left + 100, 240), (230, 0, 370, 60), (230, 140, 370, 240)])
    level = tuple(((left + 100, y), (230, y)) for y in range(162, 162 + 5 * 14, 14))
    nothing = np.empty((0, 4), dtype=np.int64)
    settled = settle(whole, Draft(cards.astype(np.int64), nothing, nothing, level, nothing, ()), (0,)).cards
    middles = (settled[:, 0] + settled[:, 2]) // 2
    assert (middles[0] == middles[1]) == is_in_line


def test_a_title_stays_in_its_corner_and_the_line_through_it_goes_right_of_it() -> None:
    card = Size(160, 50)
    whole = frame(
        Sized(
            "TB",
            (SizedNode("above", card, None), SizedNode("inside", card, "panel")),
            (SizedCluster("panel", Size(60, 16), None),),
            (SizedEdge("e", "above", "inside", (), (False, True)),),
        )
    )
    cards = np.array([(0, 0, 160, 50), (0, 138, 160, 188)])
    panels, titles = np.array([(-14, 100, 174, 202)]), np.array([(0, 109, 60, 125)])
    struck = ((20, 50), (20, 138))  # left of the middle of the title
    settled = settle(whole, Draft(cards, panels, titles, (struck,), np.empty((0, 4), dtype=np.int64), ()), (0,))
    assert settled.titles[0, 0] - settled.panels[0, 0] == 14
    assert settled.lines[0][0][0] > settled.titles[0, 2]


@pytest.mark.parametrize(("aside", "is_straight"), [(10, True), (40, False)])
def test_a_line_that_steps_aside_a_little_runs_straight_though_nearer_to_others(
    aside: int, *, is_straight: bool
) -> None:
    small, wide = Size(24, 24), Size(240, 60)
    left, right = 96, 104 + aside  # lines that are so near that the one between them would rather step aside
    cards = [(0, 0, 240, 60), (0, 340, 240, 400)]
    cards += [(right - 12, 80, right + 12, 104), (right - 12, 160, right + 12, 184)]
    cards += [(left - 12 + aside - 14, 216, left + 12 + aside - 14, 240)]
    cards += [(left - 12 + aside - 14, 296, left + 12 + aside - 14, 320)]
    whole = frame(
        Sized(
            "TB",
            tuple(SizedNode(f"n{at}", wide if at < 2 else small, None) for at in range(6)),
            (),
            tuple(SizedEdge(f"e{at}", f"n{2 * at}", f"n{2 * at + 1}", (), (False, True)) for at in range(3)),
        )
    )
    stepping = ((100, 60), (100, 200), (100 + aside, 200), (100 + aside, 340))
    passing = ((right, 104), (right, 160)), ((left + aside - 14, 240), (left + aside - 14, 296))
    nothing = np.empty((0, 4), dtype=np.int64)
    draft = Draft(np.array(cards, dtype=np.int64), nothing, nothing, (stepping, *passing), nothing, ())
    kept = tuple((x, y) for x, y, *_ in cards)
    assert (len(settle(whole, draft, (0,), kept).lines[0]) == 2) == is_straight


def _around_a_panel(lines: tuple[tuple[tuple[int, int], ...], ...], *labels: LabelForm, at: int = 0) -> Draft:
    """Settle a panel with a card in it and a line that passes: from the card above to the one below, or into it."""
    card = Size(160, 50)
    whole = frame(
        Sized(
            "TB",
            (SizedNode("above", card, None), SizedNode("inside", card, "panel"), SizedNode("below", card, None)),
            (SizedCluster("panel", Size(60, 16), None),),
            (SizedEdge("e", "above", "inside" if labels else "below", (), (False, True)),),
        )
    )
    cards = np.array([(at, 0, at + 160, 50), (0, 138, 160, 188), (at, 300, at + 160, 350)])
    panels, titles = np.array([(-14, 100, 174, 202)]), np.array([(0, 109, 60, 125)])
    boxes = np.array([(64, 108, 94, 124)] * len(labels), dtype=np.int64).reshape(-1, 4)
    return settle(whole, Draft(cards, panels, titles, lines, boxes, labels), (0,))


def test_a_line_beside_a_panel_keeps_off_its_border() -> None:
    settled = _around_a_panel((((178, 50), (178, 300)),), at=100)
    assert settled.lines[0][0][0] - settled.panels[0, 2] == 11


def test_a_label_beside_a_title_does_not_read_as_its_next_word() -> None:
    label = LabelForm(0, LabelShape(("ok",), (30.0,), Size(30, 16)), "end", on_line=False)
    settled = _around_a_panel((((100, 50), (100, 138)),), label)
    assert settled.boxes[0, 0] - settled.titles[0, 2] >= 20


def test_isolated_cards_stand_as_near_as_can_be_in_their_panel_whatever_is_below() -> None:
    whole = frame(
        Sized(
            "TB",
            tuple(
                SizedNode(f"n{at}", Size(100 if at < 3 else 106, 50), "panel" if at < 3 else None) for at in range(6)
            ),
            (SizedCluster("panel", Size(60, 16), None),),
            tuple(SizedEdge(f"e{at}", f"n{at}", f"n{at + 1}", (), (False, True)) for at in (3, 4)),
        )
    )
    below = [
        (at, 160, at + 106, 210) for at in (14, 150, 286)
    ]  # a little further apart, so that each is nearly in line
    cards = np.array([*((x, 38, x + 100, 88) for x in (14, 144, 274)), *below])
    panels, titles = np.array([(0, 0, 388, 102)]), np.array([(14, 9, 74, 25)])
    level = (((120, 185), (150, 185)), ((256, 185), (286, 185)))
    settled = settle(whole, Draft(cards, panels, titles, level, np.empty((0, 4), dtype=np.int64), ()), (0,)).cards
    assert [settled[at + 1, 0] - settled[at, 2] for at in (0, 1)] == [30, 30]
