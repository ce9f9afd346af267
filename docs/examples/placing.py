"""Where nodes stand is found by the layout; an author may say more, and is told where it cannot be had."""

from diagrams.onprem.database import Postgresql
from diagrams.onprem.queue import Kafka

from archfolio import Ranker, below, first, left_of, request, same_row, stream, view


@view("Replicas")
def replicas() -> None:
    """A ranker reads from one replica and logs what it served."""
    ranker = Ranker("Ranker", tooltip="Orders candidates")
    primary = Postgresql("Primary", tooltip="Takes the writes")
    replica = Postgresql("Replica", tooltip="Answers the reads")
    log = Kafka("Serving log", tooltip="Keeps what was shown")
    ranker >> request("features") >> replica
    primary >> stream("changes") >> replica
    ranker >> stream("scores") >> log
    first(ranker)
    same_row(primary, replica)
    left_of(primary, replica)
    below(log, replica)


assert replicas.slug == "replicas"
