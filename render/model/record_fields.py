"""Read the fields of a record's label: https://graphviz.org/doc/info/shapes.html#record."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_PORT = re.compile(r"(?<!\\)<[^<>]*>\s*")
_SPACE_AT_ENDS = re.compile(r"^\s+|(?<!\\)\s+$")  # but for one that is escaped
_SIGN = re.compile(r"\\([{}|<> ])")


@dataclass(frozen=True, slots=True)
class RecordField:
    """Text, or fields that stand the other way round than those around them."""

    text: str = ""  # with the escapes of any label
    fields: tuple[RecordField, ...] = ()

    def texts(self) -> Iterator[str]:
        """Go through the texts in it, from the first to the last."""
        if not self.fields:
            yield self.text
        for field in self.fields:
            yield from field.texts()


def parse_record(label: str) -> tuple[RecordField, ...]:
    """Parse the label of a record. The names of ports are left out."""
    fields = []
    for said in _split(label):
        text = _SPACE_AT_ENDS.sub("", _PORT.sub("", said))
        if text.startswith("{") and text.endswith("}"):
            fields.append(RecordField(fields=parse_record(text[1:-1])))
        else:
            fields.append(RecordField(_SIGN.sub(r"\1", text)))
    return tuple(fields)


def _split(text: str) -> list[str]:
    """Split at the bars that stand in no braces."""
    parts, depth, at = [""], 0, 0
    while at < len(text):
        piece = text[at : at + 2] if text[at] == "\\" else text[at]
        at += len(piece)
        depth += (piece == "{") - (piece == "}")
        if piece == "|" and not depth:
            parts.append("")
        else:
            parts[-1] += piece
    return parts
