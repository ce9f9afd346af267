"""Check what a module says before anything is made of it: text that pages can hold, finite numbers, names for files.

Generic over the fields of dataclasses, so that a section that is new is checked too.
"""

from __future__ import annotations

import collections.abc
import dataclasses
import math
import re
import sys
import types
import typing
from enum import Enum
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archfolio.render.base.errors import Failure
from archfolio.render.model.ids import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from archfolio.render.capture.discover import Script
    from archfolio.render.capture.module import Captured
    from archfolio.render.model.drawing import Drawing

_LONGEST_NAME = 120  # bytes of UTF-8; a file name takes 255, and has endings
_SHOWN = 40  # characters of a value that is refused
_LARGEST = 2**53  # from where on JSON has no exact whole numbers
_NOT_UTF8 = re.compile("[\udc80-\udcff]")  # what Python reads of a path that is not
_PATH = type(Path())
_LISTS = (collections.abc.Sequence, collections.abc.Iterable, collections.abc.Collection)
_ABSTRACT = {name: getattr(collections.abc, name) for name in collections.abc.__all__} | {"Path": Path}


@dataclasses.dataclass(frozen=True, slots=True)
class _Fault:
    """What is wrong with a value, and the line that it was written at, 0 if unknown."""

    sentence: str
    line: int


def read_annotations() -> None:
    """Read the annotations of all dataclasses of ours that are loaded, so that processes forked from here have them."""
    for name, module in list(sys.modules.items()):
        if name.startswith("archfolio."):
            for kind in list(vars(module).values()):
                if isinstance(kind, type) and dataclasses.is_dataclass(kind):
                    _tests_of_fields(kind)


def validated(captured: Captured) -> Captured:
    """Return what was captured, without the drawings that cannot be had, and a failure for each fault.

    A fault in what the module says of its subject costs the module, one in a drawing that drawing.
    """
    script = captured.script
    said = (captured.title, captured.summary, captured.problem, captured.subject)
    faults = [*_file_faults(script)] or [*_faults("the module", said, Any, 0)]
    if faults:
        failures = tuple(_failure(script.slug, script, fault) for fault in faults)
        return dataclasses.replace(
            captured,
            title=script.slug,
            summary="",
            problem=(),
            subject=None,
            drawings=(),
            failures=captured.failures + failures,
        )
    drawings: list[Drawing] = []
    failures = ()
    for drawing in captured.drawings:
        faults = list(_drawing_faults(drawing, {one.graph.slug for one in drawings}))
        what = f"{script.slug}/{printable(drawing.graph.slug)}"
        failures += tuple(_failure(what, script, fault) for fault in faults)
        if not faults:
            drawings.append(drawing)
    return dataclasses.replace(captured, drawings=tuple(drawings), failures=captured.failures + failures)


def _failure(what: str, script: Script, fault: _Fault) -> Failure:
    return Failure(what, fault.sentence, str(script.path), fault.line)


def _drawing_faults(drawing: Drawing, taken: set[str]) -> Iterator[_Fault]:
    line = drawing.graph.line
    yield from _name_faults("the view", drawing.graph.slug, line)
    if drawing.graph.slug in taken:
        yield _Fault(f"two views are named '{drawing.graph.slug}': rename one of the functions", line)
    yield from _faults("the view", drawing, Any, line)


def _file_faults(script: Script) -> Iterator[_Fault]:
    if printable(script.module) != script.module:
        yield _Fault("the name of the file is not UTF-8: rename it", 0)
    yield from _name_faults("the file", script.slug, 0)


def _name_faults(what: str, name: str, line: int) -> Iterator[_Fault]:
    """Check a name that becomes part of paths and addresses."""
    if not name.strip(". "):
        yield _Fault(f"the name of {what} is empty: rename it", line)
    elif not name.isprintable() or printable(name) != name or "\ufffd" in name:
        yield _Fault(f"the name of {what} has a character that is no letter, digit or sign: rename it", line)
    elif set(name) & set("/\\") or name.startswith("."):
        yield _Fault(f"the name of {what} leads to another folder: rename it", line)
    elif len(name.encode()) > _LONGEST_NAME:
        yield _Fault(f"the name of {what} is longer than {_LONGEST_NAME} bytes: shorten it", line)


