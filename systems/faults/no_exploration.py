"""New items? They get into the index tonight, and if people like them they will get clicks and rise.

They are ranked by a model that was trained on items with clicks. Without clicks they stand below the fold, where nobody
clicks; tomorrow's model learns from that that nobody likes them. The catalogue grows by a hundred thousand items a day,
and the same five thousand are shown.
"""

from diagrams.generic.device import Mobile
from diagrams.onprem.queue import Kafka

from archfolio import (
    Assembler,
    CommonMistake,
    Gate,
    LabelJoin,
    Ranker,
    Retriever,
    Trainer,
    control,
    feedback,
    request,
    response,
    stream,
    view,
)

MISTAKE = CommonMistake(
    title="Learning only from its own choices",
    position=12,
    fault=["Trainer", "Label join -> Trainer", "Page -> Serving log"],
    hint="Near. Which items can this part ever hear about?",
    reason="Only what is shown gets a label, and the model decides what is shown. What it rates low it never sees again, so"
    " it cannot find out that it was wrong: the loop confirms itself, and what is new has no way in.",
    cure="Give a small share of slots to items that the model would not have chosen, at a propensity that is known and"
    " logged. It is the way in for what is new, the only unbiased test set, and what off-policy estimates are made of.",
    rule="M207",
    done_right=["recommendation-systems/serving/Re-ranker", "video-recommendation/serving/Re-ranker"],
)


@view("Wrong")
def wrong() -> None:
    """A list is ranked, shown, logged and trained on."""
    app = Mobile("App", tooltip="Shows ten items")
    retriever = Retriever("Retriever", tooltip="Finds items with the most clicks for this taste")
    ranker = Ranker("Ranker", tooltip="Sorts by predicted click")
    page = Assembler("Page", tooltip="Takes the best ten")
    log = Kafka("Serving log", tooltip="Keeps the ten that were shown")
    join = LabelJoin("Label join", tooltip="Adds clicks within 30 minutes")
    trainer = Trainer("Trainer", tooltip="Fits tomorrow's ranker")
    gate = Gate("Offline gate", tooltip="Compares with the serving model on the next day")

    app >> request("GET list") >> retriever >> response("500 items") >> ranker >> response("sorted") >> page
    page >> response("ten items") >> app
    page >> stream("list as shown") >> log >> stream("impressions") >> join
    app >> feedback("clicks") >> join >> stream("labelled rows") >> trainer >> control("candidate") >> gate
    gate >> control("model") >> ranker


@view("Right")
def right() -> None:
    """One slot in twenty is drawn at a known propensity, and its rows are marked."""
    app = Mobile("App", tooltip="Shows ten items")
    retriever = Retriever("Retriever", tooltip="Finds items for this taste, and fresh ones by content")
    ranker = Ranker("Ranker", tooltip="Sorts by predicted click")
    page = Assembler("Page", tooltip="Takes the best; 5 % of slots explore, at a known propensity")
    log = Kafka("Serving log", tooltip="Keeps the list with the propensity of each slot")
    join = LabelJoin("Label join", tooltip="Adds clicks within 30 minutes")
    trainer = Trainer("Trainer", tooltip="Weighs each row by its propensity")
    gate = Gate("Offline gate", tooltip="Tests on the explored rows: they are unbiased")

    app >> request("GET list") >> retriever >> response("500 items") >> ranker >> response("sorted") >> page
    page >> response("9.5 best, 0.5 explored") >> app
    page >> stream("list, propensity") >> log >> stream("impressions") >> join
    app >> feedback("clicks") >> join >> stream("weighted rows") >> trainer >> control("candidate") >> gate
    gate >> control("model") >> ranker
