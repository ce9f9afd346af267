"""Then we deploy it, and if something breaks the service will return errors and we will see that.

A model does not break with an error. A field is renamed upstream, the feature becomes a default, and the scores are a
little worse for everybody. Latency and error rate are green. Sales find out, three weeks later.
"""

from diagrams.generic.device import Mobile
from diagrams.onprem.client import User
from diagrams.onprem.mlops import Mlflow
from diagrams.onprem.queue import Kafka

from archfolio import (
    CommonMistake,
    Fallback,
    FeatureStore,
    ModelServer,
    Monitor,
    control,
    feedback,
    request,
    stream,
    view,
)

MISTAKE = CommonMistake(
    title="Forgetting to watch",
    position=5,
    fault=["Model server", "Model server -> Serving log"],
    hint="Near. If a feature turned to zero tonight, who would know tomorrow?",
    reason="Models fail in silence: the service is up and the answers are wrong. Nothing here compares inputs with those of"
    " training, scores with outcomes, or today with last week, so the first alarm is the business.",
    cure="Lead what was served, and what became of it, to a monitor: null rate and age of each feature, the distribution of"
    " scores, calibration once labels are in, by slice. Each has a limit, an owner and something that the owner can do.",
    rule="M204",
    done_right=["recommendation-systems/operations/Live quality", "fraud-detection/operations"],
)


@view("Wrong")
def wrong() -> None:
    """Requests are scored, answered and logged."""
    app = Mobile("App", tooltip="Asks for a score, reports what happened")
    server = ModelServer("Model server", tooltip="Scores with the model of last month")
    features = FeatureStore("Feature store", tooltip="Serves counters and profiles")
    fallback = Fallback("Rule", tooltip="Answers when the server is late")
    log = Kafka("Serving log", tooltip="Keeps features, scores and outcomes")
    registry = Mlflow("Model registry", tooltip="Keeps versions, and the previous one")

    app >> request("score") >> server >> request("keys") >> features
    app >> request("on timeout") >> fallback
    server >> stream("features, scores") >> log
    app >> feedback("outcomes") >> log
    registry >> control("version") >> server


@view("Right")
def right() -> None:
    """A monitor compares inputs, scores and outcomes with what they should be, and a person hears of it."""
    app = Mobile("App", tooltip="Asks for a score, reports what happened")
    server = ModelServer("Model server", tooltip="Scores with the model of last month")
    features = FeatureStore("Feature store", tooltip="Serves counters and profiles, with null rate and age")
    fallback = Fallback("Rule", tooltip="Answers when the server is late")
    log = Kafka("Serving log", tooltip="Keeps features, scores and outcomes")
    monitor = Monitor("Quality monitor", tooltip="Null rate, drift, calibration, by slice, each with a limit")
    owner = User("Model owner", tooltip="Judges an alarm, and takes a release back")
    registry = Mlflow("Model registry", tooltip="Keeps versions, and the previous one")

    app >> request("score") >> server >> request("keys") >> features
    app >> request("on timeout") >> fallback
    server >> stream("features, scores") >> log >> stream("inputs, outcomes") >> monitor
    app >> feedback("outcomes") >> log
    monitor >> control("over its limit") >> owner >> control("previous version") >> registry
    registry >> control("version") >> server
