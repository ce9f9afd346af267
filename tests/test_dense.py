"""Dense and odd drawings are as clean as ordinary ones; those that are too large for that are drawn all the same."""

from __future__ import annotations

import resource
import subprocess
import sys
from itertools import combinations, pairwise
from math import hypot
from typing import TYPE_CHECKING

import families
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archfolio.render.layout import limits
from archfolio.render.layout.draft import frame
from archfolio.render.layout.engine import Bundled
from archfolio.render.layout.measure import size
from archfolio.render.layout.quality import FAULT_NAMES
from archfolio.render.layout.search import redrawn, resumed, search, simply
from archfolio.render.layout.simplify import BESIDE, in_rows, straight_lines

if TYPE_CHECKING:
    from pathlib import Path

    from archfolio.render.layout.placed import Placed
    from archfolio.render.model.graph import Graph

ENGINE = Bundled()


NEARLY_CLEAN = (
    *(families.hub(count, way, kind) for count in (20, 30) for way in ("TB", "LR") for kind in ("out", "in", "turns")),
    *(families.many(count, way) for count in (30, 60, 90, 120) for way in ("TB", "LR")),
)
"""With so many cards that a drawing is too large for a page, which is a fault, and some lines come too near."""


def complaints(found: Placed) -> dict[str, int]:
    return {name: len(getattr(found.faults, name)) for name in FAULT_NAMES if getattr(found.faults, name)}


def slug(graph: Graph) -> str:
    return graph.slug


@pytest.mark.parametrize("graph", families.CLEAN, ids=slug)
def test_a_dense_or_odd_drawing_has_no_faults(graph: Graph) -> None:
    assert complaints(search(size(graph), ENGINE)) == {}


@pytest.mark.slow
@pytest.mark.parametrize("graph", NEARLY_CLEAN, ids=slug)
def test_a_drawing_of_very_many_cards_has_next_to_no_faults(graph: Graph) -> None:
    found = complaints(search(size(graph), ENGINE))
    assert sum(count for name, count in found.items() if name != "small") <= 4, found


def test_no_two_edges_of_a_bundle_cross() -> None:
    for way in families.WAYS:
        for count in (6, 15):
            found = search(size(families.parallel(count, way, both=True)), ENGINE)
            assert found.faults.crossings == ()
            assert found.faults.coincident == ()


def test_a_bundle_in_the_midst_of_a_drawing_is_clean_too() -> None:
    homes = ["p0", "p0", "p1", "p1", None, "p1"]
    edges = [("n0", "n1", "reads"), ("n1", "n2", "rows"), ("n3", "n4", "answers"), ("n5", "n4", "feedback")]
    edges += [("n2", "n3", f"{families.SAID[at]} {at}") for at in range(7)]
    for way in families.WAYS:
        graph = families.graph("midst", homes, edges, [("p0", None), ("p1", None)], way)
        found = search(size(graph), ENGINE)
        assert complaints(found) == {}, way
        assert len(found.layout.labels) == len(edges)


@pytest.mark.parametrize("way", ["TB", "LR"])
def test_long_labels_of_many_edges_between_two_panels_have_room(way: str) -> None:
    said = [f"confirms the reserved stock of the order and bills the card {at}" for at in range(6)]
    for one, two in (("p0", "p1"), ("n4", "p1")):
        edges = [(two, one, word) if at % 2 else (one, two, word) for at, word in enumerate(said)]
        graph = families.graph("long", ["p0", "p0", "p1", "p1", None], edges, [("p0", None), ("p1", None)], way)
        found = search(size(graph), ENGINE)
        assert complaints(found) == {}
        assert len(found.layout.labels) == len(said)


def test_lines_between_two_panels_are_straight_where_their_labels_fit_side_by_side() -> None:
    found = search(size(families.between_panels(6, both=True)), ENGINE).layout
    rows = sorted({label.box.centre.y for label in found.labels})
    assert all(route.points[0].x == route.points[-1].x for route in found.routes)
    assert all(label.on_line for label in found.labels)
    assert rows[-1] - rows[0] > found.labels[0].box.height  # of neighbours, one above and one below


@pytest.mark.parametrize(("kind", "both"), [("cards", False), ("mixed", True)])
def test_labels_of_lines_that_are_near_each_other_stand_on_them_by_turns(kind: str, *, both: bool) -> None:
    found = search(size(families.between_panels(3, "TB", kind, both=both)), ENGINE).layout
    assert all(label.on_line for label in found.labels)


def test_a_card_grows_with_its_lines_from_more_than_it_has_room_for() -> None:
    widths = [size(families.hub(count)).nodes[0].size.width for count in (4, 20, 40)]
    assert widths[0] == widths[1] < widths[2]
    heights = [size(families.loops(count)).nodes[1].size.height for count in (0, 1, 6)]
    assert heights[0] == heights[1] < heights[2]


