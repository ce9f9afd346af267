"""I would split the data 80 to 20, train on the one part and report AUC on the other.

Yesterday's rows stand in both parts. The model has seen the same user, the same item and the same sale in training, and
is asked about them again in the test. The offline score is splendid and stays splendid; online, where every request
comes after training, it is never met.
"""

from diagrams.aws.storage import S3
from diagrams.onprem.mlops import Mlflow
from diagrams.onprem.queue import Kafka

from archfolio import CommonMistake, Evaluator, FeatureStore, Trainer, batch, control, stream, view

MISTAKE = CommonMistake(
    title="Testing on the past",
    position=3,
    fault=["Split"],
    hint="Near. Follow a row from Tuesday: in which part can it end up, and what stands beside it?",
    reason="A random split of events puts rows of the same hour on both sides. Counters, trends and repeated visits carry"
    " the answer over, so the test measures memory. A release is always asked about days that come after its data.",
    cure="Train up to a day and test on the days after it, with a gap as long as the label window. Read features as of the"
    " time of the request, and keep one day further on for the last comparison before a release.",
    rule="M211",
    done_right=["recommendation-systems/training/Offline gate", "time-series-forecasting/training"],
)


@view("Wrong")
def wrong() -> None:
    """From thirty days of events to a score in the registry."""
    events = Kafka("Event log", tooltip="Keeps impressions and clicks of 30 days")
    store = FeatureStore("Feature store", tooltip="Holds counters by user and item, as of the request")
    table = S3("Joined table", tooltip="Stores one row an impression, with features and label")
    split = S3("Split", tooltip="Random split: 80 % of rows to train on, 20 % to test on")
    trainer = Trainer("Trainer", tooltip="Fits the click model")
    evaluator = Evaluator("Evaluator", tooltip="Reports AUC on the test rows")
    registry = Mlflow("Model registry", tooltip="Keeps each model with its scores")

    events >> stream("events") >> table
    store >> batch("features as of then") >> table >> batch("30 days, shuffled") >> split
    split >> batch("80 %") >> trainer >> batch("model") >> evaluator
    split >> batch("20 %") >> evaluator >> control("AUC 0.86") >> registry


@view("Right")
def right() -> None:
    """The model is trained up to a day and tested on the days after it."""
    events = Kafka("Event log", tooltip="Keeps impressions and clicks of 30 days")
    store = FeatureStore("Feature store", tooltip="Holds counters by user and item, as of the request")
    table = S3("Joined table", tooltip="Stores one row an impression, with features and label")
    split = S3("Split", tooltip="By time: days 1 to 27, a gap of the label window, then days 29 and 30")
    trainer = Trainer("Trainer", tooltip="Fits the click model")
    evaluator = Evaluator("Evaluator", tooltip="Reports AUC and calibration on days that training has not seen")
    registry = Mlflow("Model registry", tooltip="Keeps each model with its scores")

    events >> stream("events") >> table
    store >> batch("features as of then") >> table >> batch("30 days, in order") >> split
    split >> batch("days 1 to 27") >> trainer >> batch("model") >> evaluator
    split >> batch("days 29, 30") >> evaluator >> control("AUC 0.79") >> registry
