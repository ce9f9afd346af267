"""What companies publish about their interviews, as modules describe it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from archfolio.author_error import AuthorError
from archfolio.checks import no_empty_list, no_empty_text
from archfolio.section_texts import list_of
from archfolio.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Sequence


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
