"""Draw the lines of bicliques: two rows of cards that are joined each to each, with all lines between the rows.

Two cards and three have six lines, which cannot all be drawn without a crossing, or a way around the cards. Readers see
at a glance what is joined each to each where every line runs from one row straight to the other: no two lines of the
biclique cross more than once, and those that need not cross do not.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from archfolio.render.layout.boxes import grown, overlaps
from archfolio.render.layout.distances import INSET, PITCH
from archfolio.render.layout.draft import straightened
from archfolio.render.model.geometry import FLOW

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archfolio.render.layout.boxes import Rows
    from archfolio.render.layout.draft import Frame, Line, Placement
    from archfolio.render.model.geometry import Sized

_MOST = 12  # lines of a biclique: more are no rows that one sees through
_TIGHTEST = 6  # px between ends of lines, where there is little room
_TRACK = 2  # px between lines that run along the rows, before the drawing settles
_NEAR = 12  # px by which two lines on one track miss each other
_STEP = 4  # px that a line steps aside at least, if it is not straight
_CLEAR = 6  # px between a line of a biclique and cards beside it
_Z = 4  # corners of a line that steps aside once


@dataclass(frozen=True, slots=True)
class Biclique:
    """Cards, by number, from each of which an edge leads to each of others; and these edges, in the same order."""

    tails: tuple[int, ...]
    heads: tuple[int, ...]
    edges: tuple[tuple[int, ...], ...]  # of each tail, to each head

    @property
    def lines(self) -> list[tuple[int, int, int]]:
        """The tail, the head and the number of each edge."""
        return [
            (tail, head, edge)
            for tail, row in zip(self.tails, self.edges, strict=True)
            for head, edge in zip(self.heads, row, strict=True)
        ]

    def middle(self, rows: Rows, axis: int) -> tuple[int, tuple[int, int]] | None:
        """Name the card in the middle of one row, and the two, or the one, in that of the other; None without one."""
        twice = rows[:, axis] + rows[:, axis + 2]
        order = [sorted(cards, key=lambda card: float(twice[card])) for cards in (self.tails, self.heads)]
        odd = next((cards for cards in order if len(cards) % 2), None)
        if odd is None:
            return None
        [other] = [cards for cards in order if cards is not odd]
        return odd[len(odd) // 2], (other[(len(other) - 1) // 2], other[len(other) // 2])


@lru_cache(maxsize=4)
def bicliques(sized: Sized) -> tuple[Biclique, ...]:
    """List the bicliques of a graph: at least two cards with the same heads, or the same tails; no edge is in two."""
    cards = {node.id: number for number, node in enumerate(sized.nodes)}
    between: dict[tuple[int, int], list[int]] = {}
    for number, edge in enumerate(sized.edges):
        if edge.tail in cards and edge.head in cards and edge.tail != edge.head:
            between.setdefault((cards[edge.tail], cards[edge.head]), []).append(number)
    plain = {
        pair: edges[0]
        for pair, edges in between.items()
        if len(edges) == 1 and pair[::-1] not in between and not sized.edges[edges[0]].shapes
    }
    found: list[Biclique] = []
    seen: set[int] = set()
    for tails, heads in _sides_of_bicliques(plain):
        edges = tuple(tuple(plain[tail, head] for head in heads) for tail in tails)
        own = {edge for row in edges for edge in row}
        if len(own) <= _MOST and seen.isdisjoint(own):
            found.append(Biclique(tails, heads, edges))
            seen |= own
    return tuple(found)


def _sides_of_bicliques(joined: dict[tuple[int, int], int]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """List sets of tails and heads that are joined each to each, the largest first."""
    found = {}
    for own, other in ((1, 0), (0, 1)):
        around: dict[int, set[int]] = {}
        for pair in joined:
            around.setdefault(pair[own], set()).add(pair[other])
        alike: dict[frozenset[int], list[int]] = {}
        for card, its in around.items():
            alike.setdefault(frozenset(its), []).append(card)
        for others, cards in alike.items():
            if min(len(others), len(cards)) > 1:
                sides = (tuple(sorted(others)), tuple(sorted(cards)))
                found[sides if own else sides[::-1]] = len(others) * len(cards)
    return sorted(found, key=lambda sides: (-found[sides], sides))


def biclique_lines(frame: Frame, placement: Placement) -> dict[int, Line]:
    """Draw the lines, by edge, of all bicliques between whose rows there is room and nothing else."""
    found: dict[int, Line] = {}
    for ways in _in_rows(frame.sized, placement.cards):
        for biclique in ways:
            lines = _drawn(frame, placement, biclique)
            if lines and _is_free(frame, placement, biclique, lines):
                found |= lines
                break
    return found


def _in_rows(sized: Sized, rows: Rows) -> list[list[Biclique]]:
    """List each biclique whose heads all stand behind its tails, or before them, and what of it is next to the gap."""
    along = FLOW[sized.rankdir][0]
    found = []
    for biclique in bicliques(sized):
        tails, heads = _spans(rows, biclique.tails, along), _spans(rows, biclique.heads, along)
        if max(high for _, _, high in tails) <= min(low for _, low, _ in heads):
            near, far = _last_row(tails), _first_row(heads)
        elif max(high for _, _, high in heads) <= min(low for _, low, _ in tails):
            near, far = _first_row(tails), _last_row(heads)
        else:
            continue
        found.append([biclique])
        if (near, far) != (biclique.tails, biclique.heads) and min(len(near), len(far)) > 1:
            edges = {(tail, head): edge for tail, head, edge in biclique.lines}
            found[-1].append(Biclique(near, far, tuple(tuple(edges[tail, head] for head in far) for tail in near)))
    return found


def _spans(rows: Rows, cards: Sequence[int], along: int) -> list[tuple[int, float, float]]:
    return [(card, float(rows[card, along]), float(rows[card, along + 2])) for card in cards]


def _first_row(spans: Sequence[tuple[int, float, float]]) -> tuple[int, ...]:
    end = min(high for _, _, high in spans)
    return tuple(card for card, low, _ in spans if low < end)


def _last_row(spans: Sequence[tuple[int, float, float]]) -> tuple[int, ...]:
    begin = max(low for _, low, _ in spans)
    return tuple(card for card, _, high in spans if high > begin)


def _drawn(frame: Frame, placement: Placement, biclique: Biclique) -> dict[int, Line] | None:
    along = FLOW[frame.sized.rankdir][0]
    rows = placement.cards.tolist()
    sign = 1 if rows[biclique.tails[0]][along] < rows[biclique.heads[0]][along] else -1

    def turned(box: Sequence[int]) -> tuple[int, int, int, int]:
        """Return a box as if the heads stood below the tails."""
        low, high = sorted((sign * box[along], sign * box[along + 2]))
        return (box[1 - along], low, box[3 - along], high)

    boxes = {card: turned(rows[card]) for card in (*biclique.tails, *biclique.heads)}
    first, last = max(boxes[card][3] for card in biclique.tails), min(boxes[card][1] for card in biclique.heads)
    for panel, box in enumerate(placement.panels.tolist()):
        inside = [[panel in frame.around[card] for card in cards] for cards in (biclique.tails, biclique.heads)]
        if any(inside[0]) and not any(inside[1]):
            first = max(first, turned(box)[3])
        if any(inside[1]) and not any(inside[0]):
            last = min(last, turned(box)[1])
    tails, heads = (
        sorted(cards, key=lambda at: (boxes[at][0] + boxes[at][2], at)) for cards in (biclique.tails, biclique.heads)
    )
    lines = _below(boxes, tails, heads, (first, last))
    if lines is None:
        return None
    found = {}
    for tail, head, edge in biclique.lines:
        corners = tuple((x, sign * y) if along else (sign * y, x) for x, y in lines[tail, head])
        found[edge] = straightened(corners)
    return found


def _below(
    boxes: dict[int, tuple[int, int, int, int]], tails: Sequence[int], heads: Sequence[int], room: tuple[int, int]
) -> dict[tuple[int, int], list[tuple[int, int]]] | None:
    """Draw lines from the bottom of each tail to the top of each head, in rows from left to right; None without room.

    Of two lines that lead to the same side, and one of which begins and ends beyond the other, that one turns first.
    """
    begins = {tail: _ports(boxes[tail], len(heads)) for tail in tails}
    finishes = {head: _ports(boxes[head], len(tails)) for head in heads}
    if not all(begins.values()) or not all(finishes.values()):
        return None
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    for row, tail in enumerate(tails):
        for column, head in enumerate(heads):
            start, end = begins[tail][column], finishes[head][row]
            spans[tail, head] = (start, start if abs(start - end) < _STEP else end)
    rightwards = [pair for pair, (start, end) in spans.items() if start < end]
    leftwards = [pair for pair, (start, end) in spans.items() if start > end]
    tracks = _tracks(spans, rightwards[::-1], leftwards)
    step = (room[1] - room[0]) // (max(tracks.values(), default=0) + 2)
    if step < _TRACK:
        return None
    found = {}
    for (tail, head), (start, end) in spans.items():
        level = room[0] + step * (tracks.get((tail, head), 0) + 1)
        found[tail, head] = [(start, boxes[tail][3]), (start, level), (end, level), (end, boxes[head][1])]
    return found


def _ports(box: Sequence[int], count: int) -> list[int]:
    """Find where so many lines begin or end at a side of a box; none without room."""
    pitch = min(PITCH, (box[2] - box[0] - 2 * INSET) // (count - 1))
    middle = (box[0] + box[2]) // 2
    return [middle + pitch * at - pitch * (count - 1) // 2 for at in range(count)] if pitch >= _TIGHTEST else []


def _tracks(
    spans: dict[tuple[int, int], tuple[int, int]], *ways: Sequence[tuple[int, int]]
) -> dict[tuple[int, int], int]:
    """Return the number of the track on which each line steps aside; those of each way are sorted as they turn."""
    found: dict[tuple[int, int], int] = {}
    queue = [pair for number in range(max(map(len, ways))) for way in ways for pair in way[number : number + 1]]
    for pair in queue:
        low, high = sorted(spans[pair])
        [way] = [way for way in ways if pair in way]
        beside = [
            (track, other in way)
            for other, track in found.items()
            if min(high, max(spans[other])) - max(low, min(spans[other])) > -_NEAR
        ]
        track = max((track + 1 for track, is_alike in beside if is_alike), default=0)
        while any(track == taken for taken, _ in beside):
            track += 1
        found[pair] = track
    return found


def _is_free(frame: Frame, placement: Placement, biclique: Biclique, lines: dict[int, Line]) -> bool:
    """Return whether no line runs through a card that it does not join, or a panel that none of its cards is in."""
    inside = frozenset[int]().union(*(frame.around[card] for card in (*biclique.tails, *biclique.heads)))
    strange = [panel for panel in range(len(placement.panels)) if panel not in inside]
    for tail, head, edge in biclique.lines:
        bars = np.array([(*one, *two) for one, two in pairwise(lines[edge])], dtype=np.int64)
        bars = np.hstack([np.minimum(bars[:, :2], bars[:, 2:]), np.maximum(bars[:, :2], bars[:, 2:])])
        others = [card for card in range(len(placement.cards)) if card not in (tail, head)]
        if overlaps(grown(bars, _CLEAR), np.vstack([placement.cards[others], placement.panels[strange]])).any():
            return False
    return True


def drawn_bicliques(sized: Sized, rows: Rows, lines: Sequence[Sequence[tuple[float, float]]]) -> list[Biclique]:
    """List the bicliques of a drawing whose lines all run straight from row to row; all, while there are none."""
    along = FLOW[sized.rankdir][0]
    found = []
    for ways in _in_rows(sized, rows):
        found += [biclique for biclique in ways if not lines or _runs_straight(biclique, rows, lines, along)][:1]
    return found


def _runs_straight(biclique: Biclique, rows: Rows, lines: Sequence[Sequence[tuple[float, float]]], along: int) -> bool:
    is_after = rows[biclique.tails[0], along] < rows[biclique.heads[0], along]
    near, far = (along + 2, along) if is_after else (along, along + 2)
    return all(
        len(lines[edge]) <= _Z
        and lines[edge][0][along] == rows[tail, near]
        and lines[edge][-1][along] == rows[head, far]
        for tail, head, edge in biclique.lines
    )