def _faults(where: str, value: object, hint: Any, line: int) -> Iterator[_Fault]:
    """Check a value against its annotation and, in any depth, against what a manifest can hold."""
    if _tests(hint)[type(value)](value):
        return
    if not _conforms(value, hint):
        yield _Fault(f"{where} is {refused_value(value)}, where {_written(hint)} is needed", line)
        return
    hint = next((one for one in _alternatives(hint) if _conforms(value, one)), Any)
    if sentence := _fault_of(value):
        yield _Fault(f"{where} {sentence}", line)
    line = _line_of(value) or line
    for inner, item, of in _inside(where, value, hint):
        yield from _faults(inner, item, of, line)


def _line_of(value: object) -> int:
    """Return the line that a dataclass says it was written at; 0 where it says none."""
    if not dataclasses.is_dataclass(value):
        return 0
    at = getattr(value, "at", None)
    line = getattr(value, "line", None) or (at[1] if isinstance(at, tuple) and len(at) > 1 else 0)
    return line if type(line) is int and 0 < line < _LARGEST else 0


def _fault_of(value: object) -> str:
    """Return what keeps a single value from being written down; nothing for one that can be."""
    match value:
        case Enum() | bool():
            return ""
        case str() | Path():
            text = str(value)
            if text.isprintable() or printable(text) == text:
                return ""
            bad = next(character for character in text if printable(character) != character)
            return f"has the character U+{ord(bad):04X}, which no page can hold: remove it"
        case int() if abs(value) >= _LARGEST:
            return f"is a whole number of {value.bit_length()} bits, which is too large: write a smaller one"
        case float() if not math.isfinite(value):
            return f"is {value}: write a number that is finite"
    return ""


def _inside(where: str, value: object, hint: Any) -> Iterator[tuple[str, object, Any]]:
    """List what is in a value: how it is called, itself, and its annotation."""
    if dataclasses.is_dataclass(value):
        kind: Any = type(value)
        for field, name, of in _fields(kind):
            yield name, _without_bytes(field, getattr(value, field)), of
    elif isinstance(value, collections.abc.Mapping):
        keys, values = _arguments(hint, 2)
        for key, item in value.items():
            yield f"a name in {where}", key, keys
            yield where, item, values
    elif isinstance(value, tuple) and len(typing.get_args(hint)) > 1 and typing.get_args(hint)[1] is not Ellipsis:
        for item, of in zip(value, _arguments(hint, len(value)), strict=True):
            yield where, item, of
    elif isinstance(value, list | tuple | set | frozenset):
        (each,) = _arguments(hint, 1)
        for item in value:
            yield where, item, each


def _without_bytes(field: str, item: Any) -> Any:
    """Leave out of where something was written what stands for bytes that are not UTF-8: no page shows that path."""
    match field, item:
        case "at", (str(file), line):
            return _NOT_UTF8.sub("", file), line
    return item


class _Tests(dict[type, "Callable[[Any], bool]"]):
    """By type, what tells that a value is surely right, with all that is in it; of other types none is sure."""

    def __missing__(self, kind: type) -> Callable[[Any], bool]:
        return _is_never


class _TestsOfAny(_Tests):
    """The same where a value may be of any type."""

    def __missing__(self, kind: type) -> Callable[[Any], bool]:
        self[kind] = _tests(kind)[kind]
        return self[kind]


@cache
def _tests(hint: Any) -> _Tests:
    """Return the tests of values that are annotated so."""
    if hint is Any:
        return _TestsOfAny()
    found = _Tests()
    for one in _alternatives(hint):
        origin = typing.get_origin(one) or one
        if origin in _SINGLE:
            found |= _SINGLE[origin]
        elif isinstance(origin, type) and dataclasses.is_dataclass(origin):
            found[origin] = _has_right_fields
        elif isinstance(origin, type) and issubclass(origin, Enum):
            found[origin] = _is_always
        elif origin in (dict, collections.abc.Mapping):
            found[dict] = partial(_has_right_names, *map(_tests, _arguments(one, 2)))
        elif origin is tuple and len(parts := typing.get_args(one)) > 1 and parts[1] is not Ellipsis:
            found[tuple] = partial(_has_right_parts, tuple(map(_tests, parts)))
        elif origin in (tuple, list, *_LISTS):
            test = partial(_has_right_items, _tests(_arguments(one, 1)[0]))
            found |= dict.fromkeys((tuple, list) if origin in _LISTS else (origin,), test)
    return found


def _is_never(_: object) -> bool:
    return False


