"""`archfolio export`: each format says the same graph, and its own tool can open it."""

import json
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import msgspec
import pygraphviz
import pytest
from note_builds import HOSTILE, built, system, view, write_build
from test_notes_sync import run

from archfolio.gallery.export.dot import dot_text
from archfolio.gallery.export.drawio import drawio
from archfolio.gallery.manifest import Edge, Node, View

HOSTILE_VIEW = msgspec.structs.replace(
    view(),
    title=HOSTILE,
    nodes=[Node(id=f'n{number}"\\', name=HOSTILE + "\x00\x1b\ufffe", component="x") for number in range(3)],
    clusters=[],
    edges=[Edge(id="e", tail='n0"\\', head='n1"\\', label=HOSTILE)],
)


def edges_of(drawing: View) -> set[tuple[str, str]]:
    return {(edge.tail, edge.head) for edge in drawing.edges}


@pytest.mark.parametrize("kind", ["mermaid", "dot", "json", "drawio"])
def test_every_format_is_printed(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_build(tmp_path / "site", built())
    printed = run("export", "shop/serving", "--format", kind)
    assert printed.code == 0
    assert printed.err == ""
    assert "Ranker" in printed.out


def test_json_is_whole_in_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_build(tmp_path / "site", built())
    graph = json.loads(run("export", "shop", "--format", "json").out)
    assert graph["name"] == "shop"
    assert msgspec.convert(graph["view"], View) == system().views[0]


@pytest.mark.parametrize("drawing", [view(), HOSTILE_VIEW], ids=["ours", "hostile"])
def test_graphviz_reads_the_dot_text(drawing: View) -> None:
    graph = pygraphviz.AGraph(string=dot_text(drawing))
    graph.layout(prog="dot") if shutil.which("dot") else None
    assert len(graph.nodes()) == len(drawing.nodes)
    assert len(graph.edges()) == len(drawing.edges)


def test_an_edge_to_a_cluster_ends_at_its_border() -> None:
    text = dot_text(view())
    assert '"g.b" -> "g.h.c" [style=dashed, dir=both, lhead="cluster_g.h"];' in text
    assert '"g.h.c" -> "a" [style=dotted, dir=none, ltail="cluster_g.h"];' in text


@pytest.mark.parametrize("drawing", [view(), HOSTILE_VIEW], ids=["ours", "hostile"])
def test_the_cells_of_draw_io_connect_as_the_edges_do(drawing: View) -> None:
    root = ET.fromstring(drawio(drawing))  # noqa: S314  ours
    cells = {cell.get("id"): cell for cell in root.iter("mxCell")}
    assert len(cells) == len(list(root.iter("mxCell")))
    edges = [cell for cell in cells.values() if cell.get("edge")]
    joined = {(str(cell.get("source")), str(cell.get("target"))) for cell in edges}
    assert joined == {(f"cell:{tail}", f"cell:{head}") for tail, head in edges_of(drawing)}
    assert {end for pair in joined for end in pair} <= set(cells)
    for cell in cells.values():
        assert cell.get("parent") in {None, *cells}
        assert "<script" not in (cell.get("value") or "")


def test_what_is_in_a_cluster_lies_inside_it_in_draw_io() -> None:
    root = ET.fromstring(drawio(view()))  # noqa: S314  ours
    cells = {cell.get("id"): cell for cell in root.iter("mxCell")}
    for cell in cells.values():
        parent = cells.get(cell.get("parent") or "")
        geometry = cell.find("mxGeometry")
        around = parent.find("mxGeometry") if parent is not None else None
        if geometry is None or around is None or cell.get("edge"):
            continue
        x, y, width, height = (float(geometry.get(name, "")) for name in ("x", "y", "width", "height"))
        assert x >= 0
        assert y >= 0
        assert x + width <= float(around.get("width", ""))
        assert y + height <= float(around.get("height", ""))


def test_the_dot_program_draws_the_dot_text() -> None:
    if not shutil.which("dot"):
        pytest.skip("no dot program here")
    done = subprocess.run(["dot", "-Tsvg"], input=dot_text(view()), capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert "Ranker" in done.stdout
