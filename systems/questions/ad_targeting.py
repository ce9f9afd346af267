"""Design ad targeting: an advertiser brings a list of its customers, we find who is like them.

The list is personal data of people who did not send it to us, and what is learnt from it may reveal who stands on it. A
lookalike audience is a score over everybody with a threshold, and the advertiser moves the threshold.
"""

from diagrams.onprem.client import Users
from diagrams.onprem.security import Vault

from archfolio import (
    Clarification,
    Guard,
    InterviewQuestion,
    Trainer,
    added,
    assume,
    batch,
    begin_from,
    changed,
    control,
    removed,
    view,
)

QUESTION = InterviewQuestion(
    title="Ad targeting",
    position=11,
    topic="Ads",
    nearest="ad-click-prediction/serving",
    why_nearest="Audiences are what its targeting index matches; here they are made.",
    clarifications=[
        Clarification(
            "Which audiences: own rules, uploaded customers, or people like them?",
            "All three; the lookalike is the hard one, of 1 to 10 % of a country.",
        ),
        Clarification(
            "What does the law and the platform's consent allow?",
            "Matching of hashed identifiers under consent; no sensitive categories; no use outside our own surfaces.",
        ),
        Clarification(
            "How soon must an audience work, and how is it judged?",
            "Within six hours of the upload; by incremental conversions against a holdout, not by clicks.",
        ),
    ],
    answer=[
        "Hashed identifiers are matched in a clean room under consent; the matched seed trains a small model over user"
        " embeddings that all seeds share, with a random sample of the country as negatives.",
        "Everybody is scored overnight, the top percentiles become bitmaps in the audience index, and no audience below a"
        " thousand people is ever made or shown a size exactly.",
        "At request time nothing is new: the index tests bitmaps within {index_time}, the ranker decides whether the ad is"
        " worth showing, and a holdout measures what the audience added.",
    ],
    revisions={
        "offered": assume("Exchange bid requests per day", 0, "request/day"),
        "targeted": assume("Ads from the audience index", 700, "ad/request"),
    },
    compared=["scored", "peak_rate", "light_cores", "ranker_gpus", "user_store"],
)


@view("Serving")
def serving() -> None:
    """The ad path on own surfaces, with audiences made beside it: matched under consent, scored at night, read as bitmaps."""
    ads = begin_from("ad-click-prediction/serving")
    with added("An advertiser's list is matched as hashes, where neither side sees the other's."):
        advertisers = Users("Advertisers", tooltip="Upload customers, set rules and the width of the audience")
        room = Vault("Clean room", tooltip="Matches hashed identifiers under consent, deletes the list after 30 days")
        advertisers >> batch("hashed customers") >> room
    with added("A small model over shared embeddings finds who is like the seed, for everybody, overnight."):
        trainer = Trainer("Lookalike trainer", tooltip="Logistic head on user embeddings, random users as negatives")
        room >> batch("matched seed") >> trainer
    with added("No audience may be so small, or so particular, that it points at people."):
        guard = Guard("Audience guard", tooltip="At least 1,000 people, no sensitive category, rounded sizes")
        trainer >> batch("scores, top 1 %") >> guard >> batch("bitmaps") >> ads["Targeting index"]
    with added("A holdout of each audience never sees the ad, so that its effect can be told."):
        guard >> control("holdout ids") >> ads["User features"]
    changed(
        ads["Targeting index"],
        "Audience index",
        tooltip="Holds a bitmap of users for each audience, and boolean rules over them",
        because="Besides rules of place and slot it tests membership in audiences that advertisers made.",
    )
    changed(
        ads["Fraud and consent"],
        "Fraud and consent\nby purpose",
        tooltip="Strips audience ids from whoever has not consented to this purpose",
        because="Consent to ads is not consent to being matched with a customer list.",
    )
    changed(
        ads["Serving log"],
        "Serving log\nKafka, with audience",
        tooltip="Keeps which audience won, and who was held out",
        because="Incremental conversions are counted by audience and holdout.",
    )
    removed(ads["Ad exchanges"], ads["Bid shader"], because="Uploaded audiences may be used on own surfaces only.")
