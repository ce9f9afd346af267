"""Read a table of `[tool.archfolio]` as its type; what is wrong in it is one sentence, with file, line and fix."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, get_args, get_origin, get_type_hints

import msgspec
from msgspec import inspect as types

from archfolio.author_error import suggest
from archfolio.render.base.errors import UsageProblem
from archfolio.render.base.project_file import line_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_Read = TypeVar("_Read", bound=msgspec.Struct)
_LONGEST = 60  # characters of a value that is refused
_WORDS: dict[type[types.Type], str] = {
    types.StrType: "a text",
    types.IntType: "a whole number",
    types.FloatType: "a number",
    types.BoolType: "true or false",
}


class _Mistake(NamedTuple):
    table: str  # as a header names it
    key: str  # where in it; "" for the table itself
    sentence: str


def read_tables(said: object, kind: type[_Read], name: str, path: Path, text: str) -> tuple[_Read, ...]:
    """Return what a list of tables says, whose headers are `[[name]]`. Raises UsageProblem as `read_table` does."""
    if not isinstance(said, list):
        parent, _, key = name.rpartition(".")
        sentence = f"'{key}' in [{parent}] is a list of tables: write [[{name}]] above the keys of each"
        raise UsageProblem(f"{path}:{line_of(text, name, '')}: {sentence}")
    return tuple(read_table(one, kind, name, path, text, number) for number, one in enumerate(said))


def read_table(said: object, kind: type[_Read], name: str, path: Path, text: str, number: int | None = None) -> _Read:
    """Return what a table says; `name` is that of its header, `text` that of the file, `number` counts in a list.

    Raises UsageProblem for a key that is none of its type, a value of another type, and a key that it lacks.
    """
    try:
        return msgspec.convert(said, kind)
    except msgspec.ValidationError as error:
        shown = f"[{name}]" if number is None else f"[[{name}]]"
        table, key, sentence = next(_mistakes(said, kind, name, shown), _Mistake(name, "", f"{shown}: {error}"))
        before = 0 if number is None else _line_before(text, name, number)
        line = before + line_of("".join(text.splitlines(keepends=True)[before:]), table, key)
        raise UsageProblem(f"{path}:{line}: {sentence}") from error


def _line_before(text: str, name: str, number: int) -> int:
    """Return how many lines stand before a table of those that have one name; 0 where they are written otherwise."""
    lines = [at for at, line in enumerate(text.splitlines()) if "".join(line.split()).startswith(f"[[{name}]]")]
    return lines[number] if number < len(lines) else 0


def _mistakes(said: object, kind: Any, name: str, shown: str) -> Iterator[_Mistake]:
    """Find what is wrong in a table, and in those inside it."""
    if not isinstance(said, dict):
        parent, _, key = name.rpartition(".")
        yield _Mistake(parent, key, f"'{key}' in [{parent}] is a table: write {shown} above its keys")
        return
    fields = {field.encode_name: field for field in msgspec.structs.fields(kind)} if _is_struct(kind) else None
    hints = get_type_hints(kind, include_extras=True) if fields is not None else {}
    for key, value in said.items():
        if fields is not None and key not in fields:
            hint = suggest(key, fields) or f"; there are: {', '.join(fields)}"
            yield _Mistake(name, key, f"there is no key '{key}' in {shown}{hint}")
            continue
        of = hints[key] if fields is not None else get_args(kind)[1]
        if _fits(value, of):
            continue
        inner = _table_in(of)
        if inner and isinstance(value, dict):
            yield from _mistakes(value, inner, f"{name}.{key}", f"[{name}.{key}]")
        else:
            yield _Mistake(name, key, f"'{key}' in {shown} is {_in_words(types.type_info(of))}, not {_value(value)}")
    for key, field in (fields or {}).items():
        if field.required and key not in said:
            yield _Mistake(name, "", f"{shown} lacks '{key}': write {key} = ... below it")


def _fits(value: object, kind: Any) -> bool:
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError:
        return False
    return True


def _is_struct(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


def _table_in(kind: Any) -> Any:
    """Return the type of a table that a value may be; None where it may be none."""
    if _is_struct(kind) or get_origin(kind) is dict:
        return kind
    return next((found for one in get_args(kind) if (found := _table_in(one))), None)


def _value(value: object) -> str:
    text = repr(value)
    return f"{text[:_LONGEST]}..." if len(text) > _LONGEST else text


def _in_words(kind: types.Type) -> str:
    """Return what a value has to be."""
    match kind:
        case types.Metadata():
            words = _in_words(kind.type)
        case types.IntType() | types.FloatType():
            of = _WORDS[type(kind)]
            words = of if kind.ge is None else f"{of} from {kind.ge:g} to {kind.le:g}"
        case types.LiteralType():
            words = f"one of {_listed(kind)}"
        case types.VarTupleType():
            item = kind.item_type
            words = f"a list of {_listed(item) if isinstance(item, types.LiteralType) else f'{_in_words(item)[2:]}s'}"
        case types.UnionType():
            words = " or ".join(_in_words(one) for one in kind.types if not isinstance(one, types.NoneType))
        case _:
            words = _WORDS.get(type(kind), "a table")
    return words


def _listed(kind: types.LiteralType) -> str:
    *others, last = [f"'{one}'" for one in kind.values if one]
    return f"{', '.join(others)} or {last}"
