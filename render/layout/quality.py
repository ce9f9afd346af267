"""Measure how readable a layout is: what is wrong with it, and whose fault it is."""

from __future__ import annotations

from dataclasses import dataclass, fields
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from archfolio.render.layout import line_faults, looks
from archfolio.render.layout.bicliques import drawn_bicliques
from archfolio.render.layout.boxes import grown, inside, overlaps, stacked
from archfolio.render.layout.fans import mirrored, scattered
from archfolio.render.layout.line_faults import Culprits, Things, meet
from archfolio.render.layout.place_titles import aside
from archfolio.render.layout.reading_order import backward_share, entry, leftwards, misnumbered, out_of_order
from archfolio.render.layout.siblings import unmatched
from archfolio.render.model import style
from archfolio.render.model.geometry import Box
from archfolio.render.model.graph import chain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archfolio.render.layout.boxes import Floats
    from archfolio.render.model.geometry import Layout, PlacedLabel, Point, Sized

DETACHED = 18.0
"""How far a line of an edge label may be from its edge, in px."""

FIT = (1000.0, 1400.0)
"""The page, in px, on which the smallest text must have `READABLE` px."""

READABLE = 8.0

FURNITURE = 120.0
"""What title, caption and legend add to the height of a drawing, in px."""

SCREENS = {"auto": style.LAPTOP, "wide": (1600.0, 700.0), "tall": (900.0, 1440.0)}
"""What a drawing is to be read on, in px, by its aspect; auto is a laptop.

Its smallest text should have `COMFORTABLE` px when the drawing is fitted into it.
"""

COMFORTABLE = 9.0


PRICES = {
    "crossings": 8.0,
    "in_bicliques": 0.5,
    "bends": 0.25,
    "misaligned": 1.5,
    "detours": 6.0,
    "jogs": 0.8,
    "hooks": 0.25,
    "aside": 1.5,
    "astride": 0.15,
    "loose": 0.2,
    "lopsided": 3.0,
    "scattered": 4.0,
}
"""What one of each costs; the unit is arbitrary."""

_A_CORNER = 1 / 5
A_PX_OF_LINE = 1 / 300
_A_PX_BACK = 1 / 600  # against the flow
A_PX_LEFTWARDS = 1 / 400
A_PX_OF_AREA = 1 / 400_000
_A_VOID = 4.0  # if all of the drawing were empty
AN_ENTRY = 6.0  # at the very end
A_PAIR_OUT_OF_ORDER = 0.5
A_PAIR_OF_NUMBERS = 4.0  # out of order, more than other pairs
BACKWARD = 12.0  # of all edges: of a row into the next line
A_LACKING_PX = 4.0  # of the size of text on a laptop, where it is hardly comfortable
A_PX_UNREADABLE = 3.0  # of the size of text on a page, where nobody can read it
A_PX_SMALLER = 0.4  # of the same, than it is at 100 %: of two drawings the one that has the shape of the page


