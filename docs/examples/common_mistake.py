"""We push the new model to serving when it is trained.

One night it is trained on half of the data.
"""

from diagrams.onprem.mlops import Mlflow

from archfolio import CommonMistake, Gate, Ranker, Trainer, batch, control, view

MISTAKE = CommonMistake(
    title="Released without a look",
    fault=["Trainer", "Trainer -> Registry"],
    hint="What must be true before it moves on?",
    reason="Nothing compares the model with the one that serves.",
    cure="A gate stands between trainer and registry.",
    rule="M201",
    done_right=["system/serving"],
)


@view("Wrong")
def wrong() -> None:
    """How a model reaches those who ask."""
    Trainer("Trainer") >> batch("model") >> Mlflow("Registry") >> control("latest") >> Ranker("Ranker")


@view("Right")
def right() -> None:
    """A gate compares it with what serves."""
    gate = Gate("Gate")
    Trainer("Trainer") >> batch("candidate") >> gate >> control("passed") >> Mlflow("Registry")
