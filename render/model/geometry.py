"""Sizes and places. One unit is one CSS pixel at 100 %; y grows downwards; no value depends on a device."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

FLOW = {"TB": (1, 1), "BT": (1, -1), "LR": (0, 1), "RL": (0, -1)}
"""The axis along which a drawing runs, and which way."""


class Point(NamedTuple):
    """A place on the drawing."""

    x: float
    y: float


class Box(NamedTuple):
    """An upright rectangle from its top left (x0, y0) to its bottom right (x1, y1)."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        """How wide it is."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """How high it is."""
        return self.y1 - self.y0

    @property
    def centre(self) -> Point:
        """Its middle."""
        x0, y0, x1, y1 = self
        return Point((x0 + x1) / 2, (y0 + y1) / 2)

    def meets(self, other: Box) -> bool:
        """Return whether the insides of the two have a place in common."""
        return self.x0 < other.x1 and other.x0 < self.x1 and self.y0 < other.y1 and other.y0 < self.y1

    def contains(self, other: Box) -> bool:
        """Return whether the other lies in this one."""
        return self.x0 <= other.x0 and other.x1 <= self.x1 and self.y0 <= other.y0 and other.y1 <= self.y1


class Size(NamedTuple):
    """A width and a height."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class SizedNode:
    """A node as layout sees it: a rectangle that is in a cluster."""

    id: str
    size: Size
    cluster: str | None


@dataclass(frozen=True, slots=True)
class SizedCluster:
    """A cluster as layout sees it: a panel with a title in its top strip."""

    id: str
    title: Size  # of the title's text
    parent: str | None


@dataclass(frozen=True, slots=True)
class LabelShape:
    """One way to break an edge label into lines, with the size that it has then."""

    lines: tuple[str, ...]
    widths: tuple[float, ...]  # of each line
    size: Size


@dataclass(frozen=True, slots=True)
class SizedEdge:
    """An edge as layout sees it: two ends and a label that may be broken in one of several ways (as given first)."""

    id: str
    tail: str
    head: str
    shapes: tuple[LabelShape, ...]  # empty: no label
    arrows: tuple[bool, bool]  # has an arrow head at its tail, at its head
    span: int = 1  # ranks between its ends at least; 0 if they do not hang on it, -1 if they may share one


class Spacing(NamedTuple):
    """How far cards stand apart, as factors of what is usual: those of a rank, and ranks."""

    across: float = 1.0
    along: float = 1.0


@dataclass(frozen=True, slots=True)
class Sized:
    """A graph in which everything has its size and nothing has its place: what layout is given."""

    rankdir: str
    nodes: tuple[SizedNode, ...]
    clusters: tuple[SizedCluster, ...]
    edges: tuple[SizedEdge, ...]
    wishes: tuple[tuple[str, str, str], ...] = ()  # "same_row", "same_column", "left_of" or "below", node, other node
    aspect: str = "auto"  # or wide, or tall
    spacing: Spacing = field(default=Spacing(), repr=False)

    def __hash__(self) -> int:
        """Hash what is quick to hash: what is known of a graph is looked up often while it is laid out."""
        return hash((self.rankdir, len(self.nodes), len(self.edges)))

    def spread(self, axis: int) -> float:
        """Return how many times as far apart as usual cards stand along x (0) or y (1)."""
        return self.spacing.along if (axis == 1) == (self.rankdir in {"TB", "BT"}) else self.spacing.across


@dataclass(frozen=True, slots=True)
class PlacedLabel:
    """An edge label in its place."""

    edge: str
    shape: LabelShape
    box: Box
    anchor: str  # "start", "middle" or "end": to which side its lines are aligned
    on_line: bool  # lies on its edge, and so needs a ground of its own


@dataclass(frozen=True, slots=True)
class Route:
    """The line of an edge: cubic Bézier pieces, 3n + 1 points, from the border of its tail to that of its head."""

    edge: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything in its place, the top left of the drawing at (0, 0)."""

    size: Size
    nodes: dict[str, Box]
    clusters: dict[str, Box]
    titles: dict[str, Box]  # of clusters: the box of the title's text
    routes: tuple[Route, ...]
    labels: tuple[PlacedLabel, ...]
    candidate: str  # the name of the settings that drew it
