"""Find what a module says twice, of which only the last would count: views of one function name, and subjects."""

from __future__ import annotations

import ast
import re
import unicodedata
from typing import TYPE_CHECKING

from archfolio.render.base.errors import Failure
from archfolio.render.capture.syntax import parsed
from archfolio.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from archfolio.render.capture.discover import Script

_FUNCTION = re.compile(r"^\f*def[\s\\]+(\w+)", re.MULTILINE)


def duplicates(script: Script, text: str, namespace: Mapping[str, object]) -> Iterator[Failure]:
    """Return a failure for each view whose name an earlier one has, and for each subject but the first."""
    first: dict[str, int] = {}
    names = [unicodedata.normalize("NFKC", name) for name in _FUNCTION.findall(text)]  # as Python reads them
    may_repeat = len(set(names)) < len(names)  # else it need not be parsed, which takes as long as to run it
    for function in _views(text) if may_repeat else ():
        if function.name in first:
            sentence = f"a view '{function.name}' stands at line {first[function.name]} already: rename one of the two"
            yield Failure(f"{script.slug}/{function.name}", sentence, str(script.path), function.lineno)
        first.setdefault(function.name, function.lineno)
    subjects = list({id(value): value for value in namespace.values() if isinstance(value, Subject)}.values())
    for other in subjects[1:]:
        sentence = f"describes '{subjects[0].title}' and '{other.title}': keep one {type(other).__name__} in a module"
        yield Failure(script.slug, sentence, str(script.path), other.line)


def _views(text: str) -> Iterator[ast.FunctionDef]:
    """List the functions of a module's top level that are declared to be views, in their order."""
    tree = parsed(text)
    for node in tree.body if tree else ():
        if isinstance(node, ast.FunctionDef) and any(map(_is_view, node.decorator_list)):
            yield node


def _is_view(decorator: ast.expr) -> bool:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
    return name == "view"
