"""A view draws with ordinary `diagrams`; its steps are written where their edges are drawn."""

from diagrams import Cluster
from diagrams.onprem.client import Users

from archfolio import Encoder, VectorIndex, View, request, step, view


@view("Serving", direction="LR")
def serving() -> None:
    """A query becomes a vector, and the vector finds products."""
    shopper = Users("Shopper", tooltip="Asks")
    with Cluster("Retrieval"):
        encoder = Encoder("Query encoder", tooltip="Text to a vector")
        index = VectorIndex("ANN index", tooltip="Nearest products")
    with step("A query arrives, and is embedded."):
        shopper >> request("text") >> encoder
    with step("Its neighbours are found."):
        encoder >> request("vector") >> index


assert isinstance(serving, View)
assert serving.slug == "serving"
