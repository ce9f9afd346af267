"""Checks that the sections of a system make of what they are given. Each raises AuthorError at the author's line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from archfolio.author_error import AuthorError, suggest, where
from archfolio.vocabulary import add_words, is_vocabulary, words_of_project

if TYPE_CHECKING:
    from collections.abc import Mapping

VERBATIM = {"verbatim": True}
"""What a field of a dataclass says whose braces quote no figure: they are of another language, or of a path."""


def no_empty_text(owner: str, **texts: str) -> None:
    """Refuse an empty text, and what is no text: a section that says nothing is worse than none."""
    for name, text in texts.items():
        if not isinstance(text, str):
            message = f"'{name}' of {owner} is {text!r}: write a text"
            raise AuthorError(message)
        if not text.strip():
            message = f"{owner} has an empty '{name}': say it in a few words or leave the {owner} out"
            raise AuthorError(message)


def no_empty_list(owner: str, **lists: Iterable[str]) -> None:
    """Refuse a list without items, one text where a list is needed, and an empty text in a list."""
    for name, items in lists.items():
        if isinstance(items, str):
            message = f"'{name}' of {owner} is one text: write a list, ['...', '...']"
            raise AuthorError(message)
        if not list(items):
            message = f"{owner} has no '{name}': name at least one, or leave the {owner} out"
            raise AuthorError(message)
        for item in items:
            no_empty_text(owner, **{name: item})


def check_words(kind: str, words: Iterable[str], known: Mapping[str, object]) -> None:
    """Refuse a word that is not in a vocabulary, with the nearest that is."""
    if isinstance(words, str):
        message = f"'{words}' stands where a list is needed: write ['{words}']"
        raise AuthorError(message)
    if not isinstance(words, Iterable):
        message = f"{words!r:.60} stands where a list is needed: write ['...']"
        raise AuthorError(message)
    for word in words:
        if word not in known and is_vocabulary(known):  # run by itself, a module is not told its project's words
            add_words(words_of_project(where()[0]))
        if word not in known:
            there_are = f"; known are: {', '.join(known)}" if known else ": there is none yet, put one in"
            hint = suggest(word, known) if isinstance(word, str) else ""
            message = f"'{word}' is not a {kind}{hint or there_are}"
            raise AuthorError(message)
