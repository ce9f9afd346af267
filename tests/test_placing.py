"""Authors say where nodes stand, and it is so: by the functions for it, and by the library's own idioms."""

from pathlib import Path

import pytest

from archfolio.render.capture.discover import script
from archfolio.render.capture.module import capture
from archfolio.render.layout.engine import Bundled
from archfolio.render.layout.measure import size
from archfolio.render.layout.quality import Faults
from archfolio.render.layout.search import search
from archfolio.render.model.geometry import Box

HEAD = "from diagrams import Cluster, Diagram, Edge, Node\nfrom archfolio import below, first, left_of, same_row\n"
BODY = "    a, b, c, d = (Node(name) for name in 'abcd')\n    a >> b >> c\n    a >> d\n"


@pytest.fixture
def drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def draw(said: str, direction: str = "TB", body: str = BODY) -> tuple[dict[str, Box], Faults]:
        path = tmp_path / "module.py"
        path.write_text(f"{HEAD}with Diagram('D', direction='{direction}', show=False):\n{body}    {said}\n")
        monkeypatch.chdir(tmp_path)
        captured = capture(script(path))
        assert not captured.failures
        found = search(size(captured.drawings[0].graph), Bundled())
        return found.layout.nodes, found.faults

    return draw


@pytest.mark.parametrize("direction", ["TB", "BT", "LR", "RL"])
def test_wishes_are_met_in_every_direction(drawn, direction: str) -> None:
    nodes, faults = drawn("same_row(c, d)", direction)
    assert nodes["c"].centre.y == pytest.approx(nodes["d"].centre.y, abs=1.5)
    nodes, _ = drawn("left_of(d, b)", direction)
    assert nodes["d"].x1 <= nodes["b"].x0
    nodes, _ = drawn("left_of(b, d)", direction)
    assert nodes["b"].x1 <= nodes["d"].x0
    nodes, _ = drawn("below(d, b)", direction)
    assert nodes["d"].y0 >= nodes["b"].y1
    assert faults.unmet == ()


@pytest.mark.parametrize("direction", ["TB", "BT", "LR", "RL"])
@pytest.mark.parametrize(("upper", "lower"), [("b", "c"), ("c", "b")])
def test_wishes_are_met_within_a_cluster(drawn, direction: str, upper: str, lower: str) -> None:
    body = (
        "    a = Node('a')\n    with Cluster('One'):\n        b, c = Node('b'), Node('c')\n"
        "    a >> b >> Node('d')\n    a >> c\n"
    )
    nodes, faults = drawn(f"below({lower}, {upper})", direction, body=body)
    assert nodes[f"one.{lower}"].y0 >= nodes[f"one.{upper}"].y1
    assert faults.unmet == ()


def test_a_wish_reaches_across_clusters(drawn) -> None:
    body = (
        "    with Cluster('One'):\n        a, b = Node('a'), Node('b')\n"
        "    with Cluster('Two'):\n        c, d = Node('c'), Node('d')\n"
        "    a >> b >> c >> d\n"
    )
    nodes, faults = drawn("same_row(a, c)", body=body)
    assert nodes["one.a"].centre.y == pytest.approx(nodes["two.c"].centre.y, abs=1.5)
    assert faults.count == 0


def test_the_drawing_begins_with_the_node_that_is_to_be_first(drawn) -> None:
    body = "    a, b, c = (Node(name) for name in 'abc')\n    a >> b >> c >> a\n"
    for name in "abc":
        nodes, _ = drawn(f"first({name})", body=body)
        assert min(nodes, key=lambda one: nodes[one].y0) == name


def test_what_cannot_be_met_is_told(drawn) -> None:
    _, faults = drawn("left_of(b, d); left_of(d, b)")
    assert len(faults.unmet) == 1


def test_graphvizs_own_idioms_count(drawn) -> None:
    far, _ = drawn("a >> Edge(minlen='3') >> Node('e')")
    near, _ = drawn("a >> Edge() >> Node('e')")
    assert far["e"].y0 - far["a"].y1 > 1.5 * (near["e"].y0 - near["a"].y1)
    below, _ = drawn("c >> Edge() >> Node('e')")
    beside, _ = drawn("c >> Edge(constraint='false') >> Node('e')")
    assert below["e"].y0 >= below["c"].y1
    assert beside["e"].y0 < beside["c"].y1


def test_a_view_is_as_wide_or_tall_as_its_author_wants(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "module.py"
    monkeypatch.chdir(tmp_path)
    shapes = []
    for aspect in ("wide", "tall"):
        path.write_text(
            f"from diagrams import Cluster, Node\nfrom archfolio import view\n@view('V', aspect='{aspect}')\ndef v():\n"
            "    'Four groups in a row.'\n    last = None\n    for group in range(4):\n"
            "        with Cluster(f'Group {group}'):\n            for at in range(4):\n"
            "                node = Node(f'node {group} {at}')\n                last and last >> node\n"
            "                last = node\n"
        )
        captured = capture(script(path))
        assert not captured.failures
        found = search(size(captured.drawings[0].graph), Bundled())
        shapes.append(found.layout.size.width / found.layout.size.height)
    assert shapes[0] > shapes[1]
