"""Texts to terms, for the index. `static/search-terms.js` does the same to a query, and a test compares the two."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
_ONE_WORD = re.compile(r"\ba ?/ ?b\b")  # whose letters alone would say nothing
_SHORTEST = 2  # letters
_PLURAL = 4  # letters from which a final s is taken off
_HISSES = ("sses", "xes", "shes", "tches", "nches", "rches")  # not "ches": caches


def terms(text: str) -> list[str]:
    """List the terms of a text, in order: folded, plurals made singular, without bare numbers.

    >>> terms("Two-tower ANN: 128-d vectors")
    ['two', 'tower', 'ann', 'vector']
    >>> terms("A/B tests")
    ['ab', 'test']
    """
    return [
        stem(word)
        for word in _WORD.findall(_ONE_WORD.sub("ab", _fold(text)))
        if (len(word) >= _SHORTEST and not word.isdigit()) or not word.isascii()
    ]


def _fold(text: str) -> str:
    """Return a text without accents and capitals."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text)
    marks = [char for char in set(decomposed) if unicodedata.combining(char)]  # there are few signs, and seldom any
    return "".join(char for char in decomposed if char not in marks).lower() if marks else decomposed.lower()


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Return a word in the singular: a final s goes, but not of "loss", "bias" or "status", and es of "losses"."""
    if len(word) > _PLURAL and word.endswith("ies"):
        return f"{word[:-3]}y"
    if len(word) > _PLURAL and word.endswith(_HISSES):
        return word[:-2]
    if len(word) >= _PLURAL and word.endswith("s") and not word.endswith(("ss", "us", "is", "as")):
        return word[:-1]
    return word
