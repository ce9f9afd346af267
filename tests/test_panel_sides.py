"""Panels whose sides are nearly in line get them into line, and nothing else moves."""

from dataclasses import replace

import numpy as np
import pytest

from archfolio.render.layout.draft import Draft, Frame, frame
from archfolio.render.layout.panel_sides import with_even_panels
from archfolio.render.model.geometry import Size, Sized, SizedCluster, SizedEdge, SizedNode

CARD, TITLE = Size(100, 50), Size(60, 16)
UPPER, LOWER = (0, 0, 128, 102), (10, 118, 150, 220)


def whole(*edges: tuple[str, str]) -> Frame:
    """Two panels, with a card in each, and edges."""
    return frame(
        Sized(
            "TB",
            (SizedNode("a", CARD, "upper"), SizedNode("b", CARD, "lower")),
            (SizedCluster("upper", TITLE, None), SizedCluster("lower", TITLE, None)),
            tuple(SizedEdge(f"{tail}{head}", tail, head, (), (False, True)) for tail, head in edges),
        )
    )


def draft(*lines: tuple[tuple[int, int], ...], lower: tuple[int, int, int, int] = LOWER) -> Draft:
    panels = np.array([UPPER, lower])
    corners = panels[:, :2] + np.array([14, 9])
    return Draft(
        np.array([(14, 38, 114, 88), (lower[0] + 14, 156, lower[0] + 114, 206)]),
        panels,
        np.hstack([corners, corners + np.array([60, 16])]),
        lines,
        np.empty((0, 4), dtype=np.int64),
        (),
    )


def test_sides_that_are_nearly_in_line_are_put_into_line() -> None:
    before = draft()
    after = with_even_panels(whole(), before)
    assert after.panels.tolist() == [[0, 0, 150, 102], [0, 118, 150, 220]]
    assert after.titles[:, 0].tolist() == [14, 14]  # a title stays in its corner
    assert np.array_equal(after.cards, before.cards)


@pytest.mark.parametrize(("off", "is_moved"), [(40, True), (41, False)])
def test_sides_that_are_far_from_being_in_line_stay(off: int, *, is_moved: bool) -> None:
    before = draft(lower=(off, 118, 128 + off, 220))
    after = with_even_panels(whole(), before)
    assert after.panels.tolist() == (
        [[0, 0, 128 + off, 102], [0, 118, 128 + off, 220]] if is_moved else before.panels.tolist()
    )


def test_panels_beside_each_other_begin_and_end_at_the_same_height() -> None:
    beside = (144, 10, 272, 130)
    after = with_even_panels(whole(), replace(draft(), panels=np.array([UPPER, beside])))
    assert after.panels.tolist() == [[0, 0, 128, 130], [144, 0, 272, 130]]


def test_a_side_moves_on_where_the_one_that_it_is_in_line_with_moves() -> None:
    sized = whole().sized
    third = replace(
        sized,
        nodes=(*sized.nodes, SizedNode("c", CARD, "last")),
        clusters=(*sized.clusters, SizedCluster("last", TITLE, None)),
    )
    before = draft(lower=(0, 118, 150, 220))
    last = replace(
        before,
        cards=np.vstack([before.cards, (14, 274, 114, 324)]),
        panels=np.vstack([before.panels, (0, 236, 180, 338)]),
        titles=np.vstack([before.titles, (14, 245, 74, 261)]),
    )
    assert with_even_panels(frame(third), last).panels[:, 2].tolist() == [180, 180, 180]


def test_panels_in_a_panel_are_put_into_line_too() -> None:
    sized = whole().sized
    inner = tuple(replace(cluster, parent="outer") for cluster in sized.clusters)
    outer = replace(sized, clusters=(*inner, SizedCluster("outer", TITLE, None)))
    before = draft()
    drawn = replace(
        before,
        panels=np.vstack([before.panels, (-14, -38, 164, 234)]),
        titles=np.vstack([before.titles, (0, -29, 60, -13)]),
    )
    after = with_even_panels(frame(outer), drawn).panels
    assert after.tolist() == [[0, 0, 150, 102], [0, 118, 150, 220], [-14, -38, 164, 234]]


def test_a_side_keeps_off_labels_and_other_panels() -> None:
    before = draft()
    label = replace(before, boxes=np.array([(140, 40, 180, 60)]))
    assert with_even_panels(whole(), label).panels.tolist() == [list(UPPER), [0, 118, 150, 220]]
    inner = SizedCluster("beside", TITLE, None)  # it stands too far off to be a neighbour of the lower one
    more = replace(whole().sized, clusters=(*whole().sized.clusters, inner))
    beside = replace(
        before,
        panels=np.vstack([before.panels, (160, -300, 300, 102)]),
        titles=np.vstack([before.titles, (174, -290, 234, -274)]),
    )
    assert with_even_panels(frame(more), beside).panels[0].tolist() == list(UPPER)


@pytest.mark.parametrize(
    ("line", "sides"),
    [
        (((114, 60), (145, 60), (145, 180), (124, 180)), [(0, 128), (0, 150)]),  # it would run along the border
        (((114, 60), (164, 60), (164, 180), (124, 180)), [(0, 150), (0, 150)]),  # it crosses the border
        (((114, 99), (170, 99), (170, 180), (124, 180)), [(0, 128), (0, 150)]),  # along the lower one
        (((-20, 60), (-20, 132), (60, 132), (60, 156)), [(0, 150), (10, 150)]),  # the title would come upon it
    ],
)
def test_a_side_keeps_off_lines(line: tuple[tuple[int, int], ...], sides: list[tuple[int, int]]) -> None:
    after = with_even_panels(whole(("a", "b")), draft(line))
    assert [(x0, x1) for x0, _, x1, _ in after.panels.tolist()] == sides


def test_a_panel_at_which_a_line_ends_stays() -> None:
    after = with_even_panels(whole(("upper", "b")), draft(((110, 102), (110, 156))))
    assert after.panels.tolist() == [list(UPPER), [0, 118, 150, 220]]


def test_a_side_keeps_off_other_cards() -> None:
    alone = replace(whole().sized, nodes=(*whole().sized.nodes, SizedNode("c", CARD, None)))
    before = draft()
    cards = np.vstack([before.cards, (144, 20, 244, 70)])
    after = with_even_panels(frame(alone), replace(before, cards=cards))
    assert after.panels.tolist() == [list(UPPER), [0, 118, 150, 220]]
