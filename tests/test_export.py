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
from note_project import run

from archfolio.gallery.export.dot import dot_text
from archfolio.gallery.export.drawio import _FILLS, drawio
from archfolio.gallery.manifest import Box, Edge, Node, View
from archfolio.render.model.graph import Accent

HOSTILE_VIEW = msgspec.structs.replace(
    view(),
    title=HOSTILE,
    nodes=[Node(id=f'n{number}"\\', name=HOSTILE + "\x00\x1b\ufffe", component="x") for number in range(3)],
    clusters=[],
    edges=[Edge(id="e", tail='n0"\\', head='n1"\\', label=HOSTILE)],
)


def edges_of(drawing: View) -> set[tuple[str, str]]:
    return {(edge.tail, edge.head) for edge in drawing.edges}


def test_every_category_has_a_colour_in_draw_io():
    assert set(_FILLS) == {accent.value for accent in Accent} - {"none"}


@pytest.mark.parametrize("kind", ["mermaid", "dot", "json", "drawio"])
def test_every_format_is_printed(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_build(tmp_path / "site", built())
    printed = run("export", "shop/serving", "--format", kind)
    assert printed.code == 0
    assert printed.err == ""
    assert "Ranker" in printed.out


def test_a_file_that_is_named_where_a_build_is_to_be_leads_to_the_option_for_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_build(tmp_path / "site", built())
    refused = run("export", "shop", "--format", "drawio", "-o", "shop.drawio")
    assert refused.code == 2
    assert "'shop.drawio' is no folder of a build: name the file that is to be written with --to" in refused.err


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
    assert '"g.b" -> "g.h.c" [color="#0f766e", style=dashed, dir=both, lhead="cluster_g.h"];' in text
    assert '"g.h.c" -> "a" [color="#b45309", style=dotted, dir=none, ltail="cluster_g.h"];' in text


@pytest.mark.parametrize("drawing", [view(), HOSTILE_VIEW], ids=["ours", "hostile"])
def test_the_cells_of_draw_io_connect_as_the_edges_do(drawing: View) -> None:
    root = ET.fromstring(drawio(drawing))
    cells = {cell.get("id"): cell for cell in root.iter("mxCell")}
    assert len(cells) == len(list(root.iter("mxCell")))
    edges = [cell for cell in cells.values() if cell.get("edge")]
    joined = {(str(cell.get("source")), str(cell.get("target"))) for cell in edges}
    assert joined == {(f"cell:{tail}", f"cell:{head}") for tail, head in edges_of(drawing)}
    assert {end for pair in joined for end in pair} <= set(cells)
    for cell in cells.values():
        assert cell.get("parent") in {None, *cells}
        assert "<script" not in (cell.get("value") or "")


def styles_of_edges(**changes: str) -> list[dict[str, str]]:
    """Return the styles of the edges of a drawing whose first edge is as asked for."""
    drawing = view()
    first = msgspec.structs.replace(drawing.edges[0], **changes)
    root = ET.fromstring(drawio(msgspec.structs.replace(drawing, edges=[first])))
    cells = [cell for cell in root.iter("mxCell") if cell.get("edge")]
    return [dict(part.partition("=")[::2] for part in (cell.get("style") or "").split(";")) for cell in cells]


@pytest.mark.parametrize(
    ("direction", "start", "end"),
    [
        ("forward", "none", "classic"),
        ("back", "classic", "none"),
        ("both", "classic", "classic"),
        ("none", "none", "none"),
    ],
)
def test_arrows_point_in_draw_io_as_they_do_here(direction: str, start: str, end: str) -> None:
    [style] = styles_of_edges(direction=direction)
    assert (style["startArrow"], style["endArrow"]) == (start, end)


@pytest.mark.parametrize(
    ("kind", "pattern"),
    [("plain", None), ("request", None), ("stream", "1"), ("batch", "1"), ("feedback", "1 3"), ("control", "1 2")],
)
def test_kinds_of_edges_are_told_apart_in_draw_io(kind: str, pattern: str | None) -> None:
    [style] = styles_of_edges(kind=kind)
    assert style.get("dashPattern", style.get("dashed")) == pattern


def test_boxes_have_their_places_and_colours_in_draw_io() -> None:
    box = Box(x=10, y=20, width=100, height=50)
    nodes = [
        Node(id="a", name="A", detail="b", component="x", accent="model", box=box),
        Node(id="b", name="B", component="x"),
    ]
    drawing = msgspec.structs.replace(view(), nodes=nodes, clusters=[], edges=[])
    root = ET.fromstring(drawio(drawing))
    first, second = [cell for cell in root.iter("mxCell") if cell.get("vertex")]
    places = [[(cell.find("mxGeometry").get(key)) for key in ("x", "y", "width", "height")] for cell in (first, second)]
    assert places == [["10.0", "20.0", "100.0", "50.0"], ["0.0", "94.0", "160.0", "56.0"]]  # the other one below it
    assert [cell.get("value") for cell in (first, second)] == ["A<br>b", "B"]
    assert "fillColor=#f5f3ff;" in first.get("style")
    assert "fillColor=#ffffff;" in second.get("style")


def test_what_is_in_a_cluster_lies_inside_it_in_draw_io() -> None:
    root = ET.fromstring(drawio(view()))
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
