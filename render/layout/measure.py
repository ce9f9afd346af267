"""Give every part of a graph its size: from `Graph` to `Sized`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from archfolio.render.model import style
from archfolio.render.model.font import Weight, width
from archfolio.render.model.geometry import LabelShape, Size, Sized, SizedCluster, SizedEdge, SizedNode
from archfolio.render.model.graph import Direction, Edge, Graph, Node
from archfolio.render.model.ids import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_LINES = 4  # of the name on a card, of its detail, and of an edge label
LONGEST_LABEL = 60  # characters of an edge label's line; more is wrapped


@dataclass(frozen=True, slots=True)
class Card:
    """The text of a node, broken into lines, and the size of the card that holds it."""

    name: tuple[str, ...]
    detail: tuple[str, ...]
    size: Size


def wrap(text: str, measure: float, size: float, weight: Weight) -> tuple[str, ...]:
    """Break a text at its spaces into as few lines as fit a measure in px, the lines as even as they get.

    A single word longer than the measure is broken between characters.
    """
    words = [piece for word in text.split() for piece in _pieces(word, measure, size, weight)]
    lines = _fill(words, measure, size, weight)
    if len(lines) < 2:  # noqa: PLR2004
        return tuple(lines)
    # Narrow the measure as long as the number of lines stays: ragged text looks accidental.
    widest = max(width(line, size, weight) for line in lines)
    while True:
        tighter = _fill(words, widest - 1, size, weight)
        if len(tighter) > len(lines):
            return tuple(lines)
        lines = tighter
        shrunk = max(width(line, size, weight) for line in lines)
        if shrunk >= widest:
            return tuple(lines)
        widest = shrunk


def _fill(words: list[str], measure: float, size: float, weight: Weight) -> list[str]:
    lines: list[str] = []
    for word in words:
        if lines and width(f"{lines[-1]} {word}", size, weight) <= measure:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _pieces(word: str, measure: float, size: float, weight: Weight) -> list[str]:
    pieces = [""]
    for character in word:
        if pieces[-1] and width(pieces[-1] + character, size, weight) > measure:
            pieces.append("")
        pieces[-1] += character
    return pieces


def _cut(lines: Sequence[str]) -> tuple[str, ...]:
    """Keep as many lines as a card can hold and still be one; the SVG's tooltip has the rest."""
    if len(lines) <= MOST_LINES:
        return tuple(lines)
    return (*lines[: MOST_LINES - 1], lines[MOST_LINES - 1][:-1] + "…")


@cache
def card(label: str) -> Card:
    """Lay out the text of a card: the first line of the label is the name, the rest is detail."""
    first, *rest = plain(label).split("\n")
    name = _cut(wrap(first, style.NAME_MEASURE, style.NAME_SIZE, Weight.SEMIBOLD))
    detail = _cut(
        [line for text in rest for line in wrap(text, style.DETAIL_MEASURE, style.DETAIL_SIZE, Weight.REGULAR)]
    )
    text_width = max(
        [width(line, style.NAME_SIZE, Weight.SEMIBOLD) for line in name]
        + [width(line, style.DETAIL_SIZE) for line in detail],
        default=0.0,
    )
    text_height = (len(name) * style.NAME_SIZE + len(detail) * style.DETAIL_SIZE) * style.LINE_HEIGHT
    across = style.ACCENT_WIDTH + style.CARD_PADDING * 2 + style.ICON + text_width + style.CARD_END
    down = text_height + style.CARD_PADDING * 2
    return Card(name, detail, Size(_even(max(across, style.CARD_MIN_WIDTH)), _even(max(down, style.CARD_HEIGHT))))


def _even(value: float) -> float:
    """Round up to an even number: centres and borders then fall on whole pixels."""
    return float(-(-value // 2) * 2)


def label_shapes(label: str) -> tuple[LabelShape, ...]:
    """List the ways to break an edge label: as given, on one line, and in two at each of its spaces."""
    given = tuple(" ".join(line.split()) for line in label.split("\n") if line.strip())
    if not given:
        return ()
    measure = LONGEST_LABEL * style.DETAIL_SIZE / 2
    wrapped = _cut([piece for line in given for piece in wrap(line, measure, style.DETAIL_SIZE, Weight.REGULAR)])
    words = " ".join(given).split()
    ways = [wrapped]
    if wrapped == given:
        ways.append((" ".join(words),))
        ways.extend((" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(1, len(words)))
    return tuple(_shape(lines) for lines in dict.fromkeys(ways))


def _shape(lines: tuple[str, ...]) -> LabelShape:
    widths = tuple(width(line, style.DETAIL_SIZE) for line in lines)
    pad_x, pad_y = style.LABEL_PADDING
    height = len(lines) * style.DETAIL_SIZE * style.LINE_HEIGHT
    return LabelShape(lines, widths, Size(max(widths) + 2 * pad_x, height + 2 * pad_y))


def _sized_node(node: Node) -> SizedNode:
    return SizedNode(node.id, card(node.label).size, node.cluster)


def _sized_edge(edge: Edge) -> SizedEdge:
    arrows = {
        Direction.FORWARD: (False, True),
        Direction.BACK: (True, False),
        Direction.BOTH: (True, True),
        Direction.NONE: (False, False),
    }
    return SizedEdge(edge.id, edge.tail, edge.head, label_shapes(edge.label), arrows[edge.direction])


def size(graph: Graph) -> Sized:
    """Measure every card, cluster title and edge label of a graph with the packaged font."""
    title_height = style.DETAIL_SIZE * style.LINE_HEIGHT
    return Sized(
        graph.rankdir,
        tuple(_sized_node(node) for node in graph.nodes),
        tuple(
            SizedCluster(
                cluster.id, Size(width(cluster.label, style.DETAIL_SIZE, Weight.SEMIBOLD), title_height), cluster.parent
            )
            for cluster in graph.clusters
        ),
        tuple(_sized_edge(edge) for edge in graph.edges),
    )
