"""Watch `diagrams` draw: inside `recording()`, a `with Diagram(...)` block is written down instead of rendered.

This is the one place that reaches into the library. What it changes there, for as long as a recording lasts:
ids are readable and stable, two clusters of one label stay two, edges may end at a cluster, a block that raises is
dropped, and nothing is written to disk or shown.
"""

from __future__ import annotations

import re
import sys
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import diagrams
from diagrams.custom import Custom

from archfolio.render.model.categories import accent_of
from archfolio.render.model.graph import Accent, Attrs, Cluster, Direction, Edge, Kind, Node
from archfolio.render.model.ids import Names, plain, printable, slug
from archfolio.views import walkthrough

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Change = tuple[type, str, object]
"""A class of the library, the name of one of its functions, and what stands there while we record."""

_DEFAULT_EDGE = diagrams.Edge._default_edge_attrs
BEST_DIRECTION = "TB"
"""How a drawing runs whose author leaves it to the library, which says LR: of 42 views none was better in that."""

_DIRECTION_ARGUMENT = 2  # its place among the arguments of a Diagram
_PLUMBING = {"label", "xlabel", "dir", "class", "tooltip"}  # attributes that have a field of their own
_KINDS = {kind.value: kind for kind in Kind}
_OPERATORS = ("__sub__", "__rsub__", "__rshift__", "__lshift__", "__rrshift__", "__rlshift__")


@dataclass
class Record:
    """What one `with Diagram(...)` block drew, in order. Labels are as written, quotes not filled in."""

    name: str
    filename: str
    rankdir: str
    line: int
    attrs: Attrs  # that the author set on the graph, its nodes ("node.color") and its edges ("edge.color")
    nodes: list[Node] = field(default_factory=list)
    clusters: list[Cluster] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    dot: str = ""  # as the library itself would hand it to Graphviz, with our ids
    names: Names = field(default_factory=Names)


class _ClusterEnd(diagrams.Node):  # type: ignore[misc]
    """A cluster as the end of an edge: what `>>` needs of a node, and no node of its own."""

    def __init__(self, cluster: diagrams.Cluster) -> None:
        self._id = cluster.archfolio_id
        self._diagram = cluster._diagram
        self.label = cluster.label


