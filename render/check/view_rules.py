"""Structure of a drawing: everything is joined, named, labelled and explained, in a form that can be read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archfolio.render.check.finding import Violation, rule
from archfolio.render.model.graph import Cluster, Direction, Edge, Kind, Node
from archfolio.render.model.honoured import fix_for, needs_graphviz, unhonoured_parts
from archfolio.render.model.name import name_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archfolio.render.model.graph import Graph

FEWEST, MOST = 7, 19  # nodes of a view
MOST_OF_DELTA = 22  # of one that shows what was removed too
WORDS, LINES = 4, 2  # of a label
_TWICE = re.compile(r"\b([^\W\d]{2,})[ \u202f]\1\b", re.IGNORECASE)


def display_name(part: Node | Cluster) -> str:
    """Name a part as its reader does: a node by its name, a cluster by the first line of its label."""
    return name_of(part.label) if isinstance(part, Node) else part.label.split("\n")[0]


def edge_name(graph: Graph, edge: Edge) -> str:
    """Name an edge by its ends: `Ranker >> Log`."""
    names = {cluster.id: display_name(cluster) for cluster in graph.clusters} | {
        node.id: display_name(node) for node in graph.nodes
    }
    return f"{names[edge.tail]} >> {names[edge.head]}"


def members(graph: Graph, end: str) -> frozenset[str]:
    """List what an end of an edge stands for: a node, or a cluster with all that is inside it."""
    inside = {end}
    for cluster in graph.clusters:  # parents come before their children
        if cluster.parent in inside:
            inside.add(cluster.id)
    return frozenset(inside | {node.id for node in graph.nodes if node.cluster in inside})


_KINDS = tuple(kind.value for kind in Kind if kind is not Kind.PLAIN)
STORE = re.compile(r"\.(?:database|inmemory|storage)\.|^concept\.(?:Cache|FeatureStore|GraphStore)$")
_SHAPES = "programming.flowchart."
_OF_NETWORKS = frozenset({"concept.Head", "concept.LossFunction", "concept.PromptPart"})


def _is_network(graph: Graph) -> bool:
    """Return whether a drawing shows the inside of a model: it has a head, a loss or a part of a prompt."""
    return any(node.component in _OF_NETWORKS for node in graph.nodes)


def _is_flowchart(graph: Graph) -> bool:
    """Return whether a drawing shows states or tests: half of its nodes, or more, are shapes of flowcharts."""
    shapes = [node for node in graph.nodes if node.component.startswith(_SHAPES)]
    return bool(shapes) and 2 * len(shapes) >= len(graph.nodes)


@rule(
    "S101",
    "every node has an edge, of its own or of a group around it",
    why="A box that nothing reaches says nothing about the system.",
    mending="Draw its edge, or leave it out.",
    wrong='Kafka("Audit log", tooltip="Keeps decisions")',
    right='scorer >> stream("decisions") >> Kafka("Audit log", tooltip="Keeps decisions")',
)
def unconnected_node(graph: Graph) -> Iterator[Violation]:
    """Find nodes that nothing reaches."""
    joined = frozenset[str]().union(*(members(graph, end) for edge in graph.edges for end in (edge.tail, edge.head)))
    for node in graph.nodes:
        if node.id not in joined:
            yield Violation(
                node.line,
                f"'{display_name(node)}' has no edge: join it to what it works with, or leave it out",
                node.id,
            )


@rule(
    "S102",
    f"every edge has a kind: {', '.join(_KINDS)}",
    why="They cost and fail differently.",
    mending="Draw it with one of the six functions instead of `Edge`.",
    wrong='scorer >> Edge(label="list") >> log',
    right='scorer >> stream("list") >> log',
)
def edge_without_kind(graph: Graph) -> Iterator[Violation]:
    """Find edges of which one cannot tell what they carry.

    Within a network those without a kind carry tensors; in a flowchart, and between states, they lead on.
    """
    if _is_network(graph) or _is_flowchart(graph):
        return
    shapes = {node.id for node in graph.nodes if node.component.startswith(_SHAPES)}
    for edge in graph.edges:
        if edge.kind is Kind.PLAIN and not {edge.tail, edge.head} <= shapes:
            sentence = f"'{edge_name(graph, edge)}' has no kind: draw it with one of {', '.join(_KINDS)}"
            yield Violation(edge.line, sentence, edge.id)


@rule(
    "S103",
    "every edge has a label",
    why="An arrow without a word is a guess.",
    mending='Say what it carries: `request("top 500")`.',
    wrong="people >> request() >> scorer",
    right='people >> request("one item") >> scorer',
)
def edge_without_label(graph: Graph) -> Iterator[Violation]:
    """Find edges that do not say what they carry; what leads on in a network or a flowchart says so at a test only."""
    leads_on = _is_network(graph) or _is_flowchart(graph)
    tests = {node.id for node in graph.nodes if node.component == f"{_SHAPES}Decision"}
    for edge in graph.edges:
        if not edge.label.strip() and not (leads_on and edge.kind is Kind.PLAIN and edge.tail not in tests):
            sentence = f"'{edge_name(graph, edge)}' has no label: say in up to {WORDS} words what it carries"
            yield Violation(edge.line, sentence, edge.id)


@rule(
    "S104",
    "every node says what it does here (its tooltip, also the text for those who cannot see it)",
    why="The role is the tooltip, the text in the gallery's panel, and what a screen reader says.",
    mending='Give the node `tooltip="..."`: one sentence.',
    wrong='scorer >> stream("decisions") >> Kafka("Audit log")',
    right='scorer >> stream("decisions") >> Kafka("Audit log", tooltip="Keeps decisions for a year")',
)
def node_without_role(graph: Graph) -> Iterator[Violation]:
    """Find nodes without a role."""
    for node in graph.nodes:
        if not node.role.strip():
            yield Violation(
                node.line, f"'{display_name(node)}' does not say what it does here: give it a tooltip", node.id
            )


@rule(
    "S105",
    f"a label has at most {LINES} lines of {WORDS} words; a quoted figure is one word",
    why="Long labels are what makes drawings unreadable.",
    mending="Keep names and figures; put the rest in the tooltip or a step.",
    wrong='scorer >> stream("all of the scores that it computed") >> log',
    right='scorer >> stream("all scores") >> log',
)
def long_label(graph: Graph) -> Iterator[Violation]:
    """Find labels that are sentences."""
    parts: Iterable[Node | Cluster | Edge] = (*graph.clusters, *graph.nodes, *graph.edges)
    for part in parts:
        lines = part.label.split("\n")
        # Figures are written with narrow spaces inside, at which this does not split.
        words = max(len([word for word in line.split(" ") if word]) for line in lines)
        shown = part.label.replace("\n", " / ")
        if len(lines) > LINES:
            sentence = (
                f"the label '{shown}' has {len(lines)} lines: keep {LINES}, say the rest in the tooltip or a step"
            )
            yield Violation(part.line, sentence, part.id)
        elif words > WORDS:
            sentence = f"the label '{shown}' has {words} words on a line: keep {WORDS}, or break it in two lines"
            yield Violation(part.line, sentence, part.id)


@rule(
    "S106",
    f"a view has {FEWEST} to {MOST} nodes",
    why="Fewer parts are a sentence, more are a poster.",
    mending="Merge parts, or make two views.",
    wrong='scorer >> stream("events") >> [Kafka(f"Shard {n}", tooltip="Keeps events") for n in range(20)]',
    right='scorer >> stream("events") >> Kafka("20 shards", tooltip="Keep events")',
)
def node_count(graph: Graph, fewest: int = FEWEST, most: int = MOST) -> Iterator[Violation]:
    """Find views that say too little or too much, by the limits of the project."""
    count = len(graph.nodes)
    most = max(most, MOST_OF_DELTA) if graph.base else most
    if count < fewest:
        yield Violation(
            graph.line, f"the view has {count} nodes: add what it leaves out (at least {fewest}), or merge it"
        )
    if count > most:
        yield Violation(
            graph.line, f"the view has {count} nodes: merge parts to at most {most}, or make two views of it"
        )


@rule(
    "S107",
    "no two nodes of one group have the same label",
    why="A reader takes them for one.",
    mending="Use one node, or name them apart.",
    wrong='scorer >> stream("copy") >> [Kafka("Copy", tooltip="Keeps"), Kafka("Copy", tooltip="Keeps")]',
    right='scorer >> stream("copy") >> [Kafka("Dublin copy", tooltip="Keeps"), Kafka("Oslo copy", tooltip="Keeps")]',
)
def duplicate_label(graph: Graph) -> Iterator[Violation]:
    """Find nodes that a reader takes for one."""
    seen: dict[tuple[str | None, str], int] = {}
    for node in graph.nodes:
        if first := seen.get((node.cluster, node.label)):
            sentence = (
                f"'{display_name(node)}' stands in its group already (line {first}): use that one, or name them apart"
            )
            yield Violation(node.line, sentence, node.id)
        seen.setdefault((node.cluster, node.label), node.line)


@rule(
    "S108",
    "each step of a walkthrough starts from something that a step before it has reached",
    why="A walkthrough that jumps cannot be followed.",
    mending="Draw the edge that leads there in an earlier step.",
    wrong='with step("The bank is told."):\n    Kafka("Bills", tooltip="Keeps") >> stream("bills") >> '
    'Users("Bank", tooltip="Pays")',
    right='with step("They pay."):\n    people >> request("pay") >> Users("Bank", tooltip="Pays")',
)
def disconnected_step(graph: Graph) -> Iterator[Violation]:
    """Find steps that jump to a part nobody has come to."""
    reached: frozenset[str] = frozenset()
    for number, sentence in enumerate(graph.steps, 1):
        edges = [edge for edge in graph.edges if edge.step == number]
        ends = frozenset[str]().union(*(members(graph, end) for edge in edges for end in (edge.tail, edge.head)))
        if reached and edges and not ends & reached:
            says = f"step {number} ('{sentence[:40].rstrip()}...') starts where no step before it has come to:"
            yield Violation(edges[0].line, f"{says} draw the edge that leads there first", edges[0].id)
        reached |= ends


@rule(
    "S109",
    "no word stands twice in a row: a quoted figure brings its unit along",
    why='`{wait} days` reads "7 days days".',
    mending="Write `{wait}`, or `{wait:n} days`.",
    wrong='scorer >> stream("lists of {wait} days") >> log',
    right='scorer >> stream("lists of {wait}") >> log',
)
def repeated_word(graph: Graph) -> Iterator[Violation]:
    """Find "7 days days"."""
    parts: Iterable[Node | Cluster | Edge] = (*graph.clusters, *graph.nodes, *graph.edges)
    texts = [(part.line, part.id, text) for part in parts for text in (part.label, getattr(part, "role", ""))]
    for line, where, text in [*texts, (graph.line, "", graph.caption)]:
        if found := _TWICE.search(text):
            word = found[1]
            sentence = f"'{found[0]}' says '{word}' twice: write the figure as {{name:n}}, or drop the second '{word}'"
            yield Violation(line, sentence, where)


@rule(
    "S110",
    "a store answers and never calls",
    why="An arrow means one thing: who waits for whom.",
    mending="Draw the call from the service; draw what a store hands on with `response`.",
    wrong='store >> request("values") >> scorer',
    right='scorer >> request("values") >> store',
)
def store_that_calls(graph: Graph) -> Iterator[Violation]:
    """Find requests that begin at a database, a cache, a bucket or a feature store."""
    stores = {node.id: node for node in graph.nodes if STORE.search(node.component)}
    for edge in graph.edges:
        caller = edge.head if edge.direction is Direction.BACK else edge.tail
        if edge.base is Kind.REQUEST and caller in stores:
            sentence = (
                f"'{edge_name(graph, edge)}': '{display_name(stores[caller])}' is a store and calls nobody;"
                " turn the arrow, or draw with 'response' what it hands on"
            )
            yield Violation(edge.line, sentence, edge.id)


@rule(
    "S111",
    "what a node, an edge or a group is given is drawn",
    why="A name or a value that is misspelt changes nothing, and nobody sees why.",
    mending="Correct it, or leave it out; docs/scripts.md lists what is drawn.",
    wrong='log >> stream("scores") >> Kafka("Copy", tooltip="Keeps scores", shape="elipse")',
    right='log >> stream("scores") >> Kafka("Copy", tooltip="Keeps scores", shape="ellipse")',
)
def attribute_without_effect(graph: Graph) -> Iterator[Violation]:
    """Find attributes that the house style does not know, and values that it cannot read."""
    if needs_graphviz(graph):
        return
    for part, wish in unhonoured_parts(graph):
        match part:
            case Edge():
                where = f"'{edge_name(graph, part)}'"
            case Node() | Cluster():
                where = f"'{display_name(part)}'"
            case _:
                where = "the view"
        sentence = f"{where} asks for {wish}, which is not drawn: {fix_for(wish)}"
        yield Violation(part.line, sentence, getattr(part, "id", ""))


SCRIPT_RULES = (unconnected_node, duplicate_label)
"""What holds for plain `diagrams` scripts too."""

VIEW_RULES = (
    *SCRIPT_RULES,
    edge_without_kind,
    edge_without_label,
    node_without_role,
    long_label,
    node_count,
    disconnected_step,
    repeated_word,
    store_that_calls,
    attribute_without_effect,
)
"""What holds for each view of a system."""
