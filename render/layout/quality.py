"""Measure how readable a layout is: what is wrong with it, and whose fault it is."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

from archfolio.render.layout.segments import (
    coincident_pairs,
    crossing_pairs,
    distances,
    grown,
    meeting,
    of_routes,
    overlaps,
    rows,
)
from archfolio.render.model import style
from archfolio.render.model.geometry import Box

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archfolio.render.layout.segments import Floats, Segments
    from archfolio.render.model.geometry import Layout, PlacedLabel, Sized

DETACHED = 18.0
"""How far a line of an edge label may be from its edge, in px."""

FIT = (1000.0, 1400.0)
"""The page, in px, on which the smallest text must have `READABLE` px."""

READABLE = 8.0

FURNITURE = 120.0
"""What title, caption and legend add to the height of a drawing, in px."""

SIDE_BY_SIDE = 4.0  # px: lines that run closer than this look like one
SHARED_WAY = 12.0  # px of which make two lines coincident
DEPTH = 2.0  # px that a line must be inside a card to count as running through it

Culprits = tuple[tuple[str, ...], ...]
"""Ids of what is in each fault: the text or edge that is wrong first, then what it collides with."""


@dataclass(frozen=True, slots=True)
class Faults:
    """What is wrong with a layout. The first nine must be empty; the others tell good layouts from better ones."""

    overlap: Culprits  # two texts that cover each other: ids of edges and clusters
    covered: Culprits  # a label or title over a card: edge or cluster, node
    through: Culprits  # an edge through a card that is not its end: edge, node
    struck: Culprits  # a text without a ground with a line through it: edge or cluster, edge
    detached: Culprits  # an edge label too far from its edge: edge
    foreign: Culprits  # an edge label crossed by another edge: edge, other edge
    ambig: Culprits  # an edge label nearer to another edge than to its own: edge, other edge
    overflow: Culprits  # a text wider than what holds it: edge or cluster
    small: Culprits  # ("drawing",) if the smallest text is unreadable when the drawing is fitted into a page
    crossings: Culprits  # pairs of edges that cross
    bends: Culprits  # edges with a label over a bend
    coincident: Culprits  # pairs of edges that run on top of one another
    against: float  # px that edges run against the flow
    corners: int  # of all lines
    length: float  # px of all lines
    area: float  # px² of the drawing

    @property
    def count(self) -> int:
        """How many faults there are; 0 is a clean drawing."""
        return sum(len(getattr(self, name)) for name in FAULT_NAMES)

    @property
    def cost(self) -> float:
        """How restless it is, in no unit; it decides between drawings with equally many faults."""
        return (
            1.5 * len(self.crossings)
            + 0.8 * len(self.coincident)
            + 0.25 * len(self.bends)
            + self.against / 1200
            + self.corners / 20
            + self.length / 4000
            + self.area / 400_000
        )


FAULT_NAMES = tuple(field.name for field in fields(Faults))[:9]
"""The names of the faults, of which a good drawing has none."""


def measure(sized: Sized, layout: Layout) -> Faults:
    """Measure a layout of a sized graph."""
    lines = of_routes([route.points for route in layout.routes])
    edges = [route.edge for route in layout.routes]
    place = {edge: number for number, edge in enumerate(edges)}
    clusters = [cluster.id for cluster in sized.clusters]
    labelled = [label.edge for label in layout.labels]
    titles = rows(layout.titles[cluster] for cluster in clusters)
    labels = rows(label.box for label in layout.labels)
    texts, names = np.vstack([labels, titles]), labelled + clusters
    nodes = rows(layout.nodes[node.id] for node in sized.nodes)
    ambig, detached = _strayed(layout, lines, edges)
    return Faults(
        overlap=_overlapping(texts, names),
        covered=_covered(texts, names, nodes, sized),
        through=_through(sized, nodes, lines),
        struck=_struck(layout, titles, clusters, lines, edges),
        detached=detached,
        foreign=_foreign(labels, labelled, lines, edges),
        ambig=ambig,
        overflow=_overflow(layout),
        small=_small(layout),
        crossings=tuple((edges[one], edges[two]) for one, two in crossing_pairs(lines).tolist()),
        bends=_bends(layout, place),
        coincident=tuple(
            (edges[one], edges[two]) for one, two in coincident_pairs(lines, SIDE_BY_SIDE, SHARED_WAY).tolist()
        ),
        against=_against(sized.rankdir, lines),
        corners=sum(max(len(route.points) - 4, 0) // 6 for route in layout.routes),
        length=float(np.hypot(*(lines.end - lines.start).T).sum()),
        area=layout.size.width * layout.size.height,
    )


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


def _strayed(layout: Layout, lines: Segments, edges: Sequence[str]) -> tuple[Culprits, Culprits]:
    """Find labels that are nearer to another edge than to their own, and those of which a line of text is far off."""
    place = {edge: number for number, edge in enumerate(edges)}
    ambig, detached = [], []
    for label in layout.labels:
        texts = rows(text_lines(label))
        is_own = lines.owner == place[label.edge]
        own = distances(texts, lines.of(is_own)).min(axis=1, initial=np.inf)
        if own.max() > DETACHED:
            detached.append((label.edge,))
        near = lines.of(~is_own & overlaps(grown(rows([label.box]), DETACHED), grown(lines.bounds, 1.0))[0])
        off = distances(texts, near).min(axis=0, initial=np.inf)
        if off.size and off.min() < own.min():
            ambig.append((label.edge, edges[int(near.owner[off.argmin()])]))
    return tuple(ambig), tuple(detached)


def _foreign(labels: Floats, labelled: Sequence[str], lines: Segments, edges: Sequence[str]) -> Culprits:
    """Find labels with another edge in them, be it under their ground."""
    label, segment = meeting(labels, lines)
    pairs = dict.fromkeys(zip(label.tolist(), lines.owner[segment].tolist(), strict=True))
    named = ((labelled[at], edges[owner]) for at, owner in pairs)
    return tuple((own, other) for own, other in named if own != other)


def _overlapping(boxes: Floats, names: Sequence[str]) -> Culprits:
    one, other = np.nonzero(np.triu(overlaps(boxes, boxes), k=1))
    return tuple((names[a], names[b]) for a, b in zip(one.tolist(), other.tolist(), strict=True))


def _covered(texts: Floats, names: list[str], nodes: Floats, sized: Sized) -> Culprits:
    text, node = np.nonzero(overlaps(texts, nodes))
    return tuple((names[a], sized.nodes[b].id) for a, b in zip(text.tolist(), node.tolist(), strict=True))


def _through(sized: Sized, nodes: Floats, lines: Segments) -> Culprits:
    """Find edges that run through cards which are not their ends."""
    node, segment = meeting(grown(nodes, -DEPTH), lines)
    found = dict.fromkeys(zip(lines.owner[segment].tolist(), node.tolist(), strict=True))
    named = ((sized.edges[edge], sized.nodes[at].id) for edge, at in found)
    return tuple((edge.id, at) for edge, at in named if at not in {edge.tail, edge.head})


def _struck(layout: Layout, titles: Floats, clusters: Sequence[str], lines: Segments, edges: Sequence[str]) -> Culprits:
    """Find texts without a ground that have a line in them: titles by any, labels by their own; `foreign` has more."""
    bare = [(label.edge, box) for label in layout.labels if not label.on_line for box in text_lines(label)]
    owners = [edge for edge, _ in bare]
    text, segment = meeting(np.vstack([rows(box for _, box in bare), titles]), lines)
    found = dict.fromkeys(zip(text.tolist(), lines.owner[segment].tolist(), strict=True))
    by_own = [(owners[at], edges[by]) for at, by in found if at < len(owners) and owners[at] == edges[by]]
    by_any = [(clusters[at - len(owners)], edges[by]) for at, by in found if at >= len(owners)]
    return tuple(dict.fromkeys(by_own)) + tuple(by_any)


def _overflow(layout: Layout) -> Culprits:
    """Find titles that are wider than their cluster; cards and labels are as wide as their text by construction."""
    return tuple((key,) for key, title in layout.titles.items() if title.x1 > layout.clusters[key].x1)


def _small(layout: Layout) -> Culprits:
    width, height = layout.size.width + 2 * style.MARGIN, layout.size.height + 2 * style.MARGIN + FURNITURE
    scale = min(FIT[0] / width, FIT[1] / height, 1.0)
    return (("drawing",),) if scale * style.LEGEND_SIZE < READABLE else ()


def _bends(layout: Layout, place: dict[str, int]) -> Culprits:
    found = []
    for label in layout.labels:
        bends = np.array(layout.routes[place[label.edge]].points[3:-3]).reshape(-1, 2)
        if ((bends > label.box[:2]) & (bends < label.box[2:])).all(axis=1).any():
            found.append((label.edge,))
    return tuple(found)


def _against(rankdir: str, lines: Segments) -> float:
    axis, sign = {"TB": (1, -1), "BT": (1, 1), "LR": (0, -1), "RL": (0, 1)}[rankdir]
    return float(np.clip(sign * (lines.end - lines.start)[:, axis], 0, None).sum())
