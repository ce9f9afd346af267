"""A latency budget that is computed: every stage is a formula over the estimate, in time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archfolio.author_error import AuthorError, where
from archfolio.checks import VERBATIM, check_words, no_empty_text

if TYPE_CHECKING:
    from archfolio.estimate import Estimate

UNITS = {"ms": 1.0, "s": 1e3, "us": 1e-3}
"""Units that a budget may be written in, in ms."""

_SIDE_BY_SIDE = 2  # branches, of which fewer are not parallel


@dataclass(frozen=True)
class Parallel:
    """Branches of one stage that run side by side, by name: the slowest one counts."""

    branches: Mapping[str, str | float]

    def __post_init__(self) -> None:
        """Check that there is something to run side by side."""
        if not isinstance(self.branches, Mapping) or len(self.branches) < _SIDE_BY_SIDE:
            message = "Parallel needs two branches or more, by name: Parallel({'ANN': 'ann', 'Trending': 'trending'})"
            raise AuthorError(message)


@dataclass(frozen=True, slots=True)
class Stage:
    """A computed stage: its name, its formula, its share in ms, and its branches where they run side by side."""

    name: str
    formula: str
    share: float
    branches: tuple[Stage, ...] = ()


@dataclass(frozen=True)
class Budget:
    """A latency budget at one percentile: what is promised, and the share of each stage.

    Promise and shares are formulas over the names of the estimate that come to a time ("hold_back + check"), or numbers
    in the budget's unit: "ms", "s" or "us", which pages show it in. A stage whose branches run side by side is
    `Parallel`.
    """

    what: str  # "p99 at the recommendation API"
    promise: str | float
    stages: Mapping[str, str | float | Parallel]
    note: str = "The stages are added up, which is cautious: they are rarely slow together."
    unit: str = "ms"
    at: tuple[str, int] = field(default_factory=where, metadata=VERBATIM)  # file and line

    def __post_init__(self) -> None:
        """Check that there are stages; `System` computes them with its estimate."""
        no_empty_text("Budget", what=self.what, note=self.note)
        check_words("unit of a budget", [self.unit], UNITS)
        if not isinstance(self.stages, Mapping) or not self.stages:
            message = "a budget needs stages by name: stages={'Ranker': 'ranker_time', ...}"
            raise AuthorError(message)

    def promised(self, estimate: Estimate) -> float:
        """Return what is promised, in ms. Raises AuthorError where that is no time."""
        return self._stage("promise", self.promise, estimate).share

    def computed(self, estimate: Estimate) -> tuple[Stage, ...]:
        """Return the stages with their shares. Raises AuthorError for one that is no time."""
        return tuple(self._stage(name, said, estimate) for name, said in self.stages.items())

    def _stage(self, name: str, said: str | float | Parallel, estimate: Estimate) -> Stage:
        if isinstance(said, Parallel):
            branches = tuple(self._stage(branch, one, estimate) for branch, one in said.branches.items())
            formula = f"max({', '.join(branch.formula for branch in branches)})"
            return Stage(name, formula, max(branch.share for branch in branches), branches)
        formula = said if isinstance(said, str) else f"{said!r}"
        share = self._milliseconds(name, said, estimate)
        if not 0 < share < float("inf"):
            message = f"'{name}' of the budget must take more than 0 {self.unit}, this is {share / UNITS[self.unit]:g}"
            raise AuthorError(message, self.at)
        return Stage(name, formula, share)

    def _milliseconds(self, name: str, said: object, estimate: Estimate) -> float:
        if isinstance(said, bool) or not isinstance(said, str | int | float):
            message = (
                f"'{name}' of the budget is {said!r}: write a formula over the estimate, or a number of {self.unit}"
            )
            raise AuthorError(message, self.at)
        if isinstance(said, str):
            return estimate.compute(said, "ms", self.at).value
        return float(said) * UNITS[self.unit]
