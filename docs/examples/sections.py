"""What a system must do, what was decided, what breaks, what is measured."""

from archfolio import Decision, FailureMode, Metrics, Requirements, Tags

TAGS = Tags(task=["ranking"], pattern=["embedding retrieval"], data=["text"])
REQUIREMENTS = Requirements(
    functional=["A query gets 24 products that are in stock."],
    qualities={"Latency": "p99 of 150 ms at the API (assumption)."},
)
DECISIONS = [
    Decision(
        "Two-tower retrieval",
        why="Products are embedded once a night, so that a query costs one small model and one search.",
        rejected=["a cross-encoder over all products: a thousand times the compute"],
        revisit_when="there are fewer than 10,000 products",
    )
]
FAILURES = [FailureMode("The index is stale.", "Age over two hours.", "Search the fresh index only, and rebuild.")]
METRICS = Metrics(offline=["NDCG@24"], online=["purchases a search"], guardrail=["p99 latency"])
