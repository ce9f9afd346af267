"""Small changes of a placement: what a search for a record tries on its best drawings."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reference import random_graph, reference_graphs

from archfolio.render.layout.boxes import grown, inside, overlaps
from archfolio.render.layout.draft import Frame, Placement, frame
from archfolio.render.layout.engine import Bundled
from archfolio.render.layout.measure import size
from archfolio.render.layout.moves import Exchange, Insertion, Mirror, apply_change, changes, tree
from archfolio.render.layout.place_boxes import place_boxes
from archfolio.render.layout.respace import tight
from archfolio.render.layout.settings import CANDIDATES
from archfolio.render.model.geometry import Size, Sized, SizedCluster, SizedNode

PLACED = [
    (whole, placement)
    for graph in (*reference_graphs()[7::50], random_graph(5))
    for whole in [frame(size(graph))]
    for placement in place_boxes(whole, Bundled(), CANDIDATES[:1])
]


def row(*panels: str | None, standing: Sequence[int] = ()) -> tuple[Frame, Placement]:
    """Place cards of 100 by 40 in a row, 50 px between them, in panels by name; from left to right as they stand."""
    names = dict.fromkeys(panel for panel in panels if panel)
    sized = Sized(
        "TB",
        tuple(SizedNode(f"n{at}", Size(100.0, 40.0), panel) for at, panel in enumerate(panels)),
        tuple(SizedCluster(name, Size(40.0, 15.0), None) for name in names),
        (),
        (),
        "auto",
    )
    places = [list(standing or range(len(panels))).index(at) for at in range(len(panels))]
    cards = np.array([(150 * at, 0, 150 * at + 100, 40) for at in places], dtype=np.int64)
    whole = frame(sized)
    return whole, tight(whole, Placement(cards, np.zeros((len(names), 4), dtype=np.int64), "a row"))


def order(placement: Placement | None) -> list[int]:
    """List the cards from left to right."""
    assert placement
    return [int(at) for at in placement.cards[:, 0].argsort()]


def test_two_cards_change_places() -> None:
    whole, placement = row(None, None, None, standing=(2, 1, 0))
    assert order(apply_change(whole, tree(whole), placement, Exchange(0, 2))) == [0, 1, 2]


def test_a_change_that_is_read_in_another_order_than_the_author_wrote_is_none() -> None:
    whole, placement = row(None, None, None)
    assert apply_change(whole, tree(whole), placement, Exchange(0, 2)) is None


def test_a_card_comes_to_stand_beside_another_and_what_is_in_the_way_moves_off() -> None:
    whole, placement = row(None, None, None, standing=(2, 0, 1))
    moved = apply_change(whole, tree(whole), placement, Insertion(2, 0, 0, 1))
    assert order(moved) == [0, 2, 1]
    assert moved
    assert (moved.cards[1:, 0] - moved.cards[0, 2] >= 30).all()


def test_a_card_may_come_to_stand_at_each_side_of_another() -> None:
    whole, placement = row(None, None, standing=(1, 0))
    found = list(changes(tree(whole), [1]))
    assert {change[2:] for change in found if isinstance(change, Insertion)} == {(0, 1), (0, -1), (1, 1), (1, -1)}
    right = apply_change(whole, tree(whole), placement, Insertion(1, 0, 0, 1))
    assert order(right) == [0, 1]
    below = apply_change(whole, tree(whole), placement, Insertion(1, 0, 1, 1))
    assert below
    assert below.cards[1, 1] >= below.cards[0, 3] + 40


def test_what_is_left_of_a_card_moves_off_to_the_left() -> None:
    whole, placement = row(None, None, None, standing=(0, 2, 1))
    moved = apply_change(whole, tree(whole), placement, Insertion(1, 2, 0, -1))
    assert order(moved) == [0, 1, 2]


def test_what_is_mirrored_stays_where_it_is() -> None:
    whole, placement = row(None, "panel", "panel", None, standing=(0, 2, 1, 3))
    assert order(apply_change(whole, tree(whole), placement, Mirror(4, 0))) == [0, 1, 2, 3]


def test_a_panel_takes_its_cards_along() -> None:
    whole, placement = row("left", "left", "right", None, None, None, standing=(1, 0, 2, 3, 4, 5))
    things = tree(whole)
    left, right = 6, 7
    assert things.inside[left] == [0, 1, left]
    assert order(apply_change(whole, things, placement, Exchange(left, right))) == [2, 1, 0, 3, 4, 5]
    assert order(apply_change(whole, things, placement, Mirror(left, 0))) == [0, 1, 2, 3, 4, 5]


def test_no_change_takes_the_first_card_to_the_right() -> None:
    whole, placement = row("left", "left", "right", None, standing=(1, 0, 2, 3))
    assert apply_change(whole, tree(whole), placement, Exchange(4, 5)) is None


def test_only_what_holds_a_culprit_moves() -> None:
    whole, _ = row("left", "left", "right", None)
    moved = {change[0] for change in changes(tree(whole), [2]) if not isinstance(change, Exchange)}
    assert moved == {5}  # card 2 has no siblings in its panel
    assert not list(changes(tree(whole), []))


@pytest.mark.parametrize(
    ("whole", "placement"), [*PLACED, row(None, "panel", "panel", None)], ids=lambda one: getattr(one, "name", "")
)
@settings(deadline=None)
@given(data=st.data())
def test_cards_and_panels_never_lie_on_what_they_do_not_hold(
    whole: Frame, placement: Placement, data: st.DataObject
) -> None:
    things = tree(whole)
    for change in data.draw(st.lists(st.sampled_from(list(changes(things, range(things.cards)))), max_size=4)):
        placement = apply_change(whole, things, placement, change) or placement
    assert (overlaps(grown(placement.cards, 10), placement.cards) == np.eye(things.cards, dtype=bool)).all()
    held = np.array([[panel in around for panel in range(len(whole.parents))] for around in whole.around])
    held = held.reshape(things.cards, -1)
    assert (inside(placement.cards, placement.panels) == held).all()
    assert (overlaps(placement.cards, placement.panels) == held).all()
