"""Machine learning: what a system that trains or serves models must have, on all its views together.

Parts are known by their class (a `Trainer`, an MLflow) or by what their name or role says; a system that trains nothing
is asked nothing about training.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from archfolio.render.check import part_kinds
from archfolio.render.check.finding import Violation, rule
from archfolio.render.check.system_graph import merge_views
from archfolio.render.model.graph import Kind
from archfolio.render.model.name import name_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archfolio.render.capture.module import Captured
    from archfolio.render.check.part_kinds import SystemPart
    from archfolio.render.check.system_graph import PartEdge, SystemGraph

_WORK = frozenset({Kind.BATCH, Kind.STREAM, Kind.CONTROL})
_DATA = frozenset({Kind.BATCH, Kind.STREAM, Kind.FEEDBACK})


def _released(graph: SystemGraph, trainer: SystemPart) -> list[PartEdge]:
    """Follow a model from its trainer up to where it serves."""
    return graph.downstream(trainer, _WORK, part_kinds.SERVER.matches)


def _never(_: SystemPart) -> bool:
    return False


def _at(part: SystemPart, sentence: str) -> Violation:
    return Violation(part.line, sentence, part.id, part.view)


def _shown(part: SystemPart) -> str:
    return name_of(part.nodes[0][1].label)


@rule(
    "M201",
    "what is trained passes an evaluation gate before it is released",
    why="Offline metrics are the cheapest place to stop a bad model [1].",
    mending="Put a `Gate`, an `Evaluator` or a flowchart `Decision` between trainer and registry, or say it on the edge"
    ' ("gated model").',
    wrong='trainer >> batch("candidate") >> registry',
    right='trainer >> batch("candidate") >> gate >> control("good enough") >> registry',
)
def release_without_evaluation(graph: SystemGraph) -> Iterator[Violation]:
    """Find trainers from which no way leads through a gate, or past a verdict, before serving."""
    for trainer in graph.parts_of_kind(part_kinds.TRAINER):
        links = _released(graph, trainer)
        way = [trainer, *(graph.parts[link.head] for link in links)]
        verdicts = [graph.parts[link.tail] for part in way[1:] for link in graph.incoming[part.name]]
        gated = (
            any(part_kinds.GATE.matches(part) for part in (*way, *verdicts))
            or any(part.mentions(part_kinds.EVALUATION_WORDS) for part in way)
            or any(part_kinds.EVALUATION_WORDS.search(link.edge.label) for link in links)
        )
        if not gated and any(part_kinds.SERVER.matches(part) or part_kinds.REGISTRY.matches(part) for part in way):
            yield _at(
                trainer, f"what '{_shown(trainer)}' trains is released unseen: lead it through an evaluation gate"
            )


@rule(
    "M202",
    "what is trained is kept in a model registry",
    why="Without versions nothing can be reproduced, compared or taken back [2].",
    mending="Draw the registry between training and serving.",
    wrong='registry = Kafka("Shelf", tooltip="Keeps the last file")',
    right='registry = Mlflow("Model registry", tooltip="Keeps versions; takes a bad one back: rollback")',
)
def no_model_registry(graph: SystemGraph) -> Iterator[Violation]:
    """Find systems that train and have no registry."""
    trainers = graph.parts_of_kind(part_kinds.TRAINER)
    if trainers and not graph.parts_of_kind(part_kinds.REGISTRY):
        sentence = f"no model registry keeps what '{_shown(trainers[0])}' trains: add one between training and serving"
        yield _at(trainers[0], sentence)


@rule(
    "M203",
    "a bad release can be taken back",
    why="Some bad models pass every gate [2].",
    mending="Say what restores the last good version, and what asks for it.",
    wrong='registry = Mlflow("Model registry", tooltip="Keeps versions")',
    right='registry = Mlflow("Model registry", tooltip="Keeps versions; takes a bad one back: rollback")',
)
def no_rollback(graph: SystemGraph) -> Iterator[Violation]:
    """Find systems that release models and never speak of going back."""
    if (trainers := graph.parts_of_kind(part_kinds.TRAINER)) and not part_kinds.ROLLBACK_WORDS.search(graph.text):
        release = (graph.parts_of_kind(part_kinds.REGISTRY) or trainers)[0]
        yield _at(
            release, f"nothing takes a bad release of '{_shown(release)}' back: show what restores the last good one"
        )


@rule(
    "M204",
    "what serves a model is watched",
    why="Models fail silently: the service is up and the answers are wrong [2].",
    mending="Lead latency, inputs and scores of what serves to a monitor.",
    wrong='scorer >> stream("scores") >> log',
    right='scorer >> stream("scores") >> monitor',
)
def no_monitoring(graph: SystemGraph) -> Iterator[Violation]:
    """Find systems that serve models and watch nothing."""
    servers = graph.parts_of_kind(part_kinds.SERVER)
    monitors = graph.parts_of_kind(part_kinds.MONITOR)
    if servers and not any(graph.incoming.get(monitor.name) for monitor in monitors):
        sentence = f"nothing watches '{_shown(servers[0])}': lead its latency, inputs and scores to a monitor"
        yield _at(servers[0], sentence)


@rule(
    "M205",
    "training reads the features that serving used: one feature store, or a log of what was served",
    why="Features that are computed twice drift apart, and nothing fails [1].",
    mending="Log the features as served and train on the log, or let training read the store's definitions.",
    wrong='log = Kafka("Click queue", tooltip="Keeps clicks")',
    right='log = Kafka("Serving log", tooltip="Keeps what was shown")',
)
def training_serving_skew(graph: SystemGraph) -> Iterator[Violation]:
    """Find feature stores that serve what training computes in another way."""
    stores = graph.parts_of_kind(part_kinds.FEATURE_STORE)
    trainers = graph.parts_of_kind(part_kinds.TRAINER)
    if not stores or not trainers:
        return
    links = [link for trainer in trainers for link in graph.upstream(trainer, _DATA, part_kinds.SERVER.matches)]
    read = [*trainers, *(graph.parts[link.tail] for link in links)]
    shared = any(
        part in stores or part.mentions(part_kinds.AS_SERVED_WORDS) or part_kinds.LOG.matches(part) for part in read
    )
    if not shared and not any(part_kinds.AS_SERVED_WORDS.search(link.edge.label) for link in links):
        skew = f"training does not read what '{_shown(stores[0])}' serves (skew)"
        yield _at(stores[0], f"{skew}: log features as served, or share the store")


@rule(
    "M206",
    "a label join says how long it waits for an outcome",
    why="An outcome that has not happened yet is not a negative [3].",
    mending='Say the window: "orders within 7 days".',
    wrong='join = LabelJoin("Label join", tooltip="Orders")',
    right='join = LabelJoin("Label join", tooltip="Orders within {wait}")',
)
def label_join_without_window(graph: SystemGraph) -> Iterator[Violation]:
    """Find label joins without a window or delay, on themselves or on an edge."""
    for join in graph.parts_of_kind(part_kinds.LABEL_JOIN):
        edges = [link.edge.label for link in (*graph.incoming.get(join.name, ()), *graph.outgoing.get(join.name, ()))]
        if not any(part_kinds.DURATION.search(text) for text in (join.text, *edges)):
            yield _at(join, f"'{_shown(join)}' does not say how late a label may be: name its window in the tooltip")


@rule(
    "M207",
    "a loop from what was served to training has exploration or a holdout",
    why="A model that learns only from its own choices confirms them [4].",
    mending="Show the random share, the holdout or the propensities, and where they go.",
    wrong='scorer = ModelServer("Scorer", tooltip="Scores")',
    right='scorer = ModelServer("Scorer", tooltip="Scores, and explores with a share of the list")',
)
def loop_without_exploration(graph: SystemGraph) -> Iterator[Violation]:
    """Find models that learn only from what they themselves chose to show."""
    if part_kinds.EXPLORATION_WORDS.search(graph.text):
        return
    everything = frozenset(Kind)
    for trainer in graph.parts_of_kind(part_kinds.TRAINER):
        outgoing = {link.head for link in graph.downstream(trainer, everything, _never)}
        incoming = {link.tail for link in graph.upstream(trainer, everything, _never)}
        served = next(
            (
                part
                for part in graph.parts.values()
                if part_kinds.SERVER.matches(part) and part.name in outgoing & incoming
            ),
            None,
        )
        if served:
            sentence = f"'{_shown(trainer)}' learns from what '{_shown(served)}' chose: show exploration or a holdout"
            yield _at(trainer, sentence)
            return


@rule(
    "M208",
    "a vector index has a way by which it is rebuilt and published",
    why="An index is a model's output: it ages, and must fit the encoder of the query.",
    mending="Show what builds it, how often, and how a version is swapped in.",
    wrong='finder >> request("query vector") >> index',
    right='finder >> request("query vector") >> index\nbuilder >> batch("a new version, nightly") >> index',
)
def index_without_build(graph: SystemGraph) -> Iterator[Violation]:
    """Find indexes that are searched and never written."""
    indexes = graph.parts_of_kind(part_kinds.INDEX)
    written = any(link.edge.base in _WORK for index in indexes for link in graph.incoming.get(index.name, ()))
    if (
        indexes
        and not written
        and not any(part.mentions(part_kinds.INDEX_BUILD_WORDS) for part in graph.parts.values())
    ):
        sentence = (
            f"nothing builds '{_shown(indexes[0])}': show what writes it, how often, and how a version is swapped in"
        )
        yield _at(indexes[0], sentence)


@rule(
    "M209",
    "a request that meets a slow or broken dependency has a fallback",
    why="At the p99 some dependency is always late [5].",
    mending="Show the poorer answer and what leads to it.",
    wrong='backup = Retriever("Popular list", tooltip="Gathers")',
    right='backup = Fallback("Popular list", tooltip="Answers in the scorer\'s place")',
)
def no_fallback(graph: SystemGraph) -> Iterator[Violation]:
    """Find systems that serve models and have no answer when one of their parts has none."""
    servers = graph.parts_of_kind(part_kinds.SERVER)
    if servers and not graph.parts_of_kind(part_kinds.FALLBACK) and not part_kinds.FALLBACK_WORDS.search(graph.text):
        sentence = (
            f"nothing answers when '{_shown(servers[0])}' is late or broken: show the fallback and what leads to it"
        )
        yield _at(servers[0], sentence)


@rule(
    "M210",
    "a pager reaches a person, never a part of the request's way",
    why="A page waits for somebody to wake up; what must act within a request cannot wait [6].",
    mending="Lead the page to the engineer on call; draw a breaker or a rollback controller for what acts by itself.",
    wrong='Monitor("Pager", tooltip="Calls a webhook") >> control("restart") >> scorer',
    right='Monitor("Pager", tooltip="Wakes somebody") >> control("page") >> people',
)
def pager_that_acts(graph: SystemGraph) -> Iterator[Violation]:
    """Find pagers that change something themselves."""
    for pager in graph.parts_of_kind(part_kinds.PAGER):
        for link in graph.outgoing.get(pager.name, ()):
            reached = graph.parts[link.head]
            if not part_kinds.is_person(reached):
                sentence = (
                    f"'{_shown(pager)}' acts on '{_shown(reached)}' with nobody between: page a person, and let a"
                    " breaker or a controller do what cannot wait"
                )
                yield Violation(link.edge.line, sentence, link.edge.id, link.view)


@rule(
    "M211",
    "events are split by time, so that nothing is tested on what came before its training data",
    why="A random split tests on rows whose future was trained on; the score promises what no release keeps [1].",
    mending="Train up to a day, test on the days after it, and say so on the split.",
    wrong='log >> batch("rows") >> Retriever("Split", tooltip="Random split, 80 to 20")',
    right='log >> batch("rows") >> Retriever("Split", tooltip="By time: the last 2 days test")',
)
def random_split(graph: SystemGraph) -> Iterator[Violation]:
    """Find splits of training data that are drawn at random."""
    for part in graph.parts.values():
        if part_kinds.RANDOM_SPLIT_WORDS.search(part.text):
            yield _at(part, f"'{_shown(part)}' splits at random: test on days after those of training")


ML_RULES = (
    release_without_evaluation,
    no_model_registry,
    no_rollback,
    no_monitoring,
    training_serving_skew,
    label_join_without_window,
    loop_without_exploration,
    index_without_build,
    no_fallback,
    pager_that_acts,
    random_split,
)
"""What holds for the views of a system together."""


def violations_of(code: str, captured: Captured, view: str) -> list[Violation]:
    """Return what one of the rules finds in one view of a module; nothing for a code that is none of theirs."""
    drawings = tuple(drawing for drawing in captured.drawings if drawing.graph.slug == view)
    graph = merge_views(replace(captured, drawings=drawings))
    return [violation for one in ML_RULES if one.code == code for violation in one.violations(graph)]
