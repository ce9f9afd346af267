"""One vocabulary over all systems: the same words are the same thing, whatever drawing they stand in.

That a label has few words and few lines is S105 of `archfolio check`, which holds our own systems in
`test_check_systems.py`.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import pytest

from archfolio import BUILDING_BLOCKS, COMMON_BLOCKS, LEARNING_BLOCKS, RESPONSIBILITY_BLOCKS
from archfolio.render.capture.discover import discover
from archfolio.render.capture.module import capture
from archfolio.render.model.graph import Kind

SYSTEMS = Path(__file__).parent.parent / "systems"


@dataclass(frozen=True)
class Card:
    """A node as a reader meets it: its name, what stands under it, its class, and where."""

    name: str
    detail: str
    component: str
    where: str

    @property
    def unambiguous(self) -> bool:
        """Tell whether it is an idea without a product, or says which product it is."""
        product = self.component.rpartition(".")[2]
        return self.component.startswith("concept.") or product.lower() in self.detail.lower()


@dataclass(frozen=True)
class Arrow:
    tail: str
    head: str
    kind: Kind
    where: str


@pytest.fixture(scope="module")
def systems():
    with pytest.MonkeyPatch.context() as patch:  # capture is for a process of its own: put back what it changes
        patch.chdir(SYSTEMS)
        patch.setattr(sys, "path", list(sys.path))
        patch.setattr(sys, "argv", list(sys.argv))
        return [capture(script) for script in discover(SYSTEMS) if not script.group]


@pytest.fixture(scope="module")
def drawings(systems):
    return [(system.script.slug, drawing.graph) for system in systems for drawing in system.drawings]


@pytest.fixture(scope="module")
def cards(drawings) -> list[Card]:
    return [
        Card(*_lines(node.label), node.component, f"{slug}/{graph.slug}:{node.line}")
        for slug, graph in drawings
        for node in graph.nodes
    ]


@pytest.fixture(scope="module")
def arrows(drawings) -> list[Arrow]:
    found = []
    for slug, graph in drawings:
        names = {node.id: _lines(node.label)[0] for node in graph.nodes}
        found += [
            Arrow(names[edge.tail], names[edge.head], edge.kind, f"{slug}/{graph.slug}:{edge.line}")
            for edge in graph.edges
            if edge.tail in names and edge.head in names  # not to a cluster as a whole
        ]
    return found


def _lines(label: str) -> tuple[str, str]:
    name, _, detail = label.partition("\n")
    return name, detail


def test_groups_of_building_blocks_share_no_block_and_are_known() -> None:
    blocks = [*COMMON_BLOCKS, *LEARNING_BLOCKS, *RESPONSIBILITY_BLOCKS]
    assert len(set(blocks)) == len(blocks)
    assert set(blocks) <= set(BUILDING_BLOCKS)


def test_what_sets_a_system_apart_comes_before_what_all_stand_on(systems) -> None:
    for system in systems:
        blocks = tuple(system.system.building_blocks)
        own = blocks[: -len(COMMON_BLOCKS)]
        assert blocks == (*own, *COMMON_BLOCKS), system.title
        assert own, system.title
        assert len(set(blocks)) == len(blocks), system.title


def test_a_name_has_one_class_unless_each_card_says_its_product(cards: list[Card]) -> None:
    by_name: dict[str, list[Card]] = defaultdict(list)
    for card in cards:
        by_name[card.name].append(card)
    unclear = [
        card
        for same in by_name.values()
        if len({card.component for card in same}) > 1
        for card in same
        if not card.unambiguous
    ]
    assert unclear == []


def test_a_name_is_written_in_one_way(cards: list[Card]) -> None:
    spellings: dict[str, set[str]] = defaultdict(set)
    for card in cards:
        spellings["".join(letter for letter in card.name.lower() if letter.isalnum()).removesuffix("s")].add(card.name)
    assert [names for names in spellings.values() if len(names) > 1] == []


@pytest.mark.parametrize(
    ("tail", "head", "kind"),
    [
        (None, "Offline gate", Kind.BATCH),  # a candidate and its measurements
        ("Offline gate", None, Kind.CONTROL),  # a verdict
        ("Serving fleet", "Serving log", Kind.STREAM),  # what was served; feedback is what people did with it
        (None, "Shadow and canary", Kind.CONTROL),
        ("Rollback controller", None, Kind.CONTROL),
        ("Metrics", "Dashboards", Kind.STREAM),
        ("Metrics", "On-call alerts", Kind.CONTROL),
    ],
)
def test_the_same_arrow_carries_the_same_everywhere(
    arrows: list[Arrow], tail: str | None, head: str | None, kind: Kind
) -> None:
    same = [arrow for arrow in arrows if tail in (None, arrow.tail) and head in (None, arrow.head)]
    assert len({arrow.where for arrow in same}) > 2
    assert [arrow for arrow in same if arrow.kind is not kind] == []
