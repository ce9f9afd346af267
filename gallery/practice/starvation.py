"""What breaks if a part is gone: who gets nothing any more, and who does not notice.

Only data feeds a box: a call brings its answer back, so calls feed both ends; what controls a box does not feed it; and
people and what is outside act by themselves. What is asked about is thereby starved for sure, or for sure is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from archfolio.gallery import links
from archfolio.gallery.practice.flow import Flow, reached
from archfolio.gallery.practice.item import CONSEQUENCE, OTHERS, Choice, Evidence, PracticeItem, ShownDrawing
from archfolio.gallery.practice.stable import ranked
from archfolio.gallery.practice.words import SubjectWords

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archfolio.gallery.manifest import Subject, View
    from archfolio.gallery.practice.flow import Arrow

_MOST = 5
_BRINGS_DATA = frozenset({"stream", "batch", "response", "feedback"})
_BY_THEMSELVES = {"people", "none"}  # accents of boxes that act unasked


def starvation_items(subject: Subject) -> Iterator[PracticeItem]:
    """Ask what follows when a part passes nothing on, once a drawing."""
    words = SubjectWords(subject)
    made = 0
    for view in ranked(subject.views, lambda view: view.slug, f"{subject.slug} {CONSEQUENCE}"):
        supply = _Supply(Flow(view))
        found = [item for item in (_starved(supply, words), _unharmed(supply, words)) if item is not None]
        if found and made < _MOST:
            yield found[made % len(found)]
            made += 1


@dataclass(frozen=True)
class _Supply:
    """A drawing seen as what feeds what."""

    flow: Flow

    @cached_property
    def feeds(self) -> dict[str, frozenset[str]]:
        """Return whom each box feeds."""
        pairs = [(arrow.tail, arrow.head) for arrow in self.flow.arrows if arrow.edge.kind != "control"]
        pairs += [(arrow.head, arrow.tail) for arrow in self.flow.arrows if arrow.edge.kind == "request"]
        return {node: frozenset(head for tail, head in pairs if tail == node) for node in self.flow.nodes}

    @cached_property
    def touches(self) -> dict[str, frozenset[str]]:
        """Return who may notice each box in any way."""
        pairs = [(arrow.tail, arrow.head) for arrow in self.flow.arrows]
        pairs += [(arrow.head, arrow.tail) for arrow in self.flow.arrows if arrow.edge.kind == "request"]
        return {node: frozenset(head for tail, head in pairs if tail == node) for node in self.flow.nodes}

    @cached_property
    def fed(self) -> frozenset[str]:
        """Return the boxes that something feeds and that do not act by themselves."""
        heads = frozenset().union(*self.feeds.values())
        return frozenset(node for node in heads if self.flow.nodes[node].accent not in _BY_THEMSELVES)

    @cached_property
    def origins(self) -> frozenset[str]:
        """Return the boxes that data begins at."""
        return frozenset(self.flow.nodes.keys() - self.fed)

    @cached_property
    def supplied(self) -> frozenset[str]:
        """Return the boxes that have data now."""
        return reached(self.feeds, self.origins)

    def starved(self, gone: str) -> list[str]:
        """Return the boxes that get data now, and none once a box passes nothing on."""
        dry = self.supplied - reached(self.feeds, self.origins, without=gone) - {gone}
        return [node for node in self.flow.nodes if node in dry and self._only_takes(gone, node)]

    def safe(self, gone: str) -> list[str]:
        """Return the boxes that something feeds and that nothing ties to the one that stopped."""
        tied = reached(self.touches, {gone})
        return [node for node in self.flow.nodes if node in self.fed and node not in tied]

    def way(self, gone: str, node: str) -> tuple[Arrow, ...]:
        """Return the shortest way along arrows that bring data."""
        return self.flow.way(gone, node, _BRINGS_DATA)

    def _only_takes(self, gone: str, node: str) -> bool:
        """Return whether a box is brought its data along arrows, and neither calls nor is called."""
        near = (*self.flow.entering[node], *self.flow.following[node])
        return bool(self.way(gone, node)) and all(arrow.edge.kind != "request" for arrow in near)


def _starved(supply: _Supply, words: SubjectWords) -> PracticeItem | None:
    """Ask which box gets nothing any more. The others are not tied to what stopped."""
    flow = supply.flow
    for gone in ranked(sorted(supply.fed), str, f"{flow.view.slug} starved"):
        dry, safe = supply.starved(gone), supply.safe(gone)
        if not dry or len(safe) < OTHERS:
            continue
        key = max(ranked(dry, str, gone), key=lambda node: len(supply.way(gone, node)))
        others = ranked(safe, str, f"{gone} {key}")[:OTHERS]
        return PracticeItem(
            id=f"{words.subject.slug}/{CONSEQUENCE}/{flow.view.slug}/starved/{gone}",
            kind=CONSEQUENCE,
            level="senior",
            prompt=f"{words.view_title(flow.view)}: {flow.name(gone)} passes nothing on any more."
            " By the arrows of this drawing, which of these gets no new data?",
            drawing=ShownDrawing(view=flow.view.slug, marked=gone),
            answer=Choice(key=flow.name(key), distractors=tuple(map(flow.name, others))),
            reason=f"All data for {flow.name(key)} comes by way of {flow.name(gone)}:"
            f" {_told(supply.way(gone, key), flow, words)}. No arrow leads from there to the others.",
            where=_where(flow.view, gone, flow, words),
        )
    return None


def _unharmed(supply: _Supply, words: SubjectWords) -> PracticeItem | None:
    """Ask which box does not notice. The others get nothing any more."""
    flow = supply.flow
    for gone in ranked(sorted(supply.fed), str, f"{flow.view.slug} unharmed"):
        dry, safe = supply.starved(gone), supply.safe(gone)
        if len(dry) < OTHERS or not safe:
            continue
        key = ranked(safe, str, gone)[0]
        others = ranked(dry, str, f"{gone} {key}")[:OTHERS]
        feeders = [flow.name(node) for node in flow.nodes if key in supply.feeds[node]]
        longest = max((supply.way(gone, node) for node in others), key=len)
        return PracticeItem(
            id=f"{words.subject.slug}/{CONSEQUENCE}/{flow.view.slug}/unharmed/{gone}",
            kind=CONSEQUENCE,
            level="senior",
            prompt=f"{words.view_title(flow.view)}: {flow.name(gone)} passes nothing on any more, and by the arrows of"
            " this drawing three of these get no new data. Which one does not notice?",
            drawing=ShownDrawing(view=flow.view.slug, marked=gone),
            answer=Choice(key=flow.name(key), distractors=tuple(map(flow.name, others))),
            reason=f"{flow.name(key)} has its data from {' and '.join(feeders[:2])}, and no arrow leads there from"
            f" {flow.name(gone)}. But: {_told(longest, flow, words)}.",
            where=_where(flow.view, gone, flow, words),
        )
    return None


def _where(view: View, node: str, flow: Flow, words: SubjectWords) -> Evidence:
    return Evidence(text=f"{words.view_title(view)}: {flow.name(node)}", fragment=links.state(view.slug, node=node))


def _told(way: tuple[Arrow, ...], flow: Flow, words: SubjectWords) -> str:
    """Write a way: box, what goes along, box."""
    told = flow.name(way[0].tail)
    for arrow in way:
        label = words.label(arrow.edge)
        told += f" \u2014{label}\u2192 " if label else " \u2192 "
        told += flow.name(arrow.head)
    return told
