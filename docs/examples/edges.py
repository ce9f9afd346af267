"""Each edge says what it carries, and by its kind how: a function for each kind returns an `Edge` of `diagrams`."""

from diagrams.onprem.client import Users
from diagrams.onprem.queue import Kafka

from archfolio import Gate, ModelServer, Trainer, batch, control, edge_kind, feedback, request, response, stream, view

outcome = edge_kind("feedback")  # one of the six by its name, or a kind of the project's own


@view("Serving and learning")
def serving() -> None:
    """What is shown is logged; what is learnt from the log passes a gate."""
    users, server, log = Users("Users"), ModelServer("Model server"), Kafka("Log")
    users >> request("a query") >> server
    server >> response("24 products") >> users
    server >> stream("scores, features") >> log
    users >> feedback("clicks") >> log
    users >> outcome("purchases") >> log
    log >> batch("a day") >> Trainer("Trainer") >> control("candidate") >> Gate("Gate")
