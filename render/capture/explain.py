"""What Python's own exceptions mean to an author: one sentence with the fix, or nothing where theirs says it best."""

from __future__ import annotations

import inspect
import re
import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import diagrams
from diagrams.custom import Custom

from archfolio import authoring
from archfolio.author_error import suggest
from archfolio.render.capture.explain_import import explain_import, import_lines, quoted_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_NAME = r"^([\w.<>]+)\(\) "  # "System.__init__() ..."
_UNKNOWN_ARGUMENT = re.compile(_NAME + r"got an unexpected keyword argument '(\w+)'")
_MISSING_ARGUMENTS = re.compile(_NAME + r"missing \d+ required (?:positional|keyword-only) arguments?: (.+)$")
_TOO_MANY = re.compile(_NAME + r"takes .*positional arguments? but \d+ (?:was|were) given")
_TWICE = re.compile(_NAME + r"got multiple values for argument '(\w+)'")
_QUOTED = re.compile(r"'(\w+)'")
_NOT_CALLED = re.compile(r"^\s*with\s+([A-Za-z_]\w*)\s*(?::|as\b|,)")
_COMPARED = re.compile(r"'([<>]=?)' not supported between instances of '(\w+)' and '(\w+)'")
_BETWEEN = re.compile(r"unsupported operand type\(s\) for (>>|<<|-): '(\w+)' and '(\w+)'")
_NO_DRAWING = "Global diagrams context not set up"  # the library's word for a node outside of a diagram
_USAGE = 2  # the exit code of argparse, click and their kin for a wrong call
_NOT_VALID = re.compile(r'^"(.*)" is not a valid (direction|curvestyle|output format)$', re.DOTALL)
_VALID = {  # what a Diagram takes, by the library's words for it
    "direction": ("direction", ("TB", "BT", "LR", "RL")),
    "curvestyle": ("curvestyle", ("ortho", "curved", "spline", "polyline")),
    "output format": ("outformat", ("png", "jpg", "svg", "pdf", "dot")),
}
_LIBRARY = {"Custom": Custom, "Diagram": diagrams.Diagram, "Cluster": diagrams.Cluster, "Edge": diagrams.Edge}


@dataclass(frozen=True, slots=True)
class Raised:
    """An exception, and the author's line that raised it."""

    error: BaseException
    text: str  # of the author's file
    line: int  # 1-based; 0 where none of that file's ran
    names: frozenset[str]  # that the line could use
    is_direct: bool  # by the line itself, not by what it called

    @property
    def source(self) -> str:
        """The line."""
        lines = self.text.splitlines()
        return lines[self.line - 1] if 0 < self.line <= len(lines) else ""


def explain(raised: Raised) -> str:
    """Return what the author did and what to write instead; nothing for what only Python's own words can say."""
    error = raised.error
    match error:
        case ImportError():
            return explain_import(error, raised.text, raised.line)
        case NameError(name=str(name)) if not isinstance(error, UnboundLocalError):
            return _undefined(name, raised.names)
        case AttributeError(name=str(name)):
            return _no_attribute(error.obj, name)
        case TypeError():
            said = str(error) if raised.is_direct else ""
            return _call(said) or _operator(said) or (_not_called(raised) if said else _no_text(error))
        case OSError() | ValueError() | EOFError() | SystemExit():
            return _refused(raised)
    return ""


def _no_text(error: TypeError) -> str:
    """Explain an attribute that is no text, which only the library that writes DOT refuses."""
    *_, (last, _) = traceback.walk_tb(error.__traceback__)
    if last.f_globals.get("__name__") != "graphviz.quoting" or "identifier" not in last.f_locals:
        return ""
    value = last.f_locals["identifier"]
    return f'an attribute or a label is {value!r:.60}, which is no text: write it in quotes, "{value!s:.60}"'


