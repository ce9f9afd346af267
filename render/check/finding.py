"""What a check finds, and the rules that find it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Subject = TypeVar("Subject")

GROUPS = {
    "E": "errors",
    "S": "structure",
    "M": "machine learning",
    "P": "pictures",
    "L": "links",
    "F": "freshness",
    "I": "ignore comments",
}
"""What the first letter of a code stands for."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to mend: one sentence that says what and how, at the line to change."""

    code: str
    sentence: str
    file: str  # absolute
    line: int  # 1-based; 0 for the file as a whole
    system: str
    view: str = ""  # its slug; empty where it is about a system
    where: str = ""  # id of the node, edge or cluster, or name of the section

    @property
    def order(self) -> tuple[str, int, str, str, str]:
        """Sort by this: down each file, then by code."""
        return self.file, self.line, self.code, self.view, self.where


@dataclass(frozen=True, slots=True)
class Violation:
    """What a rule found, and where in its subject; 0 is the line of the subject itself."""

    line: int
    sentence: str
    where: str = ""
    view: str = ""  # for subjects that are more than one view


@dataclass(frozen=True, slots=True)
class RuleText:
    """What a rule is about: what must hold and why, how a finding is mended, and an example of wrong and right code."""

    code: str
    doc: str  # one line: what must hold
    why: str
    mending: str
    wrong: str
    right: str

    @property
    def group(self) -> str:
        """The kind of rule it is. All findings weigh the same: what need not be mended is not a rule."""
        return GROUPS[self.code[0]]


@dataclass(frozen=True, slots=True)
class Rule(Generic[Subject]):
    """A pure function from a subject to what is wrong with it, and what is told of it."""

    text: RuleText
    violations: Callable[[Subject], Iterable[Violation]]

    @property
    def code(self) -> str:
        """The code that its findings are told under."""
        return self.text.code


def rule(
    code: str, doc: str, *, why: str = "", mending: str = "", wrong: str = "", right: str = ""
) -> Callable[[Callable[[Subject], Iterable[Violation]]], Rule[Subject]]:
    """Build a rule from a function."""

    def made(violations: Callable[[Subject], Iterable[Violation]]) -> Rule[Subject]:
        return Rule(RuleText(code, doc, why, mending, wrong, right), violations)

    return made
