"""Graphviz answers, draws, warns and fails in the same way whichever engine runs it."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pygraphviz
import pytest

from archfolio.render.layout.engine import Bundled, EngineMissing, LayoutFailed, Places, SystemDot

GRAPH = 'digraph { a [shape=box label=""]; b [shape=box label=""]; a -> b }'
NESTED = (
    "digraph { subgraph cluster_0 { a subgraph cluster_1 { b { rank=same c d } } } subgraph cluster_2 { e } a -> e }"
)
ROOT = Path(__file__).parent.parent


def program(folder: Path, lines: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a `dot` on PATH that is a shell script."""
    path = folder / "dot"
    path.write_text(f"#!/bin/sh\n{lines}\n", encoding="utf-8")
    path.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


def as_json(dot: str) -> bytes:
    """Return what the program writes."""
    drawn = pygraphviz.AGraph(string=dot).draw(format="json0", prog="dot")
    assert isinstance(drawn, bytes)
    return drawn


def test_the_bundled_engine_places_nodes() -> None:
    assert Bundled().layout(GRAPH) == Places("0,0,54,108", {"a": "27,90", "b": "27,18"}, {})


@pytest.mark.parametrize("reason", [AttributeError(), OSError(errno.ENOSYS, "Function not implemented")])
def test_the_bundled_engine_does_without_files_in_memory(reason: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: str) -> int:
        raise reason

    monkeypatch.setattr(os, "memfd_create", refuse)
    assert Bundled().layout(GRAPH).nodes == {"a": "27,90", "b": "27,18"}


def test_the_bundled_engine_places_clusters_in_clusters() -> None:
    places = Bundled().layout(NESTED)
    assert places.nodes.keys() == set("abcde")
    assert places.clusters.keys() == {"cluster_0", "cluster_1", "cluster_2"}


@pytest.mark.parametrize("dot", ["digraph {}", GRAPH, NESTED])
def test_both_engines_find_the_same_places(dot: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "places.json").write_bytes(as_json(dot))
    program(tmp_path, f"cat > /dev/null; cat '{tmp_path}/places.json'", monkeypatch)
    assert Bundled().layout(dot) == SystemDot().layout(dot)


@pytest.mark.parametrize(("fmt", "begins"), [("svg", b"<?xml"), ("png", b"\x89PNG"), ("pdf", b"%PDF")])
def test_the_bundled_engine_draws_every_format(fmt: str, begins: bytes) -> None:
    assert Bundled().draw(GRAPH, fmt).startswith(begins)


def test_a_format_that_graphviz_does_not_know_is_refused_before_it_spoils_the_next_drawing() -> None:
    engine = Bundled()
    with pytest.raises(ValueError, match="pdf, png, svg"):
        engine.draw(GRAPH, "bmp")
    assert engine.draw(GRAPH, "svg")


def test_what_graphviz_says_reaches_the_listener_and_not_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    heard: list[str] = []
    engine = Bundled(heard.append)
    engine.layout('digraph { a [shape=box fixedsize=true width=0.1 label="far too long a label"] }')
    assert any("too small for label" in line for line in heard)
    said = list(heard)
    engine.layout("digraph { a }")
    assert heard == said, "what was said of one graph is not said of the next"
    assert capfd.readouterr().err == ""


def test_a_graph_that_is_none_fails_with_the_reason() -> None:
    with pytest.raises(LayoutFailed, match="syntax error"):
        Bundled().layout("digraph { a -> }")


def test_the_bundled_engine_names_its_version() -> None:
    assert Bundled().version().startswith("pygraphviz 14.")


def test_importing_the_engines_loads_neither() -> None:
    code = "import sys, archfolio.render.layout.engine; print({'pygraphviz', 'graphviz'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "set()"


def test_no_dot_program_is_told_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    for call in (lambda: SystemDot().layout(GRAPH), lambda: SystemDot().version()):
        with pytest.raises(EngineMissing, match="install Graphviz"):
            call()


def test_no_pygraphviz_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pygraphviz", None)
    with pytest.raises(EngineMissing, match="reinstall"):
        Bundled().layout(GRAPH)


def test_the_dot_program_answers_and_warns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = '{"bb": "0,0,54,36", "objects": [{"name": "a", "pos": "27,18"}]}'
    program(tmp_path, f"cat > /dev/null; echo 'Warning: look out' >&2; echo '{said}'", monkeypatch)
    heard: list[str] = []
    assert SystemDot(heard.append).layout(GRAPH) == Places("0,0,54,36", {"a": "27,18"}, {})
    assert heard == ["Warning: look out"]


def test_the_dot_program_fails_with_its_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, "cat > /dev/null; echo 'no such luck' >&2; exit 3", monkeypatch)
    with pytest.raises(LayoutFailed, match="no such luck"):
        SystemDot().draw(GRAPH, "svg")


def test_json_that_is_none_is_a_failed_layout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, "cat > /dev/null; echo oops", monkeypatch)
    with pytest.raises(LayoutFailed, match="JSON"):
        SystemDot().layout(GRAPH)