@dataclass(frozen=True, slots=True)
class Faults:
    """What is wrong with a layout. `FAULT_NAMES` must be empty; the others tell good layouts from better ones."""

    overlap: Culprits  # two texts that cover each other: ids of edges and clusters
    covered: Culprits  # a label or title over a card: edge or cluster, node
    through: Culprits  # an edge through a card that is not its end: edge, node
    struck: Culprits  # a text without a ground with a line through it: edge or cluster, edge
    detached: Culprits  # an edge label too far from its edge: edge
    foreign: Culprits  # an edge label crossed by another edge: edge, other edge
    ambig: Culprits  # an edge label whose middle is nearer to another edge than to its own: edge, other edge
    overflow: Culprits  # a text wider than what holds it: edge or cluster
    hidden: Culprits  # an arrow head under a label: edge, edge of the label
    hug: Culprits  # an edge that runs along the border of a panel: edge, cluster
    coincident: Culprits  # two edges that run on top of one another: edge, other edge
    collided: Culprits  # cards and panels that overlap, neither of which holds the other: node or cluster, likewise
    unmet: Culprits  # two nodes that do not stand as their author wishes: node, other node
    small: Culprits  # ("drawing",) if the smallest text is unreadable when the drawing is fitted into a page
    crossings: Culprits  # pairs of edges that cross
    in_bicliques: Culprits  # the same, of one biclique
    bends: Culprits  # edges with a label over a bend
    misaligned: Culprits  # neighbouring cards that are out of line: node, other node
    detours: Culprits  # edges much longer than the way between their ends
    jogs: Culprits  # edges that step aside a little on their way
    hooks: Culprits  # edges that turn between cards which are hardly out of line
    aside: Culprits  # titles of panels that are not in their corner: cluster
    astride: Culprits  # labels across the border of a panel: edge, cluster
    loose: Culprits  # panels with hardly a card in them
    lopsided: Culprits  # nodes that are no middle of what they are joined to in a row
    scattered: Culprits  # nodes out of the row of those with the same neighbours, or the same place in another panel
    neighbours: int  # pairs of cards that could be out of line
    against: float  # px that edges run against the flow
    corners: int  # of all lines
    length: float  # px of all lines
    area: float  # px² of the drawing
    void: float  # the largest empty rectangle, as a share of the drawing
    entry: float  # how far down the flow the author's first node stands, as a share of the drawing
    disordered: int  # pairs of cards that stand the other way round than they are read
    misnumbered: int  # of these, pairs of cards that their author has numbered
    leftwards: float  # px that edges from earlier cards to later ones lead to the left, on the whole
    backward: float  # share of edges that lead back in a drawing that runs to a side: its rows are folded
    text: float  # px of the smallest text when the drawing is fitted into the screen of a laptop
    page: float  # px of the smallest text when the drawing is fitted into a page

    @property
    def count(self) -> int:
        """How many faults there are; 0 is a clean drawing."""
        return sum(len(getattr(self, name)) for name in FAULT_NAMES)

    @property
    def cost(self) -> float:
        """How restless it is, in no unit; it decides between drawings with equally many faults."""
        told = sum(price * len(getattr(self, name)) for name, price in PRICES.items())
        lacking = max(0.0, COMFORTABLE + 1 - self.text)
        unreadable = max(0.0, READABLE - self.page)
        way = self.against * _A_PX_BACK + self.length * A_PX_OF_LINE + self.corners * _A_CORNER
        read = self.entry * AN_ENTRY + self.disordered * A_PAIR_OUT_OF_ORDER + lacking * A_LACKING_PX
        read += self.misnumbered * A_PAIR_OF_NUMBERS
        read += self.leftwards * A_PX_LEFTWARDS + self.backward * BACKWARD
        read += unreadable * A_PX_UNREADABLE + (style.LEGEND_SIZE - self.text) * A_PX_SMALLER
        return told + way + read + self.area * A_PX_OF_AREA + self.void * _A_VOID


FAULT_NAMES = tuple(one.name for one in fields(Faults) if one.type == "Culprits" and one.name not in PRICES)
"""The names of the faults, of which a good drawing has none: no price is low enough for them."""


