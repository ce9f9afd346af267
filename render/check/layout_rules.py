"""Pictures: the faults of a layout, as `render/layout/quality.py` measures them, as findings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archfolio.render.check.finding import Rule, RuleText, Violation, rule
from archfolio.render.check.view_rules import display_name, edge_name
from archfolio.render.layout.line_faults import SIDE_BY_SIDE
from archfolio.render.layout.quality import DETACHED, FIT, READABLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archfolio.render.layout.quality import Faults
    from archfolio.render.model.graph import Cluster, Edge, Graph, Node


@dataclass(frozen=True, slots=True)
class LaidOutView:
    """A view and what is wrong with its best layout."""

    graph: Graph
    faults: Faults | None  # None where there is no layout
    reason: str = ""  # why there is none


@rule(
    "P301",
    "a view can be laid out",
    why="There is no picture.",
    mending="Take the last edges or groups apart.",
    wrong='everything >> stream("events") >> everything_else  # a hundred edges in one view',
    right='with Cluster("Sources"):  # and one edge from the group\n    ...',
)
def not_laid_out(laid: LaidOutView) -> Iterator[Violation]:
    """Find views that Graphviz refuses."""
    if laid.faults is None:
        yield Violation(laid.graph.line, f"the view {laid.reason}: take its last edges or groups apart")


def _fault(
    code: str, fault: str, doc: str, says: str, *, why: str, mending: str, wrong: str, right: str
) -> Rule[LaidOutView]:
    """Build a rule from one kind of fault; `says` may name what is wrong, {0}, and what it collides with, {1}."""

    def violations(laid: LaidOutView) -> Iterator[Violation]:
        for culprits in getattr(laid.faults, fault, ()):
            first = culprits[0]
            names = [_name(laid.graph, culprit) for culprit in culprits]
            line = (fault == "unmet" and _line_of_wish(laid.graph, culprits)) or _line(laid.graph, first)
            yield Violation(line, says.format(*names), "" if first == "drawing" else first)

    return Rule(RuleText(code, doc, why, mending, wrong, right), violations)


def _name(graph: Graph, culprit: str) -> str:
    """Name what a fault names by its id: an edge by its ends, a group or node by its label."""
    names = {edge.id: edge_name(graph, edge) for edge in graph.edges}
    names |= {cluster.id: display_name(cluster) for cluster in graph.clusters}
    names |= {node.id: display_name(node) for node in graph.nodes}
    return f"'{names[culprit]}'" if culprit in names else f"the {culprit}"


def _line(graph: Graph, culprit: str) -> int:
    parts: tuple[Edge | Node | Cluster, ...] = (*graph.edges, *graph.nodes, *graph.clusters)
    return next((part.line for part in parts if part.id == culprit), 0) or graph.line


def _line_of_wish(graph: Graph, nodes: tuple[str, ...]) -> int:
    return next((wish.line for wish in graph.wishes if wish.nodes == nodes), 0)


LAYOUT_RULES = (
    not_laid_out,
    _fault(
        "P302",
        "overlap",
        "no two texts cover each other",
        "the texts of {0} and {1} cover each other: shorten one, or break it in two lines",
        why="Neither text can be read.",
        mending="Shorten one, or break it in two lines.",
        wrong='with Cluster("Candidate generation and filtering"):\n    Ranker("One")',
        right='with Cluster("Candidates"):\n    Ranker("One")',
    ),
    _fault(
        "P303",
        "covered",
        "no label lies over a card",
        "the text of {0} lies over {1}: shorten it, or move one of them to another group",
        why="The card's own text is hidden.",
        mending="Shorten the label, or regroup.",
        wrong='client >> request("everything it knows") >> ranker  # beside a third card',
        right='client >> request("profile") >> ranker',
    ),
    _fault(
        "P304",
        "through",
        "no edge runs through a card that is not its end",
        "{0} runs through {1}: declare the nodes in the order of the flow, or turn the edge round",
        why="The edge seems to end there.",
        mending="Declare nodes in the order of the flow.",
        wrong='log, ranker, page = Kafka("Log"), Ranker("Ranker"), Users("Page")',
        right='page, ranker, log = Users("Page"), Ranker("Ranker"), Kafka("Log")',
    ),
    _fault(
        "P305",
        "struck",
        "no line runs through a text without a ground of its own",
        "the text of {0} is struck through by {1}: shorten it, or move an end of {1} into the group",
        why="The text is struck out.",
        mending="Shorten it, or move an end of the edge into the group.",
        wrong='with Cluster("Everything that happens online"):',
        right='with Cluster("Online"):',
    ),
    _fault(
        "P306",
        "detached",
        f"an edge label is within {DETACHED:g} px of its edge",
        "the label of {0} is too far from its edge: shorten it",
        why="Nobody knows what it belongs to.",
        mending="Shorten it.",
        wrong='ranker >> request("features of the last ninety days") >> store',
        right='ranker >> request("features") >> store',
    ),
    _fault(
        "P307",
        "foreign",
        "no edge crosses the label of another",
        "the label of {0} is crossed by {1}: shorten it, or leave out one of the two edges",
        why="It reads as the other edge's label.",
        mending="Shorten it, or leave out an edge.",
        wrong='[one, two] >> stream("scores of all candidates") >> [log, monitor]',
        right='[one, two] >> stream("scores") >> log',
    ),
    _fault(
        "P308",
        "ambig",
        "an edge label is nearer to its own edge than to another",
        "the label of {0} is nearer to {1}: shorten it, or join the two edges",
        why="It reads as the other edge's label.",
        mending="Shorten it, or join the edges.",
        wrong='ranker >> stream("scores") >> log\nranker >> stream("features") >> log',
        right='ranker >> stream("scores, features") >> log',
    ),
    _fault(
        "P309",
        "overflow",
        "a text fits into what holds it",
        "the title of {0} is wider than its group: shorten it",
        why="The title runs out of its panel.",
        mending="Shorten it.",
        wrong='with Cluster("Everything that happens online"):\n    Ranker("Ranker")',
        right='with Cluster("Online"):\n    Ranker("Ranker")',
    ),
    _fault(
        "P310",
        "small",
        f"the smallest text has {READABLE:g} px when the drawing is fitted into {FIT[0]:g} x {FIT[1]:g} px",
        "{0} is too large to be read on a page: make two views of it, or let it run in the other direction",
        why="In a paper or a slide nobody can read it.",
        mending="Make two views, or set `direction=`.",
        wrong='@view("Everything")\ndef everything() -> None: ...',
        right='@view("Serving")\ndef serving() -> None: ...\n\n\n@view("Learning")\ndef learning() -> None: ...',
    ),
    _fault(
        "P311",
        "hidden",
        "no arrow head lies under a label",
        "the arrow head of {0} lies under the label of {1}: shorten it",
        why="It is the head that says who asks whom.",
        mending="Shorten the label.",
        wrong='ranker >> request("features of\\nninety days") >> store',
        right='ranker >> request("features") >> store',
    ),
    _fault(
        "P312",
        "hug",
        f"no edge runs within {SIDE_BY_SIDE:g} px of a group's border",
        "{0} runs along the border of {1}: leave out an edge there, or move an end of it to another group",
        why="Line and border look like one.",
        mending="Leave out an edge there, or move an end of it to another group.",
        wrong='[one, two, three] >> stream("events") >> log',
        right='sources >> stream("events") >> log  # from the group around them',
    ),
    _fault(
        "P313",
        "coincident",
        f"no two edges run within {SIDE_BY_SIDE:g} px of one another",
        "{0} and {1} run on top of one another: join the two edges, or leave one out",
        why="Two lines look like one.",
        mending="Join the two edges, or leave one out.",
        wrong='ranker >> stream("scores") >> log\nranker >> stream("features") >> log',
        right='ranker >> stream("scores, features") >> log',
    ),
    _fault(
        "P314",
        "unmet",
        "nodes stand as their author wishes",
        "{0} and {1} cannot stand as wished: take the wish back, or turn an edge between them round",
        why="Somebody said so for a reason (`same_row`, `left_of`, `below`).",
        mending="Take the wish back, or turn an edge between the two round.",
        wrong="left_of(log, ranker)\nleft_of(ranker, log)",
        right="left_of(log, ranker)",
    ),
    _fault(
        "P315",
        "collided",
        "no card or group overlaps one that it is not in",
        "{0} and {1} overlap: take a wish about one of them back, or run 'archfolio layouts --fresh'",
        why="A card seems to be in a group that it is not in.",
        mending="Take a wish about one of the two back, or search its layout anew: `archfolio layouts --fresh`.",
        wrong="left_of(scheduler, log)\nleft_of(store, scheduler)  # between two cards of a group that it is not in",
        right="left_of(scheduler, log)",
    ),
)
"""What holds for the layout of each view."""
