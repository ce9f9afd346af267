"""The gateway calls the feature store, then the model, and returns the list. The store answers in 10 ms.

At the p99.9 it answers in 900 ms, and on the day of the sale it does not answer at all. Ten thousand requests hang, each
holds a thread, and the page that could have shown yesterday's bestsellers shows nothing.
"""

from diagrams.generic.device import Mobile
from diagrams.onprem.inmemory import Redis
from diagrams.onprem.network import Envoy

from archfolio import CommonMistake, Fallback, Monitor, Ranker, Retriever, request, response, stream, view

MISTAKE = CommonMistake(
    title="No plan for the bad day",
    position=7,
    fault=["Ranker", "Ranker -> User features", "API gateway -> Retriever"],
    hint="Near. What does the app get when this call takes a second?",
    reason="Of a thousand requests that each touch ten machines, several meet one that is late. Nothing here has a deadline,"
    " and nothing says what to answer when a part is late or gone, so the slowest part decides what everybody sees.",
    cure="Give each call a share of the deadline and each stage a poorer answer: rank with default features, then the"
    " retriever's own order, then the last good list, then bestsellers. Count how often each is used, for a fallback"
    " that is always on is an outage that nobody noticed.",
    rule="M209",
    done_right=["recommendation-systems/serving/Fallback lists", "ad-click-prediction/serving/Light ranker"],
)


@view("Wrong")
def wrong() -> None:
    """The way of one request."""
    app = Mobile("Shopper app", tooltip="Waits for a page")
    gateway = Envoy("API gateway", tooltip="Passes requests on")
    retriever = Retriever("Retriever", tooltip="Finds 500 items")
    ranker = Ranker("Ranker", tooltip="Scores them with the user's features")
    features = Redis("User features", tooltip="Holds profile and last actions")
    monitor = Monitor("Latency monitor", tooltip="Shows p99 of each part")

    app >> request("GET page") >> gateway >> request("user id") >> retriever >> response("500 items") >> ranker
    ranker >> request("user id") >> features
    ranker >> response("24 items") >> app
    ranker >> stream("latency") >> monitor


@view("Right")
def right() -> None:
    """Each call has a deadline, and a list that is poorer but there."""
    app = Mobile("Shopper app", tooltip="Waits for a page, at most 200 ms")
    gateway = Envoy("API gateway", tooltip="Attaches the deadline; every stage keeps what is left of it")
    retriever = Retriever("Retriever", tooltip="Finds 500 items; drops a late source")
    ranker = Ranker("Ranker", tooltip="Scores them; without features by default values")
    features = Redis("User features", tooltip="Holds profile and last actions")
    fallback = Fallback("Last good list", tooltip="Answers at the deadline, then bestsellers of the segment")
    monitor = Monitor("Latency monitor", tooltip="Shows p99 of each part, and the share of each fallback")

    app >> request("GET page") >> gateway >> request("200 ms deadline") >> retriever >> response("500 items") >> ranker
    ranker >> request("at most 15 ms") >> features
    ranker >> response("24 items") >> app
    gateway >> request("at 180 ms") >> fallback >> response("24 items, older") >> app
    ranker >> stream("latency") >> monitor
    fallback >> stream("degraded share") >> monitor
