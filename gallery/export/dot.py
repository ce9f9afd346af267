"""A view as DOT, for whoever goes on with Graphviz: clusters, labels, and edges that end at clusters. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archfolio.gallery.export.kinds import ACCENTS, accent_of_node, label_of, line_colour
from archfolio.gallery.export.nested import nested_lines
from archfolio.gallery.svg.variant import members_of

if TYPE_CHECKING:
    from archfolio.gallery.manifest import Cluster, Edge, Node, View

_STYLES = {"stream": "dashed", "batch": "dashed", "feedback": "dotted", "control": "dotted"}


def dot_text(view: View) -> str:
    """Write a view as a digraph that Graphviz draws."""
    lines = [
        f"digraph {_quoted(view.slug)} {{",
        # With newrank an older dot (2.43) draws edges at clusters too, over which it would die otherwise.
        f"  graph [rankdir={view.direction}, compound=true, newrank=true, label={_quoted(view.title)}, labelloc=t];",
        '  node [shape=box, style="rounded"];',
        *nested_lines(view, _box, _group, "}", depth=1),
        *(f"  {_edge(view, edge)}" for edge in view.edges),
        "}",
    ]
    return "\n".join(lines) + "\n"


def _box(node: Node) -> str:
    tooltip = f", tooltip={_quoted(node.role)}" if node.role else ""
    colour = f", color={_quoted(ACCENTS[accent_of_node(node)])}"
    return f"{_quoted(node.id)} [label={_quoted(label_of(node))}{colour}{tooltip}];"


def _group(cluster: Cluster) -> list[str]:
    return [f"subgraph {_quoted(f'cluster_{cluster.id}')} {{", f"  label={_quoted(cluster.label)};"]


def _edge(view: View, edge: Edge) -> str:
    """Join two boxes; an end at a cluster is one at its first box, cut off at the cluster's border."""
    attributes = [f"label={_quoted(edge.label)}"] if edge.label else []
    attributes.append(f"color={_quoted(line_colour(edge))}")
    if style := _STYLES.get(edge.kind):
        attributes.append(f"style={style}")
    if edge.direction != "forward":
        attributes.append(f"dir={edge.direction}")
    ends = []
    for name, end in (("ltail", edge.tail), ("lhead", edge.head)):
        inside = _first_box(view, end)
        if inside != end:
            attributes.append(f"{name}={_quoted(f'cluster_{end}')}")
        ends.append(_quoted(inside))
    shown = f" [{', '.join(attributes)}]" if attributes else ""
    return f"{' -> '.join(ends)}{shown};"


def _first_box(view: View, end: str) -> str:
    """Return a box that stands for an end of an edge: itself, or the first one inside a cluster."""
    inside = members_of(view, end)
    return next((node.id for node in view.nodes if node.id in inside), end)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\r", "").replace("\n", "\\n").replace("\0", "")
    return f'"{escaped}"'
