"""Machine learning: what a system that trains or serves models must have, on all its views together.

Parts are known by their class (a `Trainer`, an MLflow) or by what their name or role says; a system that trains nothing
is asked nothing about training.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from render.check.finding import Spot, rule
from render.graph import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from render.check.union import Link, Part, Union


def _concepts(*names: str) -> frozenset[str]:
    return frozenset(f"concept.{name}" for name in names)


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})", re.IGNORECASE)


_WORK = frozenset({Kind.BATCH, Kind.STREAM, Kind.CONTROL})
_DATA = frozenset({Kind.BATCH, Kind.STREAM, Kind.FEEDBACK})

_TRAINERS = _concepts("Trainer") | {
    "onprem.workflow.Kubeflow",
    "onprem.workflow.KubeFlow",
    "aws.ml.SagemakerTrainingJob",
}
_TRAINER_WORDS = _words(r"trainers?\b|training (?:pipeline|job|script|run)s?\b")
_SERVERS = _concepts("ModelServer", "ModelPool", "Ranker", "Forecaster", "EmbeddingTower")
_GATES = _concepts("Gate", "Evaluator") | {"programming.flowchart.Decision", "programming.flowchart.Inspection"}
_GATE_WORDS = _words(
    r"gate[sd]?\b|evaluat|validat|backtest|h[eo]ld-?out|passed\b|check(?:s|ed)?\b|approv|recall estimate"
)
_REGISTRIES = frozenset({"onprem.mlops.Mlflow"})
_REGISTRY_WORDS = _words(r"(?:model )?registry\b|model (?:store|file|catalogue)\b")
_ROLLBACK_WORDS = _words(r"roll(?:s|ed|ing)?[- ]?back|previous\b|last good\b|restores?\b|reverts?\b")
_MONITORS = _concepts("Monitor") | {"onprem.monitoring.Prometheus", "onprem.monitoring.Grafana"}
_MONITOR_WORDS = _words(r"monitor|drift|metrics\b|live quality|observab|skew check")
_FEATURE_WORDS = _words(r"features?\b")
_AS_SERVED_WORDS = _words(
    r"(?:as|when) (?:served|used|scored)|point[- ]in[- ]time|as of (?:then|the)|logged features|served features"
)
_LOG_WORDS = _words(r"(?:log|logs|impressions|decisions|traces|history)\b")
_JOINS = _concepts("LabelJoin")
_JOIN_WORDS = _words(r"(?:label|outcome|event)s? join\b|attribution\b|label maturation\b")
_TIME_WORDS = re.compile(
    r"\d\s*-?(?:ms|s|sec|min|h|hours?|days?|weeks?|months?)\b"
    r"|\b(?:windows?|delay|matur|at once|until|hourly|daily|weekly|same day)",
    re.IGNORECASE,
)
_UNBIASED_WORDS = _words(
    r"explor|hold-?(?:out|back)|random(?![- ](?:walk|forest))|control group|propensit|bandit|counterfactual|unbiased"
    r"|interleav|off-policy"
)
_INDEX_WORDS = _words(
    r"(?:index|ann|hnsw|segment)s?\b.*\b(?:build|builder|compiler|publish|swap)|rebuild|re-index|publish"
)
_FALLBACKS = _concepts("Fallback")
_FALLBACK_WORDS = _words(
    r"fall(?:s|ing)?[ -]?backs?\b|degrad|timeouts?\b|time[sd]? out|late,|last good\b|defaults?\b|fails? (?:open|closed)"
    r"|safe mode"
)


def _trainers(union: Union) -> list[Part]:
    return union.those(_TRAINERS, _TRAINER_WORDS)


def _serves(part: Part) -> bool:
    return part.is_a(_SERVERS)


def _registers(part: Part) -> bool:
    return part.is_a(_REGISTRIES) or bool(_REGISTRY_WORDS.search(part.name))


def _released(union: Union, trainer: Part) -> list[Link]:
    """Follow a model from its trainer up to where it serves."""
    return union.downstream(trainer, _WORK, _serves)


def _never(_: Part) -> bool:
    return False


def _at(part: Part, sentence: str) -> Spot:
    return Spot(part.line, sentence, part.id, part.view)


def _shown(part: Part) -> str:
    return part.nodes[0][1].label.split("\n")[0]


@rule("M201", "what is trained passes an evaluation gate before it is released")
def ungated(union: Union) -> Iterator[Spot]:
    """Find trainers from which no way leads through a gate, or past a verdict, before serving."""
    for trainer in _trainers(union):
        links = _released(union, trainer)
        way = [trainer, *(union.parts[link.head] for link in links)]
        verdicts = [union.parts[link.tail] for part in way[1:] for link in union.before[part.name]]
        gated = (
            any(part.is_a(_GATES) for part in (*way, *verdicts))
            or any(part.says(_GATE_WORDS) for part in way)
            or any(_GATE_WORDS.search(link.edge.label) for link in links)
        )
        if not gated and any(_serves(part) or _registers(part) for part in way):
            yield _at(
                trainer, f"what '{_shown(trainer)}' trains is released unseen: lead it through an evaluation gate"
            )


@rule("M202", "what is trained is kept in a model registry")
def unregistered(union: Union) -> Iterator[Spot]:
    """Find systems that train and have no registry."""
    trainers = _trainers(union)
    if trainers and not union.those(_REGISTRIES, _REGISTRY_WORDS):
        sentence = f"no model registry keeps what '{_shown(trainers[0])}' trains: add one between training and serving"
        yield _at(trainers[0], sentence)


@rule("M203", "a bad release can be taken back")
def no_way_back(union: Union) -> Iterator[Spot]:
    """Find systems that release models and never speak of going back."""
    if (trainers := _trainers(union)) and not _ROLLBACK_WORDS.search(union.text):
        release = (union.those(_REGISTRIES, _REGISTRY_WORDS) or trainers)[0]
        yield _at(
            release, f"nothing takes a bad release of '{_shown(release)}' back: show what restores the last good one"
        )


@rule("M204", "what serves a model is watched")
def unwatched(union: Union) -> Iterator[Spot]:
    """Find systems that serve models and watch nothing."""
    servers = union.those(_SERVERS)
    monitors = union.those(_MONITORS, _MONITOR_WORDS)
    if servers and not any(union.before.get(monitor.name) for monitor in monitors):
        sentence = f"nothing watches '{_shown(servers[0])}': lead its latency, inputs and scores to a monitor"
        yield _at(servers[0], sentence)


@rule("M205", "training reads the features that serving used: one feature store, or a log of what was served")
def skewed(union: Union) -> Iterator[Spot]:
    """Find feature stores that serve what training computes in another way."""
    stores = union.those(_concepts("FeatureStore"))
    trainers = _trainers(union)
    if not stores or not trainers or _AS_SERVED_WORDS.search(union.text):
        return
    read = {link.tail for trainer in trainers for link in union.upstream(trainer, _DATA, _serves)}
    if not any(union.parts[part] in stores or _LOG_WORDS.search(part) for part in read):
        skew = f"training does not read what '{_shown(stores[0])}' serves (skew)"
        yield _at(stores[0], f"{skew}: log features as served, or share the store")


@rule("M206", "a label join says how long it waits for an outcome")
def undated(union: Union) -> Iterator[Spot]:
    """Find label joins without a window or delay, on themselves or on an edge."""
    for join in union.those(_JOINS, _JOIN_WORDS):
        edges = [link.edge.label for link in (*union.before.get(join.name, ()), *union.after.get(join.name, ()))]
        if not any(_TIME_WORDS.search(text) for text in (join.text, *edges)):
            yield _at(join, f"'{_shown(join)}' does not say how late a label may be: name its window in the tooltip")


@rule("M207", "a loop from what was served to training has exploration or a holdout")
def self_fulfilling(union: Union) -> Iterator[Spot]:
    """Find models that learn only from what they themselves chose to show."""
    if _UNBIASED_WORDS.search(union.text):
        return
    everything = frozenset(Kind)
    for trainer in _trainers(union):
        after = {link.head for link in union.downstream(trainer, everything, _never)}
        before = {link.tail for link in union.upstream(trainer, everything, _never)}
        served = next((part for part in union.parts.values() if _serves(part) and part.name in after & before), None)
        if served:
            sentence = f"'{_shown(trainer)}' learns from what '{_shown(served)}' chose: show exploration or a holdout"
            yield _at(trainer, sentence)
            return


@rule("M208", "a vector index has a way by which it is rebuilt and published")
def unbuilt(union: Union) -> Iterator[Spot]:
    """Find indexes that are searched and never written."""
    indexes = union.those(_concepts("VectorIndex"))
    written = any(link.edge.kind in _WORK for index in indexes for link in union.before.get(index.name, ()))
    if indexes and not written and not any(part.says(_INDEX_WORDS) for part in union.parts.values()):
        sentence = (
            f"nothing builds '{_shown(indexes[0])}': show what writes it, how often, and how a version is swapped in"
        )
        yield _at(indexes[0], sentence)


@rule("M209", "a request that meets a slow or broken dependency has a fallback")
def helpless(union: Union) -> Iterator[Spot]:
    """Find systems that serve models and have no answer when one of their parts has none."""
    servers = union.those(_SERVERS)
    if servers and not union.those(_FALLBACKS) and not _FALLBACK_WORDS.search(union.text):
        sentence = (
            f"nothing answers when '{_shown(servers[0])}' is late or broken: show the fallback and what leads to it"
        )
        yield _at(servers[0], sentence)


UNION = (ungated, unregistered, no_way_back, unwatched, skewed, undated, self_fulfilling, unbuilt, helpless)
"""What holds for the views of a system together."""
