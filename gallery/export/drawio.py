"""A view as a file of draw.io, placed as in our drawing, so that it can be edited on. Pure."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from archfolio.gallery.export.kinds import ACCENTS, accent_of_node, label_of, line_colour
from archfolio.gallery.svg.drawn import read_drawn

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from archfolio.gallery.manifest import Edge, View
    from archfolio.gallery.svg.drawn import Drawn

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, section 2.2
_PAGE = "1"  # the cell that everything stands in
_PADDING = 16.0
_TITLE = 28.0  # room for the label of a cluster
_SIZE = (160.0, 56.0)  # of a box that has no place
_GAP = 24.0
_COLUMNS = 5
_FILLS = {"people": "#fff7ed", "serving": "#eff6ff", "data": "#ecfdf5", "model": "#f5f3ff", "operations": "#fef2f2"}
_NODE = "rounded=1;arcSize=12;whiteSpace=wrap;html=1;strokeColor={};fillColor={};"
# An icon in draw.io's style is a data address without its ";base64", for a semicolon ends a value.
_ICON = (
    "shape=label;image=data:image/png,{};imageWidth=36;imageHeight=36;imageAlign=left;imageVerticalAlign=middle;"
    "align=left;spacingLeft=46;"
)
_CLUSTER = (
    "rounded=1;arcSize=4;whiteSpace=wrap;html=1;container=1;collapsible=0;verticalAlign=top;"
    "fillColor=#f4f6f9;strokeColor=#dde3ea;"
)
_EDGE = "html=1;rounded=1;edgeStyle={};strokeColor={};startArrow={};endArrow={};{}"
_END = "{0}X={1:.3f};{0}Y={2:.3f};{0}Dx=0;{0}Dy=0;"  # where on its box an edge ends, from 0 to 1
_DASHES = {
    "stream": "dashed=1;",
    "batch": "dashed=1;",
    "feedback": "dashed=1;dashPattern=1 3;",
    "control": "dashed=1;dashPattern=1 2;",
}
_ARROWS = {
    "forward": ("none", "classic"),
    "back": ("classic", "none"),
    "both": ("classic", "classic"),
    "none": ("none", "none"),
}


@dataclass(frozen=True, slots=True)
class _Frame:
    """A rectangle on the page."""

    x0: float
    y0: float
    x1: float
    y1: float


def drawio(view: View, svg: str = "") -> str:
    """Write a view as draw.io's XML. Texts are HTML there, in which ours is escaped.

    With its SVG, clusters stand where the drawing has them, nodes have their icons, and edges their corners.
    """
    drawn = read_drawn(svg) if svg else None
    frames = _frames(view) | (_drawn_frames(drawn) if drawn else {})
    icons = {name: part.icons[0].png for name, part in drawn.of("node").items() if part.icons} if drawn else {}
    lines = drawn.of("edge") if drawn else {}
    file = ET.Element("mxfile", host="archfolio")
    diagram = ET.SubElement(file, "diagram", id=_id(view.slug), name=_clean(view.title))
    model = ET.SubElement(diagram, "mxGraphModel", grid="1", gridSize="8", page="0")
    root = ET.SubElement(model, "root")
    ET.SubElement(root, "mxCell", id="0")
    ET.SubElement(root, "mxCell", {"parent": "0"}, id=_PAGE)
    for cluster in view.clusters:
        _vertex(root, cluster.id, cluster.label, _CLUSTER, cluster.parent, frames)
    for node in view.nodes:
        style = _NODE.format(ACCENTS[accent_of_node(node)], _FILLS.get(node.accent, "#ffffff"))
        if node.id in icons:
            style += _ICON.format(base64.b64encode(icons[node.id]).decode("ascii"))
        _vertex(root, node.id, label_of(node), style, node.cluster, frames)
    for edge in view.edges:
        corners = lines[edge.id].route if edge.id in lines else ()
        _edge(root, edge, corners, frames)
    ET.indent(file)
    return ET.tostring(file, encoding="unicode") + "\n"


def _vertex(
    root: ET.Element, name: str, label: str, style: str, parent: str | None, frames: Mapping[str, _Frame]
) -> None:
    frame = frames[name]
    origin = frames[parent] if parent else _Frame(0, 0, 0, 0)  # places are relative to the parent
    inside = {"parent": _id(parent) if parent else _PAGE}
    cell = ET.SubElement(root, "mxCell", inside, id=_id(name), value=_html(label), style=style, vertex="1")
    size = {
        "x": f"{frame.x0 - origin.x0:.1f}",
        "y": f"{frame.y0 - origin.y0:.1f}",
        "width": f"{frame.x1 - frame.x0:.1f}",
        "height": f"{frame.y1 - frame.y0:.1f}",
    }
    ET.SubElement(cell, "mxGeometry", {**size, "as": "geometry"})


def _edge(root: ET.Element, edge: Edge, corners: tuple[tuple[float, float], ...], frames: Mapping[str, _Frame]) -> None:
    start, end = _ARROWS.get(edge.direction, _ARROWS["forward"])
    routed = "none" if corners else "orthogonalEdgeStyle"
    style = _EDGE.format(routed, line_colour(edge), start, end, _DASHES.get(edge.kind, ""))
    for name, which, at in (("exit", edge.tail, corners[:1]), ("entry", edge.head, corners[-1:])):
        if at and which in frames:
            style += _END.format(name, *_share(at[0], frames[which]))
    ends = {"parent": _PAGE, "source": _id(edge.tail), "target": _id(edge.head)}
    name = f"edge:{_clean(edge.id)}"
    cell = ET.SubElement(root, "mxCell", ends, id=name, value=_html(edge.label), style=style, edge="1")
    geometry = ET.SubElement(cell, "mxGeometry", {"relative": "1", "as": "geometry"})
    if len(corners) > 2:  # noqa: PLR2004  more than its two ends
        array = ET.SubElement(geometry, "Array", {"as": "points"})
        for x, y in corners[1:-1]:
            ET.SubElement(array, "mxPoint", x=f"{x:.1f}", y=f"{y:.1f}")


def _share(at: tuple[float, float], frame: _Frame) -> tuple[float, float]:
    """Return where a point is on a box, as shares of its width and height from its left top corner."""
    across = (at[0] - frame.x0) / ((frame.x1 - frame.x0) or 1.0)
    down = (at[1] - frame.y0) / ((frame.y1 - frame.y0) or 1.0)
    return min(max(across, 0.0), 1.0), min(max(down, 0.0), 1.0)


def _drawn_frames(drawn: Drawn) -> dict[str, _Frame]:
    """Return where the drawing has its clusters."""
    rects = {name: part.rects[0] for name, part in drawn.of("cluster").items() if part.rects}
    return {name: _Frame(one.x, one.y, one.x + one.width, one.y + one.height) for name, one in rects.items()}


def _frames(view: View) -> dict[str, _Frame]:
    """Place boxes as they are drawn, those without a place in rows below, and clusters around what is in them."""
    frames: dict[str, _Frame] = {}
    loose = [node for node in view.nodes if node.box is None]
    for node in view.nodes:
        if node.box:
            box = node.box
            frames[node.id] = _Frame(box.x, box.y, box.x + box.width, box.y + box.height)
    bottom = max((frame.y1 for frame in frames.values()), default=0.0)
    for place, node in enumerate(loose):
        row, column = divmod(place, _COLUMNS)
        x, y = column * (_SIZE[0] + _GAP), bottom + _GAP + row * (_SIZE[1] + _GAP)
        frames[node.id] = _Frame(x, y, x + _SIZE[0], y + _SIZE[1])
    for cluster in reversed(view.clusters):  # an inner one stands after the one around it
        inside = [frames[node.id] for node in view.nodes if node.cluster == cluster.id]
        inside += [frames[other.id] for other in view.clusters if other.parent == cluster.id and other.id in frames]
        frames[cluster.id] = _around(inside)
    return frames


def _around(inside: Iterable[_Frame]) -> _Frame:
    frames = list(inside) or [_Frame(0, 0, *_SIZE)]
    return _Frame(
        min(frame.x0 for frame in frames) - _PADDING,
        min(frame.y0 for frame in frames) - _PADDING - _TITLE,
        max(frame.x1 for frame in frames) + _PADDING,
        max(frame.y1 for frame in frames) + _PADDING,
    )


def _html(text: str) -> str:
    return escape(_clean(text)).replace("\n", "<br>")


def _id(name: str) -> str:
    return f"cell:{_clean(name)}"  # 0 and 1 are draw.io's own


def _clean(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
