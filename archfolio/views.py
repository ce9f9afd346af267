"""Views: the drawings of a system, and the steps in which one of them is walked through."""

from __future__ import annotations

import inspect
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from archfolio.author_error import AuthorError, where
from archfolio.notebook import mimebundle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DIRECTIONS = ("TB", "BT", "LR", "RL")
ASPECTS = ("auto", "wide", "tall")


@dataclass(frozen=True)
class View:
    """A function that draws one view; its name is the slug, its docstring the caption."""

    draw: Callable[[], None]
    title: str
    direction: str
    slug: str
    caption: str
    file: str
    line: int
    details: str = ""  # the box or group of another view that it shows in detail: "overview/Learning"
    aspect: str = "auto"

    def _repr_mimebundle_(self, **_: object) -> tuple[dict[str, str], dict[str, Any]]:
        """Show the drawing at the end of a notebook's cell."""
        return mimebundle(self)


def view(
    title: str, *, direction: str = "TB", details: str = "", aspect: str = "auto"
) -> Callable[[Callable[[], None]], View]:
    """Declare a function without arguments to be a view. The order of definition is the order of the page.

    `details` names what it shows in detail, a box or a group of another view: "overview/Learning". Pages lead there and
    back; a view that is titled as a box is called needs none. The drawing is made to fit a screen, unless `aspect` says
    that it should be "wide" or "tall".

    Raises AuthorError for a function without a docstring, or an unknown direction (TB, BT, LR, RL) or aspect.
    """
    if direction not in DIRECTIONS:
        message = f"a view runs TB, BT, LR or RL, not '{direction}'"
        raise AuthorError(message)

    if aspect not in ASPECTS:
        message = f"a view is auto, wide or tall, not '{aspect}'"
        raise AuthorError(message)

    def declare(draw: Callable[[], None]) -> View:
        code = draw.__code__
        caption = " ".join((inspect.getdoc(draw) or "").split())
        if not caption:
            message = f"the view '{draw.__name__}' has no docstring: its first sentence is the caption"
            raise AuthorError(message, (code.co_filename, code.co_firstlineno))
        slug = draw.__name__.strip("_").replace("_", "-")
        return View(draw, title, direction, slug, caption, code.co_filename, code.co_firstlineno, details, aspect)

    return declare


@dataclass
class Walkthrough:
    """The steps of the view that is being drawn: their sentences, and the one that is open now."""

    sentences: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    open: bool = False

    @property
    def current(self) -> int | None:
        """The 1-based number of the open step, if one is open."""
        return len(self.sentences) if self.open else None


walkthrough: ContextVar[Walkthrough | None] = ContextVar("walkthrough", default=None)
"""Set by whoever draws a view; without it steps are comments."""


@contextmanager
def step(sentence: str) -> Iterator[None]:
    """Say what happens along the edges that are drawn inside: one numbered step of the walkthrough."""
    steps = walkthrough.get()
    if steps is None:
        yield
        return
    if steps.open:
        message = "a step stands inside another: end the first one before"
        raise AuthorError(message)
    steps.sentences.append(" ".join(sentence.split()))
    steps.lines.append(where()[1])
    steps.open = True
    try:
        yield
    finally:
        steps.open = False
