"""Build a graph from a record: what the DOT says, with what was noted while it was drawn.

An attribute is the author's where it differs from what the library would have set, whoever set it and however.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archfolio.render.capture.dot_parser import Subgraph, parse_dot
from archfolio.render.capture.recorder import (
    CLUSTER_DEFAULTS,
    CLUSTER_GROUNDS,
    EDGE_DEFAULTS,
    EDGE_MARK,
    GRAPH_DEFAULTS,
    NODE_DEFAULTS,
    NodeNote,
)
from archfolio.render.model.graph import MEANING, Accent, Attrs, Cluster, Direction, Edge, Kind, Node
from archfolio.render.model.ids import printable, replace_controls, slug
from archfolio.render.model.label import is_html, read_label, read_record

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from archfolio.render.capture.dot_parser import DotEdge, DotGraph
    from archfolio.render.capture.icons import IconFinder
    from archfolio.render.capture.recorder import Record

_KINDS = {kind.value: kind for kind in Kind}
_BY_VALUE = {direction.value: direction for direction in Direction}
_NODE_FIELDS = frozenset({"label", "tooltip", "image", "class", "id"})  # that have a field of their own
_EDGE_FIELDS = frozenset({"label", "dir", "class", "minlen", "constraint", "weight", "id", EDGE_MARK})
_CLUSTER_FIELDS = frozenset({"label", "rankdir", "class", "id"})
_GRAPH_FIELDS = frozenset({"label", "rankdir", "class", "id", "tooltip"})
_FROM_GRAPH = frozenset({"fontcolor", "penwidth", "margin", "labelloc", "color", "pencolor", "fillcolor"})
"""What a cluster takes over from the graph if neither it nor the library says otherwise."""
_UNKNOWN = NodeNote("Node", Accent.NONE, 0, {})
_NOTHING = "generic.blank."  # the library's picture of nothing
_RECORDS = frozenset({"record", "Mrecord"})
_RANKDIRS = ("TB", "BT", "LR", "RL")


@dataclass(frozen=True, slots=True)
class Parts:
    """What a record amounts to: the parts of a graph."""

    nodes: tuple[Node, ...]
    clusters: tuple[Cluster, ...]
    edges: tuple[Edge, ...]
    rankdir: str
    title: str
    title_markup: str
    same_rank: tuple[tuple[str, ...], ...]
    attrs: Attrs


def assemble_graph(record: Record, find_icon: IconFinder) -> Parts:
    """Read a record's DOT; `find_icon` looks for the files that nodes name.

    Raises NotDot where an author wrote something else into it.
    """
    return _Assembly(record, parse_dot(record.dot), find_icon).parts()


class _Assembly:
    """One record on its way to a graph."""

    def __init__(self, record: Record, dot: DotGraph, find_icon: IconFinder) -> None:
        self._record, self._dot, self._find_icon = record, dot, find_icon
        self._root = dot.root.attrs
        self._names = record.names
        self._clusters = [subgraph for subgraph in dot.subgraphs if subgraph.is_cluster]
        self._cluster_ids: dict[int, str] = {}
        for subgraph in self._clusters:
            note = record.clusters.get(subgraph.name)
            self._cluster_ids[id(subgraph)] = note.id if note else self._names.take(_name_of(subgraph))
        stand_ins = set(self._cluster_ids.values()) - set(record.nodes)
        self._node_ids = {
            name: name if name in record.nodes else self._names.take(slug(self._label(name, attrs)[0]) or "node")
            for name, attrs in dot.nodes.items()
            if name not in stand_ins
        }
        self._homes = self._find_homes()

    def parts(self) -> Parts:
        """Return all of it."""
        title = self._root.get("label", "")
        rankdir = self._root.get("rankdir", "TB").upper()
        edge_defaults = {key: value for key, value in self._dot.edge_defaults.items() if key in EDGE_DEFAULTS}
        return Parts(
            nodes=self._nodes(),
            clusters=tuple(map(self._cluster, self._ordered_clusters())),
            edges=tuple(
                edge for dot_edge in self._dot.edges if (edge := self._edge(dot_edge, edge_defaults)) is not None
            ),
            rankdir=rankdir if rankdir in _RANKDIRS else "TB",
            title=replace_controls(read_label(title).text),
            title_markup=printable(title) if is_html(title) else "",
            same_rank=tuple(
                tuple(self._node_ids[name] for name in subgraph.nodes if name in self._node_ids)
                for subgraph in self._dot.subgraphs
                if subgraph.attrs.get("rank") == "same"
            ),
            attrs=_own(self._root, GRAPH_DEFAULTS, _GRAPH_FIELDS),
        )

    def _find_homes(self) -> dict[str, Subgraph]:
        """Find the innermost cluster of each node: the first, where several name it."""
        homes: dict[str, Subgraph] = {}
        for subgraph in self._clusters:
            for name in subgraph.nodes:
                home = homes.get(name)
                if home is None or any(above is home for above in subgraph.around):
                    homes[name] = subgraph
        return homes

    def _cluster_around(self, name: str) -> str | None:
        home = self._homes.get(name)
        return self._cluster_ids[id(home)] if home else None

    def _nodes(self) -> tuple[Node, ...]:
        order = {name: place for place, name in enumerate(self._record.nodes)}
        names = sorted(self._node_ids, key=lambda name: order.get(name, len(order)))
        return tuple(self._node(name, self._dot.nodes[name]) for name in names)

    def _label(self, name: str, attrs: Mapping[str, str]) -> tuple[str, str]:
        """Return the text of a node's label, and its markup where it has some that plain text cannot say."""
        said = attrs.get("label", "\\N")
        said = name if said == "\\N" else said
        if attrs.get("shape") in _RECORDS and not is_html(said):
            is_turned = self._root.get("rankdir", "TB").upper() in ("LR", "RL")  # and records with it
            return replace_controls(read_record(said).text), replace_controls(f"{{{said}}}" if is_turned else said)
        return _text_and_markup(said)

    def _node(self, name: str, attrs: Mapping[str, str]) -> Node:
        note = self._record.nodes.get(name, _UNKNOWN)
        text, markup = self._label(name, attrs)
        icon: Path | None = None
        wanted = attrs.get("image", "") or (read_label(markup).image if markup and is_html(markup) else "")
        if note.component.startswith(_NOTHING):
            wanted = ""
        if wanted:
            icon = self._find_icon(wanted, text, note.line)
        defaults = {**NODE_DEFAULTS, **note.defaults}
        own = dict(_own(attrs, defaults, _NODE_FIELDS))
        if note.meaning:
            own[MEANING] = note.meaning
        if name not in self._record.nodes and attrs.get("shape", "ellipse") != NODE_DEFAULTS["shape"]:
            own["shape"] = attrs.get("shape", "ellipse")
        return Node(
            id=self._node_ids[name],
            label=text,
            component=note.component,
            icon=icon,
            role=replace_controls(attrs.get("tooltip", "")),
            cluster=self._cluster_around(name),
            accent=note.accent,
            line=note.line,
            attrs=_sorted(own),
            markup=markup,
            lost_icon=replace_controls(wanted) if wanted and icon is None else "",
        )

    def _ordered_clusters(self) -> list[Subgraph]:
        """Sort clusters into the order in which they were made; those that nobody noted come last."""
        order = {name: place for place, name in enumerate(self._record.clusters)}
        return sorted(self._clusters, key=lambda subgraph: order.get(subgraph.name, len(order)))

    def _cluster(self, subgraph: Subgraph) -> Cluster:
        note = self._record.clusters.get(subgraph.name)
        around = [above for above in subgraph.around if above.is_cluster]
        text, markup = _text_and_markup(subgraph.attrs.get("label", ""))
        defaults = {**CLUSTER_DEFAULTS, "bgcolor": CLUSTER_GROUNDS[len(around) % len(CLUSTER_GROUNDS)]} if note else {}
        taken = {
            key: value
            for key, value in subgraph.inherited().items()
            if key in _FROM_GRAPH and key not in subgraph.attrs and GRAPH_DEFAULTS.get(key) != value
        }
        return Cluster(
            id=self._cluster_ids[id(subgraph)],
            label=text,
            parent=self._cluster_ids[id(around[0])] if around else None,
            line=note.line if note else 0,
            attrs=_sorted({**taken, **dict(_own(subgraph.attrs, defaults, _CLUSTER_FIELDS))}),
            markup=markup,
        )

    def _edge(self, dot_edge: DotEdge, edge_defaults: Mapping[str, str]) -> Edge | None:
        attrs = dict(dot_edge.attrs)
        # The library writes its type on every edge, over what the author set for all of them.
        for key, value in edge_defaults.items():
            if attrs.get(key) == EDGE_DEFAULTS[key]:
                attrs[key] = value
        mark = attrs.get(EDGE_MARK)
        note = self._record.edges[int(mark)] if mark else None
        tail, head = (note.tail, note.head) if note else (dot_edge.tail, dot_edge.head)
        tail_end = self._end(tail, dot_edge.head, attrs.get("ltail"))
        head_end = self._end(head, dot_edge.tail, attrs.get("lhead"))
        if tail_end is None or head_end is None:
            return None
        clipped = {
            clip for clip, end in (("ltail", tail_end), ("lhead", head_end)) if end in self._cluster_ids.values()
        }
        undirected = Direction.FORWARD if self._dot.is_directed else Direction.NONE
        text, markup = _text_and_markup(attrs.get("label") or attrs.get("xlabel") or "")
        if attrs.get("label") and attrs.get("xlabel"):
            text = f"{text}\n{_text_and_markup(attrs['xlabel'])[0]}"
        own = dict(_own(attrs, EDGE_DEFAULTS, _EDGE_FIELDS | {"xlabel"} | clipped))
        if attrs.get("class") and attrs["class"] not in _KINDS:  # a kind of the project's own, perhaps
            own["class"] = attrs["class"]
        return Edge(
            id=note.id if note else self._names.take(f"{tail_end}--{head_end}"),
            tail=tail_end,
            head=head_end,
            label=text,
            kind=_KINDS.get(attrs.get("class", ""), Kind.PLAIN),
            direction=_BY_VALUE.get(attrs.get("dir", ""), undirected),
            line=note.line if note else 0,
            step=note.step if note else None,
            attrs=_sorted(own),
            markup=markup,
            minlen=int(_number(attrs.get("minlen", ""), 1)),
            constraint=attrs.get("constraint", "").lower() not in ("false", "no", "0"),
            weight=_number(attrs.get("weight", ""), 1),
        )

    def _end(self, name: str, other: str, clip: str | None) -> str | None:
        """Resolve the end of an edge: a node, or the cluster around it at which the author has it clipped."""
        if name in self._record.parents:
            return name if name in self._cluster_ids.values() else None
        home = self._homes.get(name)
        for inside in (home, *home.around) if home and clip else ():
            note = self._record.clusters.get(inside.name)
            is_clipped = clip in (inside.name, note.library_name if note else "") and other not in inside.nodes
            if inside.is_cluster and is_clipped:
                return self._cluster_ids[id(inside)]
        return self._node_ids.get(name)


def _name_of(subgraph: Subgraph) -> str:
    return slug(read_label(subgraph.attrs.get("label", "")).text) or slug(subgraph.name) or "cluster"


def _text_and_markup(label: str) -> tuple[str, str]:
    """Return the text of a label, and the label itself where it says more than its text."""
    said = read_label(label)
    plain = replace_controls(said.text)
    has_more = is_html(label) or any(line.align for line in said.lines)
    return plain.strip() if is_html(label) else plain, printable(label) if has_more else ""


def _own(attrs: Mapping[str, str], defaults: Mapping[str, str], fields: frozenset[str]) -> Attrs:
    """List what differs from the library's defaults, and has no field of its own."""
    return _sorted({key: value for key, value in attrs.items() if key not in fields and defaults.get(key) != value})


def _sorted(attrs: Mapping[str, str]) -> Attrs:
    return tuple(sorted((key, replace_controls(value)) for key, value in attrs.items()))


def _number(text: str, otherwise: float) -> float:
    with suppress(ValueError):
        return float(text)
    return otherwise
