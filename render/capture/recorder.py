"""Watch `diagrams` draw: inside `recording()`, a `with Diagram(...)` block is written down instead of rendered.

This is the one place that reaches into the library. What it changes there, for as long as a recording lasts:
ids are readable and stable, two clusters of one label stay two, edges may end at a cluster, a block that raises is
dropped, and nothing is written to disk or shown. What is drawn and how it is dressed is read from the library's own
DOT, whoever wrote into that; only what DOT cannot say is noted here.
"""

from __future__ import annotations

import inspect
import os
import sys
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import diagrams
import graphviz
from diagrams.custom import Custom

from archfolio.author_error import AuthorError
from archfolio.concepts import Concept
from archfolio.open_view import check_is_here, delta, walkthrough
from archfolio.render.capture.replaced import replaced
from archfolio.render.model.categories import accent_of
from archfolio.render.model.graph import Accent
from archfolio.render.model.ids import Names, printable, replace_controls, slug
from archfolio.render.model.label import is_enclosed, read_label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Change = tuple[type, str, object]
"""A class of the library, the name of one of its functions, and what stands there while we record."""

GRAPH_DEFAULTS = dict(diagrams.Diagram._default_graph_attrs)  # before an author changes them
NODE_DEFAULTS = dict(diagrams.Diagram._default_node_attrs)
EDGE_DEFAULTS = {**diagrams.Diagram._default_edge_attrs, **diagrams.Edge._default_edge_attrs}
CLUSTER_DEFAULTS = dict(diagrams.Cluster._default_graph_attrs)
CLUSTER_GROUNDS: tuple[str, ...] = diagrams.Cluster._Cluster__bgcolors  # by depth, in turn
EDGE_MARK = "archfolio_edge"  # attribute of an edge in the DOT: its place among the edges of the record
_KNOWN_PARTS = {part.value: part for part in Accent}
_DIRECTION_ARGUMENT = 2  # its place among the arguments of a Diagram
_ENDS = (diagrams.Node, diagrams.Edge, diagrams.Cluster)
_OPERATORS = ("__sub__", "__rsub__", "__rshift__", "__lshift__", "__rrshift__", "__rlshift__")


@dataclass(frozen=True, slots=True)
class NodeNote:
    """What DOT does not say of a node: what it is an instance of, where it was written, what of it is the library's."""

    component: str
    accent: str  # an Accent, or a part of the project's own
    line: int
    defaults: dict[str, str]
    meaning: str = ""  # of a concept of the project's own


@dataclass(frozen=True, slots=True)
class ClusterNote:
    """What DOT does not say of a cluster: its id, the name that the library would have given it, where it was made."""

    id: str
    library_name: str
    line: int


@dataclass(frozen=True, slots=True)
class EdgeNote:
    """What DOT does not say of an edge: its id, its ends, which may be clusters, its step, where it was written."""

    id: str
    tail: str
    head: str
    line: int
    step: int | None


