"""Cards without an edge stand in rows, in the order of the script, whichever way the drawing runs."""

from itertools import pairwise

import pytest

from archfolio.render.layout.engine import Bundled
from archfolio.render.layout.placed import Placed
from archfolio.render.layout.search import search
from archfolio.render.model.geometry import LabelShape, Size, Sized, SizedCluster, SizedEdge, SizedNode

WIDTHS = (104, 160, 132, 186)
NO_LABEL: tuple[LabelShape, ...] = ()


def sized(count: int, rankdir: str = "TB", home: str | None = None, edges: tuple[str, ...] = ()) -> Sized:
    """Make so many cards of different widths in one panel, or in none, after those that are joined: "ab", "bc"."""
    joined = dict.fromkeys(end for pair in edges for end in pair)
    return Sized(
        rankdir,
        (
            *(SizedNode(name, Size(140, 56), None) for name in joined),
            *(SizedNode(f"n{at}", Size(WIDTHS[at % 4], 56), home) for at in range(count)),
        ),
        (SizedCluster("box", Size(60, 16), None),) if home else (),
        tuple(SizedEdge(pair, pair[0], pair[1], NO_LABEL, (False, True)) for pair in edges),
    )


def rows(found: Placed) -> list[list[str]]:
    """List the isolated cards by the rows that they stand in, from left to right."""
    boxes = {name: box for name, box in found.layout.nodes.items() if name.startswith("n")}
    at = sorted({box.centre.y for box in boxes.values()})
    return [sorted((n for n, b in boxes.items() if b.centre.y == y), key=lambda name: boxes[name].x0) for y in at]


@pytest.mark.parametrize("rankdir", ["TB", "LR", "BT", "RL"])
@pytest.mark.parametrize("home", [None, "box"])
def test_a_few_isolated_cards_stand_in_one_row(rankdir: str, home: str | None) -> None:
    for count in (2, 5):
        found = search(sized(count, rankdir, home), Bundled())
        assert rows(found) == [[f"n{at}" for at in range(count)]]
        assert (found.faults.count, found.faults.disordered) == (0, 0)


@pytest.mark.parametrize(("count", "columns"), [(8, 4), (9, 3), (10, 5), (12, 4), (16, 4)])
@pytest.mark.parametrize("rankdir", ["TB", "LR"])
def test_many_isolated_cards_stand_in_a_block_in_line(count: int, columns: int, rankdir: str) -> None:
    found = search(sized(count, rankdir), Bundled())
    assert rows(found) == [[f"n{at}" for at in range(begin, begin + columns)] for begin in range(0, count, columns)]
    lefts = [found.layout.nodes[f"n{at}"].x0 for at in range(count)]
    assert lefts == [lefts[at % columns] for at in range(count)]
    assert 1.4 < found.layout.size.width / found.layout.size.height < 6.5
    assert found.faults.disordered == 0


def test_isolated_cards_stand_in_a_row_beside_what_is_joined() -> None:
    found = search(sized(4, "TB", "box", ("ab", "bc")), Bundled())
    assert rows(found) == [["n0", "n1", "n2", "n3"]]
    assert found.faults.count == 0


def test_a_card_that_its_author_places_is_not_packed() -> None:
    graph = sized(3)
    wished = Sized(graph.rankdir, graph.nodes, graph.clusters, graph.edges, (("below", "n1", "n0"),))
    nodes = search(wished, Bundled()).layout.nodes
    assert nodes["n1"].y0 >= nodes["n0"].y1


def test_an_isolated_card_does_not_draw_its_panel_out_to_the_beginning_of_a_row() -> None:
    names = {"a": None, "b": "box", "c": "box", "d": "box", "n0": "box"}
    graph = Sized(
        "LR",
        tuple(SizedNode(name, Size(140, 56), home) for name, home in names.items()),
        (SizedCluster("box", Size(60, 16), None),),
        tuple(SizedEdge(pair, pair[0], pair[1], NO_LABEL, (False, True)) for pair in ("ab", "ac", "ad")),
    )
    drawn = search(graph, Bundled()).layout
    assert drawn.nodes["a"].x1 < drawn.clusters["box"].x0


