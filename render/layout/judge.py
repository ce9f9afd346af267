"""Guess from the boxes alone how good a drawing will become: which placements are worth more work, and when no more is.

What boxes tell already is known, at the prices of `quality`: how large the drawing is, in which order it is read, and
whether what is alike stands in one row. The rest of the guess is a sum of features, whose weights are fitted to what
finished drawings of the reference views cost beyond that (`python -m bench.judge` fits them anew; half of the views is
held out). A new fit is taken only where less is lost on the views held out, and where all reference views, drawn once,
are better.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

import numpy as np

from archfolio.render.layout.bicliques import drawn_bicliques
from archfolio.render.layout.draft import NOWHERE
from archfolio.render.layout.fans import mirrored, scattered
from archfolio.render.layout.looks import is_detour
from archfolio.render.layout.place_labels import parts
from archfolio.render.layout.quality import (
    A_LACKING_PX,
    A_PAIR_OF_NUMBERS,
    A_PAIR_OUT_OF_ORDER,
    A_PX_LEFTWARDS,
    A_PX_OF_AREA,
    A_PX_SMALLER,
    A_PX_UNREADABLE,
    AN_ENTRY,
    BACKWARD,
    COMFORTABLE,
    FIT,
    FURNITURE,
    PRICES,
    READABLE,
    SCREENS,
)
from archfolio.render.layout.reading_order import backward_share, disorder, entry, leftwards, misnumbered
from archfolio.render.layout.siblings import unmatched
from archfolio.render.model import style
from archfolio.render.model.geometry import FLOW

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from archfolio.render.layout.bicliques import Biclique
    from archfolio.render.layout.boxes import Bools, Floats
    from archfolio.render.layout.draft import Frame, Ints, Line, Placement
    from archfolio.render.layout.quality import Faults

OF_BOXES = {
    "crossings": 1.22,  # of straight lines between the middles
    "bent_hits": 0.61,  # of lines with at most one bend with cards
    "small": 11.3,  # px that text lacks on a page, where that is a fault
}
"""What a feature of boxes is worth, in the unit of `Faults.cost`."""

OF_LINES = {
    "crossings": 6.75,
    "detours": 3.0,
    "length": 1.73,  # 1000 px
    "small": 7.49,
}
"""The same where there are lines already, but no labels."""

_A_LACKING_PX_OF_BOXES = 1.5 * A_LACKING_PX  # at its price, 2 % more of the views missed 9 px on a laptop

_IN_A_BICLIQUE = PRICES["in_bicliques"] / PRICES["crossings"]  # of a crossing: one in a biclique

MARGIN = 6.0
"""By how much what is worked on may be worse than the best, by the guess: as far as that errs.

At 6 drawings of 140 reference views cost 0.1 % more than without it, at 4 1.4 % (see also `python -m bench.judge`).
"""

MARGIN_WITH_LINES = 3.0
"""The same where there are lines, from which the guess errs less."""

PLAIN = 3.0
"""What a placement may cost by the guess beyond its area, if no other is looked for: an eighth of 401 views do."""

CALM = 1.0
"""What a drawing that is not drawn anew may have of what one can count, as a cost: no two cards out of line, say.

