"""Labels find a place of their own along their line, and are broken where they may be."""

import math

import numpy as np
import pytest

from archfolio.render.layout.boxes import overlaps
from archfolio.render.layout.draft import Line, frame
from archfolio.render.layout.place_labels import Surroundings, parts, place_labels
from archfolio.render.layout.place_titles import resting_titles, returned_titles, slid_titles
from archfolio.render.model.geometry import LabelShape, Size, Sized, SizedCluster, SizedEdge, SizedNode
from archfolio.render.model.label import plain_label
from archfolio.render.model.rich_text import TextStyle, broken

ONE_LINE = LabelShape(("a long label",), (72.0,), Size(80, 20))
TWO_LINES = LabelShape(("a long", "label"), (36.0, 30.0), Size(44, 36))
NONE = np.empty((0, 4), dtype=np.int64)


def edges(count: int, *shapes: LabelShape) -> Sized:
    nodes = tuple(SizedNode(name, Size(100, 50), None) for name in "ab")
    return Sized("TB", nodes, (), tuple(SizedEdge(f"e{at}", "a", "b", shapes, (False, True)) for at in range(count)))


def placed(lines: tuple[Line, ...], *shapes: LabelShape, cards: tuple[tuple[int, ...], ...] = ()):
    """Place a label of these shapes on each line; return boxes and tags."""
    rows = np.array(cards, dtype=np.int64).reshape(-1, 4)
    return place_labels(frame(edges(len(lines), *shapes)), Surroundings(rows, NONE, NONE, lines))


def test_a_label_lies_in_the_middle_of_a_free_line_on_a_ground() -> None:
    [box], [tag] = placed((((0, 0), (300, 0)),), ONE_LINE)
    assert tag.on_line
    assert box.tolist() == [110, -10, 190, 10]


def test_a_label_between_two_cards_moves_to_where_it_covers_neither() -> None:
    cards = ((-60, -80, 145, 80), (230, -80, 400, -5))
    [box], _ = placed((((145, 0), (400, 0)),), ONE_LINE, cards=cards)
    assert not overlaps(box[None], np.array(cards)).any()


def test_a_label_is_broken_where_only_the_narrow_form_fits() -> None:
    cards = ((-200, -90, -26, 90), (26, -90, 200, 90))
    _, [tag] = placed((((0, -100), (0, 100)),), ONE_LINE, TWO_LINES, cards=cards)
    assert tag.shape == TWO_LINES


def test_labels_of_neighbouring_lines_do_not_touch_one_another_or_the_other_line() -> None:
    lines: tuple[Line, ...] = tuple(((x, 0), (x, 200)) for x in (0, 14))
    boxes, tags = placed(lines, ONE_LINE)
    assert int(overlaps(boxes, boxes).sum()) == len(tags)
    bars, owners = parts(lines)
    meets = overlaps(boxes, bars)
    assert [meets[at, owners != at].sum() for at in range(2)] == [0, 0]
    assert [tag.anchor for tag in tags] == ["end", "start"]


def test_a_label_beside_a_line_is_nearer_to_it_than_to_any_other() -> None:
    lines: tuple[Line, ...] = (((0, 0), (0, 200)), ((-300, 60), (300, 60)), ((-300, 140), (300, 140)))
    boxes, _ = placed(lines, ONE_LINE)
    middles = (boxes[:, :2] + boxes[:, 2:]) / 2
    bars, _ = parts(lines)
    beyond = np.maximum(np.maximum(bars[None, :, :2] - middles[:, None], middles[:, None] - bars[None, :, 2:]), 0)
    assert np.hypot(*beyond.transpose(2, 0, 1)).argmin(axis=1).tolist() == [0, 1, 2]


def test_a_label_leaves_the_arrow_head_free() -> None:
    [box], _ = placed((((0, 0), (0, 34)),), ONE_LINE)
    assert box[3] <= 34 - 9 or not box[0] < 0 < box[2]


def test_a_title_rests_at_the_left_and_slides_away_from_a_line() -> None:
    sized = frame(Sized("TB", (), (SizedCluster("c", Size(60, 16), None),), ()))
    panels = np.array([[0, 0, 300, 200]])
    [resting] = resting_titles(sized, panels).tolist()
    [free] = slid_titles(sized, panels, np.empty((0, 4))).tolist()
    [crossed] = slid_titles(sized, panels, np.array([[40.0, -50, 40, 100]])).tolist()
    assert resting == free
    assert 40 < crossed[0] < crossed[2] < 300
    assert crossed[1] == resting[1]


def test_a_title_returns_to_its_corner_once_nothing_is_in_its_way() -> None:
    panels, nothing = np.array([[0, 0, 300, 100]]), np.empty((0, 4))
    stood = np.array([[120, 9, 180, 25]])
    [home] = returned_titles(stood, panels, nothing, nothing).tolist()
    assert home == [14, 9, 74, 25]
    [beside_a_line] = returned_titles(stood, panels, np.array([[40.0, -50, 40, 100]]), nothing).tolist()
    assert 44 <= beside_a_line[0] < 60
    [before_a_label] = returned_titles(stood, panels, nothing, np.array([[80.0, 5, 118, 30]])).tolist()
    assert before_a_label == stood[0].tolist()  # or both would read as one text


def lines_of(text: str, measure: float) -> list[str]:
    """Break a text of 10 px as a card or a title is broken."""
    return [line.text for line in broken(plain_label(text), TextStyle(10), measure)]


@pytest.mark.parametrize("figure", ["120 ms", "<5 GB/s", "30 days,", "12.5 %", "1,200 px", "10-20 k", "(8 GB)"])
def test_a_figure_and_its_unit_stand_on_one_line(figure: str) -> None:
    text = f"answers {figure} later"
    for measure in range(20, 160, 5):
        assert any(figure in line for line in lines_of(text, measure)), measure
    assert lines_of(text, math.inf) == [text]


@pytest.mark.parametrize("text", ["wave 2 begins", "p99 latency", "item 12 sells", "model 3 mines"])
def test_a_number_and_a_word_that_is_no_unit_may_stand_on_two_lines(text: str) -> None:
    assert len(lines_of(text, 1)) == len(text.split())


def test_a_label_of_an_edge_is_not_broken_between_a_figure_and_its_unit_where_it_may_be_elsewhere() -> None:
    whole = LabelShape(("kept 30 days there",), (160.0,), Size(168, 20))
    parted = LabelShape(("kept 30", "days there"), (44.0, 60.0), Size(68, 36))
    early = LabelShape(("kept", "30 days there"), (20.0, 78.0), Size(86, 36))
    cards = ((-200, -90, -48, 90), (48, -90, 200, 90))
    _, [tag] = placed((((0, -100), (0, 100)),), whole, parted, early, cards=cards)
    assert tag.shape == early
