"""A layout that was searched once is recorded, and used as long as the drawing stays what it was."""

import ast
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from render import codebase, layouts
from render.candidates import named
from render.capture import capture
from render.discover import discover, script
from render.draw import ENGINES, Job
from render.geometry import Layout
from render.graph import Graph
from render.jobs import job_for
from render.layout import lay_out_with, layout
from render.look import Look
from render.placing import place_all
from render.size import size

ROOT = Path(__file__).parent.parent
TINY = Path(__file__).parent / "tiny"
ENGINE = ENGINES["bundled"]()


@pytest.fixture
def graph(monkeypatch: pytest.MonkeyPatch) -> Graph:
    monkeypatch.chdir(TINY)
    return capture(script(TINY / "shop.py")).drawings[0].graph


@pytest.fixture
def placed(graph: Graph) -> Layout:
    return layout(size(graph), ENGINE)


def test_a_recorded_layout_is_found_again(graph: Graph, placed: Layout, tmp_path: Path) -> None:
    layouts.save(tmp_path, {"shop/serving": layouts.record(graph, placed)})
    known = layouts.load(tmp_path)
    found = layouts.recorded(known, "shop/serving", graph)
    assert found
    assert found.is_current
    assert layouts.read(bytes(found.layout)) == placed
    assert layouts.recorded(known, "shop/groups", graph) is None


def test_a_drawing_that_changed_its_shape_is_searched_again(graph: Graph, placed: Layout) -> None:
    known = {"shop/serving": layouts.record(graph, placed)}
    wider = replace(graph, nodes=(replace(graph.nodes[0], label="People of many kinds"), *graph.nodes[1:]))
    moved = replace(graph, nodes=tuple(replace(node, line=node.line + 7, role="other") for node in graph.nodes))
    assert layouts.recorded(known, "shop/serving", wider) is None
    assert layouts.recorded(known, "shop/serving", moved)


def test_a_damaged_record_is_no_record(tmp_path: Path) -> None:
    (tmp_path / layouts.FOLDER).mkdir()
    (tmp_path / layouts.path("shop")).write_text("{")
    assert layouts.load(tmp_path) == {}
    assert layouts.load(tmp_path / "nowhere") == {}


def job(monkeypatch: pytest.MonkeyPatch, known: layouts.Recorded | None, **look: str) -> Job:
    monkeypatch.chdir(TINY)
    return job_for(capture(script(TINY / "shop.py")).drawings[0], Look(**look), "engine", known)


def test_a_record_of_other_layout_code_or_another_graphviz_says_only_with_which_settings_to_lay_out(
    graph: Graph, placed: Layout, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = layouts.record(graph, placed)
    old = msgspec.structs.replace(known, code="of yesterday")
    assert layouts.read(job(monkeypatch, known).layout) == placed
    for one in (job(monkeypatch, old), job(monkeypatch, known, engine="dot")):
        assert (one.candidate, one.layout) == (placed.candidate, b"")
    assert job(monkeypatch, None).candidate == ""


def test_a_record_that_somebody_changed_is_another_picture(
    graph: Graph, placed: Layout, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = layouts.record(graph, placed)
    shifted = msgspec.structs.replace(known, layout=msgspec.Raw(bytes(known.layout).replace(b"1", b"2")))
    assert job(monkeypatch, known).fingerprint != job(monkeypatch, shifted).fingerprint


def test_the_code_that_lays_out_is_all_that_layout_imports() -> None:
    words = {"errors.py", "graph.py"}  # on which no place hangs
    seen: set[str] = set()
    waiting = ["layout.py"]
    while waiting:
        name = waiting.pop()
        if name not in seen and name not in words:
            seen.add(name)
            tree = ast.parse((ROOT / "render" / name).read_text(encoding="utf-8"))
            for node in ast.walk(tree):
                if isinstance(node, ast.ImportFrom) and node.module == "render":
                    waiting += [f"{alias.name}.py" for alias in node.names]
                elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("render."):
                    waiting.append(f"{node.module.removeprefix('render.')}.py")
    assert seen == codebase.LAYING_OUT


def test_what_is_recorded_of_our_systems_is_what_laying_out_gives_today() -> None:
    systems = ROOT / "systems"
    known = layouts.load(systems)
    stale = [what for what, one in known.items() if not one.is_current]
    assert stale == [], "run 'make layouts'"
    for view in place_all(discover(systems), known):
        assert view.placed, view.failure
        assert view.what in known, "run 'make layouts'"
        [candidate] = named(known[view.what].candidate)
        assert lay_out_with(view.placed.sized, ENGINE, candidate).layout == view.placed.layout, view.what


def test_the_command_records_beside_the_modules_and_a_build_uses_it(some, archfolio) -> None:
    folder = some("shop")
    done = archfolio("layouts", "--systems", folder)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "2 layouts recorded."
    assert set(layouts.load(folder)) == {"shop/serving", "shop/groups"}
    assert archfolio("build", "--systems", folder, "-o", "site").returncode == 0


def test_the_command_searches_what_changed_and_keeps_the_rest(some, archfolio) -> None:
    folder = some("shop")
    archfolio("layouts", "--systems", folder)
    first = layouts.load(folder)
    other = msgspec.structs.replace(first["shop/serving"], candidate="vast-given-newrank", code="of yesterday")
    gone = {"shop/gone": other, "gone/serving": other, "shop/groups": first["shop/groups"], "shop/serving": other}
    layouts.save(folder, gone)
    assert archfolio("layouts", "--systems", folder).returncode == 0
    kept = layouts.load(folder)
    assert set(kept) == {"shop/serving", "shop/groups"}
    assert [file.name for file in (folder / layouts.FOLDER).iterdir()] == ["shop.json"]
    assert kept["shop/serving"].candidate == "vast-given-newrank"
    assert kept["shop/serving"].is_current
    assert archfolio("layouts", "--systems", folder, "--force").returncode == 0
    assert layouts.load(folder) == first


def test_the_records_of_a_module_that_fails_are_kept(some, archfolio) -> None:
    folder = some("shop")
    archfolio("layouts", "--systems", folder)
    before = layouts.load(folder)
    (folder / "shop.py").write_text("1 / 0\n")
    assert archfolio("layouts", "--systems", folder).returncode == 1
    assert layouts.load(folder) == before
