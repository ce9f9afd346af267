"""Find what a module says and does not keep: views of one function name, or made in a loop or a function; subjects."""

from __future__ import annotations

import ast
import re
import unicodedata
from typing import TYPE_CHECKING

from archfolio.render.base.errors import Failure
from archfolio.render.capture.syntax import parsed
from archfolio.subject import Subject
from archfolio.views import View

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from archfolio.render.capture.discover import Script

_FUNCTION = re.compile(r"\n\f*def[\s\\]+(\w+)")  # a newline is found faster than the beginning of a line
_INDENTED_VIEW = re.compile(r"\n[ \t]+@.*\bview\b")


def duplicates(script: Script, text: str, namespace: Mapping[str, object]) -> Iterator[Failure]:
    """Return a failure for each view whose name an earlier one has, and for each subject but the first."""
    first: dict[str, int] = {}
    names = [unicodedata.normalize("NFKC", name) for name in _FUNCTION.findall(f"\n{text}")]  # as Python reads them
    may_repeat = len(set(names)) < len(names)  # else it need not be parsed, which takes as long as to run it
    tree = parsed(text) if may_repeat else None
    for function in _declared(tree.body) if tree else ():
        if function.name in first:
            sentence = f"a view '{function.name}' stands at line {first[function.name]} already: rename one of the two"
            yield Failure(f"{script.slug}/{function.name}", sentence, str(script.path), function.lineno)
        first.setdefault(function.name, function.lineno)
    if namespace and _INDENTED_VIEW.search(text):
        yield from _views_not_kept(script, text, {one.line for one in namespace.values() if isinstance(one, View)})
    subjects = list({id(value): value for value in namespace.values() if isinstance(value, Subject)}.values())
    for other in subjects[1:]:
        sentence = f"describes '{subjects[0].title}' and '{other.title}': keep one {type(other).__name__} in a module"
        yield Failure(script.slug, sentence, str(script.path), other.line)


def _views_not_kept(script: Script, text: str, kept: set[int]) -> Iterator[Failure]:
    """Return a failure for each view of a loop, which keeps the last one, and for each of a function that keeps none.

    `kept` are the lines of the views that the module has names for.
    """
    tree = parsed(text)
    for outer in ast.walk(tree) if tree else ():
        match outer:
            case ast.For() | ast.While():
                why = "of a view in a loop only the last is kept: write a function like '{}' for each"
                dropped = list(_declared(outer.body))
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                why = f"the view is made in '{name}' and not kept: take it out of '{name}'"
                dropped = [one for one in _declared(outer.body) if one.decorator_list[0].lineno not in kept]
            case _:
                continue
        for function in dropped:
            what = f"{script.slug}/{function.name}"
            yield Failure(what, why.format(function.name), str(script.path), function.lineno)


def _declared(body: Iterable[ast.stmt]) -> Iterator[ast.FunctionDef]:
    """List the functions that are declared to be views, in their order."""
    for node in body:
        if isinstance(node, ast.FunctionDef) and any(map(_is_view, node.decorator_list)):
            yield node


def _is_view(decorator: ast.expr) -> bool:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
    return name == "view"
