"""Sections on how a problem becomes a model: framing, labels, features, loss, evaluation, biases.

`where` names something in the drawings of the system: "serving" is a view, "serving/Ranker" a box of it (its label, or
the label's first line), "training/Orders -> Label join" an arrow.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from archfolio.author_error import AuthorError
from archfolio.checks import VERBATIM, no_empty_list, no_empty_text

if TYPE_CHECKING:
    from collections.abc import Sequence


_COMMAND = re.compile(r"\\[A-Za-z]+")
_ARG = re.compile(r"\\arg(?![a-z])")  # the converter knows min and max, and not this one


@dataclass(frozen=True, kw_only=True)
class Framing:
    """From the business goal to the metric, a sentence each, and what the problem is without machine learning."""

    goal: str
    decision: str
    task: str
    label: str
    metric: str
    not_optimised: str
    baseline: str

    def __post_init__(self) -> None:
        """Check that nothing is empty."""
        no_empty_text("Framing", **vars(self))


@dataclass(frozen=True)
class Clarification:
    """A question to ask before designing, and the answer that this design assumes."""

    question: str
    answer: str

    def __post_init__(self) -> None:
        """Check that nothing is empty."""
        no_empty_text("Clarification", question=self.question, answer=self.answer)


@dataclass(frozen=True)
class Label:
    """What a model learns from: the event, what counts as positive, negative or neither, and how it misleads."""

    event: str
    window: str
    positive: str
    negative: str
    ignored: str
    delay: str
    bias: str
    where: str  # the arrow on which it comes: "training/Orders -> Label join"

    def __post_init__(self) -> None:
        """Check that nothing is empty."""
        no_empty_text("Label", **vars(self))


@dataclass(frozen=True)
class FeatureGroup:
    """Features of one kind: their names, how fresh they are, the box that stores them, and how they can leak."""

    name: str
    features: Sequence[str]
    freshness: str
    store: str  # the box: "serving/Online feature store"
    leak: str

    def __post_init__(self) -> None:
        """Check that nothing is empty."""
        no_empty_text("FeatureGroup", name=self.name, freshness=self.freshness, store=self.store, leak=self.leak)
        no_empty_list("FeatureGroup", features=self.features)


@dataclass(frozen=True)
class MathFormula:
    """A formula in TeX, what it is called, and what its symbols mean and why they are there."""

    name: str
    tex: str = field(metadata=VERBATIM)
    meaning: str

    def __post_init__(self) -> None:
        """Check that nothing is empty, and that the TeX can be typeset."""
        no_empty_text("MathFormula", name=self.name, tex=self.tex, meaning=self.meaning)
        self.mathml()

    def mathml(self) -> str:
        """Return the formula as MathML. Raises AuthorError for TeX that cannot be read."""
        mathml, reason = _typeset(self.tex)
        if reason:
            message = f"the TeX of the formula '{self.name}' cannot be read ({reason}): correct '{self.tex}'"
            raise AuthorError(message)
        return mathml


@cache  # a formula is typeset to be checked, and again to be recorded
def _typeset(tex: str) -> tuple[str, str]:
    """Return TeX as MathML, and why it cannot be read; "" where it can."""
    from latex2mathml.converter import convert  # noqa: PLC0415  most modules have no formula

    try:
        mathml = convert(_ARG.sub(r"\\operatorname{arg}", tex), display="block")
        reason = "" if tex.count("{") == tex.count("}") else "a brace has no partner"
    except Exception as error:  # noqa: BLE001  its errors share no class
        mathml, reason = "", type(error).__name__
    if unknown := _COMMAND.search(mathml):
        reason = f"'{unknown[0]}' is no command that is known"
    return mathml, reason


@dataclass(frozen=True)
class Loss:
    """What training minimises, in words and formulas, and how scores become probabilities."""

    objective: str
    formulas: Sequence[MathFormula]
    calibration: str

    def __post_init__(self) -> None:
        """Check that nothing is empty."""
        no_empty_text("Loss", objective=self.objective, calibration=self.calibration)
        if not all(isinstance(formula, MathFormula) for formula in self.formulas):
            message = "'formulas' of Loss holds something else: write formulas=[MathFormula(name, tex, meaning), ...]"
            raise AuthorError(message)


@dataclass(frozen=True, kw_only=True)
class Evaluation:
    """How a model is judged: offline, why that can be wrong, and the design of the online test."""

    offline: str
    disagreement: str
    unit: str
    duration: str
    power: str
    guardrails: str

    def __post_init__(self) -> None:
        """Check that nothing is empty."""
        no_empty_text("Evaluation", **vars(self))


@dataclass(frozen=True)
class Bias:
    """A way in which data misleads, or a cold start: its effect, its cure here, and the box that cures it."""

    name: str
    effect: str
    cure: str
    where: str

    def __post_init__(self) -> None:
        """Check that nothing is empty."""
        no_empty_text("Bias", **vars(self))