class Recorder:
    """Collects the records of one run of one file."""

    def __init__(self, script: Path) -> None:
        """Record for a script, whose lines are the lines of what it draws."""
        self._script = str(script)
        self.records: list[Record] = []

    def _line(self) -> int:
        """Find the line of the script that is running now, 0 if none is."""
        frame = sys._getframe(1)
        while frame is not None:
            if frame.f_code.co_filename == self._script:
                return frame.f_lineno
            if frame.f_back is None:
                break
            frame = frame.f_back
        return 0

    def icon(self, path: str) -> str:
        """Find an icon that a script names: beside the script, or from where the script was started."""
        beside = Path(self._script).parent / path
        return str(beside if beside.is_file() or not Path(path).is_file() else Path(path).resolve())

    def open(self, diagram: Any) -> None:
        """Begin a record for a diagram."""
        diagram.archfolio = Record(
            name=printable(diagram.name),
            filename=diagram.filename,
            rankdir=diagram.dot.graph_attr["rankdir"] if diagram.archfolio_directed else BEST_DIRECTION,
            line=self._line(),
            attrs=_own_attrs(diagram),
        )

    def close(self, diagram: Any) -> None:
        """End the record of a diagram and keep it."""
        diagram.archfolio.dot = printable(diagram.dot.source)
        self.records.append(diagram.archfolio)

    def name_node(self, label: str) -> str:
        """Choose the id of a node that is about to be made, from its label and the clusters around it."""
        cluster = diagrams.getcluster()
        own = slug(plain(label).split("\n")[0]) or "node"
        path = f"{cluster.archfolio_id}.{own}" if cluster else own
        return str(diagrams.getdiagram().archfolio.names.take(path))

    def add_node(self, node: Any) -> None:
        """Write a new node down."""
        record: Record = node._diagram.archfolio
        cluster = node._cluster
        attrs = {key: str(value) for key, value in node._attrs.items()}
        image = attrs.pop("image", "")
        if image:  # an icon brings a shape and a height of the library's
            attrs.pop("shape", None)
            attrs.pop("height", None)
        component = _component(node)
        record.nodes.append(
            Node(
                id=node.nodeid,
                label=printable(node.label),
                component=component,
                icon=Path(image) if image else None,
                role=printable(attrs.get("tooltip", "")),
                cluster=cluster.archfolio_id if cluster else None,
                accent=Accent(node.accent) if hasattr(node, "accent") else accent_of(component),
                line=self._line(),
                attrs=_pairs(attrs),
            )
        )

    def add_cluster(self, cluster: Any, graph_attr: dict[str, str]) -> None:
        """Give a new cluster its id and write it down."""
        record: Record = cluster._diagram.archfolio
        parent = cluster._parent
        own = slug(cluster.label) or "cluster"
        cluster.archfolio_id = record.names.take(f"{parent.archfolio_id}.{own}" if parent else own)
        cluster.name = cluster.dot.name = f"cluster_{cluster.archfolio_id}"
        record.clusters.append(
            Cluster(
                id=cluster.archfolio_id,
                label=printable(cluster.label),
                parent=parent.archfolio_id if parent else None,
                line=self._line(),
                attrs=_pairs({key: str(value) for key, value in graph_attr.items()}),
            )
        )

    def add_edge(self, diagram: Any, tail: str, head: str, edge: Any) -> None:
        """Write a new edge down."""
        record: Record = diagram.archfolio
        attrs = {key: str(value) for key, value in edge.attrs.items()}
        own = {key: value for key, value in attrs.items() if _DEFAULT_EDGE.get(key) != value}
        steps = walkthrough.get()
        record.edges.append(
            Edge(
                id=record.names.take(f"{tail}--{head}"),
                tail=tail,
                head=head,
                label=printable(attrs.get("label") or attrs.get("xlabel") or ""),
                kind=_KINDS.get(attrs.get("class", ""), Kind.PLAIN),
                direction=Direction(attrs["dir"]),
                line=self._line(),
                step=steps.current if steps else None,
                attrs=_pairs(own),
            )
        )


def _pairs(attrs: dict[str, str]) -> Attrs:
    return tuple(sorted((key, value) for key, value in attrs.items() if key not in _PLUMBING))


def _own_attrs(diagram: Any) -> Attrs:
    """List what the author set on a diagram beyond the library's defaults."""
    own = dict(diagram.archfolio_attrs)
    return tuple(sorted((key, str(value)) for key, value in own.items()))


def _component(node: Any) -> str:
    """Name the class of a node by its place in the library: "onprem.queue.Kafka"."""
    kind = type(node)
    if hasattr(kind, "accent"):
        return f"concept.{kind.__name__}"
    module = re.sub(r"^diagrams\.?", "", kind.__module__)
    if kind.__module__.startswith("diagrams.custom"):
        return f"custom.{slug(plain(node.label).split(chr(10))[0]) or 'node'}"
    if kind.__module__.startswith("diagrams"):
        return f"{module}.{_short_name(kind)}".lstrip(".")
    return f"own.{kind.__name__}"


def _short_name(kind: type) -> str:
    """Prefer the library's alias to the class name: S3 to SimpleStorageServiceS3, PostgreSQL to Postgresql."""
    home = vars(sys.modules[kind.__module__])
    aliases = [name for name, value in home.items() if value is kind and name != kind.__name__]
    return min(aliases, key=len, default=kind.__name__)


def _ends(other: Any) -> Any:
    """Replace clusters, alone or in a list, by ends that edges can be drawn to."""
    if isinstance(other, diagrams.Cluster):
        return _ClusterEnd(other)
    if isinstance(other, list):
        return [_ends(item) for item in other]
    return other


def _operator(name: str, kind: type) -> Callable[[Any, Any], Any]:
    """Wrap one of the library's arrow operators so that it takes clusters on both sides."""
    original = getattr(diagrams.Node if kind is diagrams.Cluster else kind, name)

    def operate(self: Any, other: Any) -> Any:
        end = _ends(other)
        result = original(_ends(self), end)
        return other if result is end else result  # the author gets back the object that the author gave

    return operate


