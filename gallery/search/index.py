"""The inverted index: for each term the documents that have it in their words.

A script that every page can load, also from disk: `searchData = {...}`. `terms` has a term a line, sorted; `postings`
in the same lines the numbers of documents, each written as its distance from the one before, since most are then one
letter: in base 26, of which capitals are the first digits and a small letter is the last. A `*` stands for words of
most systems. Which terms stand in the headings of documents, `static/search.js` reads from these: to write it down here
too would make the index a sixth larger. What is alike stands together, documents a column each, for it compresses
better by a fifteenth.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from archfolio.gallery.search.documents import collect
from archfolio.gallery.search.synonyms import groups
from archfolio.gallery.search.terms import terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from archfolio.gallery.catalog import Catalog
    from archfolio.gallery.search.documents import Document

PATH = "search-data.js"
_FEW = 10  # systems, below which every word counts
_EVERYWHERE = 0.6  # of the systems


def search_script(catalog: Catalog) -> bytes:
    """Write the index of a gallery."""
    entries, documents = collect(catalog)
    words: dict[str, list[int]] = {}
    for number, document in enumerate(documents):
        if document.words:
            heading = set(terms(document.title))
            for term in dict.fromkeys(terms(document.words)):
                if term not in heading:
                    words.setdefault(term, []).append(number)
    systems = sum(entry.kind == "system" for entry in entries)
    kinds = list(dict.fromkeys(document.kind for document in documents))
    vocabulary = sorted(words)
    data = {
        "entries": [[entry.kind, entry.title, entry.href, entry.line, entry.slug] for entry in entries],
        "kinds": kinds,
        "documents": {
            "entries": [document.entry for document in documents],
            "kinds": [kinds.index(document.kind) for document in documents],
            "titles": [document.title for document in documents],
            "fragments": [document.fragment for document in documents],
        },
        "terms": "\n".join(vocabulary),
        "postings": "\n".join(_packed_words(words[term], documents, systems) for term in vocabulary),
        "synonyms": [[" ".join(terms(phrase)) for phrase in group] for group in groups()],
    }
    return b'"use strict";\nvar searchData = ' + msgspec.json.encode(data) + b";\n"


def _packed_words(numbers: Sequence[int], documents: Sequence[Document], systems: int) -> str:
    """Pack the documents whose words have a term; a term that most systems have tells none from another."""
    having = {documents[number].entry for number in numbers if documents[number].entry < systems}
    if systems >= _FEW and len(having) >= _EVERYWHERE * systems:
        return "*"
    return _packed(numbers)


def _packed(numbers: Iterable[int]) -> str:
    written: list[str] = []
    before = 0
    for number in numbers:
        written.append(_letters(number - before))
        before = number
    return "".join(written)


def _letters(number: int) -> str:
    """Write a number in base 26: small letters for the last digit, capitals for those before it."""
    number, last = divmod(number, 26)
    letters = chr(ord("a") + last)
    while number:
        number, digit = divmod(number, 26)
        letters = chr(ord("A") + digit) + letters
    return letters
