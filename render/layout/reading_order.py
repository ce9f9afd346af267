"""How far a drawing is read in the order in which its author wrote it.

Cards come in the order of the script. Where an edge leads from an earlier card to a later one, and where two cards are
in one panel, the later one is to stand further along the flow or, in one row, to the right; unless edges between them
lead only from the later one to the earlier. Isolated cards are read by rows, whatever the flow. In a drawing that runs
to a side, which is one row of cards where it can be, the flow comes first: a card stands behind those that lead to it,
be they written later; and of cards that are not on one way, such as those of two branches, the later one may as well
stand in a later row.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from archfolio.render.layout.draft import NOWHERE
from archfolio.render.layout.ends import ends, reachable
from archfolio.render.layout.isolated import isolated
from archfolio.render.layout.numbered import numbered
from archfolio.render.model.geometry import FLOW

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archfolio.render.layout.boxes import Rows
    from archfolio.render.layout.draft import Frame, Ints
    from archfolio.render.model.geometry import Sized

_STEP = 20  # px against the flow below which two cards stand level
SHARED = 10  # px along the flow that two cards of one row have in common


class ReadingOrder(NamedTuple):
    """Pairs of cards, by number, of which the first is read first."""

    leading: Ints  # an edge leads from the one to the other
    siblings: Ints  # they are in one panel, or in none, and no edge leads back alone
    isolated: Ints  # the same, of cards that nothing is joined to
    branches: Ints  # siblings where the flow runs to a side and no way leads from the one to the other
    onwards: Ints  # where the flow runs to a side: an edge leads from the one to the other
    one_way: Ints  # of these, those of arrows to the other, from which no way leads back
    numbered: Ints  # cards that their author has numbered
    first: tuple[int, ...]  # the card that is read first; if nothing is joined to it, the first joined one too


@lru_cache(maxsize=4)
def reading_order(sized: Sized) -> ReadingOrder:
    """Compute the order in which the cards of a graph are read; kept for those that are searched for."""
    cards = {node.id: number for number, node in enumerate(sized.nodes)}
    joined = [(cards[edge.tail], cards[edge.head]) for edge in sized.edges if {edge.tail, edge.head} <= cards.keys()]
    leading = [(tail, head) for tail, head in joined if tail < head]
    homes = [node.cluster for node in sized.nodes]
    backwards = {(head, tail) for tail, head in joined} - set(joined)
    alone = {pair for group in isolated(sized) for pair in combinations(group, 2)}
    siblings = [
        pair for pair in combinations(range(len(cards)), 2) if homes[pair[0]] == homes[pair[1]] and pair not in alone
    ]
    behind = reachable(sized)
    steps = [(cards[tail], cards[head]) for tail, head in ends(sized) if {tail, head} <= cards.keys()]
    pointed = {
        (cards[tail], cards[head])
        for (tail, head), edge in zip(ends(sized), sized.edges, strict=True)
        if {tail, head} <= cards.keys() and edge.arrows == (False, True)
    }
    onwards: list[tuple[int, int]] = []
    branches: list[tuple[int, int]] = []
    if FLOW[sized.rankdir][0]:
        siblings = [pair for pair in siblings if pair not in backwards]
    else:
        onwards = [(tail, head) for tail, head in steps if tail != head]
        branches = [pair for pair in siblings if not behind[pair] and not behind[pair[::-1]]]
        on_one_way = [pair for pair in siblings if behind[pair] or behind[pair[::-1]]]
        siblings = [pair if behind[pair] else pair[::-1] for pair in on_one_way]
    return ReadingOrder(
        leading=_rows(leading),
        siblings=_rows(siblings),
        isolated=_rows(sorted(alone)),
        branches=_rows(branches),
        onwards=_rows(onwards),
        one_way=_rows([(tail, head) for tail, head in onwards if (tail, head) in pointed and not behind[head, tail]]),
        numbered=_rows([pair for series in numbered(sized) for pair in combinations(series, 2)]),
        first=_first(behind),
    )


def _rows(pairs: Sequence[tuple[int, int]]) -> Ints:
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)


def _first(behind: np.ndarray) -> tuple[int, ...]:
    """Find the author's first card, and the first joined one; or the first that leads there, and not back."""
    joined = (behind | behind.T).any(axis=0)
    first = int(joined.argmax()) if len(joined) else 0
    while len(behind) and (ahead := behind[:, first] & ~behind[first]).any():
        first = int(ahead.argmax())
    return (first,) if joined[:1].any() else tuple({0: None, first: None})


def out_of_order(sized: Sized, cards: Rows) -> int:
    """Count the pairs of cards that stand the other way round than they are read."""
    return int(disorder(sized, cards))


def disorder(sized: Sized, cards: Rows) -> Ints:
    """Count the same where cards are the rows of one drawing, or in each of several."""
    order, flow = reading_order(sized), FLOW[sized.rankdir]
    across, onwards, level = _twice_apart(cards, order.leading, *flow)
    upside = onwards < -2 * _STEP
    leftwards = level & (across < 0)
    siblings = _are_turned(cards, order.siblings, *flow)
    of_rows = _are_turned(cards, order.isolated, 1, 1)
    astray = _are_turned(cards, order.branches, *flow) & _are_turned(cards, order.branches, 1, 1)
    turned = np.concatenate([upside | leftwards, siblings, of_rows, astray], axis=-1)
    return np.asarray(turned.sum(axis=-1))


