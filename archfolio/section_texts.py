"""What the sections of a subject are checked for as a whole: their types, and every text in any depth."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from archfolio.author_error import AuthorError
from archfolio.estimate import Estimate, Input

if TYPE_CHECKING:
    from collections.abc import Iterator


def list_of(name: str, items: object, kind: type) -> None:
    """Refuse what is no list, and an item of another type."""
    if not isinstance(items, list | tuple):
        message = f"'{name}' is no list: write {name}=[{kind.__name__}(...), ...]"
        raise AuthorError(message)
    for item in items:
        if not isinstance(item, kind):
            message = f"'{name}' holds {item!r:.60}: write {kind.__name__}(...)"
            raise AuthorError(message)


def one_of(name: str, value: object, kind: type) -> None:
    """Refuse a value of another type; None is none."""
    if value is not None and not isinstance(value, kind):
        message = f"'{name}' is {value!r:.60}: write {name}={kind.__name__}(...)"
        raise AuthorError(message)


def texts_of(value: object) -> Iterator[str]:
    """Yield every text of a subject that may quote figures, in any depth; the words of figures themselves may not."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for item in value:
            yield from texts_of(item)
    elif names := _quoting_fields(value if isinstance(value, type) else type(value)):
        for name in names:
            yield from texts_of(getattr(value, name))
    elif isinstance(value, Mapping) and not isinstance(value, Estimate):
        for key, item in value.items():
            yield from texts_of(key)
            yield from texts_of(item)


@cache
def _quoting_fields(kind: Any) -> tuple[str, ...]:
    """List the fields of a dataclass in which a text may quote figures; of another type there is none."""
    if issubclass(kind, Input) or not dataclasses.is_dataclass(kind):
        return ()
    return tuple(one.name for one in dataclasses.fields(kind) if not one.metadata.get("verbatim"))
