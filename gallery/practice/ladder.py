"""The recipe: from a system or a building block to all of its practice items, in the order of the ladder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archfolio.gallery.manifest import BuildingBlock, System
from archfolio.gallery.practice.alternatives import alternative_items
from archfolio.gallery.practice.estimates import estimate_items
from archfolio.gallery.practice.explanations import explain_items
from archfolio.gallery.practice.failures import failure_items
from archfolio.gallery.practice.habits import habit_items
from archfolio.gallery.practice.masked import masked_items
from archfolio.gallery.practice.options import option_items
from archfolio.gallery.practice.order import order_items
from archfolio.gallery.practice.starvation import starvation_items

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archfolio.gallery.manifest import Subject
    from archfolio.gallery.practice.item import PracticeItem


def has_practice(subject: Subject) -> bool:
    """Return whether a subject says enough to be asked about: more than a drawing."""
    if isinstance(subject, System):
        return bool(subject.decisions or subject.failures or subject.follow_ups)
    return isinstance(subject, BuildingBlock) and bool(subject.tables or subject.questions)


def ladder(subject: Subject) -> tuple[PracticeItem, ...]:
    """Return the items of a subject, rung by rung."""
    return (*masked_items(subject), *order_items(subject), *starvation_items(subject), *_words_of(subject))


def _words_of(subject: Subject) -> Iterator[PracticeItem]:
    """Ask what a subject says beside its drawings."""
    estimates = estimate_items(subject)
    if isinstance(subject, System):
        yield from failure_items(subject)
        yield from alternative_items(subject)
        yield from estimates
        yield from explain_items(subject, subject.follow_ups, "Follow-up questions", "follow-ups")
    elif isinstance(subject, BuildingBlock):
        yield from habit_items(subject)
        yield from option_items(subject)
        yield from estimates
        yield from explain_items(subject, subject.questions, "Questions", "questions")
