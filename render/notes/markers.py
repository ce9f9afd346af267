"""Marked blocks: from the text of a note to the places in it that are ours. Pure; nothing outside them is looked at.

<!-- archfolio:begin feature-store/serving as=figure width=820 sum=1a2b3c4d -->
... written by `archfolio sync` ...
<!-- archfolio:end -->
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from archfolio.render.notes.encoding import may_have
from archfolio.render.notes.literal import (
    html_literals,
    markdown_literals,
    org_literals,
    rst_literals,
    tex_literals,
    typst_literals,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_WORD = "archfolio:"
_NEWLINE = re.compile(r"\r\n|\n|\r")
_BEGIN = re.compile(r"begin((?:[ \t]+\S+)*)")
_OPTION = re.compile(r"([a-z]+)=(\S+)")
_CODE_SPAN = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
_MISSPELT = (
    r"(?!(?-i:archfolio:))archfolio(?:[ \t]*[:_-][ \t]*(?:begin|end)\b"
    r"|[ \t]+begin[ \t]+\S+/\S+|[ \t]+end[ \t]*(?:-->)?[ \t]*$)"
)
_COMMENTS = r"(?:<!--|//|#|%(?!%)|\.\.)"  # of the kinds of files that have marks
_ANY = re.compile(rb"archfolio[ \t]*[:_\- \t][ \t]*(?:begin|end)", re.IGNORECASE)
_OUT_OF_SIGHT = "%%"  # begins a line that Obsidian does not show


class MarkerError(ValueError):
    """A mark that cannot be followed: the 1-based line, the offset in the text, and what to do about it."""

    def __init__(self, line: int, offset: int, sentence: str) -> None:
        """Keep the place of the marker."""
        super().__init__(sentence)
        self.line, self.offset, self.sentence = line, offset, sentence


@dataclass(frozen=True)
class Syntax:
    """How a kind of file writes a comment that fills its line, and what it calls text that is only shown."""

    opens: str
    closes: str
    targets: tuple[str, ...]  # the snippets that it takes; the first unless its author says otherwise
    literals: Callable[[Sequence[str]], Iterator[range]]  # lines in which markers are shown, not meant
    padded: bool = False  # paragraphs stand between blank lines
    indent: str = r"[ \t]*"  # what may stand before a mark, as a pattern; it stands before each line of the block too
    anywhere: bool = True  # a comment may begin behind other text

    @property
    def target(self) -> str:
        """The snippet that it takes unless its author says otherwise."""
        return self.targets[0]

    @cached_property
    def lines(self) -> re.Pattern[str]:
        """Matches the lines that begin as markers do, each with the end of the line before."""
        mark = rf"{re.escape(self.opens)}[ \t]*{_WORD}(?P<said>[^\r\n]*)"
        return re.compile(rf"[\r\n](?P<indent>{self.indent}){mark}(?=(?P<newline>\r\n|\n|\r|\Z))")

    @cached_property
    def stray(self) -> re.Pattern[str]:
        """Matches a marker wherever it stands in a line."""
        return re.compile(rf"(?<!\\){re.escape(self.opens)}[ \t]*{_WORD}(?:begin|end)\b")

    @cached_property
    def near(self) -> re.Pattern[str]:
        """Matches a line that is meant as a mark and is none: misspelt, or a comment of another kind of file."""
        opens = re.escape(self.opens)
        others = (
            rf"|(?!{opens}){_COMMENTS}[ \t]*{_WORD}(?:begin|end)\b" if self.target != "html" else ""
        )  # scripts have some
        return re.compile(rf"{self.indent}(?:{opens}[ \t]*(?i:{_MISSPELT}){others})")


def may_have_marks(content: bytes) -> bool:
    """Return fast whether a file may have a mark, or what is meant as one."""
    return may_have(content, _WORD) or (b"rchfolio" in content and bool(_ANY.search(content)))


_OF_MARKDOWN = [
    "github",
    "gitlab",
    "obsidian",
    "logseq",
    "notion",
    "jupyter",
    "vscode",
    "quarto",
    "mkdocs",
    "myst",
    "html",
]


def _markdown(target: str) -> Syntax:
    targets = (target, *(other for other in _OF_MARKDOWN if other != target))
    return Syntax("<!--", "-->", targets, markdown_literals, padded=True, indent=r"[ \t]*(?:>[ \t]*)*")


SYNTAXES = {
    ".md": _markdown("github"),
    ".markdown": _markdown("github"),
    ".qmd": _markdown("quarto"),
    ".ipynb": _markdown("jupyter"),
    ".html": Syntax("<!--", "-->", ("html",), html_literals),
    ".htm": Syntax("<!--", "-->", ("html",), html_literals),
    ".org": Syntax("#", "", ("org",), org_literals, anywhere=False),
    ".rst": Syntax("..", "", ("sphinx",), rst_literals, padded=True, anywhere=False),
    ".tex": Syntax("%", "", ("latex",), tex_literals),
    ".typ": Syntax("//", "", ("typst",), typst_literals),
}


@dataclass(frozen=True, slots=True)
class Block:
    """A place of ours in a text: from the start of its first mark to the start of its last."""

    name: str  # SYSTEM or SYSTEM/VIEW
    options: tuple[tuple[str, str], ...]  # without the checksum
    sum: str  # of the body as we wrote it; empty where we have not yet
    indent: str
    newline: str
    mark: str  # the first mark, with its indent, without its line end
    start: int
    end: int
    body: str  # as it stands


def parse_markers(text: str, syntax: Syntax) -> tuple[tuple[Block, ...], int]:
    """Find the blocks of a text; count the markers that are only shown, in code or in comments.

    Raises MarkerError for marks that are not closed, stand inside each other, or say what we do not know.
    """
    marks, shown = _marks(text, syntax)
    blocks: list[Block] = []
    begun: tuple[re.Match[str], list[str]] | None = None
    for mark in marks:
        words = _words(text, mark, syntax)
        if words is not None and begun is not None:
            outer = line_at(text, begun[0].start())
            raise _bad(text, mark, f"a block begins inside the one of line {outer}: end that one before")
        if words is not None:
            begun = mark, words
        elif begun is None:
            raise _bad(text, mark, "a block ends that was not begun: remove this mark")
        else:
            blocks.append(_block(text, *begun, mark))
            begun = None
    if begun is not None:
        raise _bad(text, begun[0], f"the block is not closed: write a line with {_WORD}end after it")
    return tuple(blocks), shown


def line_at(text: str, offset: int) -> int:
    """Return the 1-based line of a place in a text."""
    return len(_NEWLINE.findall(text, 0, offset)) + 1


def _marks(text: str, syntax: Syntax) -> tuple[list[re.Match[str]], int]:
    """Find the lines that begin as marks do and are not shown as an example; count those that are.

    With a line end put before the text, a line begins in it where the end of the one before stands here.
    """
    found = list(syntax.lines.finditer(f"\n{text}"))
    lines = _NEWLINE.split(text)
    stray = [number for number, line in enumerate(lines) if _WORD in line and _is_stray(line, syntax)]
    near = [number for number, line in enumerate(lines) if syntax.near.match(line)]
    if not (found or stray or near):
        return [], 0
    starts = [0, *(newline.end() for newline in _NEWLINE.finditer(text))]
    literal = {number for shown in syntax.literals(lines) for number in shown}
    for number in stray:
        if number not in literal:
            sentence = "a mark fills its line: give it a line of its own, or show it as code"
            raise MarkerError(number + 1, starts[number], sentence)
    for number in near:
        if number not in literal:
            first, last = (f"{syntax.opens} {_WORD}{what} {syntax.closes}".rstrip() for what in ("begin NAME", "end"))
            raise MarkerError(number + 1, starts[number], f"this is no mark: write '{first}' or '{last}'")
    marks = [mark for mark in found if bisect_right(starts, mark.start()) - 1 not in literal]
    return marks, len(found) - len(marks)


def _is_stray(line: str, syntax: Syntax) -> bool:
    """Return whether a mark stands behind other text, where nobody would follow it."""
    if not syntax.anywhere or syntax.lines.match(f"\n{line}") or line.lstrip().startswith(_OUT_OF_SIGHT):
        return False
    return bool(syntax.stray.search(_CODE_SPAN.sub("", line)))


def _bad(text: str, mark: re.Match[str], sentence: str) -> MarkerError:
    return MarkerError(line_at(text, mark.start()), mark.start(), sentence)


def _words(text: str, mark: re.Match[str], syntax: Syntax) -> list[str] | None:
    """Return the words of a first mark, None for a last one."""
    said = mark["said"].rstrip()
    if not said.endswith(syntax.closes) or (syntax.closes and syntax.closes in said.removesuffix(syntax.closes)):
        raise _bad(text, mark, f"a mark fills its line and ends with '{syntax.closes}': give it a line of its own")
    said = said.removesuffix(syntax.closes).strip()
    if said == "end":
        return None
    begin = _BEGIN.fullmatch(said)
    if not begin:
        word = said.split()[0] if said else ""
        raise _bad(text, mark, f"'{_WORD}{word}' is no mark: there are {_WORD}begin NAME and {_WORD}end")
    words = begin[1].split()
    if not words or "=" in words[0]:
        raise _bad(text, mark, f"a block shows something: write {_WORD}begin SYSTEM/VIEW")
    return words


def _block(text: str, first: re.Match[str], words: list[str], last: re.Match[str]) -> Block:
    options: dict[str, str] = {}
    for word in words[1:]:
        option = _OPTION.fullmatch(word)
        if not option or option[1] in options:
            raise _bad(text, first, f"'{word}' is no option: write each as name=value, once")
        options[option[1]] = option[2]
    mark = first[0][1:]
    return Block(
        name=words[0],
        sum=options.pop("sum", ""),
        options=tuple(options.items()),
        indent=first["indent"],
        newline=first["newline"],
        mark=mark,
        start=first.start(),
        end=last.start(),
        body=text[first.start() + len(mark) + len(first["newline"]) : last.start()],
    )
