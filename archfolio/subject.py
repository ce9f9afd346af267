"""What a module describes: a system, a building block, or another subject of a page. Each has a type of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from archfolio.author_error import where
from archfolio.checks import no_empty_text
from archfolio.estimate import Estimate, check_quotes
from archfolio.section_texts import list_of, one_of, texts_of
from archfolio.sources import Source

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What every subject has besides its views. The module's docstring is its summary, and what is hard about it.

    Every text may quote figures of the estimate as `{name}`; `{{` and `}}` are braces.
    """

    needs_views: ClassVar[bool] = True  # False: a module that only has words describes it

    title: str
    position: int = 0  # in the order of the index; 0 comes last
    estimate: Estimate = field(default_factory=Estimate)
    sources: Sequence[Source] = ()
    line: int = field(default_factory=lambda: where()[1])

    def __post_init__(self) -> None:
        """Check the title, the types, and every quoted figure against the estimate."""
        no_empty_text(type(self).__name__, title=self.title)
        list_of("sources", self.sources, Source)
        one_of("estimate", self.estimate, Estimate)
        for text in texts_of(self):
            check_quotes(text, self.estimate)
