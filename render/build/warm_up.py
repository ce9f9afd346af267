"""Draw one card and forget it, so that what a first drawing loads is there for the next: fonts, Graphviz, PDFium.

Done once in a server; no process that is forked from it need do it again. A first drawing takes twice as long.
"""

from __future__ import annotations

from archfolio.render.base.source_folders import AUTHORING
from archfolio.render.build.draw import boxes, draw, place_among
from archfolio.render.build.job import Job
from archfolio.render.layout.measure import size
from archfolio.render.layout.settings import candidates_for
from archfolio.render.model.graph import Accent, Graph, Node
from archfolio.render.paint.format import Format


def warm_up() -> None:
    """Draw a card with an icon, as SVG and PNG. More than that loads nothing more."""
    card = Node("cache", "Cache", "cache", AUTHORING / "glyphs" / "cache.png", "", None, Accent.DATA, 0)
    graph = Graph("card", "", "", "TB", (card,), (), ())
    job = Job(graph, "", "house", "bundled", (Format("svg"), Format("png", 2.0)))
    first, *_ = candidates_for(size(graph))  # the others load nothing more, and a first drawing waits for this
    draw(job, place_among(job, [boxes(job, first)]))
