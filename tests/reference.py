"""The views of the reference sheets, as graphs: real content that the layout is measured on."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from functools import cache
from pathlib import Path

from archfolio.render.model.graph import Accent, Cluster, Direction, Edge, Graph, Kind, Node

VIEWS = Path(__file__).with_name("reference_views.json")


@cache
def reference_graphs() -> tuple[Graph, ...]:
    """Return the graph of every reference view, in the order of the sheets."""
    return tuple(_graph(view) for view in json.loads(VIEWS.read_text(encoding="utf-8")))


def _graph(view: dict[str, list[list[str]]]) -> Graph:
    titles = list(dict.fromkeys(title for _, title in view["nodes"] if title))
    clusters = {title: f"c{number}" for number, title in enumerate(titles)}
    nodes = tuple(
        Node(f"n{number}", label, "generic", None, "", clusters.get(title), Accent.NONE, 0, lost_icon="x")
        for number, (label, title) in enumerate(view["nodes"])
    )
    edges = tuple(
        Edge(f"e{number}", f"n{tail}", f"n{head}", label, Kind(kind), Direction.FORWARD, 0)
        for number, (tail, head, label, kind) in enumerate(view["edges"])
    )
    slug = str(view["slug"])
    panels = tuple(Cluster(key, title, None, 0) for title, key in clusters.items())
    return Graph(slug, slug, "", "TB", nodes, panels, edges)


WORDS = ("feature", "store", "event", "log", "ranker", "model", "registry", "trainer", "gateway", "cache", "planner")
SAYINGS = ("scores", "events", "read", "top-500", "p99-20-ms", "update", "rows", "gated-bundle", "deltas", "rollback")


def random_graph(seed: int) -> Graph:
    """Make up an architecture: 10 to 22 nodes in 2 to 5 clusters and 12 to 28 labelled edges, most of them forward."""
    pick = random.Random(seed)
    count, panels = pick.randint(10, 22), pick.randint(2, 5)
    wanted = pick.randint(max(12, count - 2), 28)
    cuts = sorted(pick.sample(range(1, count), panels - 1))
    nodes = tuple(
        replace(
            Node(
                f"n{at}", _words(pick, WORDS), "generic", None, "", f"c{sum(at >= cut for cut in cuts)}", Accent.NONE, 0
            ),
            lost_icon="icon.png",  # takes the room of an icon
        )
        for at in range(count)
    )
    pairs = {(max(0, at - pick.choice((1, 1, 1, 2, 2, 3, 4, 6))), at): None for at in range(1, min(count, wanted + 1))}
    while len(pairs) < wanted:
        tail, far = pick.randrange(count), pick.choice((1, 2, 2, 3, 3, 4, 5, 8))
        head = tail + far if pick.random() < 0.8 else tail - far
        if 0 <= head < count:
            pairs[tail, head] = None
    edges = tuple(
        Edge(f"e{at}", f"n{tail}", f"n{head}", _words(pick, SAYINGS), Kind.REQUEST, Direction.FORWARD, 0)
        for at, (tail, head) in enumerate(pairs)
    )
    clusters = tuple(Cluster(f"c{at}", pick.choice(("Online", "Data", "Training")), None, 0) for at in range(panels))
    return Graph(f"random-{seed}", "", "", "TB", nodes, clusters, edges)


def _words(pick: random.Random, words: tuple[str, ...]) -> str:
    return " ".join(pick.choice(words) for _ in range(pick.randint(1, 3))).replace("-", " ").capitalize()
