"""A system is one object, and its views are functions below it."""

from diagrams.onprem.queue import Kafka

from archfolio import Estimate, Ranker, System, assume, stream, view

SYSTEM = System(title="Shop search", estimate=Estimate(rate=assume("Queries", 900, "query/s")), headline=["rate"])


@view("Serving")
def serving() -> None:
    """{rate} are answered, and what was shown is logged."""
    Ranker("Ranker") >> stream("{rate}") >> Kafka("Serving log")