def replicas(count: int, joined: tuple[int, ...], rankdir: str, ends: str = "ab") -> Sized:
    """Make a panel of so many cards of which some are joined: "a" leads to each, and each of them leads to "b"."""
    around = tuple(SizedNode(name, Size(140, 56), None) for name in ends)
    edges = [(one, two) for at in joined for one, two in (("a", f"n{at}"), (f"n{at}", "b"))]
    return Sized(
        rankdir,
        (*around, *(SizedNode(f"n{at}", Size(WIDTHS[at % 4], 56), "box") for at in range(count))),
        (SizedCluster("box", Size(60, 16), None),),
        tuple(SizedEdge(one + two, one, two, NO_LABEL, (False, True)) for one, two in edges),
    )


@pytest.mark.parametrize("rankdir", ["TB", "LR", "BT", "RL"])
@pytest.mark.parametrize(("count", "joined"), [(3, (1,)), (3, (2,)), (4, (0,)), (4, (1, 2)), (3, (0, 2))])
def test_replicas_stand_across_the_flow_in_the_order_of_the_script(
    rankdir: str, count: int, joined: tuple[int, ...]
) -> None:
    found = search(replicas(count, joined, rankdir), Bundled())
    boxes = [found.layout.nodes[f"n{at}"] for at in range(count)]
    along, across = (("x", "y"), ("y", "x"))[rankdir in {"TB", "BT"}]
    assert len({getattr(box.centre, along) for box in boxes}) == 1 or rankdir in {"LR", "RL"}
    assert max(getattr(box, f"{along}0") for box in boxes) < min(getattr(box, f"{along}1") for box in boxes)
    assert all(getattr(two, f"{across}0") > getattr(one, f"{across}1") for one, two in pairwise(boxes))
    assert (found.faults.count, found.faults.crossings, found.faults.detours, found.faults.disordered) == (0, (), (), 0)


@pytest.mark.parametrize("rankdir", ["TB", "LR", "BT", "RL"])
def test_replicas_stand_in_order_in_panels_one_after_another(rankdir: str) -> None:
    """Graphviz itself puts the isolated one before the others, where panels are nested."""
    names = {"a": None, "b": "out", "c": "out", "d": None}
    names |= {f"m{at}": "one" for at in range(3)} | {f"n{at}": "two" for at in range(3)}
    edges = ["a b", "b m0", "b m2", "m0 c", "m2 c", "c n0", "c n2", "n0 d", "n2 d"]
    found = search(
        Sized(
            rankdir,
            tuple(SizedNode(name, Size(140, 56), home) for name, home in names.items()),
            tuple(SizedCluster(name, Size(60, 16), None if name == "out" else "out") for name in ("out", "one", "two")),
            tuple(SizedEdge(pair, *pair.split(), NO_LABEL, (False, True)) for pair in edges),
        ),
        Bundled(),
    )
    along, across = (("x", "y"), ("y", "x"))[rankdir in {"TB", "BT"}]
    for letter in "mn":
        boxes = [found.layout.nodes[f"{letter}{at}"] for at in range(3)]
        assert len({getattr(box.centre, along) for box in boxes}) == 1
        assert all(getattr(two, f"{across}0") > getattr(one, f"{across}1") for one, two in pairwise(boxes))
    assert found.faults.count == 0


def test_cards_of_a_panel_that_are_joined_to_different_things_are_no_replicas() -> None:
    """The others stand beside them in a block, which the flow does not draw out."""
    graph = sized(4, "LR", "box", ("ab", "bc"))
    nodes = tuple(SizedNode(node.id, node.size, "box") for node in graph.nodes)
    found = search(Sized("LR", nodes, graph.clusters, graph.edges), Bundled())
    assert rows(found) == [["n0", "n1", "n2", "n3"]]
    assert found.faults.count == 0
