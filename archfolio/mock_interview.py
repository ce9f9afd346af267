"""What a module says of a mock interview: who says what in which minute, beside a drawing that grows step by step."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from archfolio.author_error import AuthorError, suggest
from archfolio.checks import no_empty_text
from archfolio.other_system import system_of
from archfolio.section_texts import list_of
from archfolio.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archfolio.estimate import Estimate

_SPEAKERS = ("interviewer", "candidate")
_INTERVIEW_LENGTH = 45  # minutes
_PHASES = {"C": "Clarify", "L": "List requirements", "E": "Estimate", "A": "Architect", "R": "Refine"}


@dataclass(frozen=True)
class Turn:
    """What one of the two says, in the minute in which it begins; `draws` counts the steps drawn once it is said.

    `note` is what the interviewer writes in the margin.
    """

    minute: float
    speaker: str
    text: str
    phase: str  # C, L, E, A or R
    draws: int = 0
    note: str = ""

    def __post_init__(self) -> None:
        """Check speaker and phase."""
        no_empty_text("Turn", speaker=self.speaker, text=self.text, phase=self.phase)
        for word, known in ((self.speaker, _SPEAKERS), (self.phase, _PHASES)):
            if word not in known:
                hint = suggest(word, known) or f"; known are: {', '.join(known)}"
                message = f"a turn has no '{word}'{hint}"
                raise AuthorError(message)
        if not 0 <= self.minute < _INTERVIEW_LENGTH:
            message = f"a turn begins in minute {self.minute}: an interview has {_INTERVIEW_LENGTH}"
            raise AuthorError(message)


@dataclass(frozen=True, kw_only=True)
class MockInterview(Subject):
    """One mock interview about a system, whose figures it quotes. Its only view is drawn in steps.

    The module's docstring is its prompt, and what to watch for. Raises AuthorError, at the author's line, for what
    cannot be.
    """

    system: str  # the slug of the system that is designed
    level: str
    turns: Sequence[Turn]
    verdict: str  # of the interviewer, afterwards
    estimate: Estimate = field(init=False)

    def __post_init__(self) -> None:
        """Take over the system's estimate, and check that time runs forward and the drawing grows."""
        no_empty_text(type(self).__name__, system=self.system, level=self.level, verdict=self.verdict)
        list_of("turns", self.turns, Turn)
        object.__setattr__(self, "estimate", system_of(self.system).estimate)
        for before, after in pairwise(self.turns):
            if after.minute < before.minute:
                message = f"'{after.text[:40]}...' begins in minute {after.minute:g}, before what is said above it"
                raise AuthorError(message)
        super().__post_init__()
