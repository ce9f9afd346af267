"""We need a transformer over the shopper's last thousand actions. I would train it on click logs and serve it.

Nobody has asked what a table of bestsellers would earn. The transformer goes to an A/B test against the empty module it
replaces, wins by a wide margin, and ships with its GPUs. A year later somebody tries "people who bought this bought
that" in one arm and finds that it takes nine tenths of the gain: the rest was all that the model was worth.
"""

from diagrams.aws.storage import S3
from diagrams.generic.device import Mobile
from diagrams.onprem.queue import Kafka

from archfolio import (
    CommonMistake,
    Experiment,
    Gate,
    Ranker,
    RuleEngine,
    Trainer,
    batch,
    control,
    feedback,
    request,
    stream,
    view,
)

MISTAKE = CommonMistake(
    title="Jumping to the model",
    position=1,
    fault=["A/B test", "Offline gate"],
    hint="You are near what decides whether the model is worth having. Ask what it is compared with.",
    reason="A comparison needs something to compare with. Here the gate asks only whether the AUC is high and the test sets"
    " the model against an empty module, so any model passes, and nobody learns how much of the gain a rule would have"
    " brought for a hundredth of the cost.",
    cure="Put the simplest thing that could work into the design first: bestsellers of the category, the last items, an"
    " item-to-item table. It is the control arm, the score that the gate asks the model to beat, and later the fallback.",
    no_rule="A rule sees parts and arrows. Whether an experiment's other arm is any good is a matter of judgement.",
    done_right=["recommendation-systems/serving/Fallback lists", "fraud-detection/serving/Fallback scorecard"],
)


@view("Wrong")
def wrong() -> None:
    """A module of recommendations: how it is served, tested and trained."""
    shopper = Mobile("Shopper app", tooltip="Shows the module, reports clicks")
    experiment = Experiment("A/B test", tooltip="One arm sees the transformer's list, the other no list at all")
    model = Ranker("Transformer", tooltip="Reads a thousand actions of the shopper")
    log = Kafka("Serving log", tooltip="Keeps what was shown and clicked")
    lake = S3("Click table", tooltip="Stores shown items with their clicks within 30 minutes")
    trainer = Trainer("Trainer", tooltip="Fits the transformer to clicks")
    gate = Gate("Offline gate", tooltip="Lets a model pass whose AUC on the next day is above 0.8")

    shopper >> request("GET module") >> experiment >> request("arm B only") >> model
    model >> stream("list as shown") >> log >> batch("daily") >> lake >> batch("clicks") >> trainer
    shopper >> feedback("clicks") >> log
    trainer >> batch("AUC") >> gate >> control("above 0.8") >> model


@view("Right")
def right() -> None:
    """A table of bestsellers is the control arm, the score to beat, and what answers when the model is late."""
    shopper = Mobile("Shopper app", tooltip="Shows the module, reports clicks")
    experiment = Experiment("A/B test", tooltip="One arm sees the transformer's list, the other the bestsellers")
    model = Ranker("Transformer", tooltip="Reads a thousand actions of the shopper")
    baseline = RuleEngine("Bestsellers", tooltip="Most bought of the category in the last week: the baseline")
    log = Kafka("Serving log", tooltip="Keeps what was shown and clicked, by arm")
    lake = S3("Click table", tooltip="Stores shown items with their clicks within 30 minutes")
    trainer = Trainer("Trainer", tooltip="Fits the transformer to clicks")
    gate = Gate("Offline gate", tooltip="Lets a model pass that beats the bestsellers on the next day")

    shopper >> request("GET module") >> experiment >> request("arm B") >> model
    experiment >> request("arm A") >> baseline >> batch("score to beat") >> gate
    model >> stream("list as shown") >> log >> batch("daily") >> lake >> batch("clicks") >> trainer
    shopper >> feedback("clicks") >> log
    trainer >> batch("next-day recall") >> gate >> control("beats the table") >> model
