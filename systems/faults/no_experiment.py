"""Offline NDCG went up by three points, so we roll the new ranker out to everybody.

NDCG was computed on lists that the old ranker had shown, for what it had not shown has no labels. The new one shows other
items. Orders fall in the week of the rollout, but there was also a holiday, and now there is nobody left who still gets
the old lists to compare with.
"""

from diagrams.onprem.client import Users
from diagrams.onprem.mlops import Mlflow
from diagrams.onprem.queue import Kafka

from archfolio import (
    CommonMistake,
    Evaluator,
    Experiment,
    Gate,
    ModelServer,
    batch,
    control,
    feedback,
    request,
    stream,
    view,
)

MISTAKE = CommonMistake(
    title="Believing the offline score",
    position=10,
    fault=["Offline gate -> New ranker", "Offline gate"],
    hint="Near. After this step, how would one tell the ranker's effect from that of a holiday?",
    reason="Offline metrics judge a model on what its predecessor chose to show. They are good enough to reject a model and"
    " too poor to accept one; and once all users have the new model, its effect is mixed with everything else that week.",
    cure="Let the gate open an experiment, not the whole site: shadow scores first, then a canary for faults, then an A/B"
    " test on users with a sample size from the estimate, guardrails, and one decision at the end of its term.",
    no_rule="A rule for gates exists and is content: the model passed one. That the last gate must be people is a judgement.",
    done_right=["recommendation-systems/operations/Experiment analysis", "feed-ranking/operations"],
)


@view("Wrong")
def wrong() -> None:
    """How a new ranker reaches its users."""
    users = Users("Users", tooltip="All of them get the new ranker on Tuesday")
    server = ModelServer("New ranker", tooltip="Answers all requests from Tuesday on")
    log = Kafka("Serving log", tooltip="Keeps lists and clicks")
    evaluator = Evaluator("Offline evaluation", tooltip="NDCG on lists that the old ranker showed")
    gate = Gate("Offline gate", tooltip="Opens for a higher NDCG")
    registry = Mlflow("Model registry", tooltip="Keeps the old ranker")

    users >> request("GET list") >> server >> stream("lists") >> log >> batch("replayed lists") >> evaluator
    users >> feedback("clicks, orders") >> log
    (
        registry
        >> batch("candidate")
        >> evaluator
        >> control("NDCG + 3 points")
        >> gate
        >> control("to all users")
        >> server
    )


@view("Right")
def right() -> None:
    """The offline gate opens an experiment; its read-out decides."""
    users = Users("Users", tooltip="Half of a sample gets the new ranker for two weeks")
    experiment = Experiment("A/B test", tooltip="Hashes users to arms for two full weeks")
    old = ModelServer("Old ranker", tooltip="Answers arm A, and everybody else")
    server = ModelServer("New ranker", tooltip="Answers arm B")
    log = Kafka("Serving log", tooltip="Keeps lists, clicks and orders by arm")
    evaluator = Evaluator("Offline evaluation", tooltip="NDCG on lists that the old ranker showed")
    gate = Gate("Offline gate", tooltip="Rejects what is worse; opens the experiment for the rest")
    readout = Evaluator("Read-out", tooltip="Orders per user by arm, guardrails, once, at the end of the term")

    users >> request("GET list") >> experiment
    experiment >> request("arm A") >> old >> stream("lists, arm A") >> log
    experiment >> request("arm B") >> server >> stream("lists, arm B") >> log
    users >> feedback("clicks, orders") >> log >> batch("replayed lists") >> evaluator >> control("not worse") >> gate
    gate >> control("opens arm B") >> experiment
    log >> batch("outcomes by arm") >> readout >> control("ramp or stop") >> experiment
