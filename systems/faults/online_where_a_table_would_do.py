"""For the weekly newsletter I would put a low-latency GPU service behind the mailer, with a feature store and autoscaling.

The mail goes out once a week, and nobody waits for it. The fleet is sized for one hour and idles for the other 167; when
the feature store is slow, mails go out late and half empty. All that was asked for was a list for each reader, and there
were six days to make it in.
"""

from diagrams.aws.storage import S3
from diagrams.onprem.analytics import Spark
from diagrams.onprem.client import Users
from diagrams.onprem.workflow import Airflow

from archfolio import (
    CommonMistake,
    Fallback,
    FeatureStore,
    ModelServer,
    Ranker,
    batch,
    control,
    feedback,
    request,
    view,
)

MISTAKE = CommonMistake(
    title="More machine than the question asks for",
    position=4,
    fault=["Mailer -> Model server", "Model server"],
    hint="Near. Who waits for this answer, and for how long?",
    reason="A call is worth its price where somebody waits and the context is only known at that moment. Here neither holds:"
    " the list depends on what was known last night, so a call buys latency, capacity for one peak hour, and a"
    " dependency that can fail while the mail goes out.",
    cure="Ask first how fresh the answer must be and who waits for it. A nightly job scores everybody, writes one row a"
    " reader, and the mailer reads rows. It can be run again when it fails, and it costs the hours that it runs.",
    no_rule="Both drawings are sound systems. Only the question says that one of them is too much.",
    done_right=["time-series-forecasting/nightly", "people-you-may-know/graph"],
)


@view("Wrong")
def wrong() -> None:
    """How the weekly mail gets ten articles for each reader."""
    readers = Users("Readers", tooltip="Get one mail on Friday")
    scheduler = Airflow("Friday job", tooltip="Starts the mail run")
    mailer = Spark("Mailer", tooltip="Renders and sends ten million mails in an hour")
    server = ModelServer("Model server", tooltip="Scores 500 articles for one reader within 50 ms")
    features = FeatureStore("Online features", tooltip="Serves what readers opened, updated in seconds")
    fallback = Fallback("Popular list", tooltip="Answers when the server is late")

    scheduler >> control("Friday 18:00") >> mailer >> request("reader id, 50 ms") >> server
    server >> request("500 keys") >> features
    mailer >> request("on timeout") >> fallback
    mailer >> batch("10 M mails") >> readers >> feedback("opens, clicks") >> features


@view("Right")
def right() -> None:
    """A nightly job scores every reader; on Friday the mailer reads rows."""
    readers = Users("Readers", tooltip="Get one mail on Friday")
    scheduler = Airflow("Nightly job", tooltip="Starts scoring at night and the mail run on Friday")
    opens = S3("Open log", tooltip="Keeps what readers opened and clicked")
    ranker = Ranker("Batch ranker", tooltip="Scores new articles for all readers in two hours on a few machines")
    table = S3("List table", tooltip="Stores ten articles for each reader; the last good table stays")
    mailer = Spark("Mailer", tooltip="Reads one row a reader, renders and sends")

    scheduler >> control("02:00") >> ranker >> batch("10 M rows") >> table >> batch("one row each") >> mailer
    scheduler >> control("Friday 18:00") >> mailer
    opens >> batch("90 days") >> ranker
    mailer >> batch("10 M mails") >> readers >> feedback("opens, clicks") >> opens
