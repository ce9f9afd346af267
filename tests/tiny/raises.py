from diagrams.onprem.queue import Kafka

from archfolio import stream, view


@view("Good")
def good() -> None:
    """This one is fine."""
    Kafka("A") >> stream("to") >> Kafka("B")


@view("Bad")
def bad() -> None:
    """This one is not."""
    Kafka("A") >> stream("to") >> Kafka(1 / 0)
