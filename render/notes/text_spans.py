"""Find the editable text of a file: all of it, or the sources of the Markdown cells of a notebook. Pure.

A region turns an edit of its text into an edit of the file, so that a file is changed nowhere else by one byte.
"""

from __future__ import annotations

import json
import re
from array import array
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

from archfolio.render.notes.json_spans import JsonSpan, items, json_members, parse_json, whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class Edit(NamedTuple):
    """A range of characters and what is to stand there."""

    start: int
    end: int
    text: str


class TextRegion(Protocol):
    """A text in a file."""

    @property
    def text(self) -> str:
        """What a reader sees of it."""

    def in_file(self, edit: Edit) -> Edit:
        """Turn an edit of the text into one of the file."""

    def offset_in_file(self, offset: int) -> int:
        """Turn an offset in the text into one of the file."""


@dataclass(frozen=True, slots=True)
class WholeFile:
    """A file that is all text."""

    text: str

    def in_file(self, edit: Edit) -> Edit:
        """Return the edit: text and file are the same."""
        return edit

    def offset_in_file(self, offset: int) -> int:
        """Return the offset."""
        return offset


# What stands for one character of a JSON string with more than one; two escapes may be one.
_ESCAPE = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class JsonString:
    """A string of a notebook: where it stands in the file and in the cell's text, and where its escapes end."""

    start: int  # of its first character in the file, behind the quote
    offset: int  # of its first character in the text of the cell
    escapes: Sequence[int]  # the offset in the cell's text behind each escape
    places: Sequence[int]  # and in the file

    def offset_in_file(self, offset: int) -> int:
        """Return where a character of the cell's text stands in the file."""
        before = bisect_right(self.escapes, offset)
        if not before:
            return self.start + offset - self.offset
        return self.places[before - 1] + offset - self.escapes[before - 1]


@dataclass(frozen=True, slots=True)
class NotebookCell:
    """The source of a notebook's cell: a string of JSON, or a list of them, one a line."""

    text: str
    strings: tuple[JsonString, ...]
    between: str  # what stands in the file between the end of a line and the start of the next, quotes included
    only_ascii: bool

    def offset_in_file(self, offset: int) -> int:
        """Return where a character stands in the file."""
        return self.strings[self._owner(offset)].offset_in_file(offset)

    def in_file(self, edit: Edit) -> Edit:
        """Encode the new text as the file does, one string a line where it does."""
        start, end = self.offset_in_file(edit.start), self.offset_in_file(edit.end)
        one_string = edit.end < len(self.text) and self._owner(edit.start) == self._owner(edit.end)
        if one_string or not self.between:
            return Edit(start, end, self._encoded(edit.text))
        lines = (self._encoded(line) for line in edit.text.split("\n"))
        return Edit(start, end, (r"\n" + self.between).join(lines))

    def _owner(self, offset: int) -> int:
        """Return which string a character stands in; the end of the text belongs to the last that has any."""
        offset = min(offset, max(len(self.text) - 1, 0))
        return bisect_right(self.strings, offset, key=lambda string: string.offset) - 1

    def _encoded(self, text: str) -> str:
        return json.dumps(text, ensure_ascii=self.only_ascii)[1:-1]


def text_regions(text: str, suffix: str) -> tuple[TextRegion, ...]:
    """Find the texts of a file.

    Raises ValueError for a notebook that is not one.
    """
    return tuple(_cells(text)) if suffix == ".ipynb" else (WholeFile(text),)


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """Apply edits, which do not overlap."""
    pieces, end = [], 0
    for edit in sorted(edits):
        pieces += [text[end : edit.start], edit.text]
        end = edit.end
    return "".join([*pieces, text[end:]])


def _cells(text: str) -> Iterator[NotebookCell]:
    notebook = parse_json(text)
    has_cells = isinstance(notebook, dict) and isinstance(notebook.get("cells"), list)
    if not has_cells:
        message = "it has no cells"
        raise ValueError(message)
    only_ascii = text.isascii() and "\\u" in text
    [*_, cells] = (span for name, span in json_members(text, whole(text)) if name == "cells")
    for span, cell in zip(items(text, cells), notebook["cells"], strict=True):
        if isinstance(cell, dict) and cell.get("cell_type") == "markdown" and _is_source(cell.get("source")):
            [*_, source] = (inner for name, inner in json_members(text, span) if name == "source")
            yield _cell(text, source, cell["source"], only_ascii=only_ascii)


def _is_source(value: object) -> bool:
    lines = value if isinstance(value, list) else [value]
    return bool(lines) and all(isinstance(line, str) for line in lines)


def _cell(text: str, source: JsonSpan, said: str | list[str], *, only_ascii: bool) -> NotebookCell:
    listed = isinstance(said, list)
    lines = said if isinstance(said, list) else [said]
    spans = list(items(text, source)) if listed else [source]
    strings, offset = [], 0
    for line, span in zip(lines, spans, strict=True):
        strings.append(_json_string(text, span, offset))
        offset += len(line)
    between = text[spans[0].stop - 1 : spans[1].start + 1] if len(spans) > 1 else ""
    return NotebookCell("".join(lines), tuple(strings), between, only_ascii)


def _json_string(text: str, span: JsonSpan, offset: int) -> JsonString:
    escapes, places = array("Q"), array("Q")
    hidden = 0  # characters of the file that stand for none in the text
    for found in _ESCAPE.finditer(text, span.start + 1, span.stop - 1):
        hidden += len(found[0]) - 1
        escapes.append(offset + found.end() - span.start - 1 - hidden)
        places.append(found.end())
    return JsonString(span.start + 1, offset, escapes, places)