@given(st.integers(2, 9), st.integers(0, 5), st.integers(0, 9), st.sampled_from(families.WAYS), st.data())
@settings(max_examples=15, deadline=None, derandomize=True)
def test_bundles_and_loops_in_any_drawing_leave_it_nearly_clean(
    parallel: int, loops: int, more: int, way: str, data: st.DataObject
) -> None:
    cards = 6
    card = st.integers(0, cards - 1)
    edges = [("n0", "n1", f"{families.SAID[at]}") for at in range(parallel)]
    edges += [("n2", "n2", families.SAID[at]) for at in range(loops)]
    edges += [(f"n{one}", f"n{two}", "calls") for one, two in data.draw(st.lists(st.tuples(card, card), max_size=more))]
    homes = data.draw(st.lists(st.sampled_from([None, "p0", "p1"]), min_size=cards, max_size=cards))
    graph = families.graph("any", homes, edges, [("p0", None), ("p1", "p0")], way)
    found = search(size(graph), ENGINE)
    assert len(found.layout.labels) == sum(bool(edge.label) for edge in graph.edges)
    assert found.faults.count <= 3, complaints(found)


TOO_LARGE = (
    families.parallel(limits.MOST_PARALLEL + 1),
    families.tangle(60, 600, labelled=True),
    families.nested(limits.MOST_PANELS + 1),
    families.many(limits.MOST_CARDS + 1),
    families.tangle(300, 2000),
)


@pytest.mark.parametrize("graph", TOO_LARGE, ids=slug)
def test_a_drawing_that_is_too_large_for_a_search_stands_in_rows_and_says_so(graph: Graph) -> None:
    sized = size(graph)
    found = search(sized, ENGINE)
    assert found.layout.candidate == "in rows"
    assert found.simplified.startswith("has ")
    assert "its cards stand in rows and its lines are straight" in found.simplified
    assert found.simplified.endswith("draw less in one view")
    assert set(found.layout.nodes) == {node.id for node in graph.nodes}
    assert [route.edge for route in found.layout.routes] == [edge.id for edge in graph.edges]
    labelled = sum(bool(edge.label) for edge in graph.edges)
    left_out = labelled - len(found.layout.labels)
    assert (f"{left_out:,} labels that had no room are left out" in found.simplified) == (left_out > 0)
    assert search(size(graph), ENGINE).layout == found.layout
    assert redrawn(sized, found.spots, held=False) is None
    assert resumed(sized, found.spots) is None


def test_what_stands_in_rows_lies_on_nothing_else_and_in_its_panel() -> None:
    graph = families.many(50)
    found = simply(size(graph), "is an example").layout
    for boxes in (list(found.nodes.values()), list(found.clusters.values())):
        assert not any(one.meets(other) for one, other in combinations(boxes, 2))
    for node in graph.nodes:
        panel, card = found.clusters[node.cluster], found.nodes[node.id]
        assert panel.x0 < card.x0 < card.x1 < panel.x1
        assert found.titles[node.cluster].y1 < card.y0 < card.y1 < panel.y1
    assert not any(label.box.meets(card) for label in found.labels for card in found.nodes.values())
    assert found.size.width < 3 * found.size.height


@pytest.mark.parametrize("way", families.WAYS)
def test_labels_of_loops_stand_beside_them_in_rows_too(way: str) -> None:
    graph = families.loops(5, way)
    found = simply(size(graph), "is an example")
    loops = {edge.id for edge in graph.edges if edge.tail == edge.head}
    labels = [label for label in found.layout.labels if label.edge in loops]
    assert len(labels) == len(loops)
    assert not any(label.box.meets(card) for label in labels for card in found.layout.nodes.values())
    assert not any(one.box.meets(other.box) for one, other in combinations(labels, 2))


def test_a_label_without_room_is_left_out_and_counted() -> None:
    said = [
        simply(
            size(families.graph("short", [None] * 6, [("n0", "n1", "too long a label for so short a line")] * count)),
            "is an example",
        )
        for count in (1, 2)
    ]
    assert "1 label that had no room is left out" in said[0].simplified
    assert "2 labels that had no room are left out" in said[1].simplified


def test_a_line_between_rows_leads_from_middle_to_middle_and_ends_at_the_borders() -> None:
    whole = frame(size(families.tangle(12, 20)))
    placed = in_rows(whole)
    ends = list(zip(whole.tails, whole.heads, strict=True))
    for line, (tail, head) in zip(straight_lines(whole, placed), ends, strict=True):
        if tail == head or [*map(set, ends)].count({tail, head}) > 1:
            continue
        for card, (x, y) in ((tail, line[0]), (head, line[-1])):
            x0, y0, x1, y1 = placed.cards[card].tolist()
            assert (x in {x0, x1} and y0 <= y <= y1) or (y in {y0, y1} and x0 <= x <= x1)
        (ax, ay), (bx, by) = ((placed.cards[card][:2] + placed.cards[card][2:]) / 2 for card in (tail, head))
        for x, y in line:
            assert abs((bx - ax) * (y - ay) - (by - ay) * (x - ax)) <= hypot(bx - ax, by - ay)  # within a px


