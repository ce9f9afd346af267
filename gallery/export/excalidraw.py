"""A view as an Excalidraw scene, placed as in our drawing: boxes, icons, words, and arrows tied to the boxes."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import TYPE_CHECKING, Any

from archfolio.gallery.export.kinds import ACCENTS, DASHED, accent_of_node, line_colour
from archfolio.gallery.svg.drawn import read_drawn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archfolio.gallery.manifest import Edge, View
    from archfolio.gallery.svg.drawn import Drawn, DrawnPart, DrawnText

_INK = "#1e1e1e"
_FONT = 2  # Excalidraw's plain face; 1 is written by hand
_LINE_HEIGHT = 1.25
_LETTER = 0.55  # width of a letter in its size, on average
_ROUND = {"type": 3}  # corners of a fixed radius
_HEADS = {
    "forward": (None, "triangle"),
    "back": ("triangle", None),
    "both": ("triangle", "triangle"),
    "none": (None, None),
}


def excalidraw(view: View, svg: str) -> str:
    """Write a view as the JSON of an Excalidraw file."""
    drawn = read_drawn(svg)
    files: dict[str, dict[str, Any]] = {}
    elements = [*_clusters(view, drawn), *_nodes(view, drawn, files), *_edges(view, drawn)]
    ties: dict[str, list[dict[str, str]]] = {}
    for one in elements:
        for end in ("startBinding", "endBinding"):
            if one.get(end):
                ties.setdefault(one[end]["elementId"], []).append({"id": one["id"], "type": "arrow"})
    for one in elements:
        one["boundElements"] = [*(one["boundElements"] or ()), *ties.get(one["id"], ())] or None
    scene = {
        "type": "excalidraw",
        "version": 2,
        "source": "archfolio",
        "elements": elements,
        "appState": {"gridSize": None, "viewBackgroundColor": "#ffffff"},
        "files": files,
    }
    return json.dumps(scene, indent=1, ensure_ascii=False) + "\n"


def _element(kind: str, name: str, box: tuple[float, float, float, float], **more: Any) -> dict[str, Any]:
    """Return an element with all that Excalidraw asks of one; its seeds are made of its name."""
    seed = int(hashlib.sha256(f"{kind} {name}".encode()).hexdigest()[:7], 16)
    x, y, width, height = (round(length, 1) for length in box)
    return {
        "id": f"{kind}:{name}",
        "type": kind,
        "x": x,
        "y": y,
        "width": width,
        "height": height,
        "angle": 0,
        "strokeColor": _INK,
        "backgroundColor": "transparent",
        "fillStyle": "solid",
        "strokeWidth": 1,
        "strokeStyle": "solid",
        "roughness": 0,
        "opacity": 100,
        "groupIds": [],
        "frameId": None,
        "roundness": None,
        "seed": seed,
        "version": 1,
        "versionNonce": seed,
        "isDeleted": False,
        "boundElements": None,
        "updated": 1,
        "link": None,
        "locked": False,
        **more,
    }


def _words(name: str, texts: tuple[DrawnText, ...], **more: Any) -> Iterator[dict[str, Any]]:
    """Yield a text element for each line, where our drawing has it."""
    for number, text in enumerate(texts):
        width = len(text.text) * text.size * _LETTER + 2
        left = text.x - {"start": 0.0, "middle": width / 2, "end": width}[text.anchor]
        box = left, text.y - text.size, width, text.size * _LINE_HEIGHT
        align = {"start": "left", "middle": "center", "end": "right"}[text.anchor]
        yield _element(
            "text",
            f"{name}:{number}",
            box,
            strokeColor=text.colour,
            text=text.text,
            originalText=text.text,
            fontSize=text.size,
            fontFamily=_FONT,
            textAlign=align,
            verticalAlign="top",
            baseline=round(text.size),
            containerId=None,
            lineHeight=_LINE_HEIGHT,
            autoResize=True,
            **more,
        )


def _clusters(view: View, drawn: Drawn) -> Iterator[dict[str, Any]]:
    parts = drawn.of("cluster")
    for cluster in view.clusters:
        for rect in parts[cluster.id].rects[:1] if cluster.id in parts else ():
            look = {"strokeColor": "#dde3ea", "backgroundColor": rect.ink.fill or "transparent", "roundness": _ROUND}
            yield _element("rectangle", cluster.id, (rect.x, rect.y, rect.width, rect.height), **look)
            yield from _words(cluster.id, parts[cluster.id].texts)


def _nodes(view: View, drawn: Drawn, files: dict[str, dict[str, Any]]) -> Iterator[dict[str, Any]]:
    parts = drawn.of("node")
    for node in view.nodes:
        part = parts.get(node.id)
        box = _box(part) if part else (0.0, 0.0, 160.0, 56.0)
        together = {"groupIds": [f"group:{node.id}"]}
        look = {"strokeColor": ACCENTS[accent_of_node(node)], "backgroundColor": "#ffffff", "roundness": _ROUND}
        yield _element("rectangle", node.id, box, **together, **look)
        for icon in part.icons if part else ():
            file = hashlib.sha1(icon.png, usedforsecurity=False).hexdigest()
            url = f"data:image/png;base64,{base64.b64encode(icon.png).decode('ascii')}"
            files[file] = {"mimeType": "image/png", "id": file, "dataURL": url, "created": 1}
            place = icon.x, icon.y, icon.width, icon.height
            more = {"fileId": file, "status": "saved", "scale": [1, 1], "strokeColor": "transparent"}
            yield _element("image", node.id, place, **together, **more)
        yield from _words(node.id, part.texts if part else (), **together)


def _box(part: DrawnPart) -> tuple[float, float, float, float]:
    """Return the frame of a node: its card, or what its other shapes take."""
    if part.rects:
        rect = max(part.rects, key=lambda one: one.width * one.height)
        return rect.x, rect.y, rect.width, rect.height
    points = [point for line in part.lines for point in line.points] or [(0.0, 0.0), (160.0, 56.0)]
    left, top = min(x for x, _ in points), min(y for _, y in points)
    return left, top, max(x for x, _ in points) - left, max(y for _, y in points) - top


def _edges(view: View, drawn: Drawn) -> Iterator[dict[str, Any]]:
    lines, labels = drawn.of("edge"), drawn.of("label")
    known = {node.id for node in view.nodes} | {cluster.id for cluster in view.clusters}
    for edge in view.edges:
        part = lines.get(edge.id)
        if part is None or not part.lines:
            continue
        yield _arrow(edge, part, known)
        if edge.id in labels:
            yield from _label(edge.id, labels[edge.id])


def _label(name: str, part: DrawnPart) -> Iterator[dict[str, Any]]:
    """Yield the words of an edge on the ground that hides its line."""
    together = {"groupIds": [f"label:{name}"]}
    for number, rect in enumerate(part.rects):
        look = {"strokeColor": "transparent", "backgroundColor": rect.ink.fill or "transparent"}
        place = rect.x, rect.y, rect.width, rect.height
        yield _element("rectangle", f"label:{name}:{number}", place, **together, **look)
    yield from _words(name, part.texts, **together)


def _arrow(edge: Edge, part: DrawnPart, known: set[str]) -> dict[str, Any]:
    corners = part.route
    x0, y0 = corners[0]
    points = [[round(x - x0, 1), round(y - y0, 1)] for x, y in corners]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    start, end = _HEADS.get(edge.direction, _HEADS["forward"])
    return _element(
        "arrow",
        edge.id,
        (x0, y0, max(xs) - min(xs), max(ys) - min(ys)),
        strokeColor=line_colour(edge),
        strokeWidth=2,
        strokeStyle="dashed" if edge.kind in DASHED else "solid",
        points=points,
        lastCommittedPoint=None,
        startBinding=_tie(edge.tail) if edge.tail in known else None,
        endBinding=_tie(edge.head) if edge.head in known else None,
        startArrowhead=start,
        endArrowhead=end,
        elbowed=False,
    )


def _tie(end: str) -> dict[str, Any]:
    return {"elementId": f"rectangle:{end}", "focus": 0, "gap": 1}
