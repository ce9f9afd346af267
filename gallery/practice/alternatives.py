"""Which alternative wins when: a condition calls one choice of the design into question, and no other."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from archfolio.gallery import links
from archfolio.gallery.practice.item import ALTERNATIVE, OTHERS, Choice, Evidence, PracticeItem, choice_or_open
from archfolio.gallery.practice.stable import content_words, least_alike, ranked, short_name
from archfolio.gallery.practice.words import SubjectWords, listed, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archfolio.gallery.manifest import System
    from archfolio.gallery.sections import Decision

_MOST_DECISIONS = 3  # of six
_BY_CHANCE = 1  # words that two decisions may share
_SCALE = content_words(  # of conditions that call several choices into question: how much traffic, how much money
    "traffic volume second request rate peak fewer million replica gpu fleet host server cost price cheap cheaper"
    " cheapest budget dollar time dozen memory storage thousand bill double twice half"
)
_EXAMPLE = re.compile(r", as (in|at|with|for) [^,;.:]+")  # of a condition: it may reopen other choices


def alternative_items(system: System) -> Iterator[PracticeItem]:
    """Ask what a condition brings back, and why an alternative lost. The others belong to other decisions."""
    words = SubjectWords(system)
    if len(system.decisions) <= OTHERS:
        return
    for one in system.decisions:
        if not one.rejected:
            continue
        where = _where(system, one, words)
        others = [other for other in system.decisions if other is not one and other.rejected]
        yield _revisited(one, others, words, where)
        yield from _lost(one, others, words, where)


def _where(system: System, one: Decision, words: SubjectWords) -> Evidence:
    fragment = links.decision(system.decisions.index(one))
    return Evidence(text=f"Decision: {words.plain(one.chosen)}", fragment=fragment)


def _revisited(one: Decision, others: list[Decision], words: SubjectWords, where: Evidence) -> PracticeItem:
    """Ask what a condition brings back: among choices that it does not touch, or in one's own words."""
    condition = sentence(_EXAMPLE.sub("", words.plain(one.revisit_when)))
    key = _choice_made(one, words)
    common = _common_words((one, *others))
    apart = [_choice_made(other, words) for other in others if not _same_concern(one, other, common)]
    distractors = least_alike(f"{condition} {key}", apart, condition)
    answer = choice_or_open(key, distractors)
    for_what = "" if isinstance(answer, Choice) else ", and for what"
    why = sentence(words.plain(one.why)) if one.why else ""
    aside = "; ".join(words.plain(text) for text in one.rejected)
    return PracticeItem(
        id=f"{words.subject.slug}/{ALTERNATIVE}/when/{short_name(one.chosen)}",
        kind=ALTERNATIVE,
        level="staff",
        prompt=f"Suppose: {condition} Which choice of this design is open again{for_what}?",
        answer=answer,
        reason=f"The design has {_inside(words.plain(one.chosen))}. {why} Set aside: {aside}.".replace("  ", " "),
        where=where,
        source=words.source(f"{words.plain(one.why)} {' '.join(map(words.plain, one.rejected))}"),
    )


def _same_concern(one: Decision, other: Decision, common: frozenset[str]) -> bool:
    """Return whether two decisions are about the same things, or whether their conditions ask how much there is."""
    condition, theirs = content_words(one.revisit_when), content_words(other.revisit_when)
    said, about = _words_of(one) - common, _words_of(other) - common
    return bool(condition & about or len(said & about) > _BY_CHANCE or (condition & _SCALE and theirs & _SCALE))


def _words_of(one: Decision) -> frozenset[str]:
    return content_words(f"{one.chosen} {one.why} {' '.join(one.rejected)} {one.revisit_when}")


def _common_words(decisions: Iterable[Decision]) -> frozenset[str]:
    """Return the words that most decisions have: what the system is about, such as videos."""
    counts = Counter(word for one in decisions for word in _words_of(one))
    return frozenset(word for word, count in counts.items() if count > _MOST_DECISIONS)


def _is_of_scale(text: str) -> bool:
    """Return whether a reason is how much something costs: that may hold for alternatives of other decisions too."""
    return bool(content_words(text) & _SCALE) or any(char.isdigit() for char in text)


def _lost(one: Decision, others: list[Decision], words: SubjectWords, where: Evidence) -> Iterator[PracticeItem]:
    """Ask why one alternative lost, where the module says so after a colon."""
    told = [(text, *map(str.strip, words.plain(text).partition(":")[::2])) for text in one.rejected if ":" in text]
    reasons = [
        words.plain(text).partition(":")[2].strip()
        for other in others
        for text in other.rejected
        if ":" in text and not _is_of_scale(words.plain(text))
    ]
    for text, alternative, why in ranked(told, lambda told: told[1], one.chosen)[:1]:
        taken = content_words(f"{text} {one.chosen}")
        apart = [reason for reason in reasons if not content_words(reason) & taken]
        distractors = least_alike(one.why, apart, alternative)
        if len(distractors) == OTHERS:
            yield PracticeItem(
                id=f"{words.subject.slug}/{ALTERNATIVE}/lost/{short_name(text)}",
                kind=ALTERNATIVE,
                level="senior",
                prompt=f"The design has {_inside(words.plain(one.chosen))}. An alternative was: {_inside(alternative)}."
                " How is that one judged here?",
                answer=Choice(key=sentence(why), distractors=tuple(map(sentence, distractors))),
                reason=f"{sentence(words.plain(one.why))} Open again when: {sentence(words.plain(one.revisit_when))}",
                where=where,
                source=words.source(f"{words.plain(one.why)} {words.plain(text)}"),
            )


def _choice_made(one: Decision, words: SubjectWords) -> str:
    """Name what was chosen, and over what."""
    rejected = listed([_inside(words.plain(text).partition(":")[0]) for text in one.rejected], "or")
    return sentence(f"{words.plain(one.chosen)}, over {rejected}")


def _inside(text: str) -> str:
    """Write a name as it stands inside a sentence: small, unless its first word is written with capitals."""
    first = text.split(" ", 1)[0]
    plain = first[1:].islower() or len(first) == 1
    return text[:1].lower() + text[1:] if plain else text