def measure(sized: Sized, layout: Layout, lines: Sequence[Sequence[tuple[float, float]]] = ()) -> Faults:
    """Measure a layout of a sized graph, whose lines have right angles (`route_edges.smooth`).

    `lines` are the corners of its routes, which are found from their points if they are not given.
    """
    lines = lines or [corners(route.points) for route in layout.routes]
    steps = np.array([(*one, *two) for line in lines for one, two in pairwise(line)]).reshape(-1, 4)
    things = _as_arrays(sized, layout, lines, steps)
    ambig, detached = _strayed(things)
    lengths = np.abs(steps[:, 2:] - steps[:, :2]).sum(axis=1)
    numbers = {node.id: number for number, node in enumerate(sized.nodes)}
    nowhere = len(numbers)
    joined = [(numbers.get(edge.tail, nowhere), numbers.get(edge.head, nowhere)) for edge in sized.edges]
    even, uneven = mirrored(sized, joined, things.cards, lines)
    exempt = {things.edges[edge] for fan in even for edge in fan.edges}  # they run so for the sake of the others
    of_bicliques = [
        {things.edges[edge] for *_, edge in biclique.lines} for biclique in drawn_bicliques(sized, things.cards, lines)
    ]
    crossed = line_faults.crossings(things)
    lined, neighbours = looks.misaligned(things.cards)
    page = _text(layout, FIT)
    return Faults(
        overlap=_overlapping(things),
        covered=_covered(things),
        through=line_faults.through(things),
        struck=_struck(things),
        detached=detached,
        foreign=_foreign(things),
        ambig=ambig,
        overflow=_overflow(layout),
        hidden=line_faults.hidden(things, lines),
        hug=line_faults.hugging(things),
        coincident=line_faults.coincident(things),
        collided=_collided(things),
        unmet=_unmet(sized, layout),
        small=(("drawing",),) if page < READABLE else (),
        crossings=tuple(pair for pair in crossed if not _are_of_one(of_bicliques, pair)),
        in_bicliques=tuple(pair for pair in crossed if _are_of_one(of_bicliques, pair)),
        bends=_bends(things, lines),
        misaligned=tuple((sized.nodes[one].id, sized.nodes[two].id) for one, two in lined),
        detours=tuple(one for one in line_faults.detours(things, lengths) if one[0] not in exempt),
        jogs=tuple(one for one in line_faults.jogs(things, lines) if one[0] not in exempt),
        hooks=line_faults.hooks(things, lines),
        aside=tuple((things.clusters[at],) for at in aside(things.titles, things.panels)),
        astride=_astride(things),
        loose=tuple((things.clusters[at],) for at in looks.loose(things.panels, things.cards)),
        lopsided=tuple((sized.nodes[fan.hub].id,) for fan in uneven),
        scattered=tuple(
            (sized.nodes[at].id,)
            for at in dict.fromkeys((*scattered(sized, joined, things.cards), *unmatched(sized, things.cards)))
        ),
        neighbours=neighbours,
        against=line_faults.against(sized.rankdir, steps),
        corners=sum(len(line) - 2 for line in lines),
        length=float(lengths.sum()),
        area=layout.size.width * layout.size.height,
        void=looks.void(things.cards, things.labels, things.bars, layout.size),
        entry=entry(sized, things.cards),
        disordered=out_of_order(sized, things.cards),
        misnumbered=misnumbered(sized, things.cards),
        leftwards=leftwards(sized, things.cards),
        backward=backward_share(sized, things.cards),
        text=_text(layout, SCREENS[sized.aspect]),
        page=page,
    )


def _as_arrays(sized: Sized, layout: Layout, lines: Sequence[Sequence[tuple[float, float]]], steps: Floats) -> Things:
    """Return a layout as arrays; `steps` are the parts of its lines, from (x, y) to (x, y)."""
    edges = tuple(route.edge for route in layout.routes)
    labelled = tuple(label.edge for label in layout.labels)
    clusters = tuple(cluster.id for cluster in sized.clusters)
    place = {edge: number for number, edge in enumerate(edges)}
    return Things(
        sized,
        layout,
        cards=stacked(layout.nodes[node.id] for node in sized.nodes),
        panels=stacked(layout.clusters[cluster] for cluster in clusters),
        labels=stacked(label.box for label in layout.labels),
        titles=stacked(layout.titles[cluster] for cluster in clusters),
        bars=np.hstack([np.minimum(steps[:, :2], steps[:, 2:]), np.maximum(steps[:, :2], steps[:, 2:])]),
        owners=np.repeat(np.arange(len(lines)), [len(line) - 1 for line in lines]),
        edges=edges,
        labelled=labelled,
        clusters=clusters,
        places=np.array([place[edge] for edge in labelled], dtype=np.int64),
    )


