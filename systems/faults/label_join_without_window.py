"""We join impressions with purchases and train on that. The data is all in the log.

An order comes hours or days after the click. A job that runs every hour and counts whatever has not been bought by then
as a negative teaches the model that people who think before they buy never buy. The model is worst on expensive items,
and it gets worse each time the job is made faster.
"""

from diagrams.aws.storage import S3
from diagrams.generic.device import Mobile
from diagrams.onprem.queue import Kafka

from archfolio import CommonMistake, LabelJoin, Ranker, Trainer, batch, control, feedback, stream, view

MISTAKE = CommonMistake(
    title="Ignoring where labels come from",
    position=2,
    fault=["Outcome join"],
    hint="You are near the place where an impression gets its label. When is a missing order a no?",
    reason="An outcome that has not happened yet is not a negative. Without a window the join answers whenever it is run:"
    " the younger a row, the more often a future buyer is labelled as a non-buyer.",
    cure="Say how long the join waits for each outcome (a click within 30 minutes, an order within seven days of it), and"
    " what happens to rows that are younger: they wait, or they are trained with a correction for what is still to come.",
    rule="M206",
    done_right=["recommendation-systems/training/Label join", "ad-click-prediction/training/Delay model"],
)


@view("Wrong")
def wrong() -> None:
    """From impressions and orders to the next model."""
    shopper = Mobile("Shopper app", tooltip="Shows items and takes orders")
    log = Kafka("Serving log", tooltip="Keeps impressions with the features as served")
    orders = Kafka("Orders", tooltip="Carries every order and its return")
    join = LabelJoin("Outcome join", tooltip="Marks an impression as bought or as not bought")
    table = S3("Training table", tooltip="Stores labelled impressions")
    trainer = Trainer("Trainer", tooltip="Fits the purchase head")
    ranker = Ranker("Ranker", tooltip="Sorts by expected margin")

    ranker >> stream("list as served") >> log >> stream("impressions") >> join
    shopper >> feedback("orders") >> orders >> feedback("orders so far") >> join
    join >> batch("bought or not") >> table >> batch("rows") >> trainer >> control("model") >> ranker


@view("Right")
def right() -> None:
    """A row is labelled once its window of seven days has closed; before that it waits."""
    shopper = Mobile("Shopper app", tooltip="Shows items and takes orders")
    log = Kafka("Serving log", tooltip="Keeps impressions with the features as served")
    orders = Kafka("Orders", tooltip="Carries every order and its return")
    join = LabelJoin("Outcome join", tooltip="Waits 7 days for an order; a later one corrects the row")
    table = S3("Training table", tooltip="Stores impressions whose window has closed")
    trainer = Trainer("Trainer", tooltip="Fits the purchase head, with weights for orders still to come")
    ranker = Ranker("Ranker", tooltip="Sorts by expected margin")

    ranker >> stream("list as served") >> log >> stream("impressions") >> join
    shopper >> feedback("orders") >> orders >> feedback("within 7 days") >> join
    join >> batch("matured rows") >> table >> batch("rows") >> trainer >> control("model") >> ranker
