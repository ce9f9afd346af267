"""Edges between the same two boxes are a bundle: how much room it needs, and where that is kept free."""

import re

import pytest

from archfolio.render.layout.bundles import Bundle, bundles, room
from archfolio.render.layout.dot_writer import Candidate, dot
from archfolio.render.layout.draft import frame
from archfolio.render.model.geometry import LabelShape, Size, Sized, SizedCluster, SizedEdge, SizedNode

LABEL = LabelShape(("rows",), (30.0,), Size(38, 20))
TITLE = Size(60, 16)
LARGE = Size(500, 400)


def edges(count: int, tail: str, head: str) -> tuple[SizedEdge, ...]:
    return tuple(SizedEdge(f"{at}", tail, head, (LABEL,), (False, True)) for at in range(count))


def between_card_and_panel(rankdir: str, *inside: Size) -> tuple[Sized, Bundle]:
    """Draw twelve edges from a large card to a panel that holds some cards, the last of them in a panel of its own."""
    homes = ["panel"] * (len(inside) - 1) + ["inner"]
    nodes = [SizedNode(f"n{at}", size, home) for at, (size, home) in enumerate(zip(inside, homes, strict=True))]
    panels = (SizedCluster("panel", TITLE, None), SizedCluster("inner", TITLE, "panel"))
    elsewhere = SizedNode("elsewhere", LARGE, None)
    sized = Sized(rankdir, (SizedNode("card", LARGE, None), *nodes, elsewhere), panels, edges(12, "card", "panel"))
    [bundle] = bundles(sized)
    return sized, bundle


@pytest.mark.parametrize("rankdir", ["TB", "LR"])
def test_a_panel_is_taken_to_be_as_wide_and_as_high_as_the_largest_cards_in_it(rankdir: str) -> None:
    wanted = room(*between_card_and_panel(rankdir, Size(150, 110)))
    assert room(*between_card_and_panel(rankdir, Size(150, 40), Size(90, 110))) == wanted
    assert room(*between_card_and_panel(rankdir, Size(90, 110), Size(40, 30), Size(150, 40))) == wanted
    assert room(*between_card_and_panel(rankdir, Size(90, 40))) != wanted


@pytest.mark.parametrize("rankdir", ["TB", "LR"])
def test_an_empty_panel_is_taken_to_be_as_large_as_its_title(rankdir: str) -> None:
    panels = (SizedCluster("panel", TITLE, None), SizedCluster("other", LARGE, None))
    nodes = (SizedNode("card", LARGE, None), SizedNode("n", LARGE, "other"))
    sized = Sized(rankdir, nodes, panels, edges(12, "card", "panel"))
    [bundle] = bundles(sized)
    assert room(sized, bundle) == room(*between_card_and_panel(rankdir, TITLE))


def home_of(box: str, text: str) -> str:
    """Return the cluster that a box is written in; "" for none."""
    within: list[str] = []
    for line in text.splitlines():
        if found := re.match(r'subgraph "(cluster_\d+)" \{', line):
            within.append(found[1])
        elif re.match(rf'"?{box}"? \[', line):
            return within[-1] if within else ""
        elif line == "}" and within:
            within.pop()
    raise AssertionError(box)


@pytest.mark.parametrize(
    ("tail", "head", "home"),
    [
        ("left", "right", "cluster_0"),
        ("left", "beside", "cluster_0"),
        ("left", "below", "cluster_1"),
        ("left", "away", ""),
        ("left", "r", "cluster_0"),
    ],
)
def test_room_is_kept_in_the_innermost_cluster_of_both_ends(tail: str, head: str, home: str) -> None:
    panels = tuple(SizedCluster(name, TITLE, outer) for name, outer in (("o", None), ("l", "o"), ("r", "o")))
    homes = {"left": "l", "below": "l", "right": "r", "beside": "o", "away": None}
    nodes = tuple(SizedNode(name, Size(120, 56), home) for name, home in homes.items())
    for one, two in ((tail, head), (head, tail)):
        sized = Sized("TB", nodes, panels, edges(3, one, two))
        assert home_of("b0", dot(frame(sized), Candidate("any"))) == home
