"""Read what Graphviz drew: boxes, and the corners of every line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from archfolio.render.layout.dot_writer import PANEL_GAP, Against, Candidate, ends, is_against
from archfolio.render.layout.engine import LayoutFailed
from archfolio.render.model.geometry import Box, Point

if TYPE_CHECKING:
    from archfolio.render.model.geometry import Sized

LOOP_REACH = 26.0  # how far a loop stands off its node
LOOP_SPREAD = 12.0  # between a loop's ends and its node's middle


@dataclass(frozen=True, slots=True)
class Drawn:
    """Where Graphviz put the boxes and the lines: y grows downwards; lines run from tail to head in straight pieces."""

    nodes: dict[str, Box]
    clusters: dict[str, Box]
    lines: dict[str, tuple[Point, ...]]


def read(answer: dict[str, Any], sized: Sized, candidate: Candidate) -> Drawn:
    """Turn Graphviz's JSON into boxes and lines.

    Raises `LayoutFailed` if a node, a cluster or an edge is missing: Graphviz loses edges without an error.
    """
    top = _box(answer["bb"], 0.0).y1
    objects = {item["name"]: item for item in answer.get("objects", ())}
    edges = {int(item["id"]): item for item in answer.get("edges", ()) if "id" in item}
    try:
        nodes = {node.id: _placed(objects[f"n{number}"], top) for number, node in enumerate(sized.nodes)}
        clusters = {
            cluster.id: _panel(_box(objects[f"cluster_{number}"]["bb"], top))
            for number, cluster in enumerate(sized.clusters)
        }
        stand_ins = {
            cluster.id: _placed(objects[f"c{number}"], top)
            for number, cluster in enumerate(sized.clusters)
            if f"c{number}" in objects
        }
        pieces = [_corners(edges[number]["pos"], top) for number in range(len(sized.edges))]
    except KeyError as lost:
        message = f"Graphviz lost {lost}"
        raise LayoutFailed(message) from lost
    lines = {}
    turned = candidate.against is Against.REVERSED
    for edge, corners, (tail, head), against in zip(sized.edges, pieces, ends(sized), is_against(sized), strict=True):
        line = corners[::-1] if against and turned else corners
        lines[edge.id] = _loop((nodes | stand_ins)[tail]) if tail == head else line
    return Drawn(nodes, clusters, lines)


def _box(text: str, top: float) -> Box:
    """Read a bounding box and turn it the right way up."""
    x0, y0, x1, y1 = map(float, text.split(","))
    return Box(x0, top - y1, x1, top - y0) if top else Box(x0, y0, x1, y1)


def _panel(box: Box) -> Box:
    """Draw a cluster smaller than Graphviz does, which leaves hardly a gap between two."""
    inset = PANEL_GAP / 2
    return Box(box.x0 + inset, box.y0 + inset, box.x1 - inset, box.y1 - inset)


def _placed(item: dict[str, Any], top: float) -> Box:
    x, y = map(float, item["pos"].split(","))
    half_width, half_height = float(item["width"]) * 36, float(item["height"]) * 36
    return Box(x - half_width, top - y - half_height, x + half_width, top - y + half_height)


def _corners(text: str, top: float) -> tuple[Point, ...]:
    """Read the corners of a line; between two of them Graphviz writes two control points, which lie on the line."""
    points = [tuple(map(float, pair.split(","))) for pair in text.split()]
    return tuple(Point(x, top - y) for x, y in points[::3])


def _loop(box: Box) -> tuple[Point, ...]:
    """Draw a loop at the right border of a node, where Graphviz keeps the room for it."""
    above, below = box.centre.y - LOOP_SPREAD, box.centre.y + LOOP_SPREAD
    out = box.x1 + LOOP_REACH
    return (Point(box.x1, above), Point(out, above), Point(out, below), Point(box.x1, below))
