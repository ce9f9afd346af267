"""Labels find a place of their own along their line."""

import numpy as np

from archfolio.render.layout.place_labels import Surroundings, place_labels
from archfolio.render.layout.place_titles import resting_titles, slid_titles
from archfolio.render.layout.segments import hits, of_corners, overlaps, rows
from archfolio.render.model.geometry import Box, LabelShape, Point, Size, Sized, SizedCluster, SizedEdge

WIDE = Box(-500, -500, 500, 500)
ONE_LINE = LabelShape(("a long label",), (72.0,), Size(80, 20))
TWO_LINES = LabelShape(("a long", "label"), (36.0, 30.0), Size(44, 36))


def edges(count: int, *shapes: LabelShape) -> Sized:
    return Sized("TB", (), (), tuple(SizedEdge(f"e{at}", "a", "b", shapes, (False, True)) for at in range(count)))


def around(*lines: tuple[Point, ...], cards: tuple[Box, ...] = ()) -> Surroundings:
    return Surroundings(rows(cards), rows([]), rows([]), lines, WIDE)


def test_a_label_lies_in_the_middle_of_a_free_line_on_a_ground() -> None:
    (label,) = place_labels(edges(1, ONE_LINE), around((Point(0, 0), Point(300, 0))))
    assert label.on_line
    assert label.box.centre == Point(150, 0)


def test_a_label_between_two_cards_moves_to_where_it_covers_neither() -> None:
    cards = (Box(-60, -80, 145, 80), Box(230, -80, 400, -5))
    (label,) = place_labels(edges(1, ONE_LINE), around((Point(145, 0), Point(400, 0)), cards=cards))
    assert all(label.box.x0 >= card.x1 or label.box.y0 >= card.y1 for card in cards)


def test_a_label_is_broken_where_only_the_narrow_form_fits() -> None:
    cards = (Box(-200, -90, -26, 90), Box(26, -90, 200, 90))
    (label,) = place_labels(edges(1, ONE_LINE, TWO_LINES), around((Point(0, -100), Point(0, 100)), cards=cards))
    assert label.shape == TWO_LINES


def test_labels_of_neighbouring_lines_do_not_touch_one_another_or_the_other_line() -> None:
    lines = tuple((Point(x, 0), Point(x, 200)) for x in (0, 14))
    labels = place_labels(edges(2, ONE_LINE), around(*lines))
    boxes = rows(label.box for label in labels)
    assert int(overlaps(boxes, boxes).sum()) == len(labels)
    meets = hits(boxes, of_corners(lines))
    assert [meets[at].sum() <= int(label.on_line) for at, label in enumerate(labels)] == [True] * 2
    assert labels[0].anchor == "end"
    assert labels[1].anchor == "start"


def test_a_label_leaves_the_arrow_head_free() -> None:
    (label,) = place_labels(edges(1, ONE_LINE), around((Point(0, 0), Point(0, 34))))
    assert label.box.y1 <= 34 - 9 or not label.box.x0 < 0 < label.box.x1


def test_a_title_rests_at_the_left_and_slides_away_from_a_line() -> None:
    sized = Sized("TB", (), (SizedCluster("c", Size(60, 16), None),), ())
    panels = {"c": Box(0, 0, 300, 200)}
    resting = resting_titles(sized, panels)["c"]
    free = slid_titles(sized, panels, [], of_corners([]))["c"]
    crossed = slid_titles(sized, panels, [], of_corners([(Point(40, -50), Point(40, 100))]))["c"]
    assert resting == free
    assert crossed.x0 > 40
    assert crossed.x1 < 300
    assert np.isclose(crossed.y0, resting.y0)
