"""How a graph is dressed by a project's own look.

What has to be measured (fonts, widths of cards) and how edges of a kind are drawn is said in the graph, as attributes
where its author has set none: the stages after it need no other word. Colours are exchanged by name in the finished
scene, the legend has words of its own.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from archfolio.render.model import style
from archfolio.render.model.conventions import Look
from archfolio.render.model.graph import LIKE, Accent, Graph, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archfolio.render.model.graph import Attrs, Edge, Node
    from archfolio.render.model.style import Colour

CARD_RADIUS, CARD_WIDTH = "archfolio_radius", "archfolio_width"
"""Attributes of nodes: the radius of a card's corners, and the px from which on its name is broken into two lines."""


def dress(graph: Graph, look: Look) -> Graph:
    """Return a graph with everything that a look says, where its author says nothing."""
    if look == Look():
        return graph
    font = {"fontname": look.family} if look.family else {}
    sizes = {CARD_RADIUS: look.radius, CARD_WIDTH: look.card_width}
    of_nodes = {key: f"{value:g}" for key, value in sizes.items() if value is not None}
    return replace(
        graph,
        nodes=tuple(_node(node, look, {**font, **of_nodes}) for node in graph.nodes),
        clusters=tuple(replace(one, attrs=_with(one.attrs, font)) for one in graph.clusters),
        edges=tuple(_edge(edge, look, font) for edge in graph.edges),
        attrs=_with(graph.attrs, font),
    )


def _with(attrs: Attrs, more: dict[str, str]) -> Attrs:
    return tuple(sorted({**more, **dict(attrs)}.items()))


def _node(node: Node, look: Look, more: dict[str, str]) -> Node:
    found = [(len(start), part.name) for part in look.parts for start in part.components if _is_below(node, start)]
    accent: str = max(found)[1] if found else node.accent
    known = {one.value: one for one in Accent}
    return replace(node, accent=known.get(accent, accent), attrs=_with(node.attrs, more))


def _is_below(node: Node, start: str) -> bool:
    return f"{node.component}.".lower().startswith(f"{start.strip('.')}.".lower())


def _edge(edge: Edge, look: Look, more: dict[str, str]) -> Edge:
    kinds = {one.name: one for one in look.kinds}
    attrs = dict(edge.attrs)
    chosen = kinds.get(edge.kind) or kinds.get(attrs.get("class", ""))
    if chosen is None:
        return replace(edge, attrs=_with(edge.attrs, more))
    known = {one.value: one for one in Kind}
    own = {key: value for key, value in attrs.items() if key != "class" or value != chosen.name}
    like = {} if chosen.name in known else {LIKE: chosen.like or Kind.PLAIN.value}
    return replace(
        edge,
        kind=known.get(chosen.name, chosen.name),
        attrs=_with(tuple(own.items()), {**more, **like, **dict(chosen.attrs)}),
    )


def part_colour(name: str) -> Colour:
    """Return the colour of a part; that of one of the project's own is exchanged by its name."""
    ours = {accent.value: colour for accent, colour in style.ACCENTS.items()}
    plain = style.ACCENTS[Accent.NONE]
    return ours.get(name) or style.Colour(name, plain.light, plain.dark)


def unknown_parts(graph: Graph, look: Look) -> Iterator[Node]:
    """Yield the nodes of a part that neither we nor the project have a name for."""
    known = {*Accent, *(part.name for part in look.parts)}
    yield from (node for node in graph.nodes if node.accent not in known)
