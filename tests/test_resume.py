"""An edited drawing keeps its cards where they were: nobody can review a change in which everything moves."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from archfolio.render.build.processes import workers
from archfolio.render.capture.discover import discover
from archfolio.render.capture.module import capture
from archfolio.render.layout import lockfile
from archfolio.render.layout.draft import frame
from archfolio.render.layout.engine import Bundled
from archfolio.render.layout.measure import size
from archfolio.render.layout.placed import Placed
from archfolio.render.layout.resume import resume, resumed_lines
from archfolio.render.layout.route_edges import lines
from archfolio.render.layout.search import redrawn, resumed, search
from archfolio.render.model.geometry import Layout, Size, Sized, SizedEdge, SizedNode
from archfolio.render.model.graph import Graph

ROOT = Path(__file__).parent.parent
STILL = 12.0  # px that a card may move, but for a shift of all


def with_a_leaf(graph: Graph) -> Graph:
    middle = graph.nodes[len(graph.nodes) // 2]
    leaf = replace(middle, id=f"{middle.cluster or 'outside'}.audit-log", label="Audit log\nS3")
    at = max(at for at, node in enumerate(graph.nodes) if node.cluster == middle.cluster) + 1
    edge = replace(graph.edges[0], id="to-the-leaf", tail=middle.id, head=leaf.id, label="audit rows", step=None)
    return replace(graph, nodes=(*graph.nodes[:at], leaf, *graph.nodes[at:]), edges=(*graph.edges, edge))


def without_a_leaf(graph: Graph) -> Graph:
    crowd = {node.id: sum(node.id in (edge.tail, edge.head) for edge in graph.edges) for node in graph.nodes}
    leaf = min(reversed(graph.nodes), key=lambda node: crowd[node.id]).id
    edges = tuple(edge for edge in graph.edges if leaf not in (edge.tail, edge.head))
    return replace(graph, nodes=tuple(node for node in graph.nodes if node.id != leaf), edges=edges)


def renamed(graph: Graph) -> Graph:
    middle = graph.nodes[len(graph.nodes) // 2]
    new = replace(middle, id=f"{middle.id.rpartition('.')[0]}.renamed".lstrip("."), label="Renamed part\nof the system")

    def end(old: str) -> str:
        return new.id if old == middle.id else old

    edges = tuple(replace(edge, tail=end(edge.tail), head=end(edge.head)) for edge in graph.edges)
    return replace(graph, nodes=tuple(new if node is middle else node for node in graph.nodes), edges=edges)


def with_an_edge(graph: Graph) -> Graph:
    joined = {frozenset((edge.tail, edge.head)) for edge in graph.edges}
    tail = graph.nodes[len(graph.nodes) // 3].id
    head = next(n.id for n in reversed(graph.nodes) if n.id != tail and frozenset((tail, n.id)) not in joined)
    return replace(graph, edges=(*graph.edges, replace(graph.edges[0], id="new", tail=tail, head=head, label="rows")))


EDITS = (with_a_leaf, without_a_leaf, renamed, with_an_edge)


def still(before: Layout, after: Layout) -> tuple[int, int]:
    """Count the cards that are where they were after the best shift of all, and all that are in both."""
    both = [(before.nodes[name].centre, after.nodes[name].centre) for name in before.nodes if name in after.nodes]
    shifts = [(new.x - old.x, new.y - old.y) for old, new in both]
    near = [sum(abs(x - dx) <= STILL and abs(y - dy) <= STILL for x, y in shifts) for dx, dy in shifts]
    return max(near), len(both)


@pytest.fixture(scope="module")
def recorded() -> list[tuple[Graph, Placed]]:
    """The serving view of each system, as it is recorded."""
    known = lockfile.load(ROOT / "systems")
    with workers() as pool:
        runs = [pool.run_module(capture, script) for script in discover(ROOT / "systems")]
        drawings = [drawing for run in runs for drawing in run.result().drawings if drawing.graph.slug == "serving"]
        slugs = [run.result().script.slug for run in runs for d in run.result().drawings if d.graph.slug == "serving"]
    found = []
    for slug, drawing in zip(slugs, drawings, strict=True):
        record = known[f"{slug}/serving"]
        placed = redrawn(size(drawing.graph), record.spots, held=record.held)
        assert placed, "run 'make layouts'"
        found.append((drawing.graph, placed))
    return found


def edited(recorded: list[tuple[Graph, Placed]]) -> Iterator[tuple[Placed, Placed]]:
    for graph, before in recorded:
        for edit in EDITS:
            after = resumed(size(edit(graph)), before.spots)
            assert after
            yield before, after


def test_one_card_more_or_less_leaves_the_others_where_they_were(recorded: list[tuple[Graph, Placed]]) -> None:
    counts = [(*still(before.layout, after.layout), after.faults.count) for before, after in edited(recorded[::6])]
    assert sum(near for near, _, _ in counts) >= 0.85 * sum(total for _, total, _ in counts)  # a few views: 0.87 today


def test_lines_that_are_kept_are_those_that_would_be_drawn(recorded: list[tuple[Graph, Placed]]) -> None:
    graph, before = recorded[0]
    one, two = graph.edges[0].tail, graph.edges[0].head
    fresh = [(one, two, f"bundled {number}") for number in range(3)] + [(one, one, f"loop {n}") for n in range(2)]
    more = [replace(graph.edges[0], id=label, tail=tail, head=head, label=label) for tail, head, label in fresh]
    graph = replace(graph, edges=(*graph.edges[1:], *more))
    drawn = []
    for at in (None, *range(len(graph.edges))):  # nothing, and then a label after the other
        edges = (replace(e, label="a label\nof three\nlines") if at == n else e for n, e in enumerate(graph.edges))
        whole = frame(size(replace(graph, edges=tuple(edges))))
        start = resume(whole, before.spots).start
        drawn.append(resumed_lines(whole, start))
        assert drawn[-1] == lines(whole, start)
    as_before, in_rows = drawn[1 : -len(more)], drawn[-len(more) :]
    labelled = [edge for edge in graph.edges[: -len(more)] if edge.label]
    assert sum(one is drawn[0] for one in as_before) >= len(labelled) > 0
    assert any(one != drawn[0] for one in in_rows)


@pytest.mark.slow
def test_edits_of_every_serving_view_leave_the_other_cards_where_they_were_and_make_no_faults(
    recorded: list[tuple[Graph, Placed]],
) -> None:
    counts = [(*still(before.layout, after.layout), after.faults.count) for before, after in edited(recorded)]
    assert len(counts) == 4 * len(recorded)
    assert sum(near for near, _, _ in counts) >= 0.95 * sum(total for _, total, _ in counts)  # 0.968 today
    assert sum(faults for _, _, faults in counts) <= 0.05 * len(counts)


def test_a_row_whose_text_is_small_keeps_its_cards_where_they_were() -> None:
    def chain(names: str) -> Sized:
        nodes = tuple(SizedNode(name, Size(140, 56), None) for name in names)
        edges = tuple(SizedEdge(tail + head, tail, head, (), (False, True)) for tail, head in pairwise(names))
        return Sized("LR", nodes, (), edges)

    before = search(chain("abcdefghij"), Bundled())
    spots = {name: (x0, y0, x1 + 60 * (name > "d"), y1) for name, (x0, y0, x1, y1) in before.spots.items()}
    after = resumed(chain("abcdefghiz"), spots)
    assert after
    assert after.faults.small
    assert after.held  # nothing of it is a fault for which cards would have to move
    assert after.layout.nodes["e"].x0 - after.layout.nodes["d"].x1 > 60


def test_a_drawing_that_has_little_in_common_with_the_recorded_one_is_searched_anew() -> None:
    graph = Graph("g", "G", "", "TB", (), (), ())
    assert resumed(size(graph), {"a": (0, 0, 0, 0)}) is None