def test_parallel_lines_between_rows_run_side_by_side() -> None:
    whole = frame(size(families.parallel(4, both=True)))
    begins = sorted(min(line, key=lambda corner: corner[1]) for line in straight_lines(whole, in_rows(whole)))
    assert [after[0] - before[0] for before, after in pairwise(begins)] == [BESIDE] * 3


def test_labels_between_rows_stand_on_their_lines() -> None:
    graph = families.tangle(30, 60, labelled=True)
    found = simply(size(graph), "is an example").layout
    lines = {route.edge: (route.points[0], route.points[-1]) for route in found.routes}
    loops = {edge.id for edge in graph.edges if edge.tail == edge.head}
    labels = [label for label in found.labels if label.edge not in loops]
    assert len(labels) > 20
    for label in labels:
        for axis in (0, 1):
            low, high = sorted(end[axis] for end in lines[label.edge])
            assert low - 1 <= label.box.centre[axis] <= high + 1


def test_panels_in_rows_are_nested_at_any_depth() -> None:
    whole = frame(size(families.nested(500)))
    panels = in_rows(whole).panels
    for panel, parent in enumerate(whole.parents):
        if parent >= 0:
            assert (panels[parent, :2] < panels[panel, :2]).all()
            assert (panels[parent, 2:] > panels[panel, 2:]).all()


@pytest.mark.parametrize("graph", [families.many(limits.MOST_CARDS // 2), families.parallel(12)], ids=slug)
def test_a_drawing_below_the_limits_is_searched_for(graph: Graph) -> None:
    found = search(size(graph), ENGINE)
    assert found.simplified == ""
    assert found.layout.candidate != "in rows"


SCRIPT = """
import random
from diagrams import Cluster, Diagram, Edge
from diagrams.aws.compute import EC2
with Diagram("Large", show=False):
    {body}
"""

BODIES = {
    "2 cards, 300 edges": "a, b = EC2('a'), EC2('b')\n    for n in range(300): a >> Edge(label=f'call {n}') >> b",
    "60 cards, 600 edges": (
        "cards = [EC2(f'n{n}') for n in range(60)]\n"
        "    for n in range(600): cards[n * 7 % 60] >> Edge(label=f'e{n}') >> cards[n * 11 % 59]"
    ),
    "400 nested panels": (
        "from contextlib import ExitStack\n    stack = ExitStack()\n    last = EC2('first')\n"
        "    for n in range(400):\n        stack.enter_context(Cluster(f'Panel {n}'))\n"
        "        new = EC2(f'n{n}'); last >> new; last = new\n    stack.close()"
    ),
    "300 cards, 20,000 edges": (
        "cards = [EC2(f'n{n}') for n in range(300)]\n"
        "    for n in range(20_000): cards[n * 7 % 300] >> cards[(n * 11 + n // 300) % 299]"
    ),
    "5,000 cards": "cards = [EC2(f'n{n}') for n in range(5000)]\n    for n in range(300): cards[n] >> cards[n + 1]",
}


def limited() -> None:
    """Let no process take more than a minute of the processor, and 2 GB."""
    resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
    resource.setrlimit(resource.RLIMIT_DATA, (2 * 10**9, 2 * 10**9))


def rendered(folder: Path, body: str, *options: str) -> tuple[int, str]:
    """Render a script in limited processes; return the exit code and what was said."""
    (folder / "large.py").write_text(SCRIPT.format(body=body), encoding="utf-8")
    command = [sys.executable, "-m", "archfolio", "render", "large.py", *options]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, timeout=300, preexec_fn=limited
    )
    return done.returncode, " ".join((done.stdout + done.stderr).split())


def test_a_simplified_drawing_is_a_warning_and_no_failure(tmp_path: Path) -> None:
    body = BODIES["60 cards, 600 edges"]
    code, said = rendered(tmp_path, body, "--no-png")
    assert code == 0, said
    assert "edges, more than 250: its cards stand in rows and its lines are straight" in said
    assert (tmp_path / "large.svg").is_file()
    assert rendered(tmp_path, body, "--no-png", "--strict")[0] == 1


@pytest.mark.slow
@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_a_very_large_drawing_ends_in_a_picture_within_a_minute(tmp_path: Path, body: str) -> None:
    code, said = rendered(tmp_path, body)
    assert code == 0, said
    assert (tmp_path / "large.png").stat().st_size > 1000
