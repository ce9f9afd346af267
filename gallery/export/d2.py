"""A view as D2 text: containers, shapes and connections, with a class for every kind. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archfolio.gallery.export.kinds import ACCENTS, DASHED, LINES, accent_of_node, accents_of, label_of
from archfolio.gallery.export.nested import nested_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archfolio.gallery.manifest import Cluster, Edge, Node, View

_DIRECTIONS = {"TB": "down", "BT": "up", "LR": "right", "RL": "left"}
_ARROWS = {"forward": "->", "back": "<-", "both": "<->", "none": "--"}
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f]")


def d2(view: View) -> str:
    """Write a view for D2. Keys are of our own making, and texts are quoted, so that none of them can end early."""
    paths = _paths(view)

    def box(node: Node) -> str:
        tooltip = f"; tooltip: {_quoted(node.role)}" if node.role else ""
        return f"{_key(paths[node.id])}: {_quoted(label_of(node))} {{class: {accent_of_node(node)}{tooltip}}}"

    def group(cluster: Cluster) -> list[str]:
        return [f"{_key(paths[cluster.id])}: {_quoted(cluster.label)} {{", "  class: group"]

    lines = [
        f"direction: {_DIRECTIONS.get(view.direction, 'down')}",
        f"title: {_quoted(view.title)} {{near: top-center; shape: text; style.font-size: 28}}",
        *_classes(view),
        *nested_lines(view, box, group, "}"),
        *(_edge(edge, paths) for edge in view.edges),
    ]
    return "\n".join(lines) + "\n"


def _paths(view: View) -> dict[str, str]:
    """Return the key of each cluster and node, from the outermost container down."""
    paths: dict[str, str] = {}
    for number, cluster in enumerate(view.clusters, 1):  # an outer one stands before those in it
        outer = f"{paths[cluster.parent]}." if cluster.parent in paths else ""
        paths[cluster.id] = f"{outer}c{number}"
    for number, node in enumerate(view.nodes, 1):
        outer = f"{paths[node.cluster]}." if node.cluster in paths else ""
        paths[node.id] = f"{outer}n{number}"
    return paths


def _key(path: str) -> str:
    return path.rpartition(".")[2]


def _classes(view: View) -> Iterator[str]:
    yield "classes: {"
    for accent in accents_of(view.nodes):
        yield f'  {accent}: {{style: {{stroke: "{ACCENTS[accent]}"; fill: "#ffffff"; border-radius: 8}}}}'
    yield '  group: {style: {stroke: "#dde3ea"; fill: "#f4f6f9"; border-radius: 12}}'
    for kind in dict.fromkeys(edge.kind for edge in view.edges):
        dash = "; stroke-dash: 4" if kind in DASHED else ""
        yield f'  {_kind(kind)}: {{style: {{stroke: "{LINES.get(kind, LINES["plain"])}"{dash}}}}}'
    yield "}"


def _kind(kind: str) -> str:
    return f"edge-{kind if kind in LINES else 'plain'}"


def _edge(edge: Edge, paths: dict[str, str]) -> str:
    arrow = _ARROWS.get(edge.direction, "->")
    label = f" {_quoted(edge.label)}" if edge.label else ""
    ends = f"{paths.get(edge.tail, 'missing')} {arrow} {paths.get(edge.head, 'missing')}"
    return f"{ends}:{label} {{class: {_kind(edge.kind)}}}"


def _quoted(text: str) -> str:
    """Write a text between quotation marks; a dollar would begin a substitution."""
    escaped = _CONTROL.sub(" ", text).replace("\\", "\\\\").replace('"', '\\"').replace("$", "\\$")
    return '"{}"'.format(escaped.replace("\n", "\\n"))
