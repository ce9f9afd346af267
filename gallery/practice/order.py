"""Put in order: sentences of a walkthrough, and boxes that lie on one way through a drawing.

Both have one right order only: each part leads to the next by an arrow, and no arrow leads back.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from archfolio.gallery import links
from archfolio.gallery.practice.flow import Flow, box_name
from archfolio.gallery.practice.item import ORDER, Evidence, Ordering, PracticeItem
from archfolio.gallery.practice.stable import ranked, short_name
from archfolio.gallery.practice.words import SubjectWords

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archfolio.gallery.manifest import Step, Subject, View
    from archfolio.gallery.practice.flow import Arrow

_MOST_WAYS = 3
_PARTS = 4  # of a walkthrough
_STATIONS = (5, 4)  # of a way through a drawing: as long as there is one
_BESIDE = re.compile(
    r"\b(beside|parallel|meanwhile|side by side|same time|at once|later|in the background|asynchronously)\b",
    re.IGNORECASE,
)
_CARRIES = {"stream", "batch", "response", "feedback", "control"}  # kinds of arrows along which data goes on


def order_items(subject: Subject) -> Iterator[PracticeItem]:
    """Ask for the order of steps and of boxes."""
    words = SubjectWords(subject)
    for view in subject.views:
        yield from _walkthrough(view, words)
    made = 0
    for view in ranked(subject.views, lambda view: view.slug, f"{subject.slug} {ORDER}"):
        item = _way(view, words)
        if item is not None and made < _MOST_WAYS:
            made += 1
            yield item


def _walkthrough(view: View, words: SubjectWords) -> Iterator[PracticeItem]:
    if len(view.steps) < _PARTS:
        return
    flow = Flow(view)
    chain = _longest_chain(view.steps, flow)
    if len(chain) < _PARTS:
        return
    parts = chain[:_PARTS]
    reasons = [
        f"step {one.number} leads to step {other.number} by way of {via}" for one, other, via in _joints(parts, flow)
    ]
    yield PracticeItem(
        id=f"{words.subject.slug}/{ORDER}/{view.slug}/steps",
        kind=ORDER,
        level="mid",
        prompt=f"{words.view_title(view)}: put these steps of the walkthrough in order.",
        answer=Ordering(parts=tuple(words.plain(step.sentence) for step in parts)),
        reason=f"In the drawing, {', '.join(reasons)}.",
        where=Evidence(
            text=f"{words.view_title(view)}: step {parts[0].number}",
            fragment=links.state(view.slug, step=parts[0].number),
        ),
    )


def _longest_chain(steps: Sequence[Step], flow: Flow) -> tuple[Step, ...]:
    """Return the longest chain of steps of which each leads to the next, and none of the later leads back."""
    best: dict[int, tuple[Step, ...]] = {}
    for step in steps:
        if _BESIDE.search(step.sentence):
            continue
        before = [
            chain
            for chain in best.values()
            if chain[-1].number < step.number
            and _via(chain[-1], step, flow)
            and not any(_via(step, earlier, flow) for earlier in chain)
        ]
        best[step.number] = (*max(before, key=len, default=()), step)
    return max(best.values(), key=len, default=())


def _via(one: Step, other: Step, flow: Flow) -> str:
    """Return the name of a box at which one step ends and another begins; nothing where there is none."""
    arrows = {arrow.edge.id: arrow for arrow in flow.arrows}
    heads = {arrows[edge].head for edge in one.edges if edge in arrows}
    for edge in other.edges:
        if edge in arrows and arrows[edge].tail in heads:
            return flow.name(arrows[edge].tail)
    return ""


def _joints(parts: tuple[Step, ...], flow: Flow) -> Iterator[tuple[Step, Step, str]]:
    for one, other in pairwise(parts):
        yield one, other, _via(one, other, flow)


def _way(view: View, words: SubjectWords) -> PracticeItem | None:
    """Ask for the stations of one way through a drawing."""
    flow = Flow(view)
    names = [box_name(node) for node in view.nodes]
    found = (
        [way for way in _ways(flow, length) if all(names.count(flow.name(node)) == 1 for node in _stations(way))]
        for length in _STATIONS
    )
    ways = next(filter(None, found), [])
    if not ways:
        return None
    way = ranked(ways, lambda way: " ".join(_stations(way)), words.subject.slug)[0]
    stations = [flow.name(node) for node in _stations(way)]
    told = "".join(f" \u2014{words.label(arrow.edge)}\u2192 {flow.name(arrow.head)}" for arrow in way)
    return PracticeItem(
        id=f"{words.subject.slug}/{ORDER}/{view.slug}/{short_name(' '.join(_stations(way)))}",
        kind=ORDER,
        level="mid",
        prompt=f"{words.view_title(view)}: put these parts in the order in which the arrows lead from one to the next.",
        answer=Ordering(parts=tuple(stations)),
        reason=f"{stations[0]}{told}.",
        where=Evidence(text=words.view_title(view), fragment=links.state(view.slug, node=way[0].tail)),
    )


def _stations(way: Sequence[Arrow]) -> tuple[str, ...]:
    return (way[0].tail, *(arrow.head for arrow in way))


def _ways(flow: Flow, length: int) -> Iterator[tuple[Arrow, ...]]:
    """List the ways of a fixed length along labelled arrows that carry data, on which nothing leads back.

    So no arrow with two heads is on any of them.
    """
    below = {node: flow.below(node) for node in flow.nodes}

    def extend(way: tuple[Arrow, ...]) -> Iterator[tuple[Arrow, ...]]:
        if len(way) == length - 1:
            yield way
            return
        for arrow in flow.following[way[-1].head]:
            if _goes_on(arrow) and not below[arrow.head] & set(_stations(way)):
                yield from extend((*way, arrow))

    for arrow in flow.arrows:
        if _goes_on(arrow) and arrow.tail not in below[arrow.head]:
            yield from extend((arrow,))


def _goes_on(arrow: Arrow) -> bool:
    return arrow.edge.kind in _CARRIES and bool(arrow.edge.label)
