"""What a module says of a question of the bank: what to ask first, a short answer, and the system that is nearest."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from archfolio.author_error import AuthorError
from archfolio.checks import check_words, no_empty_list, no_empty_text
from archfolio.estimate import Estimate, Input
from archfolio.modelling import Clarification
from archfolio.other_system import revised, system_of, view_of
from archfolio.section_texts import list_of
from archfolio.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_CLARIFICATIONS = 3
_SENTENCES = 3


@dataclass(frozen=True, kw_only=True)
class InterviewQuestion(Subject):
    """One question of the bank. The module's docstring is its prompt, and what is hard about it.

    Its figures are those of the nearest system, "feed-ranking/serving", computed from other inputs where `revisions`
    gives some. A module without views is answered by the nearest system's own. Raises AuthorError, at the author's
    line, for what cannot be.
    """

    needs_views: ClassVar[bool] = False

    topic: str
    nearest: str  # the view of a system that answers it, or that the delta view begins from
    why_nearest: str
    clarifications: Sequence[Clarification]
    answer: Sequence[str]  # sentences
    revisions: Mapping[str, Input] = field(default_factory=dict)
    compared: Sequence[str] = ()  # figures that a table sets beside those of the nearest system
    estimate: Estimate = field(init=False)
    base_estimate: Estimate = field(init=False)

    def __post_init__(self) -> None:
        """Compute the estimate from the nearest system's, and check counts and names."""
        kind = type(self).__name__
        no_empty_text(kind, topic=self.topic, nearest=self.nearest, why_nearest=self.why_nearest)
        list_of("clarifications", self.clarifications, Clarification)
        no_empty_list(kind, answer=self.answer)
        for name, count, most in (
            ("clarifications", len(self.clarifications), _CLARIFICATIONS),
            ("answer", len(self.answer), _SENTENCES),
        ):
            if count != most:
                message = f"'{name}' of '{self.title}' has {count} entries: a question of the bank has {most}"
                raise AuthorError(message)
        view_of(self.nearest)
        base = system_of(self.nearest.partition("/")[0]).estimate
        list_of("revisions", list(self.revisions.values()), Input)
        object.__setattr__(self, "base_estimate", base)
        object.__setattr__(self, "estimate", revised(base, self.revisions))
        check_words("figure of the estimate", self.compared, self.estimate)
        super().__post_init__()
