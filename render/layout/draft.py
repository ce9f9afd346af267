"""A drawing while it is being laid out: everything in whole px, by number instead of by id."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import starmap
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from archfolio.render.layout.bundles import bundles
from archfolio.render.layout.dot_writer import around_cards
from archfolio.render.layout.ends import ends

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from archfolio.render.layout.bundles import Bundle
    from archfolio.render.model.geometry import LabelShape, Sized

    Ints = NDArray[np.int64]

Corner = tuple[int, int]
Line = tuple[Corner, ...]
Spot = tuple[int, int, int, int]
"""The top left corner of a card before the last stages of a search, and after them."""

NOWHERE = -1


class LabelForm(NamedTuple):
    """An edge label in its place, except for its box: which edge it belongs to, and how its text is set."""

    edge: int
    shape: LabelShape
    anchor: str
    on_line: bool


@dataclass(frozen=True, eq=False)
class Placement:
    """Where cards and panels stand: rows (x0, y0, x1, y1)."""

    cards: Ints
    panels: Ints
    name: str  # of the settings that led to it


@dataclass(frozen=True)
class Draft:
    """Cards, panels, titles, lines and labels: rows (x0, y0, x1, y1), and corners from tail to head."""

    cards: Ints
    panels: Ints
    titles: Ints
    lines: tuple[Line, ...]
    boxes: Ints  # of the labels
    tags: tuple[LabelForm, ...]

    def stands_as(self, other: Draft) -> bool:
        """Return whether everything is where it is in another drawing of the same graph."""
        pairs = zip(self._rows(), other._rows(), strict=True)
        return self.lines == other.lines and all(starmap(np.array_equal, pairs))

    def _rows(self) -> tuple[Ints, ...]:
        return self.cards, self.panels, self.titles, self.boxes


@dataclass(frozen=True, eq=False)
class Frame:
    """What is inside of what and joined to what, by number: it stays while a graph is laid out."""

    sized: Sized
    tails: tuple[int, ...]  # card at which the line of each edge begins; NOWHERE where that is an empty panel
    heads: tuple[int, ...]
    tail_panels: tuple[int, ...]  # panel that the edge is drawn to; NOWHERE where it is a card
    head_panels: tuple[int, ...]
    homes: tuple[int, ...]  # panel of each card
    parents: tuple[int, ...]  # panel of each panel
    around: tuple[frozenset[int], ...]  # panels that each card is in
    bundles: tuple[Bundle, ...]
    margins: tuple[tuple[int, int, int, int], ...]  # px left of, above, right of, below each card for lines of its own

    @cached_property
    def joined(self) -> tuple[tuple[int, int], ...]:
        """The boxes at whose borders the line of each edge begins and ends: cards by number, then panels.

        An edge of a cluster is drawn to its panel, unless its other end is inside of that: then to a card there.
        """
        found = []
        for tail, head, from_panel, to_panel in zip(
            self.tails, self.heads, self.tail_panels, self.head_panels, strict=True
        ):
            one, two = self._within(tail, from_panel), self._within(head, to_panel)
            found.append((self._end(tail, from_panel, two), self._end(head, to_panel, one)))
        return tuple(found)

    def _within(self, card: int, panel: int) -> frozenset[int]:
        """Return the panels that an end of an edge is in, or is."""
        return self.around[card] if panel == NOWHERE else _chain(panel, self.parents)

    def _end(self, card: int, panel: int, others: frozenset[int]) -> int:
        is_card = card != NOWHERE and (panel == NOWHERE or panel in others)
        return card if is_card else len(self.homes) + panel

    @cached_property
    def enclosing(self) -> tuple[frozenset[int], ...]:
        """The panels that each box is in: cards by number, then panels."""
        return (*self.around, *(_chain(parent, self.parents) for parent in self.parents))

    @cached_property
    def foreign(self) -> tuple[tuple[int, ...], ...]:
        """Panels that neither end of each edge is in: asked for only where lines get right angles."""
        count, inside = len(self.homes), self.enclosing
        found = []
        for tail, head in self.joined:
            own = (inside[tail] | inside[head]) - {tail - count, head - count}
            found.append(tuple(panel for panel in range(len(self.parents)) if panel not in own))
        return tuple(found)

    @cached_property
    def loops(self) -> tuple[int, ...]:
        """The edges whose line begins where it ends."""
        return tuple(filter(self.is_loop, range(len(self.joined))))

    def is_loop(self, edge: int) -> bool:
        """Return whether the line of an edge begins where it ends."""
        one, two = self.joined[edge]
        return one == two


def _chain(panel: int, parents: tuple[int, ...]) -> frozenset[int]:
    found = set()
    while panel != NOWHERE:
        found.add(panel)
        panel = parents[panel]
    return frozenset(found)


@lru_cache(maxsize=4)
def frame(sized: Sized) -> Frame:
    """Compute what is inside of what and joined to what; kept, for what is known of a graph is known of its frame."""
    cards = {node.id: number for number, node in enumerate(sized.nodes)}
    panels = {cluster.id: number for number, cluster in enumerate(sized.clusters)}
    homes = tuple(NOWHERE if node.cluster is None else panels[node.cluster] for node in sized.nodes)
    parents = tuple(NOWHERE if cluster.parent is None else panels[cluster.parent] for cluster in sized.clusters)
    joined = ends(sized)
    return Frame(
        sized,
        tuple(cards.get(tail, NOWHERE) for tail, _ in joined),
        tuple(cards.get(head, NOWHERE) for _, head in joined),
        tuple(panels.get(edge.tail, NOWHERE) for edge in sized.edges),
        tuple(panels.get(edge.head, NOWHERE) for edge in sized.edges),
        homes,
        parents,
        tuple(_chain(home, parents) for home in homes),
        tuple(bundles(sized)),
        around_cards(sized),
    )


def straightened(line: Sequence[Corner]) -> Line:
    """Drop corners that turn nothing, and those that lie on one another."""
    kept: list[Corner] = []
    for corner in line:
        if kept and corner == kept[-1]:
            continue
        if len(kept) > 1 and _is_straight(kept[-2], kept[-1], corner):
            kept[-1] = corner
        else:
            kept.append(corner)
    return tuple(kept) if len(kept) > 1 else (line[0], line[-1])


def _is_straight(one: Corner, two: Corner, three: Corner) -> bool:
    return one[0] == two[0] == three[0] or one[1] == two[1] == three[1]
