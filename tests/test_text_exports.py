"""Drawings as the files of other tools: what they say, that nothing an author writes ends early, where things stand."""

import json
import re
from xml.etree import ElementTree as ET

import pytest
from msgspec import structs
from note_builds import HOSTILE, view
from placed_view import placed

from archfolio.gallery.export.d2 import d2
from archfolio.gallery.export.dot import dot_text
from archfolio.gallery.export.drawio import drawio
from archfolio.gallery.export.excalidraw import excalidraw
from archfolio.gallery.export.kinds import ACCENTS, DASHED, LINES
from archfolio.gallery.export.mermaid import mermaid
from archfolio.gallery.export.plantuml import plantuml
from archfolio.gallery.export.snippets import mermaid_block
from archfolio.gallery.manifest import View
from archfolio.gallery.svg.drawn import read_drawn
from archfolio.render.model import style

TEXTS = [d2, plantuml, mermaid, dot_text]


@pytest.fixture(scope="module")
def shop():
    return placed()


def hostile() -> View:
    """A view in which every text is hostile."""
    shown = view(caption=HOSTILE, alt=HOSTILE)
    nodes = [structs.replace(node, name=HOSTILE, detail=HOSTILE, role=HOSTILE) for node in shown.nodes]
    edges = [structs.replace(edge, label=HOSTILE) for edge in shown.edges]
    clusters = [structs.replace(cluster, label=HOSTILE) for cluster in shown.clusters]
    return structs.replace(shown, title=HOSTILE, nodes=nodes, edges=edges, clusters=clusters)


@pytest.mark.parametrize("write", TEXTS, ids=lambda write: write.__name__)
def test_the_same_view_is_the_same_text_and_ends_with_a_line_end(write) -> None:
    assert write(view()) == write(view())
    assert write(view()).endswith("\n")


@pytest.mark.parametrize("write", TEXTS, ids=lambda write: write.__name__)
def test_hostile_texts_end_nothing(write) -> None:
    plain, other = write(view()).splitlines(), write(hostile()).splitlines()
    assert len(plain) == len(other)
    assert [line[:3] for line in plain] == [line[:3] for line in other]


def test_d2_nests_groups_and_gives_each_kind_a_class() -> None:
    text = d2(view())
    assert 'c1: "Group" {' in text
    assert '  c2: "Inner" {' in text
    assert 'n1 -> c1.n2: "ask\\nnow" {class: edge-request}' in text
    assert "c1.n2 <-> c1.c2: {class: edge-stream}" in text
    assert "c1.c2 -- n1: {class: edge-feedback}" in text
    assert f'edge-stream: {{style: {{stroke: "{LINES["stream"]}"; stroke-dash: 4}}}}' in text


def test_plantuml_nests_packages_and_draws_arrows_in_their_colours() -> None:
    text = plantuml(view())
    assert text.startswith("@startuml\n")
    assert text.endswith("@enduml\n")
    assert 'package "Group" as c1 {' in text
    assert f"n1 -[{LINES['request']}]-> n2 : ask\\nnow" in text
    assert f"n2 <-[{LINES['stream']},dashed]-> c2" in text
    assert 'rectangle "Log <U+0022>1<U+0022>\\nkept" as n3 <<none>>' in text
    assert "left to right direction" in plantuml(structs.replace(view(), direction="LR"))


def test_mermaid_has_a_class_for_each_part_and_a_style_for_each_kind() -> None:
    text = mermaid(view())
    assert f"  classDef people stroke:{ACCENTS['people']},stroke-width:2px\n  class n1 people\n" in text
    assert f"  linkStyle 0 stroke:{LINES['request']}\n" in text


def test_older_graphviz_is_told_how_to_rank_groups() -> None:
    assert "newrank=true" in dot_text(view())


def test_colours_are_those_of_the_drawings() -> None:
    ours = {accent.value: colour.light for accent, colour in style.ACCENTS.items()}
    assert ACCENTS | {"none": ours["none"]} == ours
    assert {kind.value: look.line.light for kind, look in style.EDGES.items()} == LINES
    assert {kind.value for kind, look in style.EDGES.items() if look.dashes} == DASHED


