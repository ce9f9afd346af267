"""When p99 rises above 300 ms, PagerDuty triggers the switch to the small model.

A page takes minutes to arrive, is muted on weekends, and belongs to another company. The overload lasted forty seconds. By
the time the webhook fires the queue is gone, and the site runs on the small model all Sunday because nothing switches back.
"""

from diagrams.generic.device import Mobile
from diagrams.onprem.client import User
from diagrams.onprem.monitoring import Prometheus
from diagrams.onprem.network import Envoy
from diagrams.saas.alerting import Pagerduty

from archfolio import CommonMistake, Fallback, ModelServer, control, request, response, stream, view

MISTAKE = CommonMistake(
    title="A pager that acts",
    position=13,
    fault=["Pager -> Gateway", "Pager"],
    hint="Near. How long does it take from here until the next request is treated differently?",
    reason="A pager is made to wake people, within minutes. Overload must be answered within a request, by something in the"
    " request's own way that also notices when it is over. Here the switch depends on an outside service, fires late, and"
    " never goes back.",
    cure="A breaker in the gateway watches the calls that it makes: above a limit of errors or latency it answers from the"
    " small model, and lets a trickle through until the large one is well again. The pager tells a person, who looks why.",
    rule="M210",
    done_right=["recommendation-systems/operations/On-call alerts", "multi-model-serving/operations"],
)


@view("Wrong")
def wrong() -> None:
    """What happens when the large model is late."""
    app = Mobile("App", tooltip="Waits for an answer")
    gateway = Envoy("Gateway", tooltip="Sends requests to the model that is switched on")
    large = ModelServer("Large model", tooltip="Answers in 120 ms while it has capacity")
    small = Fallback("Small model", tooltip="Answers in 15 ms, less well")
    metrics = Prometheus("Metrics", tooltip="Computes p99 over five minutes")
    pager = Pagerduty("Pager", tooltip="Calls a webhook when an alert is raised")

    app >> request("score") >> gateway >> request("score") >> large
    gateway >> request("when switched") >> small
    gateway >> stream("latency") >> metrics >> control("p99 over 300 ms") >> pager >> control("switch model") >> gateway
    large >> response("answer") >> app


@view("Right")
def right() -> None:
    """A breaker beside the call switches within seconds and back again; the pager reaches a person."""
    app = Mobile("App", tooltip="Waits for an answer")
    gateway = Envoy("Gateway with breaker", tooltip="Opens at 5 % of late calls in 10 s, then probes until all is well")
    large = ModelServer("Large model", tooltip="Answers in 120 ms while it has capacity")
    small = Fallback("Small model", tooltip="Answers in 15 ms, less well, while the breaker is open")
    metrics = Prometheus("Metrics", tooltip="Computes p99, and the share that the small model answers")
    pager = Pagerduty("Pager", tooltip="Pages when the breaker stays open for five minutes")
    engineer = User("On-call engineer", tooltip="Finds out why, adds capacity, takes a release back")

    app >> request("score") >> gateway >> request("score") >> large
    gateway >> request("breaker open") >> small
    large >> response("answer") >> app
    (
        gateway
        >> stream("latency, breaker")
        >> metrics
        >> control("open for 5 min")
        >> pager
        >> control("page")
        >> engineer
    )
    engineer >> control("capacity, rollback") >> large
