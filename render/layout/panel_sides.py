"""Put sides of neighbouring panels that are nearly in line into line: the inner one moves outwards, where it can."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from archfolio.render.layout.boxes import grown, inside, overlaps
from archfolio.render.layout.gaps import BORDER_GAP, LABEL_BORDER_GAP, PANEL_GAP
from archfolio.render.layout.looks import neighbours
from archfolio.render.layout.place_labels import parts
from archfolio.render.layout.place_titles import AIR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archfolio.render.layout.boxes import Floats
    from archfolio.render.layout.draft import Draft, Frame, Ints

_NEARLY = 40
"""By how many px the sides of two neighbours may miss each other to be put into line."""

_X1 = 2  # the first of the two high sides in a row (x0, y0, x1, y1)


def with_even_panels(frame: Frame, draft: Draft) -> Draft:
    """Move sides of panels outwards to those of their neighbours, with their titles; nothing else moves."""
    pairs = list(_neighbours(frame, draft.panels))
    if not pairs:
        return draft
    ends = {*frame.tail_panels, *frame.head_panels}  # a line would no longer reach these
    bars = parts(draft.lines)[0]
    moved = True
    while moved:
        moved = False
        for side, *pair in pairs:
            inner, outer = sorted(pair, key=lambda panel: int(draft.panels[panel, side]), reverse=side < _X1)
            off = int(draft.panels[outer, side] - draft.panels[inner, side])
            if 0 < abs(off) <= _NEARLY and inner not in ends and _has_room(draft, bars, inner, side, off):
                draft, moved = _moved(draft, inner, side, off), True
    return draft


def _neighbours(frame: Frame, panels: Ints) -> Iterator[tuple[int, int, int]]:
    """List the sides, as columns of rows, and the panels of one parent that are neighbours along it."""
    groups: dict[int, list[int]] = {}
    for panel, parent in enumerate(frame.parents):
        groups.setdefault(parent, []).append(panel)
    for group in groups.values():
        for axis in (0, 1) if len(group) > 1 else ():
            for one, two in zip(*(found.tolist() for found in neighbours(panels[group], axis)), strict=True):
                yield axis, group[one], group[two]
                yield axis + _X1, group[one], group[two]


def _moved(draft: Draft, panel: int, side: int, off: int) -> Draft:
    panels, titles = draft.panels.copy(), draft.titles.copy()
    panels[panel, side] += off
    if side < _X1:
        titles[panel, [side, side + _X1]] += off
    return replace(draft, panels=panels, titles=titles)


def _has_room(draft: Draft, bars: Floats, panel: int, side: int, off: int) -> bool:
    """Return whether a side of a panel can move: nothing is in the way, and no line would run along its border."""
    box = draft.panels[panel]
    axis, other = side % _X1, 1 - side % _X1
    low, high = box[other], box[other + _X1]

    def added(gap: int) -> Floats:
        """Return what the panel gains, and so many px around it."""
        reach = box[side] + off + (gap if off > 0 else -gap)
        found = np.empty((1, 4))
        found[0, [axis, axis + _X1]] = sorted((box[side], reach))
        found[0, [other, other + _X1]] = low - gap, high + gap
        return found

    apart = draft.panels[~inside(box[None], draft.panels)[0]]
    if overlaps(added(PANEL_GAP), np.vstack([draft.cards, apart])).any():
        return False
    if overlaps(added(LABEL_BORDER_GAP), draft.boxes).any():
        return False
    near = bars[overlaps(added(BORDER_GAP), bars)[0]]
    crosses = (near[:, other] > low + BORDER_GAP) & (near[:, other + _X1] < high - BORDER_GAP)
    crosses &= near[:, axis + _X1] - near[:, axis] > near[:, other + _X1] - near[:, other]
    if not crosses.all():
        return False
    title = grown(_moved(draft, panel, side, off).titles[panel][None], AIR)
    return not overlaps(title, np.vstack([bars, draft.boxes])).any()
