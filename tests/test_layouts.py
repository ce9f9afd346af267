"""A layout that was searched once is recorded, and used as long as the drawing stays what it was."""

import re
from dataclasses import replace
from pathlib import Path
from statistics import mean

import msgspec
import pytest

from archfolio.render.build.draw import ENGINES, place_view
from archfolio.render.build.job import Job, job_for
from archfolio.render.build.layout_all import place_all
from archfolio.render.build.options import RenderOptions
from archfolio.render.capture.discover import discover, script
from archfolio.render.capture.module import capture
from archfolio.render.layout import lockfile, respace, resume
from archfolio.render.layout.engine import Bundled
from archfolio.render.layout.measure import size
from archfolio.render.layout.placed import Placed
from archfolio.render.layout.quality import COMFORTABLE
from archfolio.render.layout.search import search
from archfolio.render.model.graph import Graph

ROOT = Path(__file__).parent.parent
TINY = Path(__file__).parent / "tiny"
ENGINE = ENGINES["bundled"]()


@pytest.fixture
def graph(monkeypatch: pytest.MonkeyPatch) -> Graph:
    monkeypatch.chdir(TINY)
    return capture(script(TINY / "shop.py")).drawings[0].graph


@pytest.fixture
def placed(graph: Graph) -> Placed:
    return search(size(graph), ENGINE)


def test_a_recorded_layout_is_found_again_and_drawn_the_same(graph: Graph, placed: Placed, tmp_path: Path) -> None:
    lockfile.save(tmp_path, {"shop/serving": lockfile.record_layout(graph, placed)})
    found = lockfile.load(tmp_path)["shop/serving"]
    assert found.is_of(graph)
    drawn = place_view(job(graph, found)).layout
    assert drawn == replace(placed.layout, candidate=drawn.candidate)


def test_a_record_is_small(graph: Graph, placed: Placed, tmp_path: Path) -> None:
    lockfile.save(tmp_path, {"shop/serving": lockfile.record_layout(graph, placed)})
    taken = (tmp_path / lockfile.path("shop")).stat().st_size
    assert taken <= 80 + sum(len(node.id) + 25 for node in graph.nodes)


def test_a_drawing_that_changed_its_shape_begins_with_the_recorded_places(graph: Graph, placed: Placed) -> None:
    recorded = lockfile.record_layout(graph, placed)
    wider = replace(graph, nodes=(replace(graph.nodes[0], label="People of many kinds"), *graph.nodes[1:]))
    moved = replace(graph, nodes=tuple(replace(node, line=node.line + 7, role="other") for node in graph.nodes))
    assert not recorded.is_of(wider)
    assert recorded.is_of(moved)
    assert place_view(job(wider, recorded)).layout.candidate == resume.NAME
    assert place_view(job(graph, None)).layout.candidate not in (resume.NAME, respace.REMEMBERED)


