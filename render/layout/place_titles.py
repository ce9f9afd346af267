"""Place the title of each cluster in the strip at its top: left, or as far right as lines ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from archfolio.render.layout.boxes import grown, inside, overlaps

if TYPE_CHECKING:
    from archfolio.render.layout.boxes import Floats, Rows
    from archfolio.render.layout.draft import Frame, Ints

TITLE_DROP = 9
"""From the top of a cluster to its title, in px."""

TITLE_INDENT = 14
"""Left of a cluster's title, and at least as much right of it, in px."""

_STEP = 6  # px between the places that are tried
_OFF = 2.0  # px from its corner within which a title is in its place
AIR = 4  # px around a title that lines stay out of
AFTER = 20  # px between a title and a label to its right, which would read as its next word


def resting_titles(frame: Frame, panels: Ints) -> Ints:
    """Place each title at the left, where it is expected, and where lines are asked to leave it alone."""
    sizes = np.array([cluster.title for cluster in frame.sized.clusters]).reshape(-1, 2)
    begin = panels[:, :2] + (TITLE_INDENT, TITLE_DROP)
    return np.hstack([begin, begin + np.ceil(sizes).astype(np.int64)])


def slid_titles(frame: Frame, panels: Ints, bars: Floats) -> Ints:
    """Slide each title to the right until nothing runs through it; where there is no such place, through the least.

    `bars` are the boxes around the parts of all lines.
    """
    titles = resting_titles(frame, panels)
    rest = grown(titles, AIR)
    on_line, on_border = overlaps(rest, bars), overlaps(rest, panels) & ~inside(rest, panels)
    taken = np.asarray(np.hstack([on_line, on_border]).any(axis=1))
    for number, title in enumerate(titles):
        if not (taken[number] or overlaps(rest[number : number + 1], titles[:number]).any()):
            continue
        others = np.delete(panels, number, axis=0)
        room = max(int(panels[number, 2] - title[2]) - TITLE_INDENT, 0)
        shifts = np.arange(0, room + 1, _STEP)
        tries = title + shifts[:, None] * np.array([1, 0, 1, 0])
        boxes = grown(tries, AIR)
        in_the_way = overlaps(boxes, bars).sum(axis=1) + overlaps(boxes, titles[:number]).sum(axis=1)
        in_the_way += (overlaps(boxes, others) & ~inside(boxes, others)).sum(axis=1)
        titles[number] = tries[int(in_the_way.argmin())]
    return titles


def returned_titles(titles: Ints, panels: Ints, bars: Floats, labels: Rows) -> Ints:
    """Slide titles that stand aside back towards their corners: what they gave way to may have gone.

    `bars` are the boxes around the parts of all lines; `labels` the boxes of labels.
    """
    found = titles.copy()
    for number in aside(titles, panels):
        home = round(panels[number, 0]) + TITLE_INDENT
        shifts = np.arange(home - titles[number, 0], 0, _STEP)
        tries = titles[number] + shifts[:, None] * np.array([1, 0, 1, 0])
        boxes, read_on = grown(tries, AIR), tries + np.array([-AIR, -AIR, AFTER, AIR])
        others = np.delete(panels, number, axis=0)
        taken = overlaps(boxes, bars).any(axis=1) | overlaps(read_on, labels).any(axis=1)
        taken |= overlaps(boxes, np.delete(found, number, axis=0)).any(axis=1)
        taken |= (overlaps(boxes, others) & ~inside(boxes, others)).any(axis=1)
        if not taken.all():
            found[number] = tries[int(taken.argmin())]
    return found


def aside(titles: Rows, panels: Rows) -> list[int]:
    """List the titles that have been moved out of the top left corner of their panel."""
    off = titles[:, 0] - panels[:, 0] - TITLE_INDENT
    return [int(at) for at in np.nonzero(off > _OFF)[0]]
