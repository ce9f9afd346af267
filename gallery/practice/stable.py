"""Names and choices that an edit elsewhere does not change: everything is ranked by a hash of its own text."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from archfolio.gallery.practice.item import OTHERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Thing = TypeVar("Thing")
_WORD = re.compile(r"[a-z0-9]{3,}")
_STEM = 5  # letters: "fresh", "fresher" and "freshest" are one
_FILLERS = frozenset(
    re.findall(
        r"\w+",
        """
    the and for from with are not but its that this into than then they them each all any one two more less only too
    has have had was were can may per out over under when where which who what how why here there their also does
    did been being both such same other others after before while until once still very most some many much few new
    own because would could should will just like via about rate share exceed exceeds minute minutes hour hours day
    days week weeks rise rises fall falls cent
    """,
    )
)


def short_name(text: str) -> str:
    """Return a short name for a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def ranked(things: Iterable[Thing], name: Callable[[Thing], str], salt: str) -> list[Thing]:
    """Sort things by a hash of their names: one that comes or goes moves none of the others."""
    return sorted(things, key=lambda thing: (hashlib.sha256(f"{salt}\n{name(thing)}".encode()).digest(), name(thing)))


@lru_cache(maxsize=1 << 12)  # names of boxes are compared with each other again and again
def content_words(text: str) -> frozenset[str]:
    """Return what a text speaks of: the beginnings of its words, the small ones and those of measuring left out."""
    return frozenset(word[:_STEM] for word in _WORD.findall(text.lower()) if word not in _FILLERS)


def least_alike(text: str, candidates: Iterable[str], salt: str) -> tuple[str, ...]:
    """Return distractors for a choice: candidates that share the fewest words with a text; ties are broken by hash."""
    words = content_words(text)
    shuffled = ranked(dict.fromkeys(candidates), str, salt)
    return tuple(sorted(shuffled, key=lambda one: len(content_words(one) & words))[:OTHERS])
