"""Sources: where a fact comes from, one by one or as a list of references prints them."""

from __future__ import annotations

import inspect
import re
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from archfolio.author_error import AuthorError

if TYPE_CHECKING:
    from collections.abc import Sequence

_YEAR = r"(?:19|20)\d\d"
_CITATION = re.compile(
    r'(?:(?P<authors>.+?), )?"(?P<title>.+)"'
    rf"(?:, (?:(?P<bare_year>{_YEAR})|(?P<venue>.+?)(?:,? (?P<year>{_YEAR}))?))?"
)


@dataclass(frozen=True)
class Source:
    """Where a fact comes from: its citation, its address, and what it is used for here.

    A paper or an article is cited as `authors, "title", venue year`; of an RFC or a page of a wiki, which has no authors
    or no year, the title is enough: `RFC 9110, "HTTP Semantics"`, `"Van load", Acme wiki`.
    """

    citation: str
    url: str
    used_for: str = ""

    def __post_init__(self) -> None:
        """Check the citation's form and the address."""
        if not _CITATION.fullmatch(self.citation):
            message = (
                f"""write a source as 'authors, "title", venue year', not as '{self.citation}';"""
                """ the title alone, between quotation marks, will do"""
            )
            raise AuthorError(message)
        if urlsplit(self.url).scheme not in {"https", "http"} or not urlsplit(self.url).netloc:
            message = f"'{self.url}' is not a web address: begin with https://"
            raise AuthorError(message)

    def _part(self, name: str) -> str:
        match = _CITATION.fullmatch(self.citation)
        return (match[name] or "") if match else ""

    @property
    def authors(self) -> str:
        """Who wrote it."""
        return self._part("authors")

    @property
    def title(self) -> str:
        """What it is called."""
        return self._part("title")

    @property
    def venue(self) -> str:
        """Where it appeared."""
        return self._part("venue")

    @property
    def year(self) -> int:
        """When it appeared; 0 where it does not say."""
        return int(self._part("year") or self._part("bare_year") or 0)


_NAMED_BY = 50  # characters of a citation that tell which one is meant


def bibliography(text: str) -> tuple[Source, ...]:
    """Read sources as a list of references prints them: the citation, and indented its address and its use here.

        A. Author, B. Author (Lab), "A Title", RecSys 2016
            https://example.org/a-title the funnel; the figures of the estimate

    What is indented may go over several lines. Raises AuthorError, which names the source, where one of the three is missing.
    """
    if not isinstance(text, str):
        message = "a bibliography is one text: write it between triple quotes, a citation and below it its address"
        raise AuthorError(message)
    entries: list[list[str]] = []
    for line in inspect.cleandoc(text).splitlines():
        if line[:1].isspace() and entries:
            entries[-1] += line.split()
        elif line.strip():
            entries.append([line.strip()])
    if not entries:
        message = "the bibliography is empty: write a citation, and indented its address and what it is used for"
        raise AuthorError(message)
    return tuple(_source(citation, words) for citation, *words in entries)


def _source(citation: str, words: Sequence[str]) -> Source:
    """Make a source of its citation and of the words that are indented below it."""
    if not words or not urlsplit(words[0]).netloc:
        message = f"the source '{_named(citation)}' has no address: write it indented below, then what it is used for"
        raise AuthorError(message)
    address, *used_for = words
    if not used_for:
        message = f"the source '{_named(citation)}' does not say what it is used for: write it after the address"
        raise AuthorError(message)
    return Source(citation, address, " ".join(used_for))


def _named(citation: str) -> str:
    return textwrap.shorten(citation, _NAMED_BY, placeholder=" ...")
