"""Sections for an interview: how often it is asked, follow-up questions, what teams do, and what to say when."""

from __future__ import annotations

from dataclasses import dataclass

from archfolio.author_error import AuthorError, suggest
from archfolio.checks import no_empty_text

DECISION = "decision:"  # how `where` begins that points to a decision
_LEVELS = ("mid", "senior", "staff")


@dataclass(frozen=True)
class InterviewRank:
    """How often interviews ask for a system: its rank (1 is most often) and the guide's remark."""

    rank: int
    remark: str

    def __post_init__(self) -> None:
        """Check the rank."""
        if not isinstance(self.rank, int) or self.rank < 1:
            message = f"a rank is a whole number from 1, this is {self.rank!r}: write InterviewRank(1, ...)"
            raise AuthorError(message)
        no_empty_text("InterviewRank", remark=self.remark)


@dataclass(frozen=True)
class FollowUp:
    """A question that an interviewer asks next: the level it is for, a good answer, a weak one, where to look.

    `where` is a view, a box or an arrow as in `archfolio.modelling`, or "decision: " and how a decision begins.
    """

    level: str  # mid, senior or staff
    question: str
    answer: str
    weak: str
    where: str

    def __post_init__(self) -> None:
        """Check the level, and that nothing is empty."""
        no_empty_text("FollowUp", **vars(self))
        if self.level not in _LEVELS:
            hint = suggest(self.level, _LEVELS) or f"; known are: {', '.join(_LEVELS)}"
            message = f"'{self.level}' is not a level{hint}"
            raise AuthorError(message)


@dataclass(frozen=True)
class CaseStudy:
    """A system that a team has published: what it is, and what they chose differently. `source` is its address."""

    team: str
    system: str
    difference: str
    source: str

    def __post_init__(self) -> None:
        """Check that nothing is empty."""
        no_empty_text("CaseStudy", **vars(self))


_LONGEST = 1000  # minutes; infinity and nan are longer


@dataclass(frozen=True)
class Phase:
    """A part of a talk or of an interview: how many minutes it takes, what it is called, and what is said in it."""

    minutes: float
    name: str
    text: str

    def __post_init__(self) -> None:
        """Check the time."""
        no_empty_text("Phase", name=self.name, text=self.text)
        if (
            isinstance(self.minutes, bool)
            or not isinstance(self.minutes, int | float)
            or not 0 < self.minutes < _LONGEST
        ):
            message = f"the phase '{self.name}' takes {self.minutes!r} minutes: write a number above 0"
            raise AuthorError(message)
