"""What cures a habit that does harm: each anti-pattern has its own cure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archfolio.gallery.practice.item import CONSEQUENCE, Evidence, PracticeItem, choice_or_open
from archfolio.gallery.practice.stable import content_words, least_alike, short_name
from archfolio.gallery.practice.words import SubjectWords, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archfolio.gallery.manifest import BuildingBlock
    from archfolio.gallery.sections import AntiPattern


def habit_items(block: BuildingBlock) -> Iterator[PracticeItem]:
    """Ask for the cure of each anti-pattern: among cures of others, or in one's own words where too few are apart."""
    words = SubjectWords(block)
    for one in block.anti_patterns:
        cure = sentence(words.plain(one.cure))
        apart = [other for other in block.anti_patterns if other is not one and not _alike(one, other)]
        cures = least_alike(one.symptom, [sentence(words.plain(other.cure)) for other in apart], one.symptom)
        yield PracticeItem(
            id=f"{block.slug}/{CONSEQUENCE}/habit/{short_name(one.name)}",
            kind=CONSEQUENCE,
            level="senior",
            prompt=f"{sentence(words.plain(one.name))} {sentence(words.plain(one.symptom))} What cures it?",
            answer=choice_or_open(cure, cures),
            reason=cure,
            where=words.place(one.where) or Evidence(text="Anti-patterns", fragment="anti-patterns"),
        )


def _alike(one: AntiPattern, other: AntiPattern) -> bool:
    """Return whether two anti-patterns speak of the same things."""
    said = [content_words(f"{habit.name} {habit.symptom} {habit.cure}") for habit in (one, other)]
    return bool(said[0] & said[1])
