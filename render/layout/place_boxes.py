"""Place the boxes of a graph with Graphviz, under each of the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archfolio.render.base.share import in_turn
from archfolio.render.layout.dot_reader import read_dot
from archfolio.render.layout.dot_writer import dot
from archfolio.render.layout.engine import LayoutFailed
from archfolio.render.layout.respace import tight
from archfolio.render.layout.siblings import in_the_authors_order

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from archfolio.render.base.share import Share
    from archfolio.render.layout.dot_writer import Candidate
    from archfolio.render.layout.draft import Frame, Placement
    from archfolio.render.layout.engine import Engine

FEW = 5
"""Candidates after which it is asked whether their placements are good enough."""


def place_boxes(
    whole: Frame,
    engine: Engine,
    candidates: Sequence[Candidate],
    share: Share = in_turn,
    enough: Callable[[list[Placement]], bool] | None = None,
) -> list[Placement]:
    """Place the boxes with Graphviz under each of the candidates; equal graphs, and equal placements, once.

    No more is tried where the placements of the first `FEW` are `enough`. Raises `LayoutFailed` if none can be placed.
    """
    texts: dict[str, Candidate] = {}
    for candidate in candidates:
        texts.setdefault(dot(whole, candidate), candidate)

    def place(item: tuple[str, Candidate]) -> Placement | str:
        text, candidate = item
        try:
            return read_dot(engine.layout(text), whole, candidate.name)
        except LayoutFailed as failure:
            return f"{candidate.name}: {failure}"

    told = list(texts.items())
    found: dict[bytes, Placement] = {}
    ordered: dict[bytes, Placement] = {}
    failures: list[str] = []
    for group in [told[:FEW], told[FEW:]] if enough else [told]:
        for answer in share(place, group):
            if isinstance(answer, str):
                failures.append(answer)
            elif found.setdefault(answer.cards.tobytes(), answer) is answer:
                one = tight(whole, in_the_authors_order(whole, answer))
                ordered.setdefault(placement_key(one), one)
        if enough and ordered and enough(list(ordered.values())):
            break
    if not ordered:
        raise LayoutFailed("; ".join(failures))
    return list(ordered.values())


def placement_key(placement: Placement) -> bytes:
    """Return what two placements have in common that are equal."""
    return placement.cards.tobytes() + placement.panels.tobytes()