def test_draw_io_has_icons_and_the_corners_of_our_lines(shop) -> None:
    _, shown, svg = shop
    root = ET.fromstring(drawio(shown, svg))
    cells = {cell.get("id"): cell for cell in root.iter("mxCell")}
    drawn = read_drawn(svg)
    for node in shown.nodes:
        assert "image=data:image/png,iVBOR" in (cells[f"cell:{node.id}"].get("style") or "")
    for edge in shown.edges:
        cell = cells[f"edge:{edge.id}"]
        points = [(float(p.get("x", "0")), float(p.get("y", "0"))) for p in cell.iter("mxPoint")]
        assert points == list(drawn.of("edge")[edge.id].route[1:-1])
        assert "exitX=" in (cell.get("style") or "")
    panel = cells["cell:online"].find("mxGeometry")
    assert panel is not None
    assert float(panel.get("width", "0")) == drawn.of("cluster")["online"].rects[0].width


def test_draw_io_without_a_drawing_routes_its_lines_itself() -> None:
    text = drawio(view())
    assert "edgeStyle=orthogonalEdgeStyle" in text
    assert "mxPoint" not in text


ALWAYS = {
    *("id", "type", "x", "y", "width", "height", "angle", "strokeColor", "backgroundColor", "fillStyle", "strokeWidth"),
    *("strokeStyle", "roughness", "opacity", "groupIds", "frameId", "roundness", "seed", "version", "versionNonce"),
    *("isDeleted", "boundElements", "updated", "link", "locked"),
}
MORE = {
    "text": {
        "text",
        "originalText",
        "fontSize",
        "fontFamily",
        "textAlign",
        "verticalAlign",
        "containerId",
        "lineHeight",
    },
    "arrow": {"points", "startBinding", "endBinding", "startArrowhead", "endArrowhead"},
    "image": {"fileId", "status", "scale"},
    "rectangle": set(),
}


def test_excalidraw_elements_have_what_its_format_asks_for(shop) -> None:
    _, shown, svg = shop
    scene = json.loads(excalidraw(shown, svg))
    assert (scene["type"], scene["version"]) == ("excalidraw", 2)
    assert len({one["id"] for one in scene["elements"]}) == len(scene["elements"])
    for one in scene["elements"]:
        assert one.keys() >= ALWAYS | MORE[one["type"]]
        assert all(isinstance(one["groupIds"], list) and isinstance(name, str) for name in one["groupIds"])
    images = [one for one in scene["elements"] if one["type"] == "image"]
    assert {one["fileId"] for one in images} == scene["files"].keys()
    assert excalidraw(shown, svg) == excalidraw(shown, svg)


def test_excalidraw_arrows_are_tied_to_boxes_that_know_them(shop) -> None:
    _, shown, svg = shop
    by_id = {one["id"]: one for one in json.loads(excalidraw(shown, svg))["elements"]}
    arrows = [one for one in by_id.values() if one["type"] == "arrow"]
    assert len(arrows) == len(shown.edges)
    ends = {f"arrow:{edge.id}": (f"rectangle:{edge.tail}", f"rectangle:{edge.head}") for edge in shown.edges}
    for arrow in arrows:
        assert arrow["points"][0] == [0, 0]
        assert (arrow["startBinding"]["elementId"], arrow["endBinding"]["elementId"]) == ends[arrow["id"]]
        for end in ("startBinding", "endBinding"):
            box = by_id[arrow[end]["elementId"]]
            assert {"id": arrow["id"], "type": "arrow"} in box["boundElements"]


def test_an_edge_runs_from_box_to_box(shop) -> None:
    """The ends of a route lie on the borders of what it joins, arrow heads included."""
    _, shown, svg = shop
    drawn = read_drawn(svg)
    boxes = {name: part.rects[0] for kind in ("cluster", "node") for name, part in drawn.of(kind).items()}
    for edge in shown.edges:
        route = drawn.of("edge")[edge.id].route
        for (x, y), end in ((route[0], edge.tail), (route[-1], edge.head)):
            box = boxes[end]
            assert box.x - 2 <= x <= box.x + box.width + 2
            assert box.y - 2 <= y <= box.y + box.height + 2


def test_mermaid_is_written_as_each_note_wants_it() -> None:
    text = mermaid(view())
    assert mermaid_block(view(), "github") == f"```mermaid\n{text}```"
    assert mermaid_block(view(), "myst") == f"```{{mermaid}}\n{text}```"
    assert mermaid_block(view(), "quarto") == f"```{{mermaid}}\n{text}```"
    assert mermaid_block(view(), "sphinx").startswith(".. mermaid::\n\n   flowchart TB\n")
    assert mermaid_block(view(), "org") == f"#+begin_src mermaid\n{text}#+end_src"
    assert re.match(r'<pre class="mermaid">\nflowchart TB\n', mermaid_block(view(), "html"))
