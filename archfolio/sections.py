"""Sections of a system that are words and small tables. Each type checks itself and blames the author's line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archfolio.author_error import AuthorError
from archfolio.checks import check_words, no_empty_list, no_empty_text
from archfolio.vocabulary import DATA, PATTERNS, TASKS

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Tags:
    """What a system can be found by: its tasks, patterns and kinds of data, in words of the vocabulary."""

    task: Sequence[str] = ()
    pattern: Sequence[str] = ()
    data: Sequence[str] = ()

    def __post_init__(self) -> None:
        """Check the words."""
        check_words("task of the vocabulary", self.task, TASKS)
        check_words("pattern of the vocabulary", self.pattern, PATTERNS)
        check_words("kind of data of the vocabulary", self.data, DATA)


@dataclass(frozen=True)
class Requirements:
    """What the system must do, and how well: `qualities` maps a quality ("Latency") to its target."""

    functional: Sequence[str]
    qualities: Mapping[str, str]

    def __post_init__(self) -> None:
        """Check that both are there."""
        if not self.functional or not self.qualities:
            message = "requirements need at least one functional sentence and one quality"
            raise AuthorError(message)
        no_empty_list("Requirements", functional=self.functional)
        if not isinstance(self.qualities, Mapping):
            message = "'qualities' of Requirements is no dict: write qualities={'Latency': 'p99 within 200 ms', ...}"
            raise AuthorError(message)
        for name, target in self.qualities.items():
            no_empty_text("Requirements", name=name, target=target)


@dataclass(frozen=True)
class Decision:
    """A choice: what was chosen, by which mechanism it pays, what was rejected, and what would change the choice."""

    chosen: str
    why: str = ""  # mechanism and consequence
    rejected: Sequence[str] = ()  # "alternative: why it loses here"
    revisit_when: str = ""  # the threshold at which an alternative wins

    def __post_init__(self) -> None:
        """Check that nothing is empty."""
        no_empty_text("Decision", chosen=self.chosen, revisit_when=self.revisit_when)
        no_empty_list("Decision", rejected=self.rejected)


@dataclass(frozen=True)
class FailureMode:
    """What can fail, how that is detected, and how the system responds."""

    failure: str
    detection: str
    response: str

    def __post_init__(self) -> None:
        """Check that nothing is empty."""
        no_empty_text("FailureMode", failure=self.failure, detection=self.detection, response=self.response)


@dataclass(frozen=True)
class Metrics:
    """What is measured before a release, what afterwards, and what must not get worse."""

    offline: Sequence[str]
    online: Sequence[str]
    guardrail: Sequence[str]

    def __post_init__(self) -> None:
        """Check that each of the three says something."""
        for name in ("offline", "online", "guardrail"):
            no_empty_list("Metrics", **{name: getattr(self, name)})