@dataclass
class Record:
    """What one diagram drew, in order."""

    name: str
    filename: str
    line: int
    formats: tuple[str, ...]  # that the script asks for
    is_directed: bool = True  # did the author say in which direction it runs?
    dot: str = ""  # as the library itself would hand it to Graphviz, with our ids and the marks of edges
    folder: str = ""  # the working folder when it was drawn
    nodes: dict[str, NodeNote] = field(default_factory=dict)
    clusters: dict[str, ClusterNote] = field(default_factory=dict)  # by name in the DOT
    parents: dict[str, str | None] = field(default_factory=dict)  # of clusters, by id
    members: dict[str, str | None] = field(default_factory=dict)  # clusters of nodes, by id
    edges: list[EdgeNote] = field(default_factory=list)
    wishes: tuple[tuple[str, tuple[str, ...], int], ...] = ()  # see `archfolio/placing.py`: kind, ids of nodes, line
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
        self.on_record: Callable[[Record], None] = lambda _: None  # called at the end of each block

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

    def open(self, diagram: Any) -> None:
        """Begin a record for a diagram."""
        asked = diagram.outformat if isinstance(diagram.outformat, list) else [diagram.outformat]
        diagram.archfolio = Record(
            name=str(diagram.name),
            filename=os.fspath(diagram.filename),
            is_directed=diagram.archfolio_directed,
            line=self._line(),
            formats=tuple(str(one).lower() for one in asked),
        )

    def close(self, diagram: Any) -> None:
        """Keep the record of a diagram, as the diagram is now; one that is kept already is brought up to date."""
        record: Record = diagram.archfolio
        record.dot = replace_controls(diagram.dot.source)
        record.wishes = tuple(
            (kind, nodes, line if file == self._script else 0)
            for kind, nodes, file, line in vars(diagram).get("archfolio_wishes", ())
        )
        record.folder = str(Path.cwd())
        if not any(kept is record for kept in self.records):
            self.records.append(record)
        self.on_record(record)

    def name_node(self, label: object) -> str:
        """Choose the id of a node that is about to be made, from its label and the clusters around it."""
        cluster = diagrams.getcluster()
        own = _slug(label) or "node"
        path = f"{cluster.archfolio_id}.{own}" if cluster else own
        return str(diagrams.getdiagram().archfolio.names.take(path))

    def add_node(self, node: Any) -> None:
        """Record a new node."""
        record: Record = node._diagram.archfolio
        component = _component(node)
        # The library gives what has an icon a shape and a height.
        height = str(node._height + 0.4 * str(node.label).count("\n"))
        record.members.setdefault(node.nodeid, node._cluster.archfolio_id if node._cluster else None)
        if (changes := delta.get()) is not None:
            changes.nodes.append(node)
            changes.draws(node.nodeid)
        record.nodes.setdefault(
            node.nodeid,
            NodeNote(
                component=component,
                accent=_KNOWN_PARTS.get(str(node.accent), str(node.accent))
                if hasattr(node, "accent")
                else accent_of(component),
                line=self._line(),
                meaning=_meaning(type(node), component),
                defaults={"shape": "none", "height": height} if node._icon else {},
            ),
        )

    def add_cluster(self, cluster: Any) -> None:
        """Record a new cluster under its id."""
        record: Record = cluster._diagram.archfolio
        parent = cluster._parent
        own = _slug(cluster.label) or "cluster"
        cluster.archfolio_id = record.names.take(f"{parent.archfolio_id}.{own}" if parent else own)
        note = ClusterNote(cluster.archfolio_id, cluster.name, self._line())
        cluster.name = cluster.dot.name = f"cluster_{cluster.archfolio_id}"
        cluster.dot.graph_attr["label"] = _label(cluster.dot.graph_attr["label"])
        record.clusters[cluster.name] = note
        record.parents[note.id] = parent.archfolio_id if parent else None

    def add_edge(self, diagram: Any, tail: str, head: str) -> int:
        """Record a new edge, and return its place."""
        record: Record = diagram.archfolio
        steps = walkthrough.get()
        note = EdgeNote(
            id=record.names.take(f"{tail}--{head}"),
            tail=tail,
            head=head,
            line=self._line(),
            step=steps.current if steps else None,
        )
        record.edges.append(note)
        if (changes := delta.get()) is not None:
            changes.draws(note.id)
        return len(record.edges) - 1


def _label(said: Any) -> Any:
    """Return a label that Graphviz reads: one in angle brackets that do not match is no HTML-like label, but text."""
    return graphviz.nohtml(said) if isinstance(said, str) and not is_enclosed(said) else said


def _slug(label: object) -> str:
    """Build a part of an address from the first line of a label that says something."""
    return next(filter(None, map(slug, read_label(str(label)).text.split("\n"))), "")


def _component(node: Any) -> str:
    """Name the class of a node by its place in the library: "onprem.queue.Kafka"."""
    kind: Any = type(node)
    if hasattr(kind, "accent"):
        return f"{'concept' if kind.__module__ == Concept.__module__ else 'own'}.{kind.__name__}"
    module = kind.__module__.removeprefix("diagrams").removeprefix(".")
    if kind.__module__.startswith("diagrams.custom"):
        return f"custom.{_slug(node.label) or 'node'}"
    if kind.__module__.startswith("diagrams"):
        return f"{module}.{_short_name(kind)}".lstrip(".")
    return f"own.{kind.__name__}"


def _meaning(kind: type, component: str) -> str:
    """Return what a concept of the project's own means: its docstring."""
    return printable(inspect.getdoc(kind) or "") if component.startswith("own.") and issubclass(kind, Concept) else ""


@cache
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


def _check_end(other: Any) -> None:
    """Refuse what no edge can end at: the library would fail with a word of its own, or draw nothing."""
    if isinstance(other, list):
        for one in other:
            _check_end(one)
    elif isinstance(other, str | bytes):
        fix = f"make it a node, or the edge's label, request({other!r})"
        raise AuthorError(f"an edge leads to a node or a group, and {other!r:.60} is a text: {fix}")
    elif inspect.isclass(other) or inspect.isroutine(other):
        raise AuthorError(f"'{other.__name__}' is not called: write {other.__name__}(\"...\")")
    elif not isinstance(other, _ENDS) and not hasattr(other, "forward"):
        raise AuthorError(f"an edge leads to a node or a group, not to {other!r:.60}: name the node that is meant")


def _operator(name: str, kind: type) -> Callable[[Any, Any], Any]:
    """Wrap one of the library's arrow operators so that it takes clusters on both sides."""
    original = getattr(diagrams.Node if kind is diagrams.Cluster else kind, name)

    def operate(self: Any, other: Any) -> Any:
        _check_end(other)
        end = _ends(other)
        result = original(_ends(self), end)
        return other if result is end else result  # the author gets back the object that the author gave

    return operate


