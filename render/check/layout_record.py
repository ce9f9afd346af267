"""What a check says of a layout that is no fault."""

from __future__ import annotations

import msgspec


class LayoutRecord(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What tells a calm layout from a restless one, beside its faults, which are findings."""

    view: str  # "SYSTEM/VIEW"
    crossings: int  # pairs of edges that cross
    in_bicliques: int  # of these, pairs between two rows of cards that are joined each to each
    misaligned: int  # neighbouring cards out of line
    neighbours: int  # pairs of cards that could be
    bends: int  # edges with a label over a bend
    detours: int  # edges much longer than the way between their ends
    astride: int  # labels across the border of a group
    void: float  # the largest empty rectangle, as a share of the drawing
    text: float  # px of the smallest text, fitted into the screen that the view is for