def test_a_recorded_layout_needs_no_graphviz(graph: Graph, placed: Placed, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> bytes:
        pytest.fail("Graphviz was asked")

    monkeypatch.setattr(Bundled, "_run", refuse)
    place_view(job(graph, lockfile.record_layout(graph, placed)))


def test_a_damaged_record_is_no_record(tmp_path: Path) -> None:
    (tmp_path / lockfile.FOLDER).mkdir()
    (tmp_path / lockfile.path("shop")).write_text("{")
    assert lockfile.load(tmp_path) == {}
    assert lockfile.load(tmp_path / "nowhere") == {}


def job(graph: Graph, recorded: lockfile.Recorded | None) -> Job:
    return Job(graph, "", "house", "bundled", (), recorded=recorded)


def test_a_record_that_somebody_changed_is_another_picture(
    graph: Graph, placed: Placed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(TINY)
    drawing = capture(script(TINY / "shop.py")).drawings[0]
    recorded = lockfile.record_layout(graph, placed)
    spots = recorded.spots | {graph.nodes[0].id: (1, 2, 3, 4)}
    jobs = [
        job_for("shop/serving", drawing, RenderOptions(), "engine", one)
        for one in (recorded, msgspec.structs.replace(recorded, spots=spots), None)
    ]
    assert len({one.fingerprint for one in jobs}) == 3


def test_what_is_recorded_of_our_systems_is_of_today_calm_and_small() -> None:
    systems = ROOT / "systems"
    recorded = lockfile.load(systems)
    faults, edges = [], 0
    for view in place_all(discover(systems), recorded):
        assert view.placed, view.failure
        assert view.graph
        assert view.what in recorded, "run 'make layouts'"
        assert recorded[view.what].is_of(view.graph), "run 'make layouts'"
        faults.append(view.placed.faults)
        edges += len(view.graph.edges)
    assert sum(one.count for one in faults) == 0
    assert mean(len(one.crossings) + len(one.in_bicliques) for one in faults) <= 0.35
    assert sum(len(one.misaligned) for one in faults) <= 0.035 * sum(one.neighbours for one in faults)
    assert sum(len(one.detours) for one in faults) <= 5
    assert sum(one.length for one in faults) <= 215 * edges  # px
    assert mean(one.text >= COMFORTABLE for one in faults) >= 0.95
    sizes = [file.stat().st_size for file in (systems / lockfile.FOLDER).glob("*.json")]
    assert sum(sizes) <= 1000 * len(recorded)


def test_the_command_records_beside_the_modules_and_a_build_uses_it(some, archfolio) -> None:
    folder = some("shop")
    done = archfolio("layouts", "--systems", folder)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "2 layouts recorded."
    assert set(lockfile.load(folder)) == {"shop/serving", "shop/groups"}
    assert archfolio("build", "--systems", folder, "-o", "site").returncode == 0


def test_the_command_keeps_what_is_recorded_and_searches_anew_when_told(some, archfolio) -> None:
    folder = some("shop")
    archfolio("layouts", "--systems", folder)
    first = lockfile.load(folder)
    spots = {name: (x + 40, y, *rest) for name, (x, y, *rest) in first["shop/serving"].spots.items()}
    other = msgspec.structs.replace(first["shop/serving"], spots=spots)
    lockfile.save(folder, first | {"shop/gone": other, "gone/serving": other, "shop/serving": other})
    assert archfolio("layouts", "--systems", folder).returncode == 0
    kept = lockfile.load(folder)
    assert set(kept) == {"shop/serving", "shop/groups"}
    assert [file.name for file in (folder / lockfile.FOLDER).iterdir()] == ["shop.json"]
    assert archfolio("layouts", "--systems", folder, "--fresh").returncode == 0
    assert lockfile.load(folder) == first


def test_the_records_of_a_module_that_fails_are_kept(some, archfolio) -> None:
    folder = some("shop")
    archfolio("layouts", "--systems", folder)
    before = lockfile.load(folder)
    (folder / "shop.py").write_text("1 / 0\n")
    assert archfolio("layouts", "--systems", folder).returncode == 1
    assert lockfile.load(folder) == before


def test_the_command_searches_the_named_system_only(some, archfolio) -> None:
    folder = some("shop")
    (folder / "other.py").write_text((folder / "shop.py").read_text())
    archfolio("layouts", "--systems", folder)
    before = lockfile.load(folder)
    moved = {
        what: msgspec.structs.replace(one, spots={name: (x + 40, y, *end) for name, (x, y, *end) in one.spots.items()})
        for what, one in before.items()
    }
    lockfile.save(folder, moved)
    done = archfolio("layouts", "other", "--fresh", "--systems", folder)
    assert done.stdout.splitlines()[-1] == "2 layouts recorded."
    after = lockfile.load(folder)
    assert after["other/serving"] == before["other/serving"]
    assert after["shop/serving"] == moved["shop/serving"]


def test_a_view_that_its_author_turned_is_laid_out_afresh(some, archfolio) -> None:
    folder = some("shop")
    archfolio("layouts", "--systems", folder)
    before = lockfile.load(folder)["shop/serving"]
    shop = folder / "shop.py"
    assert '@view("Serving")' in shop.read_text()
    shop.write_text(shop.read_text().replace('@view("Serving")', '@view("Serving", direction="LR")'))
    archfolio("layouts", "--systems", folder)
    turned = lockfile.load(folder)["shop/serving"]
    assert not turned.held, "it was held where the upright drawing had its cards"
    widths = [max(spot[2] for spot in one.spots.values()) for one in (before, turned)]
    heights = [max(spot[3] for spot in one.spots.values()) for one in (before, turned)]
    assert widths[1] > widths[0]
    assert heights[1] < heights[0]


def test_a_picture_says_that_it_was_laid_out_from_an_earlier_one_and_a_fresh_search_ends_that(some, archfolio) -> None:
    folder = some("shop")
    archfolio("layouts", "--systems", folder)
    shop, resumed = folder / "shop.py", 'data-layout="resumed"'

    def drawn() -> str:
        assert archfolio("build", "--systems", folder, "-o", "site", "--no-png").returncode == 0
        return next(folder.parent.rglob("images/shop/serving.svg")).read_text()

    def shown(text: str) -> str:
        return re.sub(' data-hash="[^"]*"', "", text)

    assert resumed not in drawn()
    text = shop.read_text()
    assert '"People"' in text
    shop.write_text(text.replace('"People"', '"People of many kinds"'))
    edited = drawn()
    assert resumed in edited
    done = archfolio("layouts", "--systems", folder)
    assert "keep cards where they were before an edit" in done.stderr
    assert shown(drawn()) == shown(edited)
    done = archfolio("layouts", "--fresh", "--systems", folder)
    assert "before an edit" not in done.stderr
    assert resumed not in drawn()
