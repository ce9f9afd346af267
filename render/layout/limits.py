"""How large a drawing may be for a search: what is larger is laid out in a simple way (`simplify`).

Counts alone decide, and no clock: the same drawing is the same picture on every machine. The limits are measured
(docs/layout.md): what is just below one of them takes 11 to 18 s of a processor and less than 1.5 GB.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archfolio.render.layout.bundles import bundles

if TYPE_CHECKING:
    from archfolio.render.model.geometry import Sized

MOST_CARDS = 200
_MOST_EDGES = 250  # outside of bundles
MOST_PARALLEL = 300  # edges in bundles
MOST_PANELS = 60


def too_much(sized: Sized) -> str:
    """Say what there is too much of for a search; "" if there is not."""
    parallel = sum(len(bundle.edges) for bundle in bundles(sized))
    for count, most, what in (
        (len(sized.nodes), MOST_CARDS, "cards"),
        (len(sized.edges) - parallel, _MOST_EDGES, "edges"),
        (parallel, MOST_PARALLEL, "parallel edges"),
        (len(sized.clusters), MOST_PANELS, "groups"),
    ):
        if count > most:
            return f"{count:,} {what}, more than {most:,}"
    return ""
