"""The gate compares the AUC of the new model with that of the old one. If it is better, we ship.

The model gains two points on the language that nine users in ten write, and loses ten on another. The average rises, the
gate opens, and posts in that other language are taken down twice as often as before, with no one having decided that.
"""

from diagrams.aws.storage import S3
from diagrams.onprem.client import User
from diagrams.onprem.mlops import Mlflow

from archfolio import CommonMistake, Evaluator, Gate, Labeller, Trainer, batch, control, feedback, view

MISTAKE = CommonMistake(
    title="One average for everybody",
    position=6,
    fault=["Evaluator", "Evaluator -> Release gate"],
    hint="Near. Whose errors does this number contain, and in which proportion?",
    reason="An average weighs groups by their size, so a model can pay for a gain on the many with a loss on the few. The"
    " gate sees one number; nobody is asked whether that trade is wanted, and nothing stops it.",
    cure="Evaluate by slice (language, region, age of the account), with enough labelled rows in each to tell a loss from"
    " noise, and give each slice a floor that the gate holds. Where a slice falls, a person decides and signs.",
    no_rule="The rule for gates is content here: there is one. What it compares stands in words.",
    done_right=["recommendation-systems/training/Offline gate", "content-moderation/training"],
)


@view("Wrong")
def wrong() -> None:
    """From reviewers' labels to a release."""
    table = S3("Labelled posts", tooltip="Stores a random sample of posts, most of them in one language")
    labellers = Labeller("Reviewers", tooltip="Label posts by the written policy")
    trainer = Trainer("Trainer", tooltip="Fits the policy classifier")
    evaluator = Evaluator("Evaluator", tooltip="Computes one AUC over the whole sample")
    gate = Gate("Release gate", tooltip="Opens when the AUC is higher than that of the last model")
    registry = Mlflow("Model registry", tooltip="Keeps versions with their score")

    labellers >> feedback("verdicts") >> table >> batch("train rows") >> trainer >> batch("candidate") >> evaluator
    (
        table
        >> batch("next week's rows")
        >> evaluator
        >> control("AUC, one number")
        >> gate
        >> control("higher")
        >> registry
    )


@view("Right")
def right() -> None:
    """Each slice has enough rows, a score and a floor; a slice that falls is decided by a person."""
    table = S3("Labelled posts", tooltip="Stores a sample with at least 5,000 rows in each language")
    labellers = Labeller("Reviewers", tooltip="Label posts by the written policy, native speakers in each language")
    trainer = Trainer("Trainer", tooltip="Fits the policy classifier")
    evaluator = Evaluator("Evaluator", tooltip="Computes precision and false-positive rate by language and region")
    gate = Gate("Release gate", tooltip="Opens when no slice falls below its floor")
    owner = User("Policy owner", tooltip="Decides about a slice that falls, and signs")
    registry = Mlflow("Model registry", tooltip="Keeps versions with the scores of each slice")

    labellers >> feedback("verdicts") >> table >> batch("train rows") >> trainer >> batch("candidate") >> evaluator
    (
        table
        >> batch("rows by slice")
        >> evaluator
        >> control("a score a slice")
        >> gate
        >> control("all floors held")
        >> registry
    )
    gate >> control("a slice falls") >> owner >> control("signed exception") >> registry
