"""What a module says of a common mistake: a small wrong drawing to find the fault in, and the right one beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archfolio.checks import no_empty_list, no_empty_text
from archfolio.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Sequence

WRONG, RIGHT = "wrong", "right"  # the slugs of its views


@dataclass(frozen=True, kw_only=True)
class CommonMistake(Subject):
    """One common mistake: a module with the views `wrong` and `right`, of 5 to 9 nodes each.

    The module's docstring is what a candidate says who makes it, and how it shows in production. Raises AuthorError,
    at the author's line, for what cannot be.
    """

    fault: Sequence[str]  # what of the wrong drawing may be chosen: "Trainer", "Trainer -> Model registry"
    hint: str  # after a choice that is near
    reason: str  # why it is a fault
    cure: str  # what the right drawing does instead
    rule: str = ""  # of `archfolio check`, that finds it on the wrong drawing: "M201"
    no_rule: str = ""  # why no rule can see it
    done_right: Sequence[str]  # "system/view/Node" of systems that do it right

    def __post_init__(self) -> None:
        """Check that nothing is empty."""
        kind = type(self).__name__
        no_empty_text(kind, hint=self.hint, reason=self.reason, cure=self.cure)
        no_empty_text(kind, **({"rule": self.rule} if self.rule else {"no_rule": self.no_rule}))
        no_empty_list(kind, fault=self.fault, done_right=self.done_right)
        super().__post_init__()
