"""The pipeline retrains every night and pushes the new model to serving. It is fully automatic.

One night a partition of the log is missing and the model is trained on half of the countries. The job is green, for
training does converge on half of the data. At six in the morning every shopper of the other half gets the worst ranking of
the year, and the pipeline has already overwritten the model that was good.
"""

from diagrams.aws.storage import S3
from diagrams.onprem.gitops import Argocd
from diagrams.onprem.mlops import Mlflow
from diagrams.onprem.queue import Kafka
from diagrams.onprem.workflow import Airflow

from archfolio import CommonMistake, Gate, Ranker, Trainer, batch, control, stream, view

MISTAKE = CommonMistake(
    title="Released without a look",
    position=11,
    fault=["Trainer", "Trainer -> Model registry", "Model registry -> Ranker"],
    hint="Near. What would have to be true of the new model before it moves on from here?",
    reason="That training has ended says nothing about the model. Nothing here compares it with the one that serves, with a"
    " held-out day or with what scores should look like, so every fault of the data becomes a release.",
    cure="Between trainer and registry stands a gate that can say no: rows and countries as expected, next-day metrics not"
    " below those of the serving model by slice, calibration within its band. And the last good bundle stays where one"
    " step brings it back.",
    rule="M201",
    done_right=["recommendation-systems/training/Offline gate", "video-recommendation/training"],
)


@view("Wrong")
def wrong() -> None:
    """How each night's model reaches those who ask."""
    scheduler = Airflow("Nightly job", tooltip="Starts training at 02:00")
    log = Kafka("Serving log", tooltip="Keeps lists, features and outcomes")
    table = S3("Training table", tooltip="Stores the last 30 days")
    trainer = Trainer("Trainer", tooltip="Fits the ranker until the loss stops falling")
    registry = Mlflow("Model registry", tooltip="Keeps the newest model under the name latest")
    ranker = Ranker("Ranker", tooltip="Loads latest at 06:00")

    scheduler >> control("02:00") >> trainer
    log >> batch("hourly") >> table >> batch("30 days") >> trainer
    trainer >> batch("model") >> registry >> control("latest") >> ranker >> stream("lists") >> log


@view("Right")
def right() -> None:
    """A gate compares the candidate with what serves; what does not pass stays where it is."""
    scheduler = Airflow("Nightly job", tooltip="Starts training at 02:00")
    log = Kafka("Serving log", tooltip="Keeps lists, features and outcomes")
    table = S3("Training table", tooltip="Stores the last 30 days, with row counts by country")
    trainer = Trainer("Trainer", tooltip="Fits the ranker until the loss stops falling")
    gate = Gate("Offline gate", tooltip="Row counts, next-day metrics by slice, calibration, against the serving model")
    registry = Mlflow("Model registry", tooltip="Keeps every version that passed")
    ranker = Ranker("Ranker", tooltip="Serves the version that it is told to")
    rollback = Argocd("Rollback", tooltip="Restores the previous version in one step")

    scheduler >> control("02:00") >> trainer
    log >> batch("hourly") >> table >> batch("30 days") >> trainer
    trainer >> batch("candidate") >> gate >> control("passed") >> registry >> control("version 318") >> ranker
    ranker >> stream("lists") >> log
    rollback >> control("version 317") >> ranker
