"""A small system that has everything `archfolio check` asks for, and a way to change it."""

SHOP = '''\
"""Sell things to people who look for them.

What is hard about it.
"""

from diagrams import Cluster, Edge
from diagrams.onprem.client import Users
from diagrams.onprem.mlops import Mlflow
from diagrams.onprem.queue import Kafka

from archfolio import (
    Budget, Decision, Estimate, FailureMode, Fallback, FeatureStore, Gate, LabelJoin, Metrics, ModelServer, Monitor,
    Requirements, Retriever, Source, System, Trainer, VectorIndex, assume, batch, cite, control, derive, feedback,
    request, step, stream, view,
)

SYSTEM = System(
    title="Shop",
    requirements=Requirements(functional=["Sells."], qualities={"Latency": "p99 of 50 ms."}),
    estimate=Estimate(
        users=assume("Users", 86_400, "user"),
        visits=cite("Visits", 2, "visit/user/day", source="a survey"),
        rate=derive("Rate", "users * visits", "visit/s"),
        wait=assume("Order window", 7, "day"),
    ),
    budget=Budget("p99", promise=50, stages={"search": 20, "score": 30}),
    decisions=[Decision("one", rejected=["another"], revisit_when="it rains")],
    failures=[FailureMode("it breaks", "a graph", "mend it")],
    metrics=Metrics(["AUC"], ["sales"], ["returns"]),
    sources=[
        Source('A. Author, "One", RecSys 2016', "https://example.org/one"),
        Source('A. Author, "Two", RecSys 2017', "https://example.org/two"),
    ],
)


@view("Serving")
def serving() -> None:
    """People ask {rate:n} times a second."""
    people = Users("People", tooltip="Ask")
    with Cluster("Online"):
        finder = Retriever("Finder", tooltip="Gathers")
        index = VectorIndex("Item index", tooltip="Nearest items")
        store = FeatureStore("Feature store", tooltip="Latest values")
        scorer = ModelServer("Scorer", tooltip="Scores, and explores with a share of the list")
        backup = Fallback("Popular list", tooltip="Answers in the scorer's place")
    log = Kafka("Serving log", tooltip="Keeps what was shown")
    with step("They ask, {rate:n} times a second."):
        people >> request("page") >> finder >> request("query vector") >> index
    with step("The items are scored."):
        finder >> request("items") >> scorer >> request("features") >> store
        finder >> control("on overload") >> backup
    with step("What was shown is kept."):
        scorer >> stream("list, scores") >> log
        people >> feedback("clicks") >> log


@view("Learning")
def learning() -> None:
    """From the log to the next model."""
    with Cluster("Data"):
        log = Kafka("Serving log", tooltip="Keeps what was shown")
        join = LabelJoin("Label join", tooltip="Orders within {wait}")
    with Cluster("Models"):
        trainer = Trainer("Scorer trainer", tooltip="Fits")
        gate = Gate("Offline gate", tooltip="Stops what is worse")
        registry = Mlflow("Model registry", tooltip="Keeps versions; takes a bad one back: rollback")
        index = VectorIndex("Item index", tooltip="Nearest items, by version")
    with Cluster("Online"):
        scorer = ModelServer("Scorer", tooltip="Scores")
        monitor = Monitor("Score watch", tooltip="Compares with last week")
    log >> stream("what was shown") >> join >> batch("labelled rows") >> trainer
    trainer >> batch("candidate") >> gate >> control("good enough") >> registry
    registry >> control("bundle") >> [scorer, index]
    scorer >> stream("scores") >> monitor
'''


def shop(*edits: tuple[str, str]) -> str:
    """Write the shop's module with some words replaced by others."""
    text = SHOP
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new)
    return text