def _is_always(_: object) -> bool:
    return True


def _is_text(value: str | Path) -> bool:
    text = str(value)
    return text.isprintable() or printable(text) == text


def _is_whole(value: int) -> bool:
    return -_LARGEST < value < _LARGEST


def _has_right_fields(value: Any) -> bool:
    kind: Any = type(value)
    return all(tests[type(item := getattr(value, name))](item) for name, tests in _tests_of_fields(kind))


def _has_right_parts(tests: tuple[_Tests, ...], value: tuple[Any, ...]) -> bool:
    return len(tests) == len(value) and all(each[type(item)](item) for each, item in zip(tests, value, strict=True))


def _has_right_items(tests: _Tests, value: Iterable[Any]) -> bool:
    return all(tests[type(item)](item) for item in value)


def _has_right_names(names: _Tests, tests: _Tests, value: dict[Any, Any]) -> bool:
    return _has_right_items(names, value) and _has_right_items(tests, value.values())


_SINGLE: dict[Any, dict[type, Callable[[Any], bool]]] = {
    str: {str: _is_text},
    int: {int: _is_whole},
    float: {int: _is_whole, float: math.isfinite},
    bool: {bool: _is_always},
    types.NoneType: {types.NoneType: _is_always},
    Path: {_PATH: _is_text},
    _PATH: {_PATH: _is_text},
}


@cache
def _tests_of_fields(kind: Any) -> tuple[tuple[str, _Tests], ...]:
    return tuple((name, _tests(hint)) for name, _, hint in _fields(kind))


@cache
def _fields(kind: Any) -> tuple[tuple[str, str, Any], ...]:
    """List the fields of a dataclass: its name, how a sentence calls it, and its annotation.

    Annotations that only a type checker imports are found among the standard abstract classes.
    """
    try:
        hints = typing.get_type_hints(kind, localns=_ABSTRACT | vars(sys.modules[kind.__module__]))
    except (NameError, TypeError, KeyError):
        hints = {}
    names = [field.name for field in dataclasses.fields(kind)]
    annotated = [(name, hints.get(name, Any)) for name in names]
    return tuple((name, f"'{name}' of {kind.__name__}", hint) for name, hint in annotated)


def _alternatives(hint: Any) -> tuple[Any, ...]:
    """Return the members of a union; another annotation is the only one."""
    return typing.get_args(hint) if typing.get_origin(hint) in (types.UnionType, typing.Union) else (hint,)


def _arguments(hint: Any, count: int) -> tuple[Any, ...]:
    """Return what a container's annotation says of what is in it."""
    bases = getattr(hint, "__orig_bases__", ())  # of a class that is a container itself, as an estimate is
    found = tuple(argument for argument in typing.get_args(bases[0] if bases else hint) if argument is not Ellipsis)
    return found if len(found) == count else (Any,) * count


def _conforms(value: object, hint: Any) -> bool:
    """Return whether a value is of the annotated type itself; what is in it is checked apart."""
    if type(value) is hint or hint is Any:
        return True
    if len(_alternatives(hint)) > 1:
        return any(_conforms(value, one) for one in _alternatives(hint))
    origin = typing.get_origin(hint) or hint
    if origin is float:
        return type(value) in (int, float)
    if origin in (int, str, bool):  # a subclass cannot be written down, and may be one that only the module knows
        return type(value) is origin
    if origin in _LISTS:
        return isinstance(value, list | tuple)
    return not isinstance(origin, type) or isinstance(value, origin)


def refused_value(value: object) -> str:
    """Return how a sentence shows a value that is refused: its beginning, and its type."""
    if isinstance(value, type):
        return f"the class {value.__name__}"
    text = repr(value)
    return f"{printable(text[:_SHOWN])}{'...' if len(text) > _SHOWN else ''} ({type(value).__name__})"


def _written(hint: Any) -> str:
    names = {str: "a text", int: "a whole number", float: "a number", bool: "True or False", types.NoneType: "None"}
    if len(_alternatives(hint)) > 1:
        return " or ".join(map(_written, _alternatives(hint)))
    origin = typing.get_origin(hint) or hint
    if origin is collections.abc.Sequence or origin is tuple:
        return "a list"
    if origin is collections.abc.Mapping or origin is dict:
        return "a dict"
    return names.get(origin) or f"a {getattr(origin, '__name__', origin)}"
