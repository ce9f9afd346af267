"""A layout that was searched once is recorded, and used as long as the drawing stays what it was."""

from dataclasses import replace
from pathlib import Path

import pytest

from render import layouts
from render.capture import capture
from render.discover import script
from render.graph import Graph

TINY = Path(__file__).parent / "tiny"


@pytest.fixture
def graph(monkeypatch: pytest.MonkeyPatch) -> Graph:
    monkeypatch.chdir(TINY)
    return capture(script(TINY / "shop.py")).drawings[0].graph


def test_a_recorded_choice_is_found_again(graph: Graph, tmp_path: Path) -> None:
    (tmp_path / layouts.NAME).write_bytes(layouts.encode({"shop/serving": layouts.choice(graph, "tight")}))
    assert layouts.chosen(layouts.load(tmp_path), "shop/serving", graph) == "tight"
    assert layouts.chosen(layouts.load(tmp_path), "shop/groups", graph) == ""


def test_a_drawing_that_changed_its_shape_is_searched_again(graph: Graph) -> None:
    choices = {"shop/serving": layouts.choice(graph, "tight")}
    wider = replace(graph, nodes=(replace(graph.nodes[0], label="People of many kinds"), *graph.nodes[1:]))
    moved = replace(graph, nodes=tuple(replace(node, line=node.line + 7, role="other") for node in graph.nodes))
    assert layouts.chosen(choices, "shop/serving", wider) == ""
    assert layouts.chosen(choices, "shop/serving", moved) == "tight"


def test_a_damaged_record_is_no_record(tmp_path: Path) -> None:
    (tmp_path / layouts.NAME).write_text("{")
    assert layouts.load(tmp_path) == {}
    assert layouts.load(tmp_path / "nowhere") == {}


def test_the_command_records_beside_the_modules_and_a_build_uses_it(some, archfolio) -> None:
    folder = some("shop")
    done = archfolio("layouts", "--systems", folder)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "2 layouts recorded."
    assert set(layouts.load(folder)) == {"shop/serving", "shop/groups"}
    assert archfolio("build", "--systems", folder, "-o", "site").returncode == 0