def misnumbered(sized: Sized, cards: Rows) -> int:
    """Count the pairs of numbered cards that stand the other way round."""
    return int(np.count_nonzero(_are_turned(cards, reading_order(sized).numbered, *FLOW[sized.rankdir])))


def _are_turned(cards: Rows, pairs: Ints, along: int, sign: int) -> np.ndarray:
    """Return of which pairs the second stands before the first along the flow or, where they are level, across it."""
    if not len(pairs):
        return np.zeros((*cards.shape[:-2], 0), dtype=np.bool_)
    across, onwards, level = _twice_apart(cards, pairs, along, sign)
    return np.where(level, across, onwards) < 0


def _twice_apart(cards: Rows, pairs: Ints, along: int, sign: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Measure twice how far the middle of the second of each pair is across and along the flow from that of the first.

    Returns, as well, which of them are level.
    """
    one, two = cards.take(pairs[:, 0], axis=-2), cards.take(pairs[:, 1], axis=-2)
    apart = (two[..., :2] + two[..., 2:]) - (one[..., :2] + one[..., 2:])
    return apart[..., 1 - along], sign * apart[..., along], _are_level(one, two, along)


def leftwards(sized: Sized, cards: Rows) -> float:
    """Measure by how many px edges from earlier cards to later ones lead to the left, less those to the right.

    A hub in the middle of what hangs on it measures 0; where the flow runs to a side, left is up.
    """
    one, two = reading_order(sized).leading.T
    across = 1 - FLOW[sized.rankdir][0]
    middles = (cards[:, across] + cards[:, across + 2]) / 2
    return max(0.0, float((middles[one] - middles[two]).sum()))


def backward_share(sized: Sized, cards: Rows) -> float:
    """Compute the share of the edges that lead back, where the flow runs to a side; one that leads down is half one.

    It is a row that is read from one end to the other; where it is folded, some edge must lead to the next line. What
    runs up or down is read by lines anyway. One that leads up, where nothing leads back, is as bad as one that leads
    back: rows are read downwards.
    """
    order = reading_order(sized)
    if not len(order.onwards):
        return 0.0
    low, high = cards[:, 0], cards[:, 2]
    if sized.rankdir == "RL":
        low, high = -high, -low

    def aside(pairs: Ints) -> tuple[np.ndarray, np.ndarray]:
        one, two = pairs.T
        return low[two] <= high[one], low[two] + high[two] < low[one] + high[one] - 2 * _STEP

    (sideways, back), (one_way, its_back) = aside(order.onwards), aside(order.one_way)
    one, two = order.one_way.T
    up = one_way & ~its_back & (cards[two, 3] <= cards[one, 1])
    return float(sideways.sum() + back.sum() + up.sum()) / (2 * len(order.onwards))


def _are_level(one: Rows, two: Rows, along: int) -> np.ndarray:
    """Return which pairs of cards stand in one row, or in one column where the flow runs to a side."""
    first = np.maximum(one[..., along], two[..., along])
    return np.asarray(np.minimum(one[..., along + 2], two[..., along + 2]) - first > SHARED)


def with_the_flow(frame: Frame, cards: Ints) -> int:
    """Count the edges that end beyond where they begin, as the direction of the drawing has it.

    In a drawing that runs up or down, an edge may also lead to the right; one that runs to a side was asked to.
    """
    axis, sign = FLOW[frame.sized.rankdir]
    pairs = [pair for pair in zip(frame.tails, frame.heads, strict=True) if NOWHERE not in pair]
    one, two = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    gaps = cards[two, axis] - cards[one, axis + 2] if sign > 0 else cards[one, axis] - cards[two, axis + 2]
    across = 1 - axis
    onwards = (axis == 1) & _are_level(cards[one], cards[two], axis) & (cards[two, across] >= cards[one, across + 2])
    return int(((gaps > 0) | onwards).sum())


def entry(sized: Sized, cards: Rows) -> float:
    """Measure how far the card that is read first stands from where reading begins: 0 there, 1 at the end of the flow.

    A first card that nothing is joined to may stand anywhere, if that of the others stands where reading begins.
    At the right it is 0.5, and 0 up to the middle; where the flow runs to a side, right is below.
    """
    if not len(cards):
        return 0.0
    axis, sign = FLOW[sized.rankdir]
    rows = cards.tolist()
    along = [sign * (row[axis] + row[axis + 2]) for row in rows]
    across = [row[1 - axis] + row[3 - axis] for row in rows]
    first = reading_order(sized).first

    def shares(ways: list[float]) -> list[float]:
        low, high = min(ways), max(ways)
        return [(ways[card] - low) / max(high - low, 1) for card in first]

    return min(max(down, aside - 0.5) for down, aside in zip(shares(along), shares(across), strict=True))
