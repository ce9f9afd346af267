"""Compute the size of every part of a graph: from `Graph` to `Sized`."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from archfolio.render.layout.cluster_ends import from_stand_ins, with_inner_ends
from archfolio.render.layout.limits import too_much
from archfolio.render.layout.loops import extent
from archfolio.render.model import style
from archfolio.render.model.card import card, is_blank
from archfolio.render.model.cluster_style import title_lines
from archfolio.render.model.edge_style import edge_style, has_head, is_invisible, label_lines, shaped
from archfolio.render.model.geometry import LabelShape, Size, Sized, SizedCluster, SizedEdge, SizedNode
from archfolio.render.model.label import plain_label
from archfolio.render.model.rich_text import broken, run
from archfolio.render.model.spacing import spacing

if TYPE_CHECKING:
    from archfolio.render.model.graph import Cluster, Edge, Graph, Node

_WORD = re.compile("[^ \\t\\r\\n]+")  # the narrow space between a figure and its unit is no place to break
_LONGEST_SPAN = 9  # ranks that one edge may reach over
_MANY_LINES = 20  # that can end at a card; it grows with every further one
_A_LINE = 8.0  # px by which it does so
_LEAST_GROWN = 24.0  # px that a card is high at least, or it is a mere point
_LONGEST_LABEL = 60  # characters of an edge label's line; more is wrapped


def _label_shapes(edge: Edge) -> tuple[LabelShape, ...]:
    """List the ways to break an edge label: as given, on one line, and in two at each of its spaces."""
    given = tuple(" ".join(_WORD.findall(line.text)) for line in label_lines(edge))
    if not given:
        return ()
    base = edge_style(edge).label
    measure = _LONGEST_LABEL * base.size / 2
    wrapped = given
    if any(run(line, base).width > measure for line in given):
        wrapped = tuple(line.text for line in broken(plain_label("\n".join(given)), base, measure))
    words = _WORD.findall(" ".join(given))
    ways = [wrapped]
    if wrapped == given:
        ways.append((" ".join(words),))
        ways.extend((" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(1, len(words)))
    return tuple(_shape(edge, lines) for lines in dict.fromkeys(ways))


def _shape(edge: Edge, texts: tuple[str, ...]) -> LabelShape:
    lines = shaped(edge, texts)
    widths = tuple(line.width for line in lines)
    pad_x, pad_y = style.LABEL_PADDING
    height = len(texts) * edge_style(edge).label.size * style.LINE_HEIGHT
    return LabelShape(texts, widths, Size(max(widths) + 2 * pad_x, height + 2 * pad_y))


def _sized_node(node: Node) -> SizedNode:
    return SizedNode(node.id, card(node).size, node.cluster)


def _sized_cluster(cluster: Cluster) -> SizedCluster:
    lines = title_lines(cluster)
    height = sum(line.height for line in lines)
    return SizedCluster(cluster.id, Size(max((line.width for line in lines), default=0.0), height), cluster.parent)


def _sized_edge(edge: Edge) -> SizedEdge:
    return SizedEdge(edge.id, edge.tail, edge.head, _label_shapes(edge), has_head(edge), _span(edge))


def _span(edge: Edge) -> int:
    """Read over how many ranks an author lets an edge reach: Graphviz's `minlen` and `constraint`."""
    if not edge.constraint:
        return 0
    return min(edge.minlen, _LONGEST_SPAN) or -1


def _wishes(graph: Graph) -> tuple[tuple[str, str, str], ...]:
    """List where nodes are to stand, two at a time: by the functions for it, and by Graphviz's `rank=same`."""
    told = [(wish.kind, *wish.nodes) for wish in graph.wishes if len(wish.nodes) == 2]  # noqa: PLR2004  both are there
    shared = "same_row" if graph.rankdir in {"TB", "BT"} else "same_column"
    told += [(shared, one, other) for rank in graph.same_rank for one, other in pairwise(rank)]
    known = {node.id for node in graph.nodes}
    return tuple(dict.fromkeys(wish for wish in told if known.issuperset(wish[1:])))


def _grown(sized: Sized) -> Sized:
    """Make cards larger that have more lines, or loops, than there is room for."""
    edges, is_upright = sized.edges, sized.rankdir in {"TB", "BT"}
    lines: Counter[str] = Counter()
    if not too_much(sized):  # whose lines end anywhere
        lines.update(end for edge in edges if edge.tail != edge.head for end in (edge.tail, edge.head))
    own: dict[str, list[SizedEdge]] = {}
    for edge in edges:
        if edge.tail == edge.head:
            own.setdefault(edge.tail, []).append(edge)

    def grown(node: SizedNode) -> SizedNode:
        more = _A_LINE * max(lines[node.id] - _MANY_LINES, 0)
        width, height = node.size
        if height < _LEAST_GROWN or not (more or node.id in own):
            return node
        width, height = (width + more, height) if is_upright else (width, height + more)
        across, down = extent(own.get(node.id, []), sized.rankdir)
        return replace(node, size=Size(max(width, across), max(height, down)))

    return replace(sized, nodes=tuple(map(grown, sized.nodes)))


def size(graph: Graph) -> Sized:
    """Measure every card, cluster title and edge label of a graph with the typefaces that it is set in."""
    first = {wish.nodes[0] for wish in graph.wishes if wish.kind == "first"}
    nodes = tuple(_sized_node(node) for node in sorted(graph.nodes, key=lambda node: node.id not in first))
    sized = Sized(
        graph.rankdir,
        nodes,
        tuple(map(_sized_cluster, graph.clusters)),
        tuple(map(_sized_edge, graph.edges)),
        _wishes(graph),
        graph.aspect,
        spacing(graph.attrs),
    )
    blank = {node.id for node in graph.nodes if is_blank(node)}
    shown = {edge.id for edge in graph.edges if not is_invisible(edge)}
    return _grown(with_inner_ends(from_stand_ins(sized, blank, shown)))
