"""Draw edges from a card to itself: beside the card where the drawing runs down, above and below it where across.

Each has room for its label of its own: beside the card they stand under each other, with the label outside; above and
below one is around the other, and the label stands on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archfolio.render.layout.distances import INSET, LEAD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archfolio.render.layout.draft import Line
    from archfolio.render.model.geometry import Sized, SizedEdge

_REACH = 26
"""How far a loop stands off its card, in px."""

_SPREAD = 12  # px between a loop's ends and its middle
_GAP = 8  # px between two loops, or two labels, of one card
_ROW = 16  # px between two loops that are around each other and have no labels
_STEP = 14  # px by which the ends of the outer one are further apart, on each side
AIR = 6  # px around a label


def loops(sized: Sized) -> dict[str, list[int]]:
    """List the loops, by number, of each node that has some."""
    found: dict[str, list[int]] = {}
    nodes = {node.id for node in sized.nodes}
    for number, edge in enumerate(sized.edges):
        if edge.tail == edge.head and edge.tail in nodes:
            found.setdefault(edge.tail, []).append(number)
    return found


def extent(edges: Sequence[SizedEdge], rankdir: str) -> tuple[int, int]:
    """Compute how wide and how high a card with these loops is at least."""
    if rankdir in {"TB", "BT"}:
        return 0, sum(map(_slot, edges)) + _GAP
    return max((_span(side) for side in (edges[::2], edges[1::2]) if side), default=0) + 2 * INSET, 0


def margins(edges: Sequence[SizedEdge], rankdir: str) -> tuple[int, int, int, int]:
    """Compute how much room these loops need left of, above, right of and below their card."""
    if rankdir in {"TB", "BT"}:
        return 0, 0, _REACH + max(_label(edge)[0] for edge in edges) + 2 * AIR, 0
    below, above = (
        _depths(side)[-1] + _label(side[-1])[1] // 2 + AIR if side else 0 for side in (edges[::2], edges[1::2])
    )
    return 0, above, 0, below


def loop_lines(card: Sequence[int], edges: Sequence[SizedEdge], rankdir: str) -> list[Line]:
    """Draw the loops of a card."""
    x0, y0, x1, y1 = card
    found: list[Line] = []
    if rankdir in {"TB", "BT"}:
        y = (y0 + y1 - sum(map(_slot, edges))) // 2
        for edge in edges:
            middle = y + _slot(edge) // 2
            top, bottom = max(middle - _SPREAD, y0 + 2), min(middle + _SPREAD, y1 - 2)
            found.append(((x1, top), (x1 + _REACH, top), (x1 + _REACH, bottom), (x1, bottom)))
            y += _slot(edge)
        return found
    middle = (x0 + x1) // 2
    sides = edges[::2], edges[1::2]
    depths = [_depths(side) for side in sides]
    for number in range(len(edges)):
        side, at = number % 2, number // 2
        innermost = _span(sides[side]) - 2 * _STEP * (len(sides[side]) - 1)
        half = min(innermost // 2 + _STEP * at, (x1 - x0) // 2 - 2)
        border, y = (y1, y1 + depths[0][at]) if side == 0 else (y0, y0 - depths[1][at])
        found.append(((middle - half, border), (middle - half, y), (middle + half, y), (middle + half, border)))
    return found


def _label(edge: SizedEdge) -> tuple[int, int]:
    return (round(edge.shapes[0].size.width), round(edge.shapes[0].size.height)) if edge.shapes else (0, 0)


def _slot(edge: SizedEdge) -> int:
    return max(2 * _SPREAD, _label(edge)[1]) + _GAP


def _span(edges: Sequence[SizedEdge]) -> int:
    """Compute how far apart the ends of the outermost of some loops are."""
    innermost = max(2 * _SPREAD, *(_label(edge)[0] + 2 * INSET - 2 * _STEP * at for at, edge in enumerate(edges)))
    return innermost + 2 * _STEP * (len(edges) - 1)


def _depths(edges: Sequence[SizedEdge]) -> list[int]:
    depth, found = LEAD, []
    for edge in edges:
        height = _label(edge)[1]
        found.append(depth + height // 2)
        depth += max(height + _GAP, _ROW)
    return found
