"""Design "related products" for the product page: what else to show to somebody who looks at this.

The product is the query, so nearly everything can be prepared ahead; and the page means two different things, another one
of these (a substitute) before the shopper has decided, and something to go with it (a complement) after.
"""

from diagrams.onprem.analytics import Spark

from archfolio import (
    Clarification,
    InterviewQuestion,
    Trainer,
    VectorIndex,
    added,
    assume,
    batch,
    begin_from,
    changed,
    removed,
    request,
    response,
    same_row,
    view,
)

QUESTION = InterviewQuestion(
    title="Related products",
    position=7,
    topic="Recommendation and ranking",
    nearest="recommendation-systems/serving",
    why_nearest="The same shop, catalogue and funnel, with an item in the place of the shopper.",
    clarifications=[
        Clarification(
            "Substitutes, complements or both, and in which place of the page?",
            "Both, in two rows: alternatives under the picture, what goes with it beside the basket button.",
        ),
        Clarification(
            "Must the rows know the shopper?",
            "Their order may depend on the shopper; which products are related does not.",
        ),
        Clarification(
            "What about products without any clicks?",
            "Every product has both rows from its first minute, from text and picture.",
        ),
    ],
    answer=[
        "Nightly jobs fill one table with two lists a product: substitutes from co-views and content vectors, complements from"
        " baskets, corrected for what sells anyway.",
        "At request time the table is read in {table_time}, price and stock are checked, and one ranker orders at most"
        " {ranked:n} candidates with the shopper's session.",
        "Products that have no history yet borrow the lists of their nearest neighbours by content, until about a week of"
        " views has filled their own.",
    ],
    revisions={
        "visits": assume("Product pages a user opens", 30, "request/user/day"),
        "ann_items": assume("Candidates by content", 100, "item/request"),
        "neighbour_items": assume("Candidates from both lists of the table", 200, "item/request"),
        "trending_items": assume("Candidates from trending", 0, "item/request"),
        "ranked": assume("Candidates ranked", 150, "item/request"),
        "shown": assume("Products in both rows", 16, "item/request"),
    },
    compared=["peak_rate", "retrieved", "scores", "ranker_gpus", "cost_per_thousand"],
)


@view("Serving")
def serving() -> None:
    """The shop's funnel with the product as the query: prepared at night, looked up, ordered once."""
    shop = begin_from("recommendation-systems/serving")
    same_row(shop["User features"], shop["Merge"])
    with added("Two models decide at night which pairs are substitutes and which are complements."):
        pairs = Spark("Basket job", tooltip="Counts pairs in sessions and in baskets, over what chance would give")
        complements = Trainer("Pair model", tooltip="Tells substitutes from complements by words, pictures, categories")
        pairs >> batch("pair counts") >> complements >> batch("lists") >> shop["Item-to-item table"]
    with added("A product without history borrows the lists of what looks and reads like it."):
        content = VectorIndex(
            "Content neighbours", tooltip="Text and picture vectors, rebuilt nightly, 15 min for new ones"
        )
        shop["Orchestrator"] >> request("this product") >> content >> response("{ann_items} items") >> shop["Merge"]
    with added("So few candidates are left that they go to the ranker at once."):
        shop["Merge"] >> response("{ranked} eligible") >> shop["Ranker"]
    changed(
        shop["Shopper app"],
        "Product page",
        tooltip="Sends the product, reports which row became visible",
        because="It is opened by the million and stands still: one call for both rows, below the fold.",
        edges={shop.edge("Shopper app -> API gateway"): "GET related rows"},
    )
    changed(
        shop["Item-to-item table"],
        "Pair table\nScylla, two lists",
        tooltip="Holds substitutes and complements of every product",
        because="One list would mix what replaces the product with what goes with it.",
        edges={shop.edge("Orchestrator -> Item-to-item table"): "this product"},
    )
    removed(
        shop["User tower"],
        shop["Two-tower ANN"],
        because="The query is a product that is known at night: nothing has to be encoded at request time.",
    )
    removed(shop["Trending and new"], because="What sells everywhere is related to nothing.")
    removed(shop["Light ranker"], because="{retrieved} candidates need no stage before the ranker.")
