"""Which option of a decision table fits when, to be said in one's own words.

Conditions of a table are not each other's contrary: an option may fit where another wins, so none is a distractor.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archfolio.gallery.practice.item import ALTERNATIVE, Evidence, OpenAnswer, PracticeItem
from archfolio.gallery.practice.stable import short_name
from archfolio.gallery.practice.words import SubjectWords, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archfolio.gallery.manifest import BuildingBlock

_OF_ALL = re.compile(r"^(never|always|every|rarely|mostly|most|first|the default|nearly|it does not)\b", re.IGNORECASE)


def option_items(block: BuildingBlock) -> Iterator[PracticeItem]:
    """Ask which option a condition fits; when an option fits, where the condition tells it from no other."""
    words = SubjectWords(block)
    for table in block.tables:
        title = words.plain(table.title)
        for option in table.options:
            name, condition = words.plain(option.name), sentence(words.plain(option.wins_when))
            pairs = zip(table.criteria, option.values, strict=True)
            worth = "; ".join(f"{words.plain(criterion)}: {words.plain(value)}" for criterion, value in pairs)
            told = bool(_OF_ALL.search(condition))
            yield PracticeItem(
                id=f"{block.slug}/{ALTERNATIVE}/option/{short_name(f'{table.title} {option.name}')}",
                kind=ALTERNATIVE,
                level="senior",
                prompt=f"{title}. When does this fit: {name}?" if told else f"{title}. What fits, and why? {condition}",
                answer=OpenAnswer(),
                reason=f"{condition if told else sentence(name)} {sentence(worth)}",
                where=Evidence(text=f"Which one when: {title}", fragment="decisions"),
                source=words.source(f"{condition} {worth}"),
            )
