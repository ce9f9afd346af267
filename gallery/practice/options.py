"""Which option of a decision table wins when: each has the condition under which it does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archfolio.gallery.practice.item import ALTERNATIVE, Choice, Evidence, OpenAnswer, PracticeItem
from archfolio.gallery.practice.stable import content_words, least_alike, short_name
from archfolio.gallery.practice.words import SubjectWords, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archfolio.gallery.manifest import BuildingBlock
    from archfolio.gallery.sections import DecisionTable, Option

_OTHERS, _FEWEST = 3, 2  # distractors, at most and at least
_OF_ALL = re.compile(r"^(never|always|rarely|mostly|most|first|the default|nearly)\b", re.IGNORECASE)


def option_items(block: BuildingBlock) -> Iterator[PracticeItem]:
    """Ask which option a condition fits, or in one's own words when an option wins where others may fit too."""
    words = SubjectWords(block)
    for table in block.tables:
        for option in table.options:
            name, condition = words.plain(option.name), words.plain(option.wins_when)
            worth = "; ".join(
                f"{words.plain(criterion)}: {words.plain(value)}"
                for criterion, value in zip(table.criteria, option.values, strict=True)
            )
            distractors = least_alike(condition, _others(option, table, words), _OTHERS, condition)
            asked = len(distractors) >= _FEWEST and not _OF_ALL.search(condition)
            title = words.plain(table.title)
            yield PracticeItem(
                id=f"{block.slug}/{ALTERNATIVE}/option/{short_name(f'{table.title} {option.name}')}",
                kind=ALTERNATIVE,
                level="senior",
                prompt=f"{title}. Which of these fits? {sentence(condition)}"
                if asked
                else f"{title}. When does this fit: {name}?",
                answer=Choice(key=name, distractors=distractors) if asked else OpenAnswer(),
                reason=f"{name}. {sentence(worth)}" if asked else f"{sentence(condition)} {sentence(worth)}",
                where=Evidence(text=f"Which one when: {title}", fragment="decisions"),
                source=words.source(f"{condition} {worth}"),
            )


def _others(option: Option, table: DecisionTable, words: SubjectWords) -> list[str]:
    """List the other options of a table that cannot fit: none of a scale, none whose condition speaks of the same.

    A table of failures has none: what causes one may cause another too.
    """
    if "failure" in table.title.lower() or any(char.isdigit() for one in table.options for char in one.name):
        return []
    said = content_words(f"{option.wins_when} {option.name}")
    return [
        words.plain(other.name)
        for other in table.options
        if other is not option
        and not _OF_ALL.search(other.wins_when)
        and not content_words(f"{other.wins_when} {other.name}") & said
    ]
