"""Systems by the hundred: made up, each the same every time, to see how a build grows."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

VIEWS = 5  # of each system
_CARDS = (7, 11)  # of each view, at least and at most
_CLASSES = {
    "Users": "diagrams.onprem.client",
    "Envoy": "diagrams.onprem.network",
    "Kafka": "diagrams.onprem.queue",
    "Redis": "diagrams.onprem.inmemory",
    "Spark": "diagrams.onprem.analytics",
    "Ranker": "archfolio",
    "FeatureStore": "archfolio",
    "Trainer": "archfolio",
}
_WORDS = ("Feature", "Event", "Ranking", "Session", "Item", "Model", "Score", "Request", "Training", "Candidate")
_THINGS = ("log", "store", "service", "cache", "job", "index", "gateway", "planner")
_SAID = ("scores", "events", "20 rows", "features", "update", "candidates", "labels", "weights")


def write_systems(folder: Path, count: int) -> None:
    """Fill a folder with so many modules."""
    folder.mkdir()
    for number in range(count):
        text = "\n".join(_module(number)) + "\n"
        (folder / f"system_{number:04}.py").write_text(text, encoding="utf-8")


def _module(number: int) -> Iterator[str]:
    pick = Random(number)  # noqa: S311  it must be the same every time
    yield f'"""Answer requests of kind {number} within 100 ms."""'
    yield ""
    yield from ("from diagrams import Cluster", *(f"from {place} import {name}" for name, place in _CLASSES.items()))
    yield from ("from archfolio import System, request, view", "", f'SYSTEM = System(title="System {number}")')
    for view in range(1, VIEWS + 1):
        yield from ("", "", f'@view("View {view}")', f"def view_{view}() -> None:")
        yield f'    """What happens in part {view} of system {number}."""'
        yield from _view(pick)


def _view(pick: Random) -> Iterator[str]:
    cards = pick.randint(*_CARDS)
    inside = cards // 2  # from here on they are in a group
    for card in range(cards):
        if card == inside:
            yield f'    with Cluster("{pick.choice(_WORDS)} path"):'
        indent = "        " if card >= inside else "    "
        yield f'{indent}n{card} = {pick.choice(list(_CLASSES))}("{pick.choice(_WORDS)} {pick.choice(_THINGS)} {card}")'
    for card in range(1, cards):
        yield f'    n{pick.randrange(max(0, card - 3), card)} >> request("{pick.choice(_SAID)}") >> n{card}'
