"""Scoring is slow, so I would put Redis in front of it, keyed by user and item. That takes off 80 percent of the load.

The model is replaced on Monday, and four fifths of the answers are still Sunday's. The experiment compares arm B with
itself, because both arms read the same keys. The item that was withdrawn is recommended until its key happens to fall out.
"""

from diagrams.generic.device import Mobile
from diagrams.onprem.mlops import Mlflow
from diagrams.onprem.queue import Kafka

from archfolio import Cache, CommonMistake, Experiment, Fallback, Ranker, control, request, stream, view

MISTAKE = CommonMistake(
    title="A cache that is never told",
    position=14,
    fault=["Score cache", "Service -> Score cache", "Ranker -> Score cache"],
    hint="Near. The model changes at noon: who tells what is held here?",
    reason="A cached score depends on the model, the arm and the item, and the key names none of these. Nothing removes an"
    " entry when one of them changes, so releases reach users weeks late, arms of a test share answers, and what was"
    " withdrawn stays.",
    cure="Put everything that the answer depends on into the key: model version, arm, and a coarse state of user and item."
    " Give entries a time to live that the product can bear, and let withdrawals delete by event, because they cannot wait.",
    no_rule="A rule that asked caches for a time to live spoke up at six sound ones among our systems, and so is none:"
    " whether an entry may grow old is a matter of what it depends on.",
    done_right=["autocomplete-typeahead/serving/Edge cache", "search-systems/serving/Result cache"],
)


@view("Wrong")
def wrong() -> None:
    """Scores are kept in front of the ranker, and models are released behind it."""
    app = Mobile("App", tooltip="Asks for a list")
    service = Experiment("Service", tooltip="Assigns the arm, asks the cache, then the ranker")
    cache = Cache("Score cache", tooltip="Keyed by user and item")
    ranker = Ranker("Ranker", tooltip="Scores what the cache does not have, and writes it there")
    registry = Mlflow("Model registry", tooltip="Releases a model on Monday")
    fallback = Fallback("Popular list", tooltip="Answers when the ranker is late")

    app >> request("GET list") >> service >> request("user, item") >> cache
    service >> request("misses, 20 %") >> ranker >> stream("new scores") >> cache
    service >> request("on timeout") >> fallback
    registry >> control("new model") >> ranker


@view("Right")
def right() -> None:
    """The key names all that a score depends on; entries end, and withdrawals delete."""
    app = Mobile("App", tooltip="Asks for a list")
    service = Experiment("Service", tooltip="Assigns the arm, asks the cache, then the ranker")
    cache = Cache("Score cache", tooltip="Keyed by model version, arm, user and item; ten minutes to live")
    ranker = Ranker("Ranker", tooltip="Scores what the cache does not have, and writes it there")
    registry = Mlflow("Model registry", tooltip="Releases a model: a new version is a new key")
    fallback = Fallback("Popular list", tooltip="Answers when the ranker is late")
    changes = Kafka("Item changes", tooltip="Carries withdrawals, prices and stock")

    app >> request("GET list") >> service >> request("version, arm, user, item") >> cache
    service >> request("misses, 35 %") >> ranker >> stream("new scores") >> cache
    service >> request("on timeout") >> fallback
    registry >> control("version") >> ranker
    registry >> control("version") >> service
    changes >> stream("deletes in seconds") >> cache
