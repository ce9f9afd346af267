"""Draw a small graph and forget it, so that what a first drawing loads is there for the next: fonts, codecs, tables.

Done once in a server; no process that is forked from it need do it again. A first drawing takes several times as long
as a second one.
"""

from __future__ import annotations

from archfolio.render.base.source_folders import AUTHORING
from archfolio.render.build.draw import Job, draw
from archfolio.render.model.graph import Accent, Cluster, Direction, Edge, Graph, Kind, Node
from archfolio.render.paint.format import Format

_ICONS = AUTHORING / "glyphs"


def warm_up() -> None:
    """Draw an edge between two cards in a panel, with their words and icons, as SVG and PNG."""
    nodes = [
        Node(name, name, name, _ICONS / name, "", cluster, Accent.DATA, 0)
        for name, cluster in (("cache.png", "panel"), ("ranker.svg", None))
    ]
    edge = Edge("edge", "cache.png", "ranker.svg", "words", Kind.REQUEST, Direction.FORWARD, 0)
    graph = Graph("small", "Small", "", "TB", tuple(nodes), (Cluster("panel", "Panel", None, 0),), (edge,))
    draw(Job(graph, "", "house", "bundled", (Format("svg"), Format("png", 2.0))))
