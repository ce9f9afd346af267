"""How kinds of edges and parts of a system look in what other tools draw: as in our drawings on white."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archfolio.gallery.manifest import Edge, Node

ACCENTS = {
    "people": "#64748b",
    "serving": "#2563eb",
    "data": "#0d9488",
    "model": "#7c3aed",
    "operations": "#c66a05",
    "none": "#8894a3",  # a border that is seen on white
}
LINES = {
    "request": "#334155",
    "response": "#1d4ed8",
    "stream": "#0f766e",
    "batch": "#64748b",
    "control": "#7c3aed",
    "feedback": "#b45309",
    "plain": "#475569",
}
DASHED = frozenset({"stream", "batch", "feedback", "control"})


def accents_of(nodes: Iterable[Node]) -> list[str]:
    """Return the parts of a system that nodes belong to, in a fixed order; one that is not known is none."""
    used = {accent_of_node(node) for node in nodes}
    return [name for name in ACCENTS if name in used]


def accent_of_node(node: Node) -> str:
    """Return the part of a system that a node belongs to."""
    return node.accent if node.accent in ACCENTS else "none"


def line_colour(edge: Edge) -> str:
    """Return the colour of an edge's line."""
    return LINES.get(edge.kind, LINES["plain"])


def label_of(node: Node) -> str:
    """Return the label of a node, its detail on a second line."""
    return f"{node.name}\n{node.detail}" if node.detail else node.name
