"""What an interviewer asks next, to be explained in one's own words before the answer is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archfolio.gallery.practice.item import EXPLAIN, Evidence, OpenAnswer, PracticeItem
from archfolio.gallery.practice.stable import short_name
from archfolio.gallery.practice.words import SubjectWords

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archfolio.gallery.manifest import Subject
    from archfolio.gallery.sections import FollowUp


def explain_items(subject: Subject, questions: Iterable[FollowUp], title: str, fragment: str) -> Iterator[PracticeItem]:
    """Ask questions of a subject; they stand in a section of its page."""
    words = SubjectWords(subject)
    for one in questions:
        answer = words.plain(one.answer)
        yield PracticeItem(
            id=f"{subject.slug}/{EXPLAIN}/{short_name(one.question)}",
            kind=EXPLAIN,
            level=one.level,
            prompt=words.plain(one.question),
            answer=OpenAnswer(weak=words.plain(one.weak)),
            reason=answer,
            where=words.place(one.where) or Evidence(text=title, fragment=fragment),
            source=words.source(answer),
        )
