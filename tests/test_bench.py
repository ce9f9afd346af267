"""The benchmark measures what it says, and writes its table where it belongs; nothing here hangs on the clock."""

import subprocess
import sys
from pathlib import Path

import pytest

from archfolio.render.capture.discover import discover, script
from archfolio.render.capture.module import capture
from bench.generated import VIEWS, write_systems
from bench.references import plain_script
from bench.rows import Row, serving_systems
from bench.table import put, table

TINY = Path(__file__).parent / "tiny"
ROOT = Path(__file__).parent.parent


def test_made_up_systems_are_the_same_every_time_and_draw(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("one", "two"):
        write_systems(tmp_path / name, 2)
    one, two = ([path.read_text() for path in sorted((tmp_path / name).iterdir())] for name in ("one", "two"))
    assert one == two
    captured = capture(discover(tmp_path / "one")[1])
    assert (captured.failures, len(captured.drawings)) == ((), VIEWS)


def test_a_plain_script_draws_what_the_view_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for drawing in capture(script(TINY / "shop.py")).drawings:
        path = tmp_path / f"{drawing.graph.slug}.py"
        path.write_text(plain_script(drawing.graph, path.with_suffix("")))
        [again] = capture(script(path)).drawings
        assert sorted(node.label for node in again.graph.nodes) == sorted(node.label for node in drawing.graph.nodes)
        assert [edge.label for edge in again.graph.edges] == [edge.label for edge in drawing.graph.edges]


def test_what_is_edited_and_served_is_a_system_of_the_gallery() -> None:
    assert len(serving_systems(ROOT / "systems")) > 10


SYSTEM = """\"\"\"Answer within 100 ms.\"\"\"
from diagrams.onprem.client import Users
from diagrams.onprem.queue import Kafka

from archfolio import System, request, view

SYSTEM = System(title="{title}")


@view("Serving")
def serving() -> None:
    \"\"\"Who asks whom.\"\"\"
    Users("Shoppers") >> request("ask") >> Kafka("Log")
"""


@pytest.mark.slow
def test_the_whole_benchmark_runs(tmp_path: Path) -> None:
    for title in ("One", "Two"):
        (tmp_path / f"{title.lower()}.py").write_text(SYSTEM.format(title=title))
    command = [sys.executable, "-m", "bench", "--systems", str(tmp_path), "--rounds", "1", "--grown", "2"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("\n| ") == done.stderr.count("\n"), done.stdout
    for work in ("no layout is recorded", "of one plain script", "one label, of 2 made-up systems", "`serve`"):
        assert work in done.stdout


def test_processes_that_a_program_leaves_behind_are_counted() -> None:
    busy = "sum(range(10**6))"
    leaves = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', '{busy}; bytearray(10**8)'])"
    code = f"from bench.measure import *; adopt_orphans(); print(run(('{sys.executable}', '-c', {leaves!r})).peak > 90)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout == "True\n", done.stderr


def test_a_program_that_fails_ends_the_benchmark() -> None:
    code = f"from bench.measure import *; run(('{sys.executable}', '-c', 'raise SystemExit(3)'))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert "ended with 3" in done.stderr


def test_the_table_goes_between_its_markers() -> None:
    printed = table([Row("this", "that", 0.25, 0.5, 99, "0.30")], "2026-11-20")
    assert "| this | that | 0.25 | 0.50 | 0.30 | 99 MB |" in printed
    text = "before\n<!-- bench:begin -->\nold\n<!-- bench:end -->\nafter\n"
    assert put(printed, text) == f"before\n<!-- bench:begin -->\n{printed}<!-- bench:end -->\nafter\n"
    with pytest.raises(ValueError, match="no place"):
        put(printed, "nothing")