def _member(record: Record, end: str) -> str | None:
    """Find a node inside a cluster, to which Graphviz can tie an edge of the cluster."""
    inside = {end}
    for cluster, parent in record.parents.items():
        if parent in inside:
            inside.add(cluster)
    return next((node for node, cluster in record.members.items() if cluster in inside), None)


def _library_edge(diagram: Any, tail: str, head: str, edge: Any, mark: int) -> None:
    """Draw an edge as the library does; one that ends at a cluster is tied to a member and clipped at the border."""
    record: Record = diagram.archfolio
    ends, clips = [tail, head], {}
    for position, (end, clip) in enumerate(((tail, "ltail"), (head, "lhead"))):
        if end in record.parents:
            diagram.dot.graph_attr["compound"] = "true"
            clips[clip] = f"cluster_{end}"
            ends[position] = _member(record, end) or end
    attrs = {key: _label(value) if key.endswith("label") else value for key, value in edge.attrs.items()}
    diagram.dot.edge(*ends, **{**attrs, **clips, EDGE_MARK: str(mark)})


def _diagram_changes(recorder: Recorder) -> Iterator[Change]:
    make = diagrams.Diagram.__init__
    enter = diagrams.Diagram.__enter__

    def make_diagram(self: Any, *args: Any, **kwargs: Any) -> None:
        make(self, *args, **kwargs)
        self.dot.name, self.dot.graph_attr["label"] = _label(self.dot.name), _label(self.dot.graph_attr["label"])
        own = kwargs.get("graph_attr") or {}
        self.archfolio_directed = "direction" in kwargs or len(args) > _DIRECTION_ARGUMENT or "rankdir" in own
        recorder.open(self)

    def enter_diagram(self: Any) -> Any:
        self.archfolio_outer = diagrams.getdiagram(), diagrams.getcluster()
        diagrams.setcluster(None)
        return enter(self)

    def leave_diagram(self: Any, kind: type[BaseException] | None, *_: object) -> None:
        outer, cluster = getattr(self, "archfolio_outer", (None, None))
        diagrams.setdiagram(outer)
        diagrams.setcluster(cluster)
        if kind is None:
            recorder.close(self)

    def connect(self: Any, tail: Any, head: Any, edge: Any) -> None:
        if walkthrough.get():  # in a view; of a script's several drawings we draw what the library does
            check_is_here(tail)
            check_is_here(head)
        mark = recorder.add_edge(self, tail.nodeid, head.nodeid)
        _library_edge(self, tail.nodeid, head.nodeid, edge, mark)

    def render(self: Any) -> None:
        recorder.close(self)

    yield diagrams.Diagram, "__init__", make_diagram
    yield diagrams.Diagram, "__enter__", enter_diagram
    yield diagrams.Diagram, "__exit__", leave_diagram
    yield diagrams.Diagram, "connect", connect
    yield diagrams.Diagram, "render", render


def _part_changes(recorder: Recorder) -> Iterator[Change]:
    make_library_cluster, make_library_node = diagrams.Cluster.__init__, diagrams.Node.__init__
    load_icon = Custom._load_icon

    def make_cluster(self: Any, *args: Any, **kwargs: Any) -> None:
        make_library_cluster(self, *args, **kwargs)
        recorder.add_cluster(self)

    def make_node(self: Any, label: str = "", *more: Any, nodeid: str | None = None, **attrs: Any) -> None:
        name = type(self).__name__
        if more:
            fix = f"write the others by name, {name}({label!r}, tooltip={more[0]!r:.60})"
            raise AuthorError(f"a node takes one text, its label: {fix}")
        if not isinstance(label, str):
            raise AuthorError(f'the label of the {name} is {label!r:.60}: write a text, {name}("...")')
        if diagrams.getdiagram() is not None:  # the library has its own word for a node outside a diagram
            nodeid = nodeid or recorder.name_node(label)
        make_library_node(self, _label(label), nodeid=nodeid, **attrs)
        recorder.add_node(self)

    yield diagrams.Cluster, "__init__", make_cluster
    yield diagrams.Node, "__init__", make_node
    yield Custom, "_load_icon", lambda self: os.fspath(load_icon(self))
    for name in _OPERATORS:
        for kind in _ENDS:
            yield kind, name, _operator(name, kind)


@contextmanager
def recording(script: Path) -> Iterator[Recorder]:
    """Record every diagram that is drawn inside, for a script at an absolute path."""
    recorder = Recorder(script)
    # All of them are made from the library as it is before any of them is put in place.
    wanted = [*_diagram_changes(recorder), *_part_changes(recorder)]
    with ExitStack() as changes:
        for kind, name, new in wanted:
            changes.enter_context(replaced(kind, name, new))
        changes.callback(diagrams.setdiagram, diagrams.getdiagram())
        changes.callback(diagrams.setcluster, diagrams.getcluster())
        diagrams.setdiagram(None)  # a script that set one by hand has left it there for the next
        diagrams.setcluster(None)
        yield recorder