def _refused(raised: Raised) -> str:
    """Explain what the library refuses, and how a script ends where nobody types or gives it arguments."""
    error, sentence = raised.error, ""
    match error:
        case OSError() if str(error) == _NO_DRAWING:
            sentence = (
                "a node or a group stands outside of a drawing: move it into a view, or into 'with Diagram(...):'"
            )
        case ValueError() if found := _NOT_VALID.match(str(error)):
            name, values = _VALID[found[2]]
            sentence = f"'{found[1]}' is no {name}: write {', '.join(map(repr, values[:-1]))} or {values[-1]!r}"
        case EOFError() if raised.is_direct and "input" in raised.source:
            sentence = "asks for what nobody types here: take it from the command line, sys.argv, or write it down"
        case SystemExit():
            fix = ": write its arguments after '--', as in 'archfolio render SCRIPT -- ARGUMENT'"
            by = "os._exit" if "_exit" in raised.source else "sys.exit"
            sentence = f"ended itself with {by}({error.code!r}){fix if error.code == _USAGE else ''}"
    return sentence


def _undefined(name: str, names: frozenset[str]) -> str:
    lines = import_lines(name)
    if lines and any(line.endswith(f" {name}") for line in lines):
        return f"'{name}' is not imported: write {quoted_lines(lines)}"
    hint = suggest(name, sorted(names | set(authoring.__all__)))
    return f"'{name}' is not defined{hint or ': give it a value above, or correct the name'}"


def _no_attribute(owner: Any, name: str) -> str:
    if isinstance(owner, diagrams.Node | diagrams.Cluster):
        return (
            f"'{name}' is nothing that a node can do: draw an edge with >>, and set the node's texts where it is made"
        )
    if getattr(owner, "__name__", "") == "archfolio":
        return f"archfolio has no '{name}'{suggest(name, authoring.__all__) or ': correct the name'}"
    return ""


def _call(message: str) -> str:
    """Explain a call that the signature of one of our names, or of the library's, does not allow."""
    if (found := _UNKNOWN_ARGUMENT.match(message)) and (called := _callee(found[1])):
        takes = [name for name in _parameters(called) if name not in {"line", "at"}]
        hint = suggest(found[2], takes) or f"; there are: {', '.join(takes)}"
        return f"{_short(found[1])} has no '{found[2]}'{hint}"
    if (found := _MISSING_ARGUMENTS.match(message)) and (called := _callee(found[1])):
        named = " and ".join(f"'{name}'" for name in _QUOTED.findall(found[2]))
        return f"{_short(found[1])} lacks {named}: write {_form(found[1], called)}"
    if (found := _TOO_MANY.match(message)) and (called := _callee(found[1])):
        return f"{_short(found[1])} is given more values by place than it takes: write {_form(found[1], called)}"
    if (found := _TWICE.match(message)) and _callee(found[1]):
        return f"'{found[2]}' of {_short(found[1])} is given twice, by place and by name: keep one"
    return ""


def _callee(qualified: str) -> Callable[..., Any] | None:
    """Return what a message calls by its qualified name, where it is ours or the library's."""
    name = _short(qualified)
    return getattr(authoring, name) if name in authoring.__all__ else _LIBRARY.get(name)


def _short(qualified: str) -> str:
    return qualified.removesuffix(".__init__").rpartition(".")[2]


def _parameters(called: Callable[..., Any]) -> dict[str, inspect.Parameter]:
    return dict(inspect.signature(called).parameters)


def _form(qualified: str, called: Callable[..., Any]) -> str:
    """Write a call as it should look: what it must be given, and dots for the rest."""
    return f"{_short(qualified)}({', '.join(_written(called))})"


def _written(called: Callable[..., Any]) -> Iterator[str]:
    optional = False
    for name, one in _parameters(called).items():
        if one.default is one.empty and one.kind not in {one.VAR_POSITIONAL, one.VAR_KEYWORD}:
            yield f"{name}=..." if one.kind is one.KEYWORD_ONLY else name
        else:
            optional = True
    if optional:
        yield "..."


def _operator(message: str) -> str:
    if found := _COMPARED.search(message):
        return f"'{found[1]}' compares, and draws nothing: draw an edge with >> or <<"
    if found := _BETWEEN.search(message):
        sign, left, right = found.groups()
        if left == right == "list":
            return (
                f"Python has no '{sign}' between two lists: draw from one node to a list, node {sign} [...], in a loop"
            )
        return f"'{sign}' stands between a {left} and a {right}: draw an edge between nodes"
    return ""


def _not_called(raised: Raised) -> str:
    """Explain `with step:`, in which the function itself stands where its result is needed."""
    found = _NOT_CALLED.match(raised.source)
    if "context manager protocol" in str(raised.error) and found:
        return f"'{found[1]}' is not called: write 'with {found[1]}(\"...\"):'"
    return ""
