"""The settings that are tried on every drawing, and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archfolio.render.layout.dot_writer import Against, Candidate

if TYPE_CHECKING:
    from archfolio.render.model.geometry import Sized

_ROOM = {  # px between neighbours in a rank, between ranks, and between a panel and what is in it
    "dense": (22.0, 38.0, 12.0),
    "tight": (28.0, 44.0, 14.0),
    "close": (36.0, 52.0, 16.0),
    "roomy": (46.0, 60.0, 18.0),
    "wide": (64.0, 72.0, 20.0),
    "vast": (84.0, 92.0, 20.0),
}


def _candidate(
    room: str, against: Against, *, newrank: bool = False, staggered: bool = False, stacked: bool = False, told: int = 0
) -> Candidate:
    """Name a candidate after its settings, so that a recorded choice keeps its meaning when the order changes."""
    node_gap, rank_gap, margin = _ROOM[room]
    flags = ["newrank"] * newrank + ["staggered"] * staggered + ["stacked"] * stacked + [f"order{told}"] * (told != 0)
    return Candidate(
        "-".join([room, against, *flags]),
        node_gap=node_gap,
        rank_gap=rank_gap,
        margin=margin,
        against=against,
        newrank=newrank,
        staggered=staggered,
        stacked=stacked,
        told=told,
    )


CANDIDATES = (
    _candidate("wide", Against.REVERSED, newrank=True, told=-1),
    _candidate("close", Against.GIVEN, newrank=True, staggered=True),
    _candidate("wide", Against.WEIGHTLESS),
    _candidate("close", Against.GIVEN, newrank=True, told=-1),
    _candidate("tight", Against.REVERSED),
    _candidate("roomy", Against.WEIGHTLESS, told=-1),
    _candidate("roomy", Against.GIVEN, newrank=True, staggered=True, told=1),
    _candidate("tight", Against.REVERSED, staggered=True),
    _candidate("tight", Against.WEIGHTLESS),
    _candidate("close", Against.REVERSED, staggered=True, told=2),
    _candidate("tight", Against.REVERSED, staggered=True, told=-1),
    _candidate("close", Against.GIVEN, newrank=True, told=2),
    _candidate("roomy", Against.REVERSED, told=1),
    _candidate("roomy", Against.WEIGHTLESS, newrank=True, told=1),
    _candidate("tight", Against.WEIGHTLESS, newrank=True, told=-1),
    _candidate("roomy", Against.GIVEN, newrank=True, told=-1),
    _candidate("tight", Against.WEIGHTLESS, told=-1),
    _candidate("roomy", Against.REVERSED, staggered=True, told=1),
    _candidate("wide", Against.GIVEN, newrank=True, told=-1),
    _candidate("tight", Against.GIVEN, newrank=True, told=-1),
    _candidate("tight", Against.REVERSED, told=-1),
    _candidate("tight", Against.WEIGHTLESS, newrank=True),
    _candidate("close", Against.GIVEN, newrank=True),
    _candidate("close", Against.REVERSED, told=2),
    _candidate("tight", Against.REVERSED, stacked=True),
    _candidate("close", Against.GIVEN, stacked=True),
    _candidate("tight", Against.GIVEN, newrank=True, stacked=True),
    _candidate("tight", Against.GIVEN, newrank=True, staggered=True, stacked=True),
    _candidate("roomy", Against.GIVEN, newrank=True, staggered=True, stacked=True),
    _candidate("wide", Against.REVERSED, newrank=True, staggered=True, told=-1),
    _candidate("roomy", Against.REVERSED, staggered=True),
    _candidate("vast", Against.REVERSED, told=-1),
    _candidate("vast", Against.REVERSED),
    _candidate("vast", Against.GIVEN, newrank=True),
    _candidate("vast", Against.WEIGHTLESS, newrank=True, told=-1),
)
"""Each was, in this order, the one that helped most where those before it had not found a good layout.

Chosen on every fourth reference view and 20 random graphs; the other views and graphs were held out.
"""

THOROUGH = CANDIDATES + tuple(
    candidate
    for room in ("dense", "tight", "close", "roomy")
    for against in Against
    for newrank in (False, True)
    for told in (0, -1, 1, 2, 3, 4)
    if (candidate := _candidate(room, against, newrank=newrank, told=told)) not in CANDIDATES
)
"""What is tried on a drawing whose layout will be recorded: ten times as long, and once."""

OF_A_LARGE_DRAWING = (_candidate("close", Against.REVERSED),)
"""Without ranks through the whole drawing, which Graphviz takes minutes for with thousands of nodes."""

_USUAL = 24  # cards of a drawing for which all candidates can be tried
_LARGE = 70  # cards of a drawing that is searched through no more


def named(name: str) -> tuple[Candidate, ...]:
    """Find the candidate of a recorded name; none where there is no such candidate any more."""
    return tuple(candidate for candidate in (*THOROUGH, *OF_A_LARGE_DRAWING) if candidate.name == name)[:1]


def candidates_for(sized: Sized) -> tuple[Candidate, ...]:
    """Choose what to try on a graph: the more nodes, the fewer candidates, as each takes longer."""
    cards = len(sized.nodes)
    if cards > _LARGE:
        return OF_A_LARGE_DRAWING
    return CANDIDATES[: max(len(CANDIDATES) * _USUAL // max(cards, _USUAL), 4)]
