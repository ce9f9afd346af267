"""A budget whose stages are figures of the estimate; the slower of two branches counts."""

from archfolio import Budget, Estimate, Parallel, System, assume, derive

SYSTEM = System(
    title="Shop search",
    estimate=Estimate(
        ann=assume("ANN search", 20, "ms"),
        trending=assume("Trending lookup", 8, "ms"),
        items=assume("Products that are ranked", 200, "item"),
        each=assume("Ranking a product", 0.2, "ms/item"),
        ranking=derive("Ranking", "items * each", "ms"),
    ),
    budget=Budget(
        "p99 at the search API",
        promise=120,
        stages={"Candidates": Parallel({"ANN": "ann", "Trending": "trending"}), "Ranker": "ranking", "Slack": 60},
    ),
)
