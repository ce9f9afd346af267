"""A cross-encoder reads query and product together, that is the most accurate thing there is, so we score the catalogue with it.

Two hundred million products at a thousandth of a second of GPU each are two days for one query. The candidate who is
asked for the trade-off offers more GPUs; the one who sees it asks which products could be left out without a look.
"""

from diagrams.generic.device import Mobile
from diagrams.onprem.database import Scylla

from archfolio import (
    Assembler,
    Catalogue,
    CommonMistake,
    EmbeddingTower,
    Fallback,
    Ranker,
    VectorIndex,
    batch,
    request,
    response,
    view,
)

MISTAKE = CommonMistake(
    title="The best model on everything",
    position=8,
    fault=["Catalogue -> Cross-encoder", "Cross-encoder"],
    hint="Near. Multiply what flows along here by what one of them costs.",
    reason="A model that reads query and item together can prepare nothing ahead: its cost is pairs times price of a pair."
    " Over the whole catalogue that is a million times the budget, and nearly all of it is spent on products that no"
    " shopper would call relevant.",
    cure="Spend more on fewer. Towers that can be computed ahead find a few thousand in milliseconds, a small model keeps"
    " sixty, and the cross-encoder reads those. Each stage is measured by what it loses of what the next would have chosen.",
    no_rule="The drawing has every part that the rules ask for. That a product is too large is seen in the estimate.",
    done_right=["search-systems/serving/L2 cross-encoder", "recommendation-systems/serving/Light ranker"],
)


@view("Wrong")
def wrong() -> None:
    """From a query to a page of 48 products."""
    app = Mobile("Shopper app", tooltip="Sends a query and waits")
    catalogue = Catalogue("Catalogue", tooltip="Holds 200 M products")
    encoder = Ranker("Cross-encoder", tooltip="Reads query and product together, 1 ms of GPU a pair")
    assembler = Assembler("Page", tooltip="Takes the best 48")
    display = Scylla("Display store", tooltip="Titles, prices, pictures")
    fallback = Fallback("Popular list", tooltip="Answers at the deadline, that is always")

    app >> request("query") >> encoder
    catalogue >> response("200 M pairs") >> encoder >> response("200 M scores") >> assembler
    assembler >> request("48 ids") >> display
    assembler >> response("48 products") >> app
    app >> request("on timeout") >> fallback


@view("Right")
def right() -> None:
    """A funnel: prepared vectors find 2,000, a small model keeps 60, the heavy one reads those."""
    app = Mobile("Shopper app", tooltip="Sends a query and waits")
    tower = EmbeddingTower("Query tower", tooltip="One vector a query; products have theirs from last night")
    index = VectorIndex("Vector index", tooltip="Holds 200 M vectors, rebuilt nightly with the tower's version")
    light = Ranker("L1 ranker", tooltip="Trees over 150 features, 10 microseconds an item")
    encoder = Ranker("Cross-encoder", tooltip="Reads 60 pairs in one batch, 40 ms")
    assembler = Assembler("Page", tooltip="Takes the best 48")
    display = Scylla("Display store", tooltip="Titles, prices, pictures")
    fallback = Fallback("L1 order", tooltip="Answers when the cross-encoder is late")

    app >> request("query") >> tower >> request("query vector") >> index
    index >> response("2,000 products") >> light >> response("top 60") >> encoder >> response("60 scores") >> assembler
    light >> response("on timeout") >> fallback >> response("L1 order") >> assembler
    assembler >> request("48 ids") >> display
    assembler >> response("48 products") >> app
    display >> batch("titles, overnight") >> index
