"""The guess which placements are worth lines: what it is made of, and that its weights can be fitted anew."""

import random
import re
from ast import literal_eval

import numpy as np
import pytest
from reference import random_graph, reference_graphs

from archfolio.render.layout import judge
from archfolio.render.layout.draft import Frame, Placement, frame
from archfolio.render.layout.engine import Bundled
from archfolio.render.layout.measure import size
from archfolio.render.layout.place_boxes import place_boxes
from archfolio.render.layout.quality import A_PAIR_OF_NUMBERS, A_PAIR_OUT_OF_ORDER, PRICES
from archfolio.render.layout.reading_order import out_of_order
from archfolio.render.layout.route_edges import lines
from archfolio.render.layout.search import search
from archfolio.render.layout.settings import candidates_for
from archfolio.render.layout.siblings import unmatched
from archfolio.render.model.geometry import Size, Sized, SizedCluster, SizedEdge, SizedNode
from archfolio.render.model.graph import Graph
from bench.judge import A_FAULT, Row, Seen, fitted, lost, report, rows_of

SMALL = sorted(reference_graphs(), key=lambda graph: len(graph.nodes) + len(graph.edges))[:4]


@pytest.fixture(scope="module")
def views() -> list[list[Row]]:
    return [rows_of(graph) for graph in SMALL]


def test_the_guess_weighs_what_is_measured(views: list[list[Row]]) -> None:
    for row in views[0]:
        assert row.boxes.features.keys() == judge.OF_BOXES.keys()
        assert row.lines.features.keys() == judge.OF_LINES.keys()


def fan_with_its_hub_at(x: int) -> tuple[Frame, Placement]:
    """Place a hub of 100 px above a row of two cards, of which the lines end in x = 50 and x = 250."""
    nodes = tuple(SizedNode(name, Size(100, 56), None) for name in ("hub", "one", "two"))
    edges = tuple(SizedEdge(f"hub-{head}", "hub", head, (), (False, True)) for head in ("one", "two"))
    rows = [(x, 0, x + 100, 56), (0, 156, 100, 212), (200, 156, 300, 212)]
    return frame(Sized("TB", nodes, (), edges)), Placement(np.array(rows), np.zeros((0, 4), dtype=np.int64), "by hand")


@pytest.mark.parametrize(("x", "price"), [(100, 0.0), (40, PRICES["lopsided"] / 2)])
def test_a_fan_costs_half_its_price_if_its_hub_is_not_in_the_middle(x: int, price: float) -> None:
    whole, placement = fan_with_its_hub_at(x)
    out = [((x + 30, 56), (x + 30, 106), (50, 106), (50, 156)), ((x + 70, 56), (x + 70, 106), (250, 106), (250, 156))]
    assert judge.known_with_lines(whole, placement, out) - judge.known(whole, placement) == pytest.approx(price)


@pytest.mark.parametrize("graph", [*SMALL, *reference_graphs()[::20], *map(random_graph, range(3))])
def test_a_guess_from_boxes_and_lines_is_never_less_than_the_least_that_boxes_allow(graph: Graph) -> None:
    whole = frame(size(graph))
    for placement in place_boxes(whole, Bundled(), candidates_for(whole.sized)):
        guessed = judge.guess_with_lines(whole, placement, lines(whole, placement))
        assert judge.least_with_lines(whole, placement) <= guessed + 1e-9


def test_the_least_that_boxes_allow_is_the_guess_where_all_lines_are_straight_and_do_not_cross() -> None:
    nodes = tuple(SizedNode(name, Size(100, 56), None) for name in ("one", "two"))
    whole = frame(Sized("TB", nodes, (), (SizedEdge("one-two", "one", "two", (), (False, True)),)))
    placement = Placement(np.array([(0, 0, 100, 56), (0, 156, 100, 212)]), np.zeros((0, 4), dtype=np.int64), "by hand")
    guessed = judge.guess_with_lines(whole, placement, [((50, 56), (50, 156))])
    assert judge.least_with_lines(whole, placement) == pytest.approx(guessed, abs=0.001)  # a line is a px wide


def hub_with(*heads: str, then: str = "", rows: tuple[tuple[int, int], ...]) -> tuple[Frame, np.ndarray]:
    """Join a hub to cards, each perhaps in a panel with one behind it; return that, and all cards at these corners."""
    homes = {"hub": None} | {
        f"{head}{part}": f"panel {head}" if then else None for head in heads for part in ("", then)
    }
    nodes = tuple(SizedNode(name, Size(100, 56), home) for name, home in homes.items())
    panels = tuple(SizedCluster(f"panel {head}", Size(60, 16), None) for head in heads if then)
    pairs = [("hub", head) for head in heads] + [(head, f"{head}{then}") for head in heads if then]
    edges = tuple(SizedEdge(f"{one}-{other}", one, other, (), (False, True)) for one, other in pairs)
    return frame(Sized("TB", nodes, panels, edges)), np.array([(x, y, x + 100, y + 56) for x, y in rows])