Of 129 reference views, the 24 below it gained 0.06 on average from being drawn anew, the others 1.3.
"""

_A_LABEL, _LABELS_FOR_NOTHING = 0.8, 5  # of first drawings of 401 views and 100 random graphs, two each
_SHARED = 24  # px that two cards must share for a straight line between them


class Judged(NamedTuple):
    """What the boxes of a placement tell: the cost that is known, and the features that the rest is guessed from."""

    known: float
    features: dict[str, float]

    @property
    def guess(self) -> float:
        """The guessed cost of the drawing that it leads to, up to a constant of the graph."""
        return self.known + _weighed(OF_BOXES, self.features)


def judged(frame: Frame, placements: Sequence[Placement]) -> list[Judged]:
    """Judge placements by their boxes; what has been judged is remembered, all others are measured at once."""
    found = _remembered(frame)
    fresh = [placement for placement in placements if placement not in found]
    if fresh:
        boxes = np.array([np.vstack([one.cards, one.panels]) for one in fresh], dtype=float)
        sizes = [*map(tuple, _extents(boxes).tolist())]
        found |= zip(fresh, map(Judged, _known(frame, boxes, sizes), _features(frame, boxes, sizes)), strict=True)
    return [found[placement] for placement in placements]


@lru_cache(maxsize=4)
def _remembered(_frame: Frame) -> WeakKeyDictionary[Placement, Judged]:
    return WeakKeyDictionary()


def guess(frame: Frame, placement: Placement) -> float:
    """Guess the cost of the drawing that a placement leads to, up to a constant of the graph."""
    return judged(frame, [placement])[0].guess


def has_plain(frame: Frame, placements: Sequence[Placement]) -> bool:
    """Return whether next to nothing is to be said against the likeliest placement, except that it takes room."""
    guesses = [one.guess for one in judged(frame, placements)]
    likeliest = placements[guesses.index(min(guesses))]
    width, height = _extent(np.vstack([likeliest.cards, likeliest.panels]))
    return min(guesses) - width * height * A_PX_OF_AREA <= PLAIN


def guess_with_lines(frame: Frame, placement: Placement, lines: Sequence[Line]) -> float:
    """Guess the same from boxes and lines."""
    return known_with_lines(frame, placement, lines) + _weighed(OF_LINES, features_with_lines(frame, placement, lines))


def least_with_lines(frame: Frame, placement: Placement) -> float:
    """Compute the least that the guess from boxes and lines can be: no line crosses, each is as short as its gap."""
    boxes, joined = np.vstack([placement.cards, placement.panels]), _joined(frame)
    tails, heads = boxes[joined[:, 0]], boxes[joined[:, 1]]
    gaps = np.maximum(np.maximum(tails[:, :2] - heads[:, 2:], heads[:, :2] - tails[:, 2:]), 0)
    shortest = {"length": float(gaps.sum()) / 1000, "small": _small(frame, _extent(boxes))}
    return known(frame, placement) + sum(OF_LINES[name] * value for name, value in shortest.items())


def finished_at_least(frame: Frame, guessed: float) -> float:
    """Compute what a drawing will cost of which a cost is guessed from boxes and lines: no less in nine of ten.

    What is not guessed grows with the labels: what they are near to, and what is a little out of line for them.
    """
    labels = sum(bool(edge.shapes) for edge in frame.sized.edges)
    return guessed + _A_LABEL * max(labels - _LABELS_FOR_NOTHING, 0)


def countable(faults: Faults) -> float:
    """Compute what a drawing costs that drawing it anew may mend: all that is counted, but not its size and order.

    These hang on which placement it began with.
    """
    return sum(price * len(getattr(faults, name)) for name, price in PRICES.items())


def _weighed(weights: Mapping[str, float], values: Mapping[str, float]) -> float:
    return sum(weight * values[name] for name, weight in weights.items())


def known(frame: Frame, placement: Placement) -> float:
    """Compute what `Faults.cost` will ask for the size of a drawing and where its cards stand, as far as boxes tell."""
    return judged(frame, [placement])[0].known


def _known(frame: Frame, boxes: Floats, sizes: Sequence[tuple[float, float]]) -> list[float]:
    """Compute the same for the boxes of several placements, of these sizes.

    Settling takes some air out of a drawing: text that has `COMFORTABLE` px now will have about one more.
    """
    sized, joined = frame.sized, _ends(frame)
    all_cards, screen = boxes[:, : len(sized.nodes)], SCREENS[sized.aspect]
    found = []
    disorders = disorder(sized, all_cards).tolist()
    for cards, (width, height), pairs in zip(all_cards, sizes, disorders, strict=True):
        cost = _lacking(width, height, COMFORTABLE, screen) * _A_LACKING_PX_OF_BOXES
        cost += _lacking(width, height, READABLE, FIT) * A_PX_UNREADABLE
        cost += _lacking(width, height, style.LEGEND_SIZE, screen) * A_PX_SMALLER + width * height * A_PX_OF_AREA
        cost += entry(sized, cards) * AN_ENTRY + pairs * A_PAIR_OUT_OF_ORDER
        cost += misnumbered(sized, cards) * A_PAIR_OF_NUMBERS
        cost += leftwards(sized, cards) * A_PX_LEFTWARDS + backward_share(sized, cards) * BACKWARD
        astray = {*scattered(sized, joined, cards), *unmatched(sized, cards)}
        found.append(cost + len(astray) * PRICES["scattered"])
    return found


def known_with_lines(frame: Frame, placement: Placement, lines: Sequence[Line]) -> float:
    """Compute the same where there are lines: what their fans cost that are not even, of which settling evens half."""
    _, uneven = mirrored(frame.sized, _ends(frame), placement.cards, lines)
    return known(frame, placement) + len(uneven) * PRICES["lopsided"] / 2


def _ends(frame: Frame) -> list[tuple[int, int]]:
    """Name the cards at the ends of each edge, by number; the number after the last one is that of no card."""
    nowhere = len(frame.sized.nodes)
    ends = zip(frame.tails, frame.heads, strict=True)
    return [(tail if tail != NOWHERE else nowhere, head if head != NOWHERE else nowhere) for tail, head in ends]


def features_with_lines(frame: Frame, placement: Placement, lines: Sequence[Line]) -> dict[str, float]:
    """Measure what the guess from boxes and lines is made of."""
    bars, owners = parts(lines)
    boxes = np.vstack([placement.cards, placement.panels]).tolist()
    detours = sum(
        pair[0] != pair[1] and is_detour(_length(line), boxes[pair[0]], boxes[pair[1]])
        for pair, line in zip(frame.joined, lines, strict=True)
    )
    crossings = _bar_crossings(bars, owners)
    for biclique in drawn_bicliques(frame.sized, placement.cards, lines):
        own = _are_of(biclique, owners)
        crossings -= (1 - _IN_A_BICLIQUE) * _bar_crossings(bars[own], owners[own])
    return {
        "crossings": crossings,
        "detours": float(detours),
        "length": float((bars[:, 2:] - bars[:, :2]).sum()) / 1000,
        "small": _small(frame, _extent(np.vstack([placement.cards, placement.panels, bars]))),
    }


def _are_of(biclique: Biclique, edges: np.ndarray) -> np.ndarray:
    return np.isin(edges, [edge for *_, edge in biclique.lines])


def _small(frame: Frame, size: tuple[float, float]) -> float:
    """Measure by how many px text is too small on a page; that is no fault where a drawing runs to a side."""
    return _lacking(*size, READABLE + 0.3, FIT) if FLOW[frame.sized.rankdir][0] else 0.0


def _extent(rows: np.ndarray) -> tuple[float, float]:
    width, height = _extents(rows).tolist()
    return float(width), float(height)


def _extents(rows: np.ndarray) -> np.ndarray:
    """Measure the width and the height of a drawing, or of each of several."""
    if not rows.shape[-2]:
        return np.ones((*rows.shape[:-2], 2))
    return np.asarray(rows[..., 2:].max(axis=-2) - rows[..., :2].min(axis=-2))


def _lacking(width: float, height: float, wanted: float, page: tuple[float, float]) -> float:
    """Measure by how many px the smallest text is too small on a page."""
    across, down = width + 2 * style.MARGIN, height + 2 * style.MARGIN + FURNITURE
    return max(0.0, wanted - min(page[0] / across, page[1] / down, 1.0) * style.LEGEND_SIZE)


def _features(frame: Frame, boxes: Floats, sizes: Sequence[tuple[float, float]]) -> list[dict[str, float]]:
    """Measure what the guess is made of, for the boxes of several placements, of these sizes."""
    joined = _joined(frame)
    tails, heads = boxes[:, joined[:, 0]], boxes[:, joined[:, 1]]
    low, high = np.maximum(tails[..., :2], heads[..., :2]), np.minimum(tails[..., 2:], heads[..., 2:])
    one, two = (tails[..., :2] + tails[..., 2:]) / 2, (heads[..., :2] + heads[..., 2:]) / 2
    corner = np.stack([two[..., 0], one[..., 1]], axis=-1)  # leave sideways, arrive from above or below
    faces = high - low > _SHARED  # upright, level
    faces[..., 1] &= ~faces[..., 0]
    facing = (low + high) / 2
    bent = ~(faces[..., 0] | faces[..., 1])
    turn = np.where(bent[..., None], corner, np.where(faces, facing, two))
    starts = np.concatenate([np.where(faces, facing, one), corner], axis=1)
    ends = np.concatenate([turn, two], axis=1)
    bars = np.concatenate([np.minimum(starts, ends), np.maximum(starts, ends)], axis=2)
    foreign = _foreign(frame)
    is_foreign = np.concatenate(
        [np.broadcast_to(foreign, (len(boxes), *foreign.shape)), foreign & bent[:, None]], axis=2
    )
    crossings = _crossings(one, two).tolist()
    hits = _bar_hits(boxes[:, : len(foreign)], bars, is_foreign).tolist()
    return [
        {"crossings": crossed, "bent_hits": hit, "small": _small(frame, size)}
        for crossed, hit, size in zip(crossings, hits, sizes, strict=True)
    ]


@lru_cache(maxsize=4)
def _joined(frame: Frame) -> Ints:
    """List the boxes at the ends of each edge that is no loop; kept for graphs that are searched for."""
    return np.array([pair for pair in frame.joined if pair[0] != pair[1]], dtype=np.int64).reshape(-1, 2)


def _length(line: Line) -> int:
    return sum(abs(ax - bx) + abs(ay - by) for (ax, ay), (bx, by) in pairwise(line))


def cross(one: np.ndarray, two: np.ndarray) -> np.ndarray:
    """Return the cross products of vectors: positive where the second points to the right of the first, on screen."""
    return np.asarray(one[..., 0] * two[..., 1] - one[..., 1] * two[..., 0])


def _crossings(starts: Floats, ends: Floats) -> Ints:
    """Count the pairs of straight lines that properly cross, in each of several drawings."""
    along = (ends - starts)[:, :, None]
    own = cross(along, starts[:, :, None])
    sides = cross(along, starts[:, None]) - own  # on which of each line (rows) each other one starts
    sides *= cross(along, ends[:, None]) - own
    apart = sides < 0
    return np.asarray(np.count_nonzero(apart & apart.transpose(0, 2, 1), axis=(1, 2)) // 2)


@lru_cache(maxsize=4)
def _foreign(frame: Frame) -> Bools:
    """Return, for each card (rows) and each edge that is no loop (columns), whether the edge joins another two."""
    cards, joined = np.arange(len(frame.homes))[:, None], _joined(frame)
    return np.asarray((joined[None, :, 0] != cards) & (joined[None, :, 1] != cards))


def _bar_crossings(bars: np.ndarray, owners: np.ndarray) -> float:
    is_level = bars[:, 3] - bars[:, 1] <= bars[:, 2] - bars[:, 0]
    level, upright = bars[is_level], bars[~is_level]
    crossed = (level[:, None, 0] < upright[None, :, 0]) & (upright[None, :, 0] < level[:, None, 2])
    crossed &= (upright[None, :, 1] < level[:, None, 1]) & (level[:, None, 1] < upright[None, :, 3])
    return float(np.count_nonzero(crossed & (owners[is_level][:, None] != owners[~is_level][None, :])))


def _bar_hits(cards: Floats, bars: Floats, is_foreign: Bools) -> Ints:
    """Count where a bar is nearer than 4 px to a card that is foreign to it, in each of several drawings."""
    x0, y0, x1, y1 = (cards + np.array([-4, -4, 4, 4])).transpose(2, 0, 1)[..., None]
    left, upper, right, lower = bars.transpose(2, 0, 1)[:, :, None]
    met = (x0 <= right) & (x1 >= left) & (y0 <= lower) & (y1 >= upper) & is_foreign
    return np.asarray(np.count_nonzero(met, axis=(1, 2)))
