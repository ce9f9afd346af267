"""How much is tried before a layout is good enough."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from archfolio.render.layout.judge import CALM, MARGIN, MARGIN_WITH_LINES


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is tried before a layout is good enough."""

    routed: int  # placements that get lines
    settled: int  # of those, how many get labels and settle
    again: int  # of those, how many are drawn anew from their settled boxes
    variants: tuple[tuple[str, float], ...]  # how those are put into line first, and by which factor they are spread
    margin: float = inf  # by how much those that get lines may be worse than the best, by the guess from boxes
    margin_with_lines: float = inf  # likewise those that settle, by the guess from boxes and lines, which errs less
    bounded: bool = False  # whether what cannot be better than what is drawn already, by the guess, is left out
    calm: float = 0.0  # what may be counted in a clean drawing that is not drawn anew, as a cost
    shuffled: int = 0  # placements of the graph told in other orders
    on_a_grid: int = 0  # placements with whole panels on a coarse grid; see `panel_grid`
    steps: int = 0  # drawings of which small changes are tried, the best one first
    more: int = 0  # further ones, as long as lines of the best one cross or take a detour
    sketched: int = 0  # of the changes of a drawing, how many get lines
    drawn: int = 0  # of those, how many get labels and settle


ANEW = (("in columns and rows", 1.2), ("in columns", 1.1), ("as they are", 1.1), ("as they are", 1.3))
"""How boxes may be drawn anew: put into line, and spread by a factor."""

QUICK = Effort(4, 2, 1, ANEW[1:2], MARGIN, MARGIN_WITH_LINES, bounded=True, calm=CALM)
"""What is done for a drawing that is drawn once: anew in the way that gains most by itself."""

THOROUGH = Effort(48, 16, 4, ANEW, shuffled=100, on_a_grid=16, steps=9, more=5, sketched=50, drawn=8)
"""What is done for a drawing whose layout is recorded."""

LARGE = Effort(2, 1, 1, (("as they are", 1.2),), bounded=True)
"""What is done for a drawing with more cards than `MANY`, or more edges than `MANY_EDGES`."""
