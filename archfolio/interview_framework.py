"""The order of an interview, as modules describe it: its phases and what each leaves on the board."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archfolio.author_error import AuthorError
from archfolio.checks import no_empty_list, no_empty_text
from archfolio.section_texts import list_of
from archfolio.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, kw_only=True)
class FrameworkPhase:
    """A phase of the framework: its letter, its minutes of the 45, what it leaves on the board, and its checklist."""

    letter: str
    name: str
    minutes: str  # "5 to 8"
    start: int
    end: int
    artefact: str
    purpose: str
    checklist: Sequence[str]
    sections: Sequence[str]  # titles of a system page's sections that belong to it
    trap: str

    def __post_init__(self) -> None:
        """Check that nothing is empty."""
        no_empty_text(
            "FrameworkPhase",
            letter=self.letter,
            name=self.name,
            minutes=self.minutes,
            artefact=self.artefact,
            purpose=self.purpose,
            trap=self.trap,
        )
        no_empty_list("FrameworkPhase", checklist=self.checklist, sections=self.sections)


@dataclass(frozen=True, kw_only=True)
class InterviewFramework(Subject):
    """The order of an interview. The module's docstring says what it is for; its view draws the phases as lanes."""

    phases: Sequence[FrameworkPhase]

    def __post_init__(self) -> None:
        """Check that the phases fill the interview."""
        list_of("phases", self.phases, FrameworkPhase)
        end = 0
        for phase in self.phases:
            if phase.start != end or phase.end <= phase.start:
                message = f"'{phase.name}' runs from minute {phase.start} to {phase.end}, after one that ends at {end}"
                raise AuthorError(message)
            end = phase.end
        super().__post_init__()