def known(whole: Frame, cards: np.ndarray) -> float:
    """Return what is known of cards in panels that are as large as the drawing."""
    panels = np.array([(0, 0, 1000, 600)] * len(whole.sized.clusters), dtype=np.int64).reshape(-1, 4)
    return judge.known(whole, Placement(cards, panels, "by hand"))


def test_numbered_cards_the_other_way_round_cost_what_they_cost_in_a_drawing() -> None:
    whole, cards = hub_with("queue-1", "queue-2", rows=((150, 0), (0, 156), (300, 156)))
    turned = cards[[0, 2, 1]]
    pairs = out_of_order(whole.sized, turned) - out_of_order(whole.sized, cards)
    price = A_PAIR_OF_NUMBERS + pairs * A_PAIR_OUT_OF_ORDER
    assert known(whole, turned) - known(whole, cards) == pytest.approx(price)


def test_cards_of_interchangeable_panels_out_of_their_row_cost_what_they_cost_in_a_drawing() -> None:
    corners = ((400, 0), *((x, y) for x in (100, 400, 700) for y in (156, 306)))
    whole, cards = hub_with("a", "b", "c", then="-db", rows=corners)
    lower = cards + np.array([[0]] * 6 + [[100]]) * np.array([0, 1, 0, 1])
    assert unmatched(whole.sized, lower) == [6]
    assert known(whole, lower) - known(whole, cards) == pytest.approx(PRICES["scattered"])


def test_weights_are_fitted_to_what_drawings_cost_beyond_what_is_known() -> None:
    pick = random.Random(1)
    views = []
    for level in (0, 50, 200):  # of two views, what one costs says nothing about the other
        view = []
        for _ in range(8):
            crossings, hits, way = (float(pick.randrange(9)) for _ in range(3))
            seen = Seen(float(pick.randrange(20)), {"crossings": crossings, "hits": hits, "way": way})
            view.append((seen, level + seen.known + 2.5 * crossings + 0.25 * hits))
        views.append(view)
    assert fitted(views) == {"crossings": 2.5, "hits": 0.25, "way": 0.0}


def test_a_feature_that_would_make_a_worse_drawing_look_better_has_no_weight() -> None:
    view = [(Seen(0.0, {"hits": float(hits)}), 10.0 - hits) for hits in range(4)]
    assert fitted([view]) == {"hits": 0.0}


def test_what_is_lost_is_how_much_worse_the_best_of_those_finished_is() -> None:
    guessed_and_costs = ((1.0, 30.0), (2.0, 20.0), (3.0, 14.0), (4.0, 15.0))
    view = [(Seen(known, {"way": 0.0}), cost) for known, cost in guessed_and_costs]
    assert [lost([view, view[2:]], {"way": 1.0}, kept) for kept in (1, 2, 3, 4)] == [(8, 0.5), (3, 0.5), (0, 1), (0, 1)]


def test_what_is_fitted_is_what_drawings_cost_today(views: list[list[Row]]) -> None:
    """A search finishes some of the placements, so it finds nothing better than the best of them all."""
    for graph, rows in zip(SMALL, views, strict=True):
        faults, cost = search(size(graph), Bundled()).score
        costs = [row.cost for row in rows]
        assert min(costs) <= A_FAULT * faults + cost
        assert A_FAULT * faults + cost in costs


def test_the_report_has_weights_and_what_is_lost_by_those_that_there_are_and_by_those_fitted_here(
    views: list[list[Row]],
) -> None:
    told = report(views)
    for name, weights in (("OF_BOXES", judge.OF_BOXES), ("OF_LINES", judge.OF_LINES)):
        (fit,) = re.findall(rf"^{name} (\{{.*\}})$", told, re.MULTILINE)
        assert literal_eval(fit).keys() == weights.keys()
    fit = [
        "placements finished",
        *("lost, as they are", "best is found, as they are", "lost, fitted here", "best is found, fitted here"),
    ]
    margins = ["margin", "placements with lines", "cost of the best"]
    assert re.findall(r"^  (\D+?)  ", told, re.MULTILINE) == [*fit, *fit, *margins]
