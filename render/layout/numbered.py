"""Find cards that their author has numbered, which readers expect in the order of their numbers."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from archfolio.render.layout.ends import ends, reachable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archfolio.render.model.geometry import Sized

_NUMBERS = re.compile(r"(\d+|(?<=-)[a-z]$)")  # in an id; the last letter if it stands alone


def by_number(ids: Sequence[str]) -> list[int] | None:
    """Sort names by the numbers or letters in them, and return their places; None if they differ in more than these."""
    texts = [_NUMBERS.split(name.rpartition(".")[2]) for name in ids]
    if len({tuple(words[::2]) for words in texts}) > 1:
        return None
    return sorted(range(len(ids)), key=lambda at: [(len(word), word) for word in texts[at][1::2]])


@lru_cache(maxsize=4)
def numbered(sized: Sized) -> tuple[tuple[int, ...], ...]:
    """List the joined cards, by number, of one panel, or of none, that are numbered and not on one way, in order."""
    joined = {end for pair in ends(sized) for end in pair}
    alike: dict[tuple[str | None, tuple[str, ...]], list[int]] = {}
    for number, node in enumerate(sized.nodes):
        words = _NUMBERS.split(node.id.rpartition(".")[2])
        if len(words) > 1 and node.id in joined:
            alike.setdefault((node.cluster, tuple(words[::2])), []).append(number)
    several = [cards for cards in alike.values() if len(cards) > 1]
    behind = reachable(sized) if several else np.zeros((0, 0), dtype=bool)
    behind = behind & ~np.eye(len(behind), dtype=bool)  # a card that leads to itself is in the series all the same
    found = []
    for cards in several:
        order = by_number([sized.nodes[card].id for card in cards])
        if order is not None and not behind[np.ix_(cards, cards)].any():
            found.append(tuple(cards[at] for at in order))
    return tuple(found)
