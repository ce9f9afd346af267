"""A layout that was searched once is recorded, and used as long as the drawing stays what it was."""

from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from archfolio.render.build.draw import ENGINES, Job
from archfolio.render.build.job import job_for
from archfolio.render.build.layout_all import place_all
from archfolio.render.build.options import RenderOptions
from archfolio.render.capture.discover import discover, script
from archfolio.render.capture.module import capture
from archfolio.render.layout import lockfile
from archfolio.render.layout.measure import size
from archfolio.render.layout.search import lay_out_with, layout
from archfolio.render.layout.settings import named
from archfolio.render.model.geometry import Layout
from archfolio.render.model.graph import Graph

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
    lockfile.save(tmp_path, {"shop/serving": lockfile.record(graph, placed)})
    known = lockfile.load(tmp_path)
    found = lockfile.recorded(known, "shop/serving", graph)
    assert found
    assert found.is_current
    assert lockfile.read(bytes(found.layout)) == placed
    assert lockfile.recorded(known, "shop/groups", graph) is None


def test_a_drawing_that_changed_its_shape_is_searched_again(graph: Graph, placed: Layout) -> None:
    known = {"shop/serving": lockfile.record(graph, placed)}
    wider = replace(graph, nodes=(replace(graph.nodes[0], label="People of many kinds"), *graph.nodes[1:]))
    moved = replace(graph, nodes=tuple(replace(node, line=node.line + 7, role="other") for node in graph.nodes))
    assert lockfile.recorded(known, "shop/serving", wider) is None
    assert lockfile.recorded(known, "shop/serving", moved)


def test_a_damaged_record_is_no_record(tmp_path: Path) -> None:
    (tmp_path / lockfile.FOLDER).mkdir()
    (tmp_path / lockfile.path("shop")).write_text("{")
    assert lockfile.load(tmp_path) == {}
    assert lockfile.load(tmp_path / "nowhere") == {}


def job(monkeypatch: pytest.MonkeyPatch, known: lockfile.Recorded | None, **options: str) -> Job:
    monkeypatch.chdir(TINY)
    return job_for(
        "shop/serving", capture(script(TINY / "shop.py")).drawings[0], RenderOptions(**options), "engine", known
    )


def test_a_record_of_other_layout_code_or_another_graphviz_says_only_with_which_settings_to_lay_out(
    graph: Graph, placed: Layout, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = lockfile.record(graph, placed)
    old = msgspec.structs.replace(known, code="of yesterday")
    assert lockfile.read(job(monkeypatch, known).layout) == placed
    for one in (job(monkeypatch, old), job(monkeypatch, known, engine="dot")):
        assert (one.candidate, one.layout) == (placed.candidate, b"")
    assert job(monkeypatch, None).candidate == ""


def test_a_record_that_somebody_changed_is_another_picture(
    graph: Graph, placed: Layout, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = lockfile.record(graph, placed)
    shifted = msgspec.structs.replace(known, layout=msgspec.Raw(bytes(known.layout).replace(b"1", b"2")))
    assert job(monkeypatch, known).fingerprint != job(monkeypatch, shifted).fingerprint


def test_what_is_recorded_of_our_systems_is_what_laying_out_gives_today() -> None:
    systems = ROOT / "systems"
    known = lockfile.load(systems)
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
    assert set(lockfile.load(folder)) == {"shop/serving", "shop/groups"}
    assert archfolio("build", "--systems", folder, "-o", "site").returncode == 0


def test_the_command_searches_what_changed_and_keeps_the_rest(some, archfolio) -> None:
    folder = some("shop")
    archfolio("layouts", "--systems", folder)
    first = lockfile.load(folder)
    other = msgspec.structs.replace(first["shop/serving"], candidate="vast-given-newrank", code="of yesterday")
    gone = {"shop/gone": other, "gone/serving": other, "shop/groups": first["shop/groups"], "shop/serving": other}
    lockfile.save(folder, gone)
    assert archfolio("layouts", "--systems", folder).returncode == 0
    kept = lockfile.load(folder)
    assert set(kept) == {"shop/serving", "shop/groups"}
    assert [file.name for file in (folder / lockfile.FOLDER).iterdir()] == ["shop.json"]
    assert kept["shop/serving"].candidate == "vast-given-newrank"
    assert kept["shop/serving"].is_current
    assert archfolio("layouts", "--systems", folder, "--force").returncode == 0
    assert lockfile.load(folder) == first


def test_the_records_of_a_module_that_fails_are_kept(some, archfolio) -> None:
    folder = some("shop")
    archfolio("layouts", "--systems", folder)
    before = lockfile.load(folder)
    (folder / "shop.py").write_text("1 / 0\n")
    assert archfolio("layouts", "--systems", folder).returncode == 1
    assert lockfile.load(folder) == before
