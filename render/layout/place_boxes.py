"""Place the boxes of a graph with Graphviz, under each of the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archfolio.render.base.share import in_turn
from archfolio.render.layout.dot_reader import read_dot
from archfolio.render.layout.dot_writer import dot
from archfolio.render.layout.draft import Placement
from archfolio.render.layout.engine import LayoutFailed
from archfolio.render.layout.respace import tight
from archfolio.render.layout.siblings import in_the_authors_order

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archfolio.render.base.share import Share
    from archfolio.render.layout.dot_writer import Candidate
    from archfolio.render.layout.draft import Frame
    from archfolio.render.layout.engine import Engine


def place_boxes(
    whole: Frame, engine: Engine, candidates: Sequence[Candidate], share: Share = in_turn
) -> list[Placement]:
    """Place the boxes with Graphviz under each of the candidates; equal graphs, and equal placements, once.

    Raises `LayoutFailed` if it can place none.
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

    answers = share(place, list(texts.items()))
    found: dict[bytes, Placement] = {}
    for placement in answers:
        if isinstance(placement, Placement):
            found.setdefault(placement.cards.tobytes(), placement)
    if not found:
        raise LayoutFailed("; ".join(map(str, answers)))
    ordered: dict[bytes, Placement] = {}
    for placement in found.values():
        one = tight(whole, in_the_authors_order(whole, placement))
        ordered.setdefault(placement_key(one), one)
    return list(ordered.values())


def placement_key(placement: Placement) -> bytes:
    """Return what two placements have in common that are equal."""
    return placement.cards.tobytes() + placement.panels.tobytes()
