"""What a module says of its system besides the drawings."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archfolio.author_error import AuthorError, suggest
from archfolio.budget import Budget
from archfolio.checks import check_words
from archfolio.interview import CaseStudy, FollowUp, InterviewRank, Phase
from archfolio.modelling import Bias, Clarification, Evaluation, FeatureGroup, Framing, Label, Loss
from archfolio.section_texts import list_of, one_of
from archfolio.sections import Decision, FailureMode, Metrics, Requirements, Tags
from archfolio.subject import Subject
from archfolio.vocabulary import BUILDING_BLOCKS, FAMILIES

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST_HEADLINES = 5
_MOST_KEY_INPUTS = 5
_TALK_MINUTES = 5  # of the spoken answer
_INTERVIEW_MINUTES = 45  # of the plan


@dataclass(frozen=True, kw_only=True)
class System(Subject):
    """One machine-learning system. The module's docstring is its summary (first paragraph) and problem (the rest).

    Every text may quote figures of the estimate as `{name}`; `{{` and `}}` are braces. A section that is missing is left
    out of the page; what is there checks itself. Raises AuthorError, at the author's line, for what cannot be.
    """

    family: str = "applied"
    interview: InterviewRank | None = None
    tags: Tags = field(default_factory=Tags)
    framing: Framing | None = None
    clarifications: Sequence[Clarification] = ()
    requirements: Requirements | None = None
    headline: Sequence[str] = ()  # three to five names of the estimate: the figures that a card shows
    key_inputs: Sequence[str] = ()  # three to five inputs of the estimate, the load first: sliders beside the drawing
    cost: str = ""  # the name of the estimate's figure that is the cost of 1,000 requests
    budget: Budget | None = None
    labels: Sequence[Label] = ()
    training_example: Mapping[str, str] = field(default_factory=dict)  # one row, as it is stored: field to value
    features: Sequence[FeatureGroup] = ()
    loss: Loss | None = None
    evaluation: Evaluation | None = None
    biases: Sequence[Bias] = ()
    decisions: Sequence[Decision] = ()
    failures: Sequence[FailureMode] = ()
    metrics: Metrics | None = None
    follow_ups: Sequence[FollowUp] = ()
    case_studies: Sequence[CaseStudy] = ()
    five_minutes: Sequence[Phase] = ()  # the spoken answer
    interview_plan: Sequence[Phase] = ()  # of 45 minutes
    building_blocks: Sequence[str] = ()

    def __post_init__(self) -> None:
        """Check types, and names against the vocabulary."""
        super().__post_init__()
        for name, kind in _LISTS.items():
            list_of(name, getattr(self, name), kind)
        for name, kind in _SINGLE.items():
            one_of(name, getattr(self, name), kind)
        check_words("family", [self.family], FAMILIES)
        check_words("building block", self.building_blocks, BUILDING_BLOCKS)
        check_words("figure of the estimate", self.headline, self.estimate)
        inputs = {name: quantity for name, quantity in self.estimate.items() if not quantity.formula}
        check_words("input of the estimate", self.key_inputs, inputs)
        if len(self.key_inputs) > _MOST_KEY_INPUTS:
            message = f"a drawing has room for {_MOST_KEY_INPUTS} sliders, 'key_inputs' has {len(self.key_inputs)}"
            raise AuthorError(message)
        check_words("figure of the estimate", [self.cost] if self.cost else [], self.estimate)
        if len(self.headline) > _MOST_HEADLINES:
            message = f"a card shows at most {_MOST_HEADLINES} figures, 'headline' has {len(self.headline)}"
            raise AuthorError(message)
        if self.budget:
            self.budget.promised(self.estimate)
            self.budget.computed(self.estimate)
        _minutes("five_minutes", self.five_minutes, _TALK_MINUTES)
        _minutes("interview_plan", self.interview_plan, _INTERVIEW_MINUTES)
        addresses = {source.url: source for source in self.sources}
        for study in self.case_studies:
            if study.source not in addresses:
                hint = suggest(study.source, addresses) or ": add it to 'sources'"
                message = (
                    f"the case study of {study.team} names '{study.source}', which is no source of the system{hint}"
                )
                raise AuthorError(message)


_LISTS: dict[str, type] = {
    "clarifications": Clarification,
    "labels": Label,
    "features": FeatureGroup,
    "biases": Bias,
    "decisions": Decision,
    "failures": FailureMode,
    "follow_ups": FollowUp,
    "case_studies": CaseStudy,
    "five_minutes": Phase,
    "interview_plan": Phase,
}
_SINGLE: dict[str, type] = {
    "interview": InterviewRank,
    "tags": Tags,
    "framing": Framing,
    "requirements": Requirements,
    "budget": Budget,
    "loss": Loss,
    "evaluation": Evaluation,
    "metrics": Metrics,
    "training_example": Mapping,
}


def _minutes(name: str, phases: Sequence[Phase], most: int) -> None:
    total = sum(phase.minutes for phase in phases)
    if phases and not math.isclose(total, most):
        message = f"the phases of '{name}' take {total:g} minutes, not {most}: change their minutes"
        raise AuthorError(message)
