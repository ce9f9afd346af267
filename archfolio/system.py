"""What a module says of its system besides the drawings."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from archfolio.author_error import Mistake, suggest, where
from archfolio.estimate import Estimate, fill
from archfolio.sections import Asked, Budget, Decision, Failure, Metrics, Requirements, Source, Tags
from archfolio.vocabulary import BUILDING_BLOCKS, FAMILIES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_HEADLINES = 5


@dataclass(frozen=True, kw_only=True)
class System:
    """One machine-learning system. The module's docstring is its summary (first paragraph) and problem (the rest).

    Every text may quote figures of the estimate as `{name}`. A section that is missing is left out of the page; what
    is there checks itself. Raises Mistake, at the author's line, for what cannot be.
    """

    title: str
    family: str = "applied"
    place: int = 0  # in the guide's order; 0 comes last
    asked: Asked | None = None
    tags: Tags = field(default_factory=Tags)
    requirements: Requirements | None = None
    estimate: Estimate = field(default_factory=Estimate)
    headline: Sequence[str] = ()  # three to five names of the estimate: the figures that a card shows
    budget: Budget | None = None
    decisions: Sequence[Decision] = ()
    failures: Sequence[Failure] = ()
    metrics: Metrics | None = None
    building_blocks: Sequence[str] = ()
    sources: Sequence[Source] = ()
    line: int = field(default_factory=lambda: where()[1])

    def __post_init__(self) -> None:
        """Check names against the vocabulary and every quoted figure against the estimate."""
        _known("family", [self.family], FAMILIES)
        _known("building block", self.building_blocks, BUILDING_BLOCKS)
        _known("figure of the estimate", self.headline, self.estimate)
        if len(self.headline) > MOST_HEADLINES:
            message = f"a card shows at most {MOST_HEADLINES} figures, 'headline' has {len(self.headline)}"
            raise Mistake(message)
        for text in _texts(self):
            fill(text, self.estimate)


def _known(what: str, names: Sequence[str], known: Mapping[str, Any]) -> None:
    for name in names:
        if name not in known:
            hint = suggest(name, known) or f"; known are: {', '.join(known)}"
            message = f"'{name}' is not a {what}{hint}"
            raise Mistake(message)


def _texts(value: object) -> Iterator[str]:
    """Go through every text of a system, in any depth; the estimate's own words quote nothing."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Estimate):
        return
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _texts(key)
            yield from _texts(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item)
    elif dataclasses.is_dataclass(value):
        for attribute in dataclasses.fields(value):
            yield from _texts(getattr(value, attribute.name))
