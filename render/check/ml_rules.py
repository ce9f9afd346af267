"""Machine learning: what a system that trains or serves models must have, on all its views together.

Parts are known by their class (a `Trainer`, an MLflow) or by what their name or role says; a system that trains nothing
is asked nothing about training.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archfolio.render.check import part_kinds
from archfolio.render.check.finding import Spot, rule
from archfolio.render.model.graph import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archfolio.render.check.system_graph import Link, Part, Union

_WORK = frozenset({Kind.BATCH, Kind.STREAM, Kind.CONTROL})
_DATA = frozenset({Kind.BATCH, Kind.STREAM, Kind.FEEDBACK})


def _released(union: Union, trainer: Part) -> list[Link]:
    """Follow a model from its trainer up to where it serves."""
    return union.downstream(trainer, _WORK, part_kinds.SERVER.has)


def _never(_: Part) -> bool:
    return False


def _at(part: Part, sentence: str) -> Spot:
    return Spot(part.line, sentence, part.id, part.view)


def _shown(part: Part) -> str:
    return part.nodes[0][1].label.split("\n")[0]


@rule("M201", "what is trained passes an evaluation gate before it is released")
def ungated(union: Union) -> Iterator[Spot]:
    """Find trainers from which no way leads through a gate, or past a verdict, before serving."""
    for trainer in union.those(part_kinds.TRAINER):
        links = _released(union, trainer)
        way = [trainer, *(union.parts[link.head] for link in links)]
        verdicts = [union.parts[link.tail] for part in way[1:] for link in union.before[part.name]]
        gated = (
            any(part_kinds.GATE.has(part) for part in (*way, *verdicts))
            or any(part.says(part_kinds.A_VERDICT) for part in way)
            or any(part_kinds.A_VERDICT.search(link.edge.label) for link in links)
        )
        if not gated and any(part_kinds.SERVER.has(part) or part_kinds.REGISTRY.has(part) for part in way):
            yield _at(
                trainer, f"what '{_shown(trainer)}' trains is released unseen: lead it through an evaluation gate"
            )


@rule("M202", "what is trained is kept in a model registry")
def unregistered(union: Union) -> Iterator[Spot]:
    """Find systems that train and have no registry."""
    trainers = union.those(part_kinds.TRAINER)
    if trainers and not union.those(part_kinds.REGISTRY):
        sentence = f"no model registry keeps what '{_shown(trainers[0])}' trains: add one between training and serving"
        yield _at(trainers[0], sentence)


@rule("M203", "a bad release can be taken back")
def no_way_back(union: Union) -> Iterator[Spot]:
    """Find systems that release models and never speak of going back."""
    if (trainers := union.those(part_kinds.TRAINER)) and not part_kinds.A_WAY_BACK.search(union.text):
        release = (union.those(part_kinds.REGISTRY) or trainers)[0]
        yield _at(
            release, f"nothing takes a bad release of '{_shown(release)}' back: show what restores the last good one"
        )


@rule("M204", "what serves a model is watched")
def unwatched(union: Union) -> Iterator[Spot]:
    """Find systems that serve models and watch nothing."""
    servers = union.those(part_kinds.SERVER)
    monitors = union.those(part_kinds.MONITOR)
    if servers and not any(union.before.get(monitor.name) for monitor in monitors):
        sentence = f"nothing watches '{_shown(servers[0])}': lead its latency, inputs and scores to a monitor"
        yield _at(servers[0], sentence)


@rule("M205", "training reads the features that serving used: one feature store, or a log of what was served")
def skewed(union: Union) -> Iterator[Spot]:
    """Find feature stores that serve what training computes in another way."""
    stores = union.those(part_kinds.FEATURE_STORE)
    trainers = union.those(part_kinds.TRAINER)
    if not stores or not trainers:
        return
    links = [link for trainer in trainers for link in union.upstream(trainer, _DATA, part_kinds.SERVER.has)]
    read = [*trainers, *(union.parts[link.tail] for link in links)]
    shared = any(part in stores or part.says(part_kinds.AS_SERVED) or part_kinds.LOG.has(part) for part in read)
    if not shared and not any(part_kinds.AS_SERVED.search(link.edge.label) for link in links):
        skew = f"training does not read what '{_shown(stores[0])}' serves (skew)"
        yield _at(stores[0], f"{skew}: log features as served, or share the store")


@rule("M206", "a label join says how long it waits for an outcome")
def undated(union: Union) -> Iterator[Spot]:
    """Find label joins without a window or delay, on themselves or on an edge."""
    for join in union.those(part_kinds.LABEL_JOIN):
        edges = [link.edge.label for link in (*union.before.get(join.name, ()), *union.after.get(join.name, ()))]
        if not any(part_kinds.A_TIME.search(text) for text in (join.text, *edges)):
            yield _at(join, f"'{_shown(join)}' does not say how late a label may be: name its window in the tooltip")


@rule("M207", "a loop from what was served to training has exploration or a holdout")
def self_fulfilling(union: Union) -> Iterator[Spot]:
    """Find models that learn only from what they themselves chose to show."""
    if part_kinds.UNBIASED.search(union.text):
        return
    everything = frozenset(Kind)
    for trainer in union.those(part_kinds.TRAINER):
        after = {link.head for link in union.downstream(trainer, everything, _never)}
        before = {link.tail for link in union.upstream(trainer, everything, _never)}
        served = next(
            (part for part in union.parts.values() if part_kinds.SERVER.has(part) and part.name in after & before), None
        )
        if served:
            sentence = f"'{_shown(trainer)}' learns from what '{_shown(served)}' chose: show exploration or a holdout"
            yield _at(trainer, sentence)
            return


@rule("M208", "a vector index has a way by which it is rebuilt and published")
def unbuilt(union: Union) -> Iterator[Spot]:
    """Find indexes that are searched and never written."""
    indexes = union.those(part_kinds.INDEX)
    written = any(link.edge.kind in _WORK for index in indexes for link in union.before.get(index.name, ()))
    if indexes and not written and not any(part.says(part_kinds.A_BUILD) for part in union.parts.values()):
        sentence = (
            f"nothing builds '{_shown(indexes[0])}': show what writes it, how often, and how a version is swapped in"
        )
        yield _at(indexes[0], sentence)


@rule("M209", "a request that meets a slow or broken dependency has a fallback")
def helpless(union: Union) -> Iterator[Spot]:
    """Find systems that serve models and have no answer when one of their parts has none."""
    servers = union.those(part_kinds.SERVER)
    if servers and not union.those(part_kinds.FALLBACK) and not part_kinds.A_LESSER_ANSWER.search(union.text):
        sentence = (
            f"nothing answers when '{_shown(servers[0])}' is late or broken: show the fallback and what leads to it"
        )
        yield _at(servers[0], sentence)


UNION = (ungated, unregistered, no_way_back, unwatched, skewed, undated, self_fulfilling, unbuilt, helpless)
"""What holds for the views of a system together."""