def _are_of_one(bicliques: Sequence[set[str]], pair: tuple[str, ...]) -> bool:
    return any(biclique.issuperset(pair) for biclique in bicliques)


def corners(points: Sequence[Point]) -> list[tuple[float, float]]:
    """Return the corners that a line had before they were rounded."""
    found = [(points[0].x, points[0].y)]
    for first, second, last in zip(points[:-1:3], points[1::3], points[3::3], strict=True):
        if first[0] != last[0] and first[1] != last[1]:
            leaves_level = abs(second[0] - first[0]) > abs(second[1] - first[1])
            found.append((last[0], first[1]) if leaves_level else (first[0], last[1]))
    found.append((points[-1].x, points[-1].y))
    return found


def text_lines(label: PlacedLabel) -> list[Box]:
    """Find the boxes of the lines of an edge label's text."""
    pad_x, pad_y = style.LABEL_PADDING
    step = (label.box.height - 2 * pad_y) / len(label.shape.lines)
    boxes = []
    for number, width in enumerate(label.shape.widths):
        slack = label.box.width - 2 * pad_x - width
        x0 = label.box.x0 + pad_x + {"start": 0.0, "middle": slack / 2, "end": slack}[label.anchor]
        y0 = label.box.y0 + pad_y + number * step
        boxes.append(Box(x0, y0, x0 + width, y0 + step))
    return boxes


def _gaps(boxes: Floats, bars: Floats) -> Floats:
    """Measure from each box (rows) to each bar (columns): 0 where they touch."""
    x0, y0, x1, y1 = boxes.T[:, :, None]
    low_x, low_y, high_x, high_y = bars.T
    across, down = np.maximum(low_x - x1, x0 - high_x), np.maximum(low_y - y1, y0 - high_y)
    return np.asarray(np.hypot(np.maximum(across, 0), np.maximum(down, 0)))


def _strayed(things: Things) -> tuple[Culprits, Culprits]:
    """Find labels whose middle is nearer to another edge than to their own, and those with a line of text far off."""
    if not len(things.labels):
        return (), ()
    middles = (things.labels[:, :2] + things.labels[:, 2:]) / 2
    is_own = things.places[:, None] == things.owners[None, :]
    away = _gaps(np.hstack([middles, middles]), things.bars)
    own = np.where(is_own, away, np.inf).min(axis=1)
    others = np.where(is_own, np.inf, away)
    ambig = tuple(
        (things.labelled[at], things.edges[int(things.owners[int(others[at].argmin())])])
        for at in (others.min(axis=1) < own).nonzero()[0].tolist()
    )
    texts = [(number, box) for number, label in enumerate(things.layout.labels) for box in text_lines(label)]
    numbers = np.array([number for number, _ in texts])
    off = np.where(is_own[numbers], _gaps(stacked(box for _, box in texts), things.bars), np.inf).min(axis=1)
    return ambig, tuple((things.labelled[at],) for at in dict.fromkeys(numbers[off > DETACHED].tolist()))


def _foreign(things: Things) -> Culprits:
    """Find labels with another edge in them, be it under their ground."""
    label, bar = (meet(things.labels, things.bars) & (things.places[:, None] != things.owners[None, :])).nonzero()
    pairs = dict.fromkeys(zip(label.tolist(), things.owners[bar].tolist(), strict=True))
    return tuple((things.labelled[at], things.edges[owner]) for at, owner in pairs)


def _meeting(boxes: Floats) -> list[tuple[int, int]]:
    """List the pairs of boxes, by number, whose insides meet."""
    ones, others = overlaps(boxes, boxes).nonzero()
    return [pair for pair in zip(ones.tolist(), others.tolist(), strict=True) if pair[0] < pair[1]]


