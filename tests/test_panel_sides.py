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


def test_sides_that_are_far_from_being_in_line_stay() -> None:
    before = draft(lower=(45, 118, 185, 220))
    assert np.array_equal(with_even_panels(whole(), before).panels, before.panels)


@pytest.mark.parametrize(
    ("line", "sides"),
    [
        (((114, 60), (145, 60), (145, 180), (124, 180)), [(0, 128), (0, 150)]),  # it would run along the border
        (((114, 60), (160, 60), (160, 180), (124, 180)), [(0, 150), (0, 150)]),  # it crosses the border
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
