"""JSON with the places of its values: what a parser throws away, and an editor of single bytes needs. Pure."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

_SPACE = re.compile(r"[ \t\r\n]*")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_PLAIN = re.compile(r"[-+.\w]+")
_DEEPEST = 200


@dataclass(frozen=True, slots=True)
class Span:
    """A value and where it stands, its quotes or brackets included."""

    kind: str  # "{", "[", '"', or "" for numbers and words
    start: int
    stop: int
    members: dict[str, Span] = field(default_factory=dict)
    items: tuple[Span, ...] = ()


def parse_spans(text: str) -> Span:
    """Find the values of a JSON text.

    Raises ValueError where it is not JSON.
    """
    json.loads(text, strict=False)  # says best what is wrong; what follows may rely on it
    return _value(text, _after_space(text, 0), 0)


def _after_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _value(text: str, at: int, depth: int) -> Span:
    if depth > _DEEPEST:
        message = "it is nested too deeply"
        raise ValueError(message)
    match text[at]:
        case "{":
            return _object(text, at, depth)
        case "[":
            return _array(text, at, depth)
        case '"':
            return Span('"', at, _end(_STRING, text, at))
    return Span("", at, _end(_PLAIN, text, at))


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    if not found:
        raise ValueError(f"it has no value at character {at}")
    return found.end()


def _object(text: str, start: int, depth: int) -> Span:
    members: dict[str, Span] = {}
    at = _after_space(text, start + 1)
    while text[at] != "}":
        stop = _end(_STRING, text, at)
        colon = _after_space(text, stop)
        value = _value(text, _after_space(text, colon + 1), depth + 1)
        members[json.loads(text[at:stop], strict=False)] = value
        at = _next(text, value.stop)
    return Span("{", start, at + 1, members)


def _array(text: str, start: int, depth: int) -> Span:
    items: list[Span] = []
    at = _after_space(text, start + 1)
    while text[at] != "]":
        items.append(_value(text, at, depth + 1))
        at = _next(text, items[-1].stop)
    return Span("[", start, at + 1, items=tuple(items))


def _next(text: str, at: int) -> int:
    at = _after_space(text, at)
    return _after_space(text, at + 1) if text[at] == "," else at
