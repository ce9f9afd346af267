"""A hub and the cards in a row on one side of it are drawn symmetrically."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from archfolio.render.layout.draft import Placement, frame
from archfolio.render.layout.engine import Bundled
from archfolio.render.layout.fans import fans, symmetric
from archfolio.render.layout.placed import Placed
from archfolio.render.layout.quality import corners, measure
from archfolio.render.layout.search import search
from archfolio.render.model.geometry import Box, LabelShape, Layout, Size, Sized, SizedEdge, SizedNode

WIDTHS = st.integers(45, 105).map(lambda half: 2 * half)
LABEL = LabelShape(("calls",), (32.0,), Size(40, 20))


def fan(rankdir: str, hub: int, widths: list[int], *, leads_out: bool = True, is_diamond: bool = False) -> Sized:
    """Make a hub that leads to cards, or that they lead to; as a diamond, they lead on to another hub."""
    cards = {f"c{number}": width for number, width in enumerate(widths)}
    pairs = [("hub", card) if leads_out else (card, "hub") for card in cards]
    if is_diamond:
        pairs += [(card, "end") for card in cards]
    sizes = {"hub": hub} | cards | ({"end": 120} if is_diamond else {})
    return Sized(
        rankdir,
        tuple(SizedNode(name, Size(width, 56), None) for name, width in sizes.items()),
        (),
        tuple(SizedEdge(f"{tail}-{head}", tail, head, (), (False, True)) for tail, head in pairs),
    )


def outwards(sized: Sized, layout: Layout, hub: str) -> list[list[tuple[float, float]]]:
    """Return the lines of a fan from its hub, in their order along the row; (across, along) the flow of the drawing."""
    found = []
    for route, edge in zip(layout.routes, sized.edges, strict=True):
        if hub in {edge.tail, edge.head}:
            line = corners(route.points)[:: 1 if edge.tail == hub else -1]
            found.append([(x, y) if sized.rankdir in {"TB", "BT"} else (y, x) for x, y in line])
    return sorted(found, key=lambda line: line[-1])


def is_symmetric(sized: Sized, found: Placed, hub: str) -> bool:
    """Return whether lines are mirror images, as far as their ends at the hub and the places where they turn go."""
    is_down = sized.rankdir in {"TB", "BT"}
    boxes = found.layout.nodes
    middles = {name: box.centre.x if is_down else box.centre.y for name, box in boxes.items()}
    lines = outwards(sized, found.layout, hub)
    entered = sorted(middles[name] for name in boxes if name.startswith("c"))
    centre = (lines[(len(lines) - 1) // 2][-1][0] + lines[len(lines) // 2][-1][0]) / 2
    even = [abs(centre - middles[hub]) <= 1.5]
    even += [abs(line[-1][0] - middle) <= 1.5 for line, middle in zip(lines, entered, strict=True)]
    for one, two in zip(lines, lines[::-1], strict=True):
        even.append(len(one) == len(two))
        if len(one) > 2:
            even.append(abs(one[0][0] + two[0][0] - 2 * middles[hub]) <= 3)
            even.append(abs(one[1][1] - two[1][1]) <= 1.5)
    return all(even)


@settings(max_examples=25, deadline=None)
@given(
    rankdir=st.sampled_from(["TB", "BT", "LR", "RL"]),
    hub=WIDTHS,
    widths=st.lists(WIDTHS, min_size=2, max_size=5),
    leads_out=st.booleans(),
)
@example(rankdir="TB", hub=204, widths=[166] * 5, leads_out=True)
@example(rankdir="LR", hub=120, widths=[160, 120], leads_out=False)
def test_a_fan_is_symmetric_and_clean(*, rankdir: str, hub: int, widths: list[int], leads_out: bool) -> None:
    sized = fan(rankdir, hub, widths, leads_out=leads_out)
    found = search(sized, Bundled())
    assert found.faults.count == 0
    assert found.faults.crossings == found.faults.lopsided == found.faults.scattered == ()
    assert is_symmetric(sized, found, "hub")


@pytest.mark.parametrize("rankdir", ["TB", "LR"])
@pytest.mark.parametrize("count", [2, 3, 4, 5])
def test_both_halves_of_a_diamond_are_symmetric(rankdir: str, count: int) -> None:
    sized = fan(rankdir, 150, [140] * count, is_diamond=True)
    found = search(sized, Bundled())
    assert found.faults.count == len(found.faults.crossings) == 0
    assert is_symmetric(sized, found, "hub")
    assert is_symmetric(sized, found, "end")


def test_a_chain_moves_to_the_middle_of_the_fan_that_it_leads_to() -> None:
    sized = fan("LR", 150, [150, 180])
    ahead = (SizedNode("a", Size(120, 56), None), SizedNode("b", Size(140, 56), None))
    chain = tuple(SizedEdge(pair[0] + pair[1], *pair, (), (False, True)) for pair in (("a", "b"), ("b", "hub")))
    found = search(replace(sized, nodes=(*ahead, *sized.nodes), edges=(*chain, *sized.edges)), Bundled())
    boxes = found.layout.nodes
    middles = {name: box.centre.y for name, box in boxes.items()}
    assert middles["a"] == middles["b"] == middles["hub"] == pytest.approx((middles["c0"] + middles["c1"]) / 2, abs=1.5)


def test_what_has_labels_or_several_lines_to_one_card_is_no_fan() -> None:
    sized = fan("TB", 100, [100, 100])
    rows = search(sized, Bundled())
    cards = np.array([rows.layout.nodes[node.id] for node in sized.nodes])

    def found(told: Sized) -> int:
        return len(fans(told, frame(told).joined, cards))

    assert found(sized) == 1
    assert found(replace(sized, edges=(replace(sized.edges[0], shapes=(LABEL,)), sized.edges[1]))) == 0
    assert found(replace(sized, edges=(*sized.edges, replace(sized.edges[0], id="again")))) == 0


def test_a_fan_with_a_fixed_line_stays_as_it_is() -> None:
    whole = frame(fan("TB", 120, [120, 120]))
    cards = np.array([(75, 0, 195, 56), (0, 200, 120, 256), (150, 200, 270, 256)])
    placement = Placement(cards, np.empty((0, 4), dtype=np.int64), "")
    lines = (((90, 56), (90, 90), (60, 90), (60, 200)), ((150, 56), (150, 150), (210, 150), (210, 200)))
    assert set(symmetric(whole, placement, lines)).isdisjoint(lines)
    assert symmetric(whole, placement, lines, fixed={1}) == lines


def test_a_hub_beside_the_middle_of_its_row_and_cards_in_several_rows_are_told() -> None:
    sized = fan("TB", 100, [100, 100])
    layout = search(sized, Bundled()).layout
    assert measure(sized, layout).lopsided == measure(sized, layout).scattered == ()
    hub, low = layout.nodes["hub"], layout.nodes["c1"]
    aside = layout.nodes | {"hub": Box(hub.x0 + 9, hub.y0, hub.x1 + 9, hub.y1)}
    assert measure(sized, replace(layout, nodes=aside)).lopsided == (("hub",),)
    below = layout.nodes | {"c1": Box(low.x0, low.y0 + 90, low.x1, low.y1 + 90)}
    assert measure(sized, replace(layout, nodes=below)).scattered == (("c1",),)


def test_cards_out_of_the_row_of_their_like_are_told_up_to_two() -> None:
    sized = fan("TB", 100, [100] * 9)
    layout = search(sized, Bundled()).layout
    for count, told in ((1, 1), (2, 2), (4, 2), (8, 1)):
        below = {f"c{at}": layout.nodes[f"c{at}"] for at in range(count)}
        moved = {name: Box(box.x0, box.y0 + 90, box.x1, box.y1 + 90) for name, box in below.items()}
        assert len(measure(sized, replace(layout, nodes=layout.nodes | moved)).scattered) == told
