"""The sections of a system that are words and small tables. Each type checks itself and blames the author's line."""

from __future__ import annotations

import inspect
import re
import textwrap
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from archfolio.author_error import Mistake, suggest, where
from archfolio.vocabulary import DATA, PATTERNS, TASKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


def _words(owner: str, **texts: str) -> None:
    """Refuse an empty text: a section that says nothing is worse than none."""
    for name, text in texts.items():
        if not text.strip():
            message = f"{owner} has an empty '{name}': say it in a few words or leave the {owner} out"
            raise Mistake(message)


def _known(owner: str, words: Iterable[str], vocabulary: Mapping[str, str]) -> None:
    for word in words:
        if word not in vocabulary:
            hint = suggest(word, vocabulary) or f"; known are: {', '.join(vocabulary)}"
            message = f"'{word}' is not a {owner} of the vocabulary{hint}"
            raise Mistake(message)


@dataclass(frozen=True)
class Tags:
    """What a system can be found by: its tasks, patterns and kinds of data, in words of the vocabulary."""

    task: Sequence[str] = ()
    pattern: Sequence[str] = ()
    data: Sequence[str] = ()

    def __post_init__(self) -> None:
        """Check the words."""
        _known("task", self.task, TASKS)
        _known("pattern", self.pattern, PATTERNS)
        _known("kind of data", self.data, DATA)


@dataclass(frozen=True)
class Asked:
    """How often interviews ask for a system: its rank (1 is most often) and the guide's remark."""

    rank: int
    remark: str

    def __post_init__(self) -> None:
        """Check the rank."""
        if self.rank < 1:
            message = f"a rank starts at 1, this is {self.rank}"
            raise Mistake(message)
        _words("Asked", remark=self.remark)


@dataclass(frozen=True)
class Requirements:
    """What the system must do, and how well: `qualities` maps a quality ("Latency") to its target."""

    functional: Sequence[str]
    qualities: Mapping[str, str]

    def __post_init__(self) -> None:
        """Check that both are there."""
        if not self.functional or not self.qualities:
            message = "requirements need at least one functional sentence and one quality"
            raise Mistake(message)
        for sentence in self.functional:
            _words("Requirements", functional=sentence)
        for name, target in self.qualities.items():
            _words("Requirements", name=name, target=target)


@dataclass(frozen=True)
class Budget:
    """A latency budget: what is promised, in ms, and the share of each stage at that percentile, in ms."""

    what: str  # "p99 at the recommendation API"
    promise: float
    stages: Mapping[str, float]
    note: str = "Stages are added up, which is cautious: they seldom are slow together."
    line: int = field(default_factory=lambda: where()[1])

    def __post_init__(self) -> None:
        """Check that the figures are durations."""
        _words("Budget", what=self.what)
        for stage, share in {"promise": self.promise, **self.stages}.items():
            if not share > 0:
                message = f"'{stage}' of the budget must take more than 0 ms, this is {share}"
                raise Mistake(message)

    @property
    def total(self) -> float:
        """The sum of the stages, in ms: with p99s a cautious figure, since stages seldom are slow together."""
        return sum(self.stages.values())


@dataclass(frozen=True)
class Decision:
    """A choice: what was chosen, over what, and when the other one wins."""

    chose: str
    over: str
    when: str

    def __post_init__(self) -> None:
        """Check that nothing is empty."""
        _words("Decision", chose=self.chose, over=self.over, when=self.when)


@dataclass(frozen=True)
class Failure:
    """A failure mode: what fails, how it is detected, and how the system answers."""

    failure: str
    detection: str
    answer: str

    def __post_init__(self) -> None:
        """Check that nothing is empty."""
        _words("Failure", failure=self.failure, detection=self.detection, answer=self.answer)


@dataclass(frozen=True)
class Metrics:
    """What is measured before a release, what afterwards, and what must not get worse."""

    offline: Sequence[str]
    online: Sequence[str]
    guardrail: Sequence[str]

    def __post_init__(self) -> None:
        """Check that each of the three says something."""
        for name in ("offline", "online", "guardrail"):
            if not getattr(self, name):
                message = f"metrics need at least one '{name}'"
                raise Mistake(message)


_CITATION = re.compile(r'(?P<authors>.+?), "(?P<title>.+)", (?P<venue>.+?),? (?P<year>(?:19|20)\d\d)')


@dataclass(frozen=True)
class Source:
    """Where a fact comes from: `authors, "title", venue year`, its address, and what it is used for here."""

    citation: str
    url: str
    used_for: str = ""

    def __post_init__(self) -> None:
        """Check the citation's form and the address."""
        if not _CITATION.fullmatch(self.citation):
            message = f"""write a source as 'authors, "title", venue year', not as '{self.citation}'"""
            raise Mistake(message)
        if urlsplit(self.url).scheme not in {"https", "http"} or not urlsplit(self.url).netloc:
            message = f"'{self.url}' is not a web address: begin with https://"
            raise Mistake(message)

    def _part(self, name: str) -> str:
        match = _CITATION.fullmatch(self.citation)
        return match[name] if match else ""

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
        """When it appeared."""
        return int(self._part("year"))


_NAMED_BY = 50  # characters of a citation that tell which one is meant


def bibliography(text: str) -> tuple[Source, ...]:
    """Read sources as a list of references prints them: the citation, and indented its address and its use here.

        A. Author, B. Author (Lab), "A Title", RecSys 2016
            https://example.org/a-title the funnel; the figures of the estimate

    What is indented may go over several lines. Raises Mistake, which names the source, where one of the three is missing.
    """
    entries: list[list[str]] = []
    for line in inspect.cleandoc(text).splitlines():
        if line[:1].isspace() and entries:
            entries[-1] += line.split()
        elif line.strip():
            entries.append([line.strip()])
    if not entries:
        message = "the bibliography is empty: write a citation, and indented its address and what it is used for"
        raise Mistake(message)
    return tuple(_source(citation, words) for citation, *words in entries)


def _source(citation: str, words: Sequence[str]) -> Source:
    """Make a source of its citation and of the words that are indented below it."""
    named = textwrap.shorten(citation, _NAMED_BY, placeholder=" ...")
    if not words or not urlsplit(words[0]).netloc:
        message = f"the source '{named}' has no address: write it indented below, then what it is used for"
        raise Mistake(message)
    address, *used_for = words
    if not used_for:
        message = f"the source '{named}' does not say what it is used for: write it after the address"
        raise Mistake(message)
    return Source(citation, address, " ".join(used_for))
