"""What one drawing says, before anything has a size or a place.

`Graph` is what capture hands on: nodes, clusters and edges with stable ids, in the order their author wrote them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

LIKE = "archfolio_like"
"""Attribute of an edge of a kind that is not ours: which of the six it counts as."""

MEANING = "archfolio_meaning"
"""Attribute of a node that is a concept of the project's own: what it means."""

Attrs = tuple[tuple[str, str], ...]
"""Graphviz attributes an author set, as sorted pairs, so that they can be compared and hashed."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What an author said about where nodes stand (`archfolio/placing.py`)."""

    kind: str  # same_row, left_of, below or first
    nodes: tuple[str, ...]
    line: int = field(default=0, repr=False, compare=False)  # no picture hangs on it; 0 in another file


class Kind(StrEnum):
    """What an edge carries; the value is also the word in the legend and the CSS class."""

    REQUEST = "request"
    RESPONSE = "response"
    STREAM = "stream"
    BATCH = "batch"
    CONTROL = "control"
    FEEDBACK = "feedback"
    PLAIN = "plain"  # an ordinary `diagrams.Edge`, of which we know no more


_KINDS = {kind.value: kind for kind in Kind}


class Accent(StrEnum):
    """What part of a system a node belongs to; the value is also the word in the legend and the CSS class."""

    PEOPLE = "people"
    SERVING = "serving"
    DATA = "data"
    MODEL = "model"
    OPERATIONS = "operations"
    NONE = "none"


class Direction(StrEnum):
    """Where an edge has arrow heads (Graphviz's `dir`)."""

    FORWARD = "forward"
    BACK = "back"
    BOTH = "both"
    NONE = "none"


class Revision(StrEnum):
    """What became of a part in a drawing that begins from another one; the value is also the word in the legend."""

    KEPT = ""
    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


class ViewChange(NamedTuple):
    """One change of a drawing that begins from another one: what it is, why, and the ids of what it is about."""

    kind: Revision
    sentence: str
    nodes: tuple[str, ...]
    edges: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Node:
    """A box with an icon and a label. Lines of a label are separated by a newline; the first is the name."""

    id: str
    label: str
    component: str  # "onprem.queue.Kafka", "concept.Ranker": what else in the gallery is the same thing
    icon: Path | None
    role: str  # one sentence: what it does here
    cluster: str | None  # id of the innermost cluster
    accent: Accent | str  # a word for a part of the project's own
    line: int  # of the author's file, 1-based; 0 if unknown
    attrs: Attrs = ()
    markup: str = ""  # the label as it was written, where that says more than its text, which is `label`
    lost_icon: str = ""  # the name of a picture that could not be had
    revision: Revision = Revision.KEPT


@dataclass(frozen=True, slots=True)
class Cluster:
    """A titled group of nodes and clusters."""

    id: str
    label: str
    parent: str | None  # id of the enclosing cluster
    line: int
    attrs: Attrs = ()
    markup: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """An arrow between two nodes, or a node or cluster and a cluster."""

    id: str
    tail: str  # id of a node or a cluster
    head: str
    label: str
    kind: Kind | str  # a word for one of the project's own
    direction: Direction
    line: int
    step: int | None = None  # 1-based step of the walkthrough in which it is drawn
    attrs: Attrs = ()
    markup: str = ""
    minlen: int = 1  # ranks that it spans at least; 0: its ends may share one
    constraint: bool = True  # False: it has no say in the ranks of its ends
    weight: float = 1  # how much short and straight matters
    revision: Revision = Revision.KEPT

    @property
    def base(self) -> Kind:
        """The kind of ours that it counts as: its own, or what a kind of the project's says it is like."""
        own = _KINDS.get(self.kind)
        return Kind(dict(self.attrs).get(LIKE, Kind.PLAIN)) if own is None else own


@dataclass(frozen=True, slots=True)
class Graph:
    """One drawing. Nodes, clusters and edges stand in the order in which their author wrote them."""

    slug: str
    title: str
    caption: str
    rankdir: str  # TB, BT, LR or RL
    nodes: tuple[Node, ...]
    clusters: tuple[Cluster, ...]
    edges: tuple[Edge, ...]
    steps: tuple[str, ...] = ()  # the walkthrough's sentences; step n is steps[n - 1]
    line: int = 0
    attrs: Attrs = ()
    markup: str = ""  # of the title
    same_rank: tuple[tuple[str, ...], ...] = ()  # ids of nodes that stand in one rank
    wishes: tuple[Wish, ...] = ()
    aspect: str = "auto"  # or wide, or tall
    base: str = ""  # the view of another system that it begins from: "feed-ranking/serving"
    changes: tuple[ViewChange, ...] = ()  # in which it differs from that, in the author's order


def chain(cluster: str | None, parents: Mapping[str, str | None]) -> Iterator[str]:
    """Yield a cluster and those around it, from the inside out; nothing for None."""
    while cluster is not None:
        yield cluster
        cluster = parents[cluster]
