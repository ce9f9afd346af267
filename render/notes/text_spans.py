"""Find the editable text of a file: all of it, or the sources of the Markdown cells of a notebook. Pure.

A region turns an edit of its text into an edit of the file, so that a file is changed nowhere else by one byte.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

from archfolio.render.notes.json_spans import Span, parse_spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


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


# A character of a JSON string; two escapes may be one.
_CHARACTER = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|[^\\\"]", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class NotebookCell:
    """The source of a notebook's cell: a string of JSON, or a list of them, one a line."""

    text: str
    starts: tuple[int, ...]  # where each character stands in the file
    stops: tuple[int, ...]
    owners: tuple[int, ...]  # the string that each character stands in
    between: str  # what stands in the file between the end of a line and the start of the next, quotes included
    only_ascii: bool

    def offset_in_file(self, offset: int) -> int:
        """Return where a character stands in the file."""
        return self.starts[offset] if offset < len(self.starts) else self.stops[-1]

    def in_file(self, edit: Edit) -> Edit:
        """Encode the new text as the file does, one string a line where it does."""
        start, end = self.offset_in_file(edit.start), self.offset_in_file(edit.end)
        one_string = edit.end < len(self.owners) and self.owners[edit.start] == self.owners[edit.end]
        if one_string or not self.between:
            return Edit(start, end, self._encoded(edit.text))
        lines = (self._encoded(line) for line in edit.text.split("\n"))
        return Edit(start, end, (r"\n" + self.between).join(lines))

    def _encoded(self, text: str) -> str:
        return json.dumps(text, ensure_ascii=self.only_ascii)[1:-1]


def text_regions(text: str, suffix: str) -> tuple[TextRegion, ...]:
    """Find the texts of a file.

    Raises ValueError for a notebook that is not one.
    """
    return tuple(_cells(text)) if suffix == ".ipynb" else (WholeFile(text),)


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """Make edits, which do not overlap."""
    pieces, end = [], 0
    for edit in sorted(edits):
        pieces += [text[end : edit.start], edit.text]
        end = edit.end
    return "".join([*pieces, text[end:]])


def _cells(text: str) -> Iterator[NotebookCell]:
    notebook = parse_spans(text)
    cells = notebook.members.get("cells")
    if cells is None:
        message = "it has no cells"
        raise ValueError(message)
    only_ascii = text.isascii() and "\\u" in text
    for cell in cells.items:
        kind, source = cell.members.get("cell_type"), cell.members.get("source")
        if kind and source and text[kind.start : kind.stop] == '"markdown"':
            strings = source.items if source.kind == "[" else (source,)
            yield _cell(text, strings, only_ascii=only_ascii)


def _cell(text: str, strings: tuple[Span, ...], *, only_ascii: bool) -> NotebookCell:
    said: list[str] = []
    starts: list[int] = []
    stops: list[int] = []
    owners: list[int] = []
    for owner, string in enumerate(strings):
        for found in _CHARACTER.finditer(text, string.start + 1, string.stop - 1):
            said.append(json.loads(f'"{found[0]}"', strict=False))
            starts.append(found.start())
            stops.append(found.end())
            owners.append(owner)
    between = text[strings[0].stop - 1 : strings[1].start + 1] if len(strings) > 1 else ""
    return NotebookCell("".join(said), tuple(starts), tuple(stops), tuple(owners), between, only_ascii)