def _overlapping(things: Things) -> Culprits:
    texts, names = np.vstack([things.labels, things.titles]), things.labelled + things.clusters
    return tuple((names[one], names[other]) for one, other in _meeting(texts))


def _collided(things: Things) -> Culprits:
    parents = {cluster.id: cluster.parent for cluster in things.sized.clusters}
    homes = {node.id: node.cluster for node in things.sized.nodes} | parents
    names = list(homes)
    boxes = np.vstack([things.cards, things.panels])
    return tuple(
        (names[one], names[other])
        for one, other in _meeting(boxes)
        if names[one] not in chain(homes[names[other]], parents)
        and names[other] not in chain(homes[names[one]], parents)
    )


def _covered(things: Things) -> Culprits:
    texts, names = np.vstack([things.labels, things.titles]), things.labelled + things.clusters
    text, node = overlaps(texts, things.cards).nonzero()
    return tuple((names[a], things.sized.nodes[b].id) for a, b in zip(text.tolist(), node.tolist(), strict=True))


def _struck(things: Things) -> Culprits:
    """Find texts without a ground that have a line in them: titles by any, labels by their own; `foreign` has more."""
    bare = [
        (at, box) for at, label in enumerate(things.layout.labels) if not label.on_line for box in text_lines(label)
    ]
    own = things.places[np.array([at for at, _ in bare], dtype=np.int64)]
    text, bar = (
        meet(stacked(box for _, box in bare), things.bars) & (own[:, None] == things.owners[None, :])
    ).nonzero()
    by_own = dict.fromkeys(things.edges[int(own[at])] for at in text.tolist())
    title, bar = meet(things.titles, things.bars).nonzero()
    by_any = dict.fromkeys(zip(title.tolist(), things.owners[bar].tolist(), strict=True))
    return tuple((edge, edge) for edge in by_own) + tuple((things.clusters[at], things.edges[by]) for at, by in by_any)


def _overflow(layout: Layout) -> Culprits:
    """Find titles that are wider than their cluster; cards and labels are as wide as their text by construction."""
    return tuple((key,) for key, title in layout.titles.items() if title.x1 > layout.clusters[key].x1)


def _bends(things: Things, lines: Sequence[Sequence[tuple[float, float]]]) -> Culprits:
    found = []
    for label, place in zip(things.layout.labels, things.places.tolist(), strict=True):
        x0, y0, x1, y1 = label.box
        if any(x0 < x < x1 and y0 < y < y1 for x, y in lines[place][1:-1]):
            found.append((label.edge,))
    return tuple(found)


def _astride(things: Things) -> Culprits:
    across = overlaps(grown(things.labels, -1.0), things.panels) & ~inside(things.labels, grown(things.panels, 1.0))
    label, panel = across.nonzero()
    return tuple((things.labelled[a], things.clusters[b]) for a, b in zip(label.tolist(), panel.tolist(), strict=True))


def _unmet(sized: Sized, layout: Layout) -> Culprits:
    """Find nodes that do not stand as their author wishes."""
    found = []
    for kind, node, other in sized.wishes:
        one, two = layout.nodes[node], layout.nodes[other]
        is_met = {
            "same_row": abs(one.centre.y - two.centre.y) <= looks.OFF,
            "same_column": abs(one.centre.x - two.centre.x) <= looks.OFF,
            "left_of": one.x1 <= two.x0,
            "below": one.y0 >= two.y1,
        }[kind]
        if not is_met:
            found.append((node, other))
    return tuple(found)


def _text(layout: Layout, page: tuple[float, float]) -> float:
    """Measure the smallest text, in px, when the drawing is fitted into a page."""
    width, height = layout.size.width + 2 * style.MARGIN, layout.size.height + 2 * style.MARGIN + FURNITURE
    return min(page[0] / width, page[1] / height, 1.0) * style.LEGEND_SIZE
