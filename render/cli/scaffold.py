"""A small system to begin with: every section is there, and it draws, and `archfolio check` has nothing against it."""

from __future__ import annotations

import re
from string import Template
from typing import TYPE_CHECKING

from archfolio.render.base.errors import UsageProblem
from archfolio.render.base.files import write
from archfolio.render.model.ids import slug as slug_of

if TYPE_CHECKING:
    from pathlib import Path

_SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def scaffold(folder: Path, slug: str) -> Path:
    """Write the module of a new system and return its path.

    Raises UsageProblem for a slug that is no address, or where there is such a file already.
    """
    if not _SLUG.fullmatch(slug):
        better = slug_of(slug)
        hint = f": did you mean '{better}'?" if _SLUG.fullmatch(better) else ""
        message = f"'{slug}' is no address: use small letters, digits and dashes, a letter first{hint}"
        raise UsageProblem(message)
    path = module_of(folder, slug)
    if path.exists():
        message = f"'{path}' is there already: edit it, or choose another name"
        raise UsageProblem(message)
    title = slug.replace("-", " ").capitalize()
    write(path, _MODULE.substitute(title=title).encode())
    return path


def module_of(folder: Path, slug: str) -> Path:
    """Return where the module of a system that is begun here stands."""
    return folder / f"{slug.replace('-', '_')}.py"


_MODULE = Template('''\
"""Answer a request with a score within 100 ms.

Say here what makes the problem hard: where labels come from, how late they are, and what goes wrong first.
"""

from diagrams import Cluster
from diagrams.onprem.client import Users
from diagrams.onprem.mlops import Mlflow
from diagrams.onprem.queue import Kafka

from archfolio import COMMON_BLOCKS, System, Tags
from archfolio import Budget, Decision, Estimate, FailureMode, Metrics, Requirements, assume, bibliography, derive
from archfolio import Evaluator, Fallback, FeatureStore, Gate, LabelJoin, ModelServer, Monitor, Trainer
from archfolio import batch, control, feedback, request, step, stream, view

SYSTEM = System(
    title="$title",
    family="applied",
    tags=Tags(task=["classification"], pattern=["streaming features"], data=["events"]),
    requirements=Requirements(
        functional=["Every request gets a score, and what was used for it is logged."],
        qualities={"Latency": "p99 of 100 ms at the API (assumption).", "Availability": "99.9 % (assumption)."},
    ),
    estimate=Estimate(
        users=assume("Daily active users", 1e6, "user"),
        visits=assume("Requests a user makes", 10, "request/user/day"),
        peak_factor=assume("Peak over average", 3),
        peak_rate=derive("Peak request rate", "users * visits * peak_factor", "request/s"),
        row_bytes=assume("Logged features per request", 1e3, "byte/request"),
        row_volume=derive("Training rows stored per day", "users * visits * row_bytes", "byte/day"),
    ),
    headline=["peak_rate", "row_volume"],
    budget=Budget("p99 at the API", promise=100, stages={"Features": 20, "Model": 50, "Network and slack": 30}),
    decisions=[
        Decision(
            "Log features as served",
            why="What the model saw is what it trains on, so that training and serving cannot drift apart.",
            rejected=["joining them later: late data and clocks that differ leak the future"],
            revisit_when="a new feature needs months of history",
        ),
    ],
    failures=[
        FailureMode(
            "The feature store is slow.",
            "Its p99 is over 20 ms.",
            "Answer from the fallback, and mask the rows in training.",
        )
    ],
    metrics=Metrics(
        offline=["AUC on the next day"], online=["Outcome per request, by arm"], guardrail=["p99 latency under 100 ms"]
    ),
    building_blocks=["feature-engineering", *COMMON_BLOCKS],
    sources=bibliography("""
        D. Sculley et al. (Google), "Hidden Technical Debt in Machine Learning Systems", NeurIPS 2015
            https://proceedings.neurips.cc/paper/2015/hash/86df7dcfd896fcaf2674f757a2463eba-Abstract.html
            what a model needs around it
    """),
)


@view("Overview")
def overview() -> None:
    """From {peak_rate} of requests to scores, and from their outcomes to the next model."""
    users = Users("Users", tooltip="Ask, and later show how it turned out")
    with Cluster("Serving"):
        server = ModelServer("Model server", tooltip="Answers within 50 ms; 1 % is a random holdout")
        features = FeatureStore("Feature store", tooltip="The same values at serving and in training")
        fallback = Fallback("Fallback", tooltip="A fixed score where the model is late")
    with Cluster("Learning"):
        log = Kafka("Serving log\\nKafka", tooltip="Scores with the features that they were made of")
        labels = LabelJoin("Label join", tooltip="Waits 24 h for the outcome; later ones correct the row")
        trainer = Trainer("Trainer", tooltip="Learns from {row_volume} a day")
        evaluator = Evaluator("Evaluator", tooltip="Compares with the model in service, on the next day")
        gate = Gate("Release gate", tooltip="Lets only a better model pass; rolls back on an alert")
        registry = Mlflow("Model registry", tooltip="Every version with its data, features and scores")
    monitor = Monitor("Monitor", tooltip="Latency, drift and calibration")

    with step("A user asks; the features are read and the model answers, within 100 ms."):
        users >> request("{peak_rate:n} a second") >> server >> request("20 ms") >> features
    with step("Where the model is late, the fallback answers."):
        server >> control("on timeout") >> fallback
    with step("What was used is logged, and joined with the outcome a day later."):
        server >> stream("score, features") >> log >> stream("after a day") >> labels
        users >> feedback("outcome") >> labels
    with step("A model is trained on it, evaluated, and released if it is better."):
        labels >> batch("{row_volume}") >> trainer >> batch("candidate") >> evaluator >> control("report") >> gate
        gate >> control("passed") >> registry >> control("rollout, rollback") >> server
    with step("The monitor watches, and an alert rolls back."):
        server >> stream("metrics") >> monitor >> control("alert") >> gate
''')
