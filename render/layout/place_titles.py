"""Put the title of each cluster into the strip at its top: left, or as far right as lines and cards ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from archfolio.render.layout.dot_writer import TITLE_INDENT
from archfolio.render.layout.segments import grown, hits, inside, overlaps, rows
from archfolio.render.model.geometry import Box

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archfolio.render.layout.segments import Floats, Segments
    from archfolio.render.model.geometry import Sized

TITLE_DROP = 9.0
"""From the top of a cluster to its title, in px."""

STEP = 6.0  # px between the places that are tried
AIR = 4.0  # px around a title that lines and cards stay out of


def resting_titles(sized: Sized, panels: dict[str, Box]) -> dict[str, Box]:
    """Put each title to the left, where it is expected, and where lines are asked to leave it alone."""
    return {cluster.id: _at(panels[cluster.id], cluster.title, 0.0) for cluster in sized.clusters}


def slid_titles(sized: Sized, panels: dict[str, Box], cards: Iterable[Box], lines: Segments) -> dict[str, Box]:
    """Slide each title to the right until nothing runs through it; where there is no such place, through the least."""
    nodes = rows(cards)
    placed: dict[str, Box] = {}
    for cluster in sized.clusters:
        panel = panels[cluster.id]
        room = max(panel.width - cluster.title.width - 2 * TITLE_INDENT, 0.0)
        tries = [_at(panel, cluster.title, shift) for shift in np.arange(0.0, room + 1e-6, STEP).tolist()]
        boxes = grown(rows(tries), AIR)
        strip = np.concatenate([boxes[0, :2], boxes[-1, 2:]])[None]
        near = lines.of(overlaps(strip, grown(lines.bounds, 1.0))[0])
        others = np.vstack([nodes, rows(placed.values())])
        in_the_way = hits(boxes, near).sum(axis=1) + overlaps(boxes, others).sum(axis=1)
        in_the_way = in_the_way + _borders(boxes, panels, cluster.id)
        placed[cluster.id] = tries[int(in_the_way.argmin())]
    return placed


def _at(panel: Box, title: tuple[float, float], shift: float) -> Box:
    width, height = title
    x0, y0 = panel.x0 + TITLE_INDENT + shift, panel.y0 + TITLE_DROP
    return Box(x0, y0, x0 + width, y0 + height)


def _borders(boxes: Floats, panels: dict[str, Box], own: str) -> Floats:
    """Count the borders of other panels that run through each box."""
    others = rows(box for key, box in panels.items() if key != own)
    return np.asarray((overlaps(boxes, others) & ~inside(boxes, others)).sum(axis=1), dtype=float)
