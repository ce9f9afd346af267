"""Sell a thing.

The smallest system that has everything.
"""

from diagrams import Cluster
from diagrams.onprem.client import Users
from diagrams.onprem.queue import Kafka

from archfolio import Estimate, Ranker, System, assume, derive, request, step, stream, view

SYSTEM = System(
    title="Shop",
    estimate=Estimate(
        users=assume("Users", 86_400, "user"),
        visits=assume("Visits", 2, "visit/user/day"),
        rate=derive("Rate", "users * visits", "visit/s"),
    ),
    headline=["rate"],
)


@view("Serving")
def serving() -> None:
    """People ask {rate:n} times a second."""
    people = Users("People", tooltip="Ask")
    with Cluster("Shop"):
        ranker = Ranker("Ranker\nmodel", tooltip="Orders")
    with step("They ask, {rate}."):
        people >> request("{rate}") >> ranker
    ranker >> stream("what was shown") >> Kafka("Log", tooltip="Keeps")


@view("Two groups", direction="LR")
def groups() -> None:
    """Two groups of one name, joined as groups."""
    with Cluster("Group") as left:
        Kafka("Log")
    with Cluster("Group") as right:
        Kafka("Log")
    left >> stream("copies") >> right
