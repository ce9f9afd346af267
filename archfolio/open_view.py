"""The view that is being drawn now: the steps in which it is walked through, and how it differs from another one."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import diagrams

from archfolio.author_error import AuthorError

if TYPE_CHECKING:
    from diagrams import Node


@dataclass
class Walkthrough:
    """The steps of the view that is being drawn: their sentences, and the one that is open now."""

    sentences: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    idle: list[int] = field(default_factory=list)  # lines of steps that were made and have not begun
    open: bool = False

    @property
    def current(self) -> int | None:
        """The 1-based number of the open step, if one is open."""
        return len(self.sentences) if self.open else None


walkthrough: ContextVar[Walkthrough | None] = ContextVar("walkthrough", default=None)
"""Set by whoever draws a view; without it steps are comments."""


@dataclass(frozen=True)
class BaseEdge:
    """An arrow of the view that a drawing began from, by the names of its ends."""

    tail: str
    head: str


@dataclass
class SaidChange:
    """One change of a view: what it is, why, and what of the drawing it is about.

    `parts` are ids; arrows of the base are named by their ends until the drawing is whole.
    """

    kind: str  # added, changed or removed
    sentence: str
    line: int
    parts: list[str] = field(default_factory=list)
    edges: dict[BaseEdge, str] = field(default_factory=dict)  # and the label that each bears now
    label: str = ""  # that a changed node bears now; empty: as before
    tooltip: str = ""


@dataclass
class Delta:
    """What the view that is being drawn began from, and how it differs. Without a base it has no changes."""

    base: str = ""
    nodes: list[Node] = field(default_factory=list)  # everything drawn so far
    changes: list[SaidChange] = field(default_factory=list)
    is_open: bool = False  # inside `with added(...)`

    def draws(self, part: str) -> None:
        """Note the id of a node or an edge that is drawn now: inside `added` it belongs to that change."""
        if self.is_open:
            self.changes[-1].parts.append(part)


delta: ContextVar[Delta | None] = ContextVar("delta", default=None)
"""Set by whoever draws a view."""


def called(node: Node) -> str:
    """Return what an author knows a node by: the first line of its label."""
    return str(node.label).partition("\n")[0]


def check_is_here(node: Node) -> None:
    """Raise AuthorError for a node that was made in another drawing than the one that is drawn now."""
    if node._diagram is not diagrams.getdiagram():
        message = f"'{called(node)}' stands in another drawing: make a node for it in this one"
        raise AuthorError(message)
