"""Dense and odd graphs by the family: parallel edges, hubs, loops, fans, nesting, edges of panels, many cards."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

from archfolio.render.model.graph import Accent, Cluster, Direction, Edge, Graph, Kind, Node

if TYPE_CHECKING:
    from collections.abc import Sequence

SAID = ("scores", "click events", "read", "top 500", "update rows", "gated bundle", "deltas", "rollback", "p99 20 ms")
NAMES = ("Feature store", "Event log", "Ranker", "Model registry", "Trainer", "Gateway", "Cache", "Planner")

Joined = tuple[str, str] | tuple[str, str, str]
"""The ends of an edge, and what it says."""


def graph(
    name: str,
    homes: Sequence[str | None],
    edges: Sequence[Joined],
    panels: Sequence[tuple[str, str | None]] = (),
    rankdir: str = "TB",
) -> Graph:
    """Make a graph of cards n0, n1 ... in the panels `homes`, of panels with their parents, and of edges."""
    nodes = tuple(
        replace(
            Node(f"n{at}", f"{NAMES[at % 8]} {at}", "generic", None, "", home, Accent.NONE, 0), lost_icon="icon.png"
        )
        for at, home in enumerate(homes)
    )
    clusters = tuple(Cluster(panel, f"Panel {panel}", parent, 0) for panel, parent in panels)
    arrows = tuple(
        Edge(f"e{at}", one, other, "".join(said), Kind.REQUEST, Direction.FORWARD, 0)
        for at, (one, other, *said) in enumerate(edges)
    )
    return Graph(name, name, "", rankdir, nodes, clusters, arrows)


def parallel(count: int, rankdir: str = "TB", *, labelled: bool = True, both: bool = False) -> Graph:
    """Two cards with so many edges from one to the other, or every second one back."""
    said = [f"{SAID[at % 9]} {at}" if labelled else "" for at in range(count)]
    edges = [("n1", "n0", word) if both and at % 2 else ("n0", "n1", word) for at, word in enumerate(said)]
    return graph(
        f"parallel-{count}-{rankdir}{'-both' * both}{'-bare' * (not labelled)}", [None] * 2, edges, (), rankdir
    )


def between_panels(count: int, rankdir: str = "TB", kind: str = "panels", *, both: bool = False) -> Graph:
    """So many edges between two panels ("panels"), a card and a panel ("mixed"), or a card in each ("cards")."""
    one, two = {"panels": ("p0", "p1"), "mixed": ("n0", "p1"), "cards": ("n0", "n2")}[kind]
    homes = {"panels": ["p0", "p0", "p1", "p1"], "mixed": [None, "p1", "p1"], "cards": ["p0", "p0", "p1"]}[kind]
    said = [f"{SAID[at % 9]} {at}" for at in range(count)]
    edges = [(two, one, word) if both and at % 2 else (one, two, word) for at, word in enumerate(said)]
    panels = [(panel, None) for panel in ("p0", "p1") if panel in homes]
    return graph(f"between-{kind}-{count}-{rankdir}{'-both' * both}", homes, edges, panels, rankdir)


def hub(count: int, rankdir: str = "TB", kind: str = "out") -> Graph:
    """A card with labelled spokes: out of it, into it, or by turns."""
    edges = []
    for at in range(1, count + 1):
        ends = ("n0", f"n{at}") if kind == "out" or (kind == "turns" and at % 2) else (f"n{at}", "n0")
        edges.append((*ends, SAID[at % 9]))
    return graph(f"hub-{count}-{rankdir}-{kind}", [None] * (count + 1), edges, (), rankdir)


def loops(count: int, rankdir: str = "TB", *, labelled: bool = True) -> Graph:
    """A chain of three cards, of which the second has so many loops and the last one."""
    said = [f"{SAID[at % 9]}" if labelled else "" for at in range(count)]
    edges: list[Joined] = [("n0", "n1", "calls"), ("n1", "n2", "then")]
    edges += [("n1", "n1", word) for word in said] + [("n2", "n2", "again")]
    return graph(f"loops-{count}-{rankdir}{'-bare' * (not labelled)}", [None] * 3, edges, (), rankdir)


def there_and_back(count: int, rankdir: str = "TB") -> Graph:
    """A chain in which every edge has one back."""
    edges = []
    for at in range(count):
        edges += [(f"n{at}", f"n{at + 1}", SAID[at % 9]), (f"n{at + 1}", f"n{at}", f"{SAID[(at + 4) % 9]} back")]
    return graph(f"there-and-back-{count}-{rankdir}", [None] * (count + 1), edges, (), rankdir)


def fans(count: int, rankdir: str = "TB") -> Graph:
    """From one card to so many, and from each of them to a last one."""
    edges = [("n0", f"n{at}", SAID[at % 9]) for at in range(1, count + 1)]
    edges += [(f"n{at}", f"n{count + 1}", SAID[(at + 3) % 9]) for at in range(1, count + 1)]
    return graph(f"fans-{count}-{rankdir}", [None] * (count + 2), edges, (), rankdir)


def nested(depth: int, rankdir: str = "TB") -> Graph:
    """Panels in panels, two cards in each, joined to the next depth and, at the end, back to the beginning."""
    panels = [(f"p{at}", f"p{at - 1}" if at else None) for at in range(depth)]
    homes = [None, *(f"p{at // 2}" for at in range(2 * depth))]
    edges: list[Joined] = [("n0", "n1", "request")]
    for at in range(depth):
        one = 2 * at + 1
        edges.append((f"n{one}", f"n{one + 1}", SAID[at % 9]))
        if at + 1 < depth:
            edges.append((f"n{one}", f"n{one + 2}", SAID[(at + 2) % 9]))
    edges.append((f"n{2 * depth}", "n0", "answer"))
    return graph(f"nested-{depth}-{rankdir}", homes, edges, panels, rankdir)


def of_panels(rankdir: str = "TB") -> Graph:
    """Edges that begin and end at panels: of cards outside, of cards of another panel, of panels, of one in another."""
    panels = [("p0", None), ("p1", None), ("p2", "p1")]
    homes = [None, "p0", "p0", "p1", "p2", "p2", None]
    edges = [
        ("n0", "p0", "requests"),
        ("p0", "p1", "everything"),
        ("n1", "n2", "reads"),
        ("n2", "p2", "rows"),
        ("n3", "n4", "scores"),
        ("n4", "n5", "events"),
        ("p2", "n6", "answers"),
        ("n6", "p0", "feedback"),
    ]
    return graph(f"of-panels-{rankdir}", homes, edges, panels, rankdir)


def many(cards: int, rankdir: str = "TB", *, labelled: bool = True) -> Graph:
    """An architecture of so many cards, six to a panel, a third more edges than cards, most of them forward."""
    pick = Random(cards)
    pairs: dict[tuple[int, int], None] = {}
    for at in range(1, cards):
        pairs[max(0, at - pick.choice((1, 1, 2, 3, 5))), at] = None
    while len(pairs) < cards * 4 // 3:
        tail = pick.randrange(cards)
        head = tail + pick.choice((2, 3, 4, 6, -3))
        if 0 <= head < cards:
            pairs[tail, head] = None
    panels = [(f"p{at}", None) for at in range(-(-cards // 6))]
    edges = [(f"n{one}", f"n{two}", pick.choice(SAID) if labelled else "") for one, two in pairs]
    return graph(f"many-{cards}-{rankdir}", [f"p{at // 6}" for at in range(cards)], edges, panels, rankdir)


def tangle(cards: int, edges: int, seed: int = 1, *, labelled: bool = False) -> Graph:
    """So many cards and edges between any two of them."""
    pick = Random(seed)
    pairs = [(f"n{pick.randrange(cards)}", f"n{pick.randrange(cards)}") for _ in range(edges)]
    said = [(*pair, pick.choice(SAID) if labelled else "") for pair in pairs]
    return graph(f"tangle-{cards}-{edges}", [None] * cards, said)


WAYS = ("TB", "LR", "BT", "RL")

CLEAN = (
    *(parallel(count, way) for count in (3, 5, 10, 20, 40) for way in ("TB", "LR")),
    parallel(20, both=True),
    *(
        between_panels(count, way, kind, both=both)
        for count, both in ((4, False), (6, True), (10, False), (10, True))
        for kind in ("panels", "mixed", "cards")
        for way in ("TB", "LR")
    ),
    parallel(40, labelled=False),
    *(loops(count, way) for count in (1, 2, 5, 8) for way in ("TB", "LR")),
    loops(4, labelled=False),
    *(there_and_back(4, way) for way in WAYS),
    *(fans(8, way) for way in WAYS),
    *(nested(5, way) for way in WAYS),
    *(of_panels(way) for way in WAYS),
    *(hub(10, way, kind) for way in ("TB",) for kind in ("out", "in", "turns")),
    hub(20),
)
"""Drawings that are to be as clean as ordinary ones."""