def _member(record: Record, end: str) -> str | None:
    """Find a node inside a cluster, to which Graphviz can tie an edge of the cluster."""
    inside = {end}
    for cluster in record.clusters:
        if cluster.parent in inside:
            inside.add(cluster.id)
    return next((node.id for node in record.nodes if node.cluster in inside), None)


def _library_edge(diagram: Any, tail: str, head: str, edge: Any) -> None:
    """Draw an edge as the library does; one that ends at a cluster is tied to a member and clipped at the border."""
    record: Record = diagram.archfolio
    clusters = {cluster.id for cluster in record.clusters}
    ends, clips = [tail, head], {}
    for position, (end, clip) in enumerate(((tail, "ltail"), (head, "lhead"))):
        if end in clusters:
            diagram.dot.graph_attr["compound"] = "true"
            clips[clip] = f"cluster_{end}"
            ends[position] = _member(record, end) or end
    diagram.dot.edge(*ends, **{**edge.attrs, **clips})


def _diagram_changes(recorder: Recorder) -> Iterator[Change]:
    make = diagrams.Diagram.__init__

    def make_diagram(self: Any, *args: Any, **kwargs: Any) -> None:
        make(self, *args, **kwargs)
        own = dict(kwargs.get("graph_attr") or {})
        own |= {f"node.{key}": value for key, value in (kwargs.get("node_attr") or {}).items()}
        own |= {f"edge.{key}": value for key, value in (kwargs.get("edge_attr") or {}).items()}
        self.archfolio_attrs = own
        self.archfolio_directed = "direction" in kwargs or len(args) > _DIRECTION_ARGUMENT or "rankdir" in own
        recorder.open(self)

    def leave_diagram(self: Any, kind: type[BaseException] | None, *_: object) -> None:
        diagrams.setdiagram(None)
        diagrams.setcluster(None)
        if kind is None:
            recorder.close(self)

    def connect(self: Any, tail: Any, head: Any, edge: Any) -> None:
        recorder.add_edge(self, tail.nodeid, head.nodeid, edge)
        _library_edge(self, tail.nodeid, head.nodeid, edge)

    yield diagrams.Diagram, "__init__", make_diagram
    yield diagrams.Diagram, "__exit__", leave_diagram
    yield diagrams.Diagram, "connect", connect
    yield diagrams.Diagram, "render", lambda _: None


def _part_changes(recorder: Recorder) -> Iterator[Change]:
    make_library_cluster, make_library_node = diagrams.Cluster.__init__, diagrams.Node.__init__
    load_icon = Custom._load_icon

    def make_cluster(self: Any, label: str = "cluster", *args: Any, **kwargs: Any) -> None:
        make_library_cluster(self, label, *args, **kwargs)
        recorder.add_cluster(self, kwargs.get("graph_attr") or (args[1] if len(args) > 1 else None) or {})

    def make_node(self: Any, label: str = "", *, nodeid: str | None = None, **attrs: Any) -> None:
        if diagrams.getdiagram() is not None:  # the library has its own word for a node outside a diagram
            nodeid = nodeid or recorder.name_node(label)
        make_library_node(self, label, nodeid=nodeid, **attrs)
        recorder.add_node(self)

    yield diagrams.Cluster, "__init__", make_cluster
    yield diagrams.Node, "__init__", make_node
    yield Custom, "_load_icon", lambda self: recorder.icon(load_icon(self))
    for name in _OPERATORS:
        for kind in (diagrams.Node, diagrams.Edge, diagrams.Cluster):
            yield kind, name, _operator(name, kind)


@contextmanager
def recording(script: Path) -> Iterator[Recorder]:
    """Record every diagram that is drawn inside, for a script at an absolute path."""
    recorder = Recorder(script)
    # All of them are made from the library as it is before any of them is put in place.
    wanted = [*_diagram_changes(recorder), *_part_changes(recorder)]
    with ExitStack() as changes:
        for kind, name, new in wanted:
            changes.enter_context(patch.object(kind, name, new, create=True))
        yield recorder
