"""A view as a file of draw.io, placed as in our drawing, so that it can be edited on. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from archfolio.gallery.manifest import Edge, Node, View

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, section 2.2
_PAGE = "1"  # the cell that everything stands in
_PADDING = 16.0
_TITLE = 28.0  # room for the label of a cluster
_SIZE = (160.0, 56.0)  # of a box that has no place
_GAP = 24.0
_COLUMNS = 5
_FILLS = {"people": "#fff7ed", "serving": "#eff6ff", "data": "#ecfdf5", "model": "#f5f3ff", "control": "#fef2f2"}
_NODE = "rounded=1;arcSize=12;whiteSpace=wrap;html=1;strokeColor=#8894a3;fillColor={};"
_CLUSTER = (
    "rounded=1;arcSize=4;whiteSpace=wrap;html=1;container=1;collapsible=0;verticalAlign=top;"
    "fillColor=#f4f6f9;strokeColor=#dde3ea;"
)
_EDGE = "html=1;rounded=1;edgeStyle=orthogonalEdgeStyle;strokeColor=#546274;startArrow={};endArrow={};{}"
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


def drawio(view: View) -> str:
    """Write a view as draw.io's XML. Texts are HTML there, in which ours is escaped."""
    frames = _frames(view)
    file = ET.Element("mxfile", host="archfolio")
    diagram = ET.SubElement(file, "diagram", id=_id(view.slug), name=_clean(view.title))
    model = ET.SubElement(diagram, "mxGraphModel", grid="1", gridSize="8", page="0")
    root = ET.SubElement(model, "root")
    ET.SubElement(root, "mxCell", id="0")
    ET.SubElement(root, "mxCell", {"parent": "0"}, id=_PAGE)
    for cluster in view.clusters:
        _vertex(root, cluster.id, cluster.label, _CLUSTER, cluster.parent, frames)
    for node in view.nodes:
        _vertex(root, node.id, _label(node), _NODE.format(_FILLS.get(node.accent, "#ffffff")), node.cluster, frames)
    for edge in view.edges:
        _edge(root, edge)
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


def _edge(root: ET.Element, edge: Edge) -> None:
    start, end = _ARROWS.get(edge.direction, _ARROWS["forward"])
    style = _EDGE.format(start, end, _DASHES.get(edge.kind, ""))
    ends = {"parent": _PAGE, "source": _id(edge.tail), "target": _id(edge.head)}
    name = f"edge:{_clean(edge.id)}"
    cell = ET.SubElement(root, "mxCell", ends, id=name, value=_html(edge.label), style=style, edge="1")
    ET.SubElement(cell, "mxGeometry", {"relative": "1", "as": "geometry"})


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


def _label(node: Node) -> str:
    return f"{node.name}\n{node.detail}" if node.detail else node.name


def _html(text: str) -> str:
    return escape(_clean(text)).replace("\n", "<br>")


def _id(name: str) -> str:
    return f"cell:{_clean(name)}"  # 0 and 1 are draw.io's own


def _clean(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
