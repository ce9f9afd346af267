"""A view as Mermaid text: the same boxes and arrows for whoever reads or edits text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archfolio.gallery.export.kinds import ACCENTS, LINES, accent_of_node, accents_of, label_of, line_colour
from archfolio.gallery.export.nested import nested_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archfolio.gallery.manifest import Edge, View

_ARROWS = {"stream": "-.->", "batch": "-.->", "feedback": "-.->"}
_OPEN = {"-->": "---", "-.->": "-.-"}
_SPECIAL = str.maketrans({char: f"#{ord(char)};" for char in '"<>&#`\\[](){}|'} | {"\n": "<br>", "\r": "", "\0": ""})


def mermaid(view: View) -> str:
    """Write a view as a Mermaid flowchart. Texts are escaped, so that none of them can end its box."""
    nodes = {node.id: f"n{number}" for number, node in enumerate(view.nodes, 1)}
    clusters = {cluster.id: f"c{number}" for number, cluster in enumerate(view.clusters, 1)}
    lines = [f"flowchart {view.direction}"]
    lines += nested_lines(
        view,
        lambda node: f'{nodes[node.id]}["{_text(label_of(node))}"]',
        lambda cluster: [f'subgraph {clusters[cluster.id]}["{_text(cluster.label)}"]'],
        "end",
        depth=1,
    )
    lines += [_edge(edge, nodes | clusters) for edge in view.edges]
    lines += _classes(view, nodes)
    lines += _link_styles(view)
    return "\n".join(lines) + "\n"


def _classes(view: View, nodes: dict[str, str]) -> Iterator[str]:
    """Give the nodes of each part of a system a class; only borders are coloured, so that either theme can be read."""
    for accent in accents_of(view.nodes):
        members = ",".join(nodes[node.id] for node in view.nodes if accent_of_node(node) == accent)
        yield f"  classDef {accent} stroke:{ACCENTS[accent]},stroke-width:2px"
        yield f"  class {members} {accent}"


def _link_styles(view: View) -> Iterator[str]:
    """Colour the links of each kind; Mermaid knows them by their place."""
    for kind, colour in LINES.items():
        places = [str(place) for place, edge in enumerate(view.edges) if line_colour(edge) == colour]
        if kind != "plain" and places:
            yield f"  linkStyle {','.join(places)} stroke:{colour}"


def _edge(edge: Edge, names: dict[str, str]) -> str:
    arrow = _ARROWS.get(edge.kind, "-->")
    tail, head = names.get(edge.tail, "missing"), names.get(edge.head, "missing")
    match edge.direction:
        case "none":
            arrow = _OPEN[arrow]
        case "both":
            arrow = f"<{arrow}"
        case "back":
            tail, head = head, tail
    label = f'|"{_text(edge.label)}"|' if edge.label else ""
    return f"  {tail} {arrow}{label} {head}"


def _text(text: str) -> str:
    return text.translate(_SPECIAL) or " "
