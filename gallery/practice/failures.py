"""What can fail: how a design notices, and what it does. Signal and answer are asked as one story.

A signal alone, or an answer alone, may fit several failures; both together fit one. Left out as distractors are
failures of releases for each other (all are met by comparing and rolling back), outages and overloads for each other
(all are seen in queues), those that speak of the same things, and signals that may show anything: "an audit finds it".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archfolio.gallery import links
from archfolio.gallery.practice.item import CONSEQUENCE, Choice, Evidence, PracticeItem, choice_or_open
from archfolio.gallery.practice.stable import content_words, least_alike, short_name
from archfolio.gallery.practice.words import SubjectWords, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archfolio.gallery.manifest import System
    from archfolio.gallery.sections import FailureMode

_RELEASES = content_words(
    "release version bundle deploy update previous rollback rolls refuse revert restore canary ship flip migration"
)
_OUTAGES = content_words(
    "down lost dies dead slow unreachable saturated overloaded overheats outage unavailable capacity queue lag behind"
    " spike flood storm deadline"
)
_SHOWS_ANYTHING = re.compile(
    r"\b(finds? it|sees? it|shows? it|skew|drift|health checks?|heartbeat|errors|timeouts|appeals|audit|overturn)\b",
    re.IGNORECASE,
)


def failure_items(system: System) -> Iterator[PracticeItem]:
    """Ask for the story of each failure: among stories of others, or in one's own words where too few are apart."""
    words = SubjectWords(system)
    stories = {_story(one, words): one for one in system.failures}
    for story, one in stories.items():
        failure = words.plain(one.failure)
        candidates = [other for other, owner in stories.items() if owner is not one and not _may_fit(one, owner)]
        others = least_alike(f"{failure} {story}", candidates, failure)
        owners = "; ".join(words.plain(stories[other].failure).rstrip(".") for other in others)
        answer = choice_or_open(story, others)
        is_choice = isinstance(answer, Choice)
        yield PracticeItem(
            id=f"{system.slug}/{CONSEQUENCE}/failure/{short_name(one.failure)}",
            kind=CONSEQUENCE,
            level="senior",
            prompt=f"{sentence(failure)} How does this design notice, and what does it do?",
            answer=answer,
            reason=f"{story} The other answers belong to other failures: {owners}." if is_choice else story,
            where=Evidence(text="Failure modes", fragment=links.failure(system.failures.index(one))),
        )


def _story(one: FailureMode, words: SubjectWords) -> str:
    return f"{sentence(words.plain(one.detection))} Then: {sentence(words.plain(one.response))}"


def _may_fit(one: FailureMode, other: FailureMode) -> bool:
    """Return whether the story of another failure might be told of this one too."""
    said = [content_words(f"{mode.failure} {mode.detection} {mode.response}") for mode in (one, other)]
    return (
        all(words & _RELEASES for words in said)
        or all(words & _OUTAGES for words in said)
        or bool(_SHOWS_ANYTHING.search(other.detection))
        or bool(said[0] & content_words(f"{other.failure} {other.detection}"))
        or bool(said[1] & content_words(f"{one.failure} {one.detection}"))
        or len(content_words(one.response) & content_words(other.response)) > 1
    )
