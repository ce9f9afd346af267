"""Read where Graphviz put the boxes."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from archfolio.render.layout.dot_writer import PANEL_GAP
from archfolio.render.layout.draft import Placement
from archfolio.render.layout.engine import LayoutFailed
from archfolio.render.layout.isolated import packings, replicas

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archfolio.render.layout.draft import Frame, Ints
    from archfolio.render.layout.engine import Places
    from archfolio.render.layout.isolated import Packing
    from archfolio.render.model.geometry import Sized

Row = tuple[int, int, int, int]


def read_dot(places: Places, frame: Frame, name: str) -> Placement:
    """Turn Graphviz's places into boxes in whole px, y downwards; `name` is that of the settings.

    Raises `LayoutFailed` if a node or a cluster is missing.
    """
    sized = frame.sized
    top = float(places.bounds.split(",")[3])
    try:
        packed = {
            card: row
            for number, block in enumerate(packings(sized))
            for card, row in _in_block(places.nodes[f"i{number}"], block, sized, top)
        }
        cards = [
            packed.get(number) or _card(places.nodes[f"n{number}"], node.size, top, margins)
            for number, (node, margins) in enumerate(zip(sized.nodes, frame.margins, strict=True))
        ]
        panels = [_panel(places.clusters[f"cluster_{number}"], top) for number in range(len(sized.clusters))]
    except KeyError as lost:
        message = f"Graphviz lost {lost}"
        raise LayoutFailed(message) from lost
    return Placement(
        _in_order(np.array(cards, dtype=np.int64).reshape(-1, 4), sized),
        np.array(panels, dtype=np.int64).reshape(-1, 4),
        name,
    )


def _in_order(cards: Ints, sized: Sized) -> Ints:
    """Put replicas in order in their rank, which Graphviz does not always do: nothing else is between them."""
    axis = 0 if sized.rankdir in {"TB", "BT"} else 1
    low, high = axis, axis + 2
    for row in map(list, replicas(sized)):
        standing = sorted(row, key=lambda card: int(cards[card, low]))
        gaps = [0, *(int(cards[two, low] - cards[one, high]) for one, two in pairwise(standing))]
        at = int(cards[standing[0], low])
        for card, gap in zip(row, gaps, strict=True):
            length = int(cards[card, high] - cards[card, low])
            cards[card, low], cards[card, high] = at + gap, at + gap + length
            at += gap + length
    return cards


def _card(at: str, size: tuple[float, float], top: float, margins: Row) -> Row:
    """Draw a card in its box, which has margins left of, above, right of and below it."""
    x, y = map(float, at.split(","))
    x, y = x + (margins[0] - margins[2]) / 2, y + (margins[3] - margins[1]) / 2
    width, height = round(size[0]), round(size[1])
    x0, y0 = round(x - width / 2), round(top - y - height / 2)
    return (x0, y0, x0 + width, y0 + height)


def _in_block(at: str, block: Packing, sized: Sized, top: float) -> Iterator[tuple[int, Row]]:
    """Draw the cards of a block in its box."""
    left, upper, *_ = _card(at, block.size, top, (0, 0, 0, 0))
    for card, (x, y) in zip(block.cards, block.corners, strict=True):
        width, height = sized.nodes[card].size
        yield card, (left + x, upper + y, left + x + round(width), upper + y + round(height))


def _panel(bounds: str, top: float) -> Row:
    """Draw a cluster smaller than Graphviz does, which leaves hardly a gap between two."""
    x0, y0, x1, y1 = map(float, bounds.split(","))
    inset = PANEL_GAP / 2
    return (round(x0 + inset), round(top - y1 + inset), round(x1 - inset), round(top - y0 - inset))
