"""Views: the drawings of a system, and the steps in which one of them is walked through."""

from __future__ import annotations

import inspect
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from archfolio.author_error import AuthorError, where
from archfolio.checks import no_empty_text
from archfolio.notebook import mimebundle
from archfolio.open_view import walkthrough

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

_DIRECTIONS = ("TB", "BT", "LR", "RL")
_ASPECTS = ("auto", "wide", "tall")


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
    if inspect.isroutine(title) or inspect.isclass(title):
        message = f"'@view' lacks its title: write @view(\"{_in_words(title.__name__)}\") above '{title.__name__}'"
        raise AuthorError(message)
    no_empty_text("view", title=title)
    if direction not in _DIRECTIONS:
        meant = str(direction).upper()
        hint = f': write direction="{meant}"' if meant in _DIRECTIONS else ": choose one of the four"
        raise AuthorError(f"a view runs TB, BT, LR or RL, not {direction!r}{hint}")
    if aspect not in _ASPECTS:
        message = f"a view is auto, wide or tall, not {aspect!r}: choose one of the three"
        raise AuthorError(message)
    if not isinstance(details, str):
        message = (
            f"'details' of a view is {details!r:.60}: name a box or a group of another view, \"overview/Learning\""
        )
        raise AuthorError(message)

    def declare(draw: Callable[[], None]) -> View:
        _check_function(draw)
        code = draw.__code__
        caption = " ".join((inspect.getdoc(draw) or "").split())
        if not caption:
            message = f"the view '{draw.__name__}' has no docstring: write one below 'def', it is the caption"
            raise AuthorError(message, (code.co_filename, code.co_firstlineno))
        slug = draw.__name__.strip("_").replace("_", "-")
        return View(draw, title, direction, slug, caption, code.co_filename, code.co_firstlineno, details, aspect)

    return declare


def _in_words(name: str) -> str:
    return name.strip("_").replace("_", " ").capitalize()


def _check_function(draw: object) -> None:
    """Refuse what is no plain function without arguments."""
    if isinstance(draw, View):
        message = f"the view '{draw.slug}' is declared twice: keep one '@view(...)' above it"
        raise AuthorError(message)
    if not inspect.isfunction(draw):
        name = getattr(draw, "__name__", repr(draw))
        message = f"a view is a function, '{name}' is none: write 'def {name.lower()}():' below '@view(...)'"
        raise AuthorError(message)
    at = draw.__code__.co_filename, draw.__code__.co_firstlineno
    if inspect.iscoroutinefunction(draw) or inspect.isgeneratorfunction(draw) or inspect.isasyncgenfunction(draw):
        word = "'async'" if draw.__code__.co_flags & inspect.CO_COROUTINE else "'yield'"
        raise AuthorError(f"the view '{draw.__name__}' does not run by being called: leave {word} out", at)
    required = [one.name for one in inspect.signature(draw).parameters.values() if one.default is one.empty]
    required = [name for name in required if name not in _variadic(draw)]
    if required:
        named = "' and '".join(required)
        message = f"a view is drawn without arguments: take '{named}' out of the parentheses of '{draw.__name__}'"
        raise AuthorError(message, at)


def _variadic(draw: Callable[..., object]) -> set[str]:
    kinds = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    return {one.name for one in inspect.signature(draw).parameters.values() if one.kind in kinds}


def step(sentence: str) -> AbstractContextManager[None]:
    """Say what happens along the edges that are drawn inside: one numbered step of the walkthrough."""
    no_empty_text("step", sentence=sentence)
    line = where()[1]
    if steps := walkthrough.get():
        steps.idle.append(line)
    return _step(sentence, line)


@contextmanager
def _step(sentence: str, line: int) -> Iterator[None]:
    steps = walkthrough.get()
    if steps is None:
        yield
        return
    if steps.open:
        message = "a step stands inside another: end the first one before"
        raise AuthorError(message)
    steps.idle.remove(line)
    steps.sentences.append(" ".join(sentence.split()))
    steps.lines.append(line)
    steps.open = True
    try:
        yield
    finally:
        steps.open = False
