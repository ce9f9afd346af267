"""Boxes for what is no product: a class for each concept, used as any node of `diagrams` is."""

from archfolio import CONCEPTS, Concept, Ranker, VectorIndex, request, view


@view("Serving")
def serving() -> None:
    """The index returns candidates, the ranker orders them."""
    index = VectorIndex("ANN index\nHNSW", tooltip="Nearest products by embedding")
    index >> request("200 products") >> Ranker("Ranker", tooltip="Orders by expected purchase")


assert issubclass(CONCEPTS["Ranker"], Concept)
