"""What a module says of a building block: a part that many systems stand on, taught with figures that compute."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from archfolio.author_error import AuthorError, where
from archfolio.checks import VERBATIM, check_words, no_empty_list, no_empty_text
from archfolio.interview import FollowUp
from archfolio.modelling import MathFormula
from archfolio.section_texts import list_of, one_of
from archfolio.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_LARGEST_CHART = 20_000  # bytes, for it stands in the page itself


@dataclass(frozen=True)
class Term:
    """A concept of the field: its name, one sentence that defines it, and its formula where it has one."""

    name: str
    definition: str
    formula: MathFormula | None = None

    def __post_init__(self) -> None:
        """Check that nothing is empty."""
        no_empty_text("Term", name=self.name, definition=self.definition)
        one_of("formula", self.formula, MathFormula)


@dataclass(frozen=True)
class Calculator:
    """A question that the block's estimate answers: `results` names its figures; their inputs are what a reader changes.

    `reading` says how to read the answer: what is a lot, what it means for the design, where the formula stops to hold.
    """

    title: str
    question: str
    results: Sequence[str]
    reading: str

    def __post_init__(self) -> None:
        """Check that nothing is empty."""
        no_empty_text("Calculator", title=self.title, question=self.question, reading=self.reading)
        no_empty_list("Calculator", results=self.results)


@dataclass(frozen=True)
class Option:
    """A row of a decision table: the option, what it is worth on each criterion, and when it wins."""

    name: str
    values: Sequence[str]  # one a criterion, in the table's order
    wins_when: str

    def __post_init__(self) -> None:
        """Check that nothing is empty."""
        no_empty_text("Option", name=self.name, wins_when=self.wins_when)
        no_empty_list("Option", values=self.values)


@dataclass(frozen=True)
class DecisionTable:
    """Options compared on the same criteria."""

    title: str
    criteria: Sequence[str]
    options: Sequence[Option]

    def __post_init__(self) -> None:
        """Check that each option says something on each criterion."""
        no_empty_text("DecisionTable", title=self.title)
        no_empty_list("DecisionTable", criteria=self.criteria)
        list_of("options", self.options, Option)
        for option in self.options:
            if len(option.values) != len(self.criteria):
                message = (
                    f"'{option.name}' has {len(option.values)} values for {len(self.criteria)} criteria of"
                    f" '{self.title}': give one a criterion, {', '.join(self.criteria)}"
                )
                raise AuthorError(message)


@dataclass(frozen=True)
class AntiPattern:
    """A habit that does harm: how it shows, and what cures it. `where` names the drawing that has the cure."""

    name: str
    symptom: str
    cure: str
    where: str = ""  # "view/Node" of this block, or "system/view/Node" of a system

    def __post_init__(self) -> None:
        """Check that nothing is empty."""
        no_empty_text("AntiPattern", name=self.name, symptom=self.symptom, cure=self.cure)


@dataclass(frozen=True)
class UsedBy:
    """Where a system has this block: "system/view" or "system/view/Node", and what it does there."""

    where: str
    how: str

    def __post_init__(self) -> None:
        """Check that nothing is empty."""
        no_empty_text("UsedBy", where=self.where, how=self.how)


@dataclass(frozen=True)
class Chart:
    """A measured or simulated figure: the file that the block's script wrote, and what it shows.

    It stands in the page, so it follows the reader's theme where it says `currentColor` or a colour of the page, as in
    `style="stroke: var(--bar, #2563eb)"`. It is drawn without scripts, style sheets and fonts of its own.
    """

    file: str  # beside the module: "charts/peeking.svg"
    title: str
    caption: str
    alt: str
    script: str  # beside the module: "charts/peeking.py"
    svg: str = field(init=False, repr=False, metadata=VERBATIM)  # what is in the file

    def __post_init__(self) -> None:
        """Check that nothing is empty, and read the file."""
        no_empty_text("Chart", file=self.file, title=self.title, caption=self.caption, alt=self.alt, script=self.script)
        folder = Path(where()[0]).parent
        try:
            svg = (folder / self.file).read_text(encoding="utf-8")
        except (OSError, ValueError):
            message = f"the chart '{self.file}' cannot be read: run '{self.script}', which writes it"
            raise AuthorError(message) from None
        if len(svg.encode()) > _LARGEST_CHART:
            message = f"the chart '{self.file}' has {len(svg.encode()):,} bytes: draw it in at most {_LARGEST_CHART:,}"
            raise AuthorError(message)
        if loaded := re.search(r"<(script|style|image|foreignObject|!DOCTYPE)\b", svg):
            message = f"the chart '{self.file}' has a <{loaded[1]}>: draw it of shapes and texts alone"
            raise AuthorError(message)
        object.__setattr__(self, "svg", svg)


@dataclass(frozen=True, kw_only=True)
class BuildingBlock(Subject):
    """One building block. The module's docstring is its purpose (first paragraph) and what is hard about it (the rest).

    Raises AuthorError, at the author's line, for what cannot be.
    """

    terms: Sequence[Term]
    calculators: Sequence[Calculator] = ()
    tables: Sequence[DecisionTable] = ()
    checklist: Sequence[str] = ()  # lines that can be tested: "Every feature has an owner and a freshness alert"
    anti_patterns: Sequence[AntiPattern] = ()
    questions: Sequence[FollowUp] = ()
    charts: Sequence[Chart] = ()
    used_by: Sequence[UsedBy] = ()

    def __post_init__(self) -> None:
        """Check types, and the results of calculators against the estimate."""
        super().__post_init__()
        for name, kind in _LISTS.items():
            list_of(name, getattr(self, name), kind)
        no_empty_list("BuildingBlock", **({"checklist": self.checklist} if self.checklist else {}))
        for calculator in self.calculators:
            check_words("figure of the estimate", calculator.results, self.estimate)


_LISTS: Mapping[str, type] = {
    "terms": Term,
    "calculators": Calculator,
    "tables": DecisionTable,
    "anti_patterns": AntiPattern,
    "questions": FollowUp,
    "charts": Chart,
    "used_by": UsedBy,
}
