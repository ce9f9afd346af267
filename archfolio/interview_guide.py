"""What modules say of the interview itself: its framework, and what companies publish about theirs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

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


@dataclass(frozen=True)
class CompanyFact:
    """What a company publishes on one dimension: a cell of the guide, its source, and drawings that show it.

    `where` names views or nodes: "system/view/Node".
    """

    company: str
    text: str
    source: str  # the address of one of the guide's sources
    where: Sequence[str] = ()

    def __post_init__(self) -> None:
        """Check that nothing is empty."""
        no_empty_text("CompanyFact", company=self.company, text=self.text, source=self.source)


@dataclass(frozen=True)
class Dimension:
    """A row of the guide: a question about the interview, and what each company publishes about it."""

    name: str
    facts: Sequence[CompanyFact]

    def __post_init__(self) -> None:
        """Check that there is something in it."""
        no_empty_text("Dimension", name=self.name)
        list_of("facts", self.facts, CompanyFact)


@dataclass(frozen=True, kw_only=True)
class CompanyGuide(Subject):
    """What companies publish about their interviews, side by side. Nothing stands here without a source."""

    needs_views: ClassVar[bool] = False

    companies: Sequence[str]
    dimensions: Sequence[Dimension]
    read_on: str  # when the sources were read
    left_out: str  # what has no source, and so no cell

    def __post_init__(self) -> None:
        """Check that each fact has one of the guide's companies and sources."""
        no_empty_text(type(self).__name__, read_on=self.read_on, left_out=self.left_out)
        no_empty_list(type(self).__name__, companies=self.companies)
        list_of("dimensions", self.dimensions, Dimension)
        addresses = {source.url for source in self.sources}
        for fact in (fact for row in self.dimensions for fact in row.facts):
            if fact.company not in self.companies or fact.source not in addresses:
                message = f"'{fact.text[:40]}...' is of '{fact.company}', from '{fact.source}': list both in the guide"
                raise AuthorError(message)
        super().__post_init__()
