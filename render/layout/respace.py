"""Give boxes that stand where they should the room that lines and labels need between them."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from archfolio.render.layout.draft import NOWHERE, Placement
from archfolio.render.layout.gaps import PANEL_MARGIN, least_height, strip
from archfolio.render.layout.place_titles import TITLE_INDENT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from archfolio.render.layout.draft import Corner, Frame, Ints, Spot

REMEMBERED = "as recorded"
"""The name of a placement that was recorded."""


def spread(placement: Placement, across: float, down: float) -> Placement:
    """Move the middles of all boxes apart by a factor along x and y; cards keep their size."""
    factors = np.array([across, down])
    middles = placement.cards[:, :2] + placement.cards[:, 2:]
    shifts = np.rint(middles * (factors - 1) / 2).astype(np.int64)
    cards = placement.cards + np.hstack([shifts, shifts])
    panels = np.rint(placement.panels * np.hstack([factors, factors])).astype(np.int64)
    return replace(placement, cards=cards, panels=panels)


def tight(frame: Frame, placement: Placement) -> Placement:
    """Draw the panels of a placement anew, as tight as may be, and begin at (0, 0): the cards then say everything."""
    panels = wrapped(frame, placement.cards, placement.panels)
    everything = np.vstack([placement.cards, panels])
    if not len(everything):
        return placement
    corner = everything[:, :2].min(axis=0)
    everything -= np.concatenate([corner, corner])
    cards = len(placement.cards)
    return Placement(everything[:cards], everything[cards:], placement.name)


def wrapped(frame: Frame, cards: Ints, empty: Ints) -> Ints:
    """Draw every panel as tight as may be around what is in it; `empty` has the boxes of those with nothing in them."""
    panels: list[Sequence[int]] = empty.tolist()
    inner: list[list[Sequence[int]]] = [[] for _ in panels]
    for card, home in zip(cards.tolist(), frame.homes, strict=True):
        if home != NOWHERE:
            inner[home].append(card)
    for panel, parent, width, top_strip, height in _inmost_first(frame):
        if inner[panel]:
            x0, y0, x1, y1 = zip(*inner[panel], strict=True)
            left, top = min(x0) - PANEL_MARGIN, min(y0) - top_strip
            right = max(max(x1) + PANEL_MARGIN, left + width)
            bottom = max(max(y1) + PANEL_MARGIN, top + height)
            panels[panel] = (left, top, right, bottom)
        else:
            left, top, *_ = panels[panel]
            panels[panel] = (left, top, left + width, top + height)
        if parent != NOWHERE:
            inner[parent].append(panels[panel])
    return np.array(panels, dtype=np.int64).reshape(-1, 4)


class _Panel(NamedTuple):
    number: int
    parent: int
    width: int  # that its title asks for, in px
    strip: int  # px at its top
    height: int  # px that it has at least


@lru_cache(maxsize=4)
def _inmost_first(frame: Frame) -> list[_Panel]:
    """List panels, those in others first; kept for graphs that are searched for."""
    found = []
    for panel, parent in enumerate(frame.parents):
        width = int(np.ceil(frame.sized.clusters[panel].title.width)) + 2 * TITLE_INDENT
        found.append(_Panel(panel, parent, width, strip(frame, panel), least_height(frame, panel)))
    return sorted(found, key=lambda panel: -len(frame.enclosing[len(frame.homes) + panel.number]))


def spots(frame: Frame, start: Placement, cards: Sequence[Corner], panels: Sequence[Corner]) -> dict[str, Spot]:
    """Return where each card and each empty panel stood before the last stages of a search, and after them."""
    found: dict[str, Spot] = {}
    for node, (x, y, *_), corner in zip(frame.sized.nodes, start.cards.tolist(), cards, strict=True):
        found[node.id] = (x, y, *corner)
    for panel in empty_panels(frame):
        x, y, *_ = start.panels[panel].tolist()
        found[frame.sized.clusters[panel].id] = (x, y, *panels[panel])
    return found


def remembered(frame: Frame, spots: Mapping[str, Spot]) -> Placement | None:
    """Place cards where they stood before the last stages of a search; None unless that is known of all of them."""
    empty = empty_panels(frame)
    needed = [node.id for node in frame.sized.nodes] + [frame.sized.clusters[panel].id for panel in empty]
    if any(name not in spots for name in needed):
        return None
    cards = [card_at(frame, card, spots[node.id][:2]) for card, node in enumerate(frame.sized.nodes)]
    panels = np.zeros((len(frame.parents), 4), dtype=np.int64)
    for panel in empty:
        x, y, *_ = spots[frame.sized.clusters[panel].id]
        panels[panel] = empty_panel_at(frame, panel, (x, y))
    rows = np.array(cards, dtype=np.int64).reshape(-1, 4)
    return Placement(rows, wrapped(frame, rows, panels), REMEMBERED)


def empty_panels(frame: Frame) -> list[int]:
    """List the panels with nothing in them."""
    taken = {*frame.homes, *frame.parents}
    return [panel for panel in range(len(frame.parents)) if panel not in taken]


def card_at(frame: Frame, card: int, corner: Corner) -> tuple[int, int, int, int]:
    """Place a card with its top left at a corner."""
    (x, y), size = corner, frame.sized.nodes[card].size
    return (x, y, x + round(size.width), y + round(size.height))


def empty_panel_at(frame: Frame, panel: int, corner: Corner) -> tuple[int, int, int, int]:
    """Place an empty panel, as large as its title asks for, with its top left at a corner."""
    x, y = corner
    title = int(np.ceil(frame.sized.clusters[panel].title.width))
    return (x, y, x + title + 2 * TITLE_INDENT, y + least_height(frame, panel))
