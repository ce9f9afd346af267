"""Find where the values of a JSON text stand, which an editor of single bytes needs. Pure.

The json module reads every value, and says where it ends; it is not kept.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder(strict=False)


class JsonSpan(NamedTuple):
    """Where a value stands, its quotes or brackets included."""

    start: int
    stop: int


def parse_json(text: str) -> Any:
    """Decode a JSON text.

    Raises ValueError where it is not JSON, or is nested deeper than Python goes.
    """
    try:
        return json.loads(text, strict=False)
    except RecursionError:
        message = "it is nested too deeply"
        raise ValueError(message) from None


def whole(text: str) -> JsonSpan:
    """Return where the value of a JSON text stands."""
    return JsonSpan(start := _after_space(text, 0), _DECODER.raw_decode(text, start)[1])


def json_members(text: str, span: JsonSpan) -> Iterator[tuple[str, JsonSpan]]:
    """List the names and values of an object in a text that is JSON."""
    at = _after_space(text, span.start + 1)
    while text[at] != "}":
        name, stop = _DECODER.raw_decode(text, at)
        value = _value(text, _after_space(text, stop) + 1)
        yield name, value
        at = _next(text, value.stop)


def items(text: str, span: JsonSpan) -> Iterator[JsonSpan]:
    """List the values of an array in a text that is JSON."""
    at = _after_space(text, span.start + 1)
    while text[at] != "]":
        value = _value(text, at)
        yield value
        at = _next(text, value.stop)


def _value(text: str, at: int) -> JsonSpan:
    start = _after_space(text, at)
    return JsonSpan(start, _DECODER.raw_decode(text, start)[1])


def _after_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _next(text: str, at: int) -> int:
    at = _after_space(text, at)
    return _after_space(text, at + 1) if text[at] == "," else at
