"""Data science computes the features in SQL for training, and the backend team computes the same ones in Java for serving.

They are the same ones until somebody changes a time zone, a default or the treatment of refunds in one of the two. No
test fails and no service errs: the model is asked about numbers that it was not trained on, and is a little wrong on
everything.
"""

from diagrams.aws.storage import S3
from diagrams.generic.device import Mobile
from diagrams.onprem.analytics import Spark
from diagrams.onprem.queue import Kafka
from diagrams.programming.language import Java

from archfolio import CommonMistake, FeatureStore, ModelServer, Trainer, batch, control, request, stream, view

MISTAKE = CommonMistake(
    title="Features computed twice",
    position=9,
    fault=["Feature store", "SQL features", "Java features"],
    hint="Near. Follow one feature, spend of the last 30 days, on its way to training and on its way to serving.",
    reason="Two programs compute one feature, and nothing compares them. Training reads what SQL made of the warehouse"
    " weeks later, serving what Java made of the stream at that moment; every difference is skew, and the model has"
    " learnt the one and is given the other.",
    cure="Compute a feature once and use it twice: log the values as they were served and train on that log, or let both"
    " sides read one definition from the store, as of the time of the request. Then compare a sample of both each day.",
    rule="M205",
    done_right=["recommendation-systems/serving/Serving log", "data-intensive-ai-platform/training"],
)


@view("Wrong")
def wrong() -> None:
    """How the features of a purchase reach serving and training."""
    app = Mobile("App", tooltip="Asks for a score")
    server = ModelServer("Model server", tooltip="Scores with what the store holds")
    store = FeatureStore("Feature store", tooltip="Holds the latest values for serving")
    online = Java("Java features", tooltip="Computes spend and counts from the stream, in UTC")
    events = Kafka("Purchase stream", tooltip="Carries purchases and refunds")
    warehouse = S3("Warehouse", tooltip="Stores purchases, refunds already taken off")
    offline = Spark("SQL features", tooltip="Computes spend and counts from the warehouse, in local time")
    trainer = Trainer("Trainer", tooltip="Fits the model on the SQL features")

    app >> request("score") >> server >> request("keys") >> store
    events >> stream("purchases") >> online >> stream("spend, counts") >> store
    events >> batch("nightly") >> warehouse >> batch("90 days") >> offline >> batch("spend, counts") >> trainer
    trainer >> control("model") >> server


@view("Right")
def right() -> None:
    """One program makes the features; what was served is logged, and training reads the log."""
    app = Mobile("App", tooltip="Asks for a score")
    server = ModelServer("Model server", tooltip="Scores, and logs the values that it used")
    store = FeatureStore("Feature store", tooltip="Holds the latest values")
    online = Java("Java features", tooltip="Computes spend and counts from the stream: the one definition")
    events = Kafka("Purchase stream", tooltip="Carries purchases and refunds")
    log = Kafka("Serving log", tooltip="Keeps the feature values as served, with request and model version")
    table = S3("Training table", tooltip="Stores logged features with their labels")
    trainer = Trainer("Trainer", tooltip="Fits the model on features as served")

    app >> request("score") >> server >> request("keys") >> store
    events >> stream("purchases") >> online >> stream("spend, counts") >> store
    server >> stream("features as served") >> log >> batch("hourly") >> table >> batch("90 days") >> trainer
    trainer >> control("model") >> server
