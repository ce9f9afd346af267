"""Marked blocks: from the text of a note to the places in it that are ours. Pure; nothing outside them is looked at.

<!-- archfolio:begin feature-store/serving as=figure width=820 sum=1a2b3c4d -->
... written by `archfolio sync` ...
<!-- archfolio:end -->
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

WORD = "archfolio:"
_LINE = re.compile(r"([^\r\n]*)(\r\n|\n|\r|\Z)")
_BEGIN = re.compile(r"begin((?:[ \t]+\S+)*)")
_OPTION = re.compile(r"([a-z]+)=(\S+)")


class BadMark(ValueError):  # noqa: N818  reads as a sentence
    """A mark that cannot be followed: the 1-based line, the offset in the text, and what to do about it."""

    def __init__(self, line: int, offset: int, sentence: str) -> None:
        """Say what is wrong with the mark at a line."""
        super().__init__(sentence)
        self.line, self.offset, self.sentence = line, offset, sentence


@dataclass(frozen=True)
class Syntax:
    """How a kind of file writes a comment that fills its line, and what it calls text that is only shown."""

    opens: str
    closes: str
    target: str  # the snippet that it takes
    padded: bool = False  # paragraphs stand between blank lines
    quotes: str = ""  # a pattern for lines between which marks are shown, not meant; its group 1 names the end
    unquotes: str = ""  # a pattern for the end, in which {0} is what group 1 was

    @cached_property
    def mark(self) -> re.Pattern[str]:
        """A line that begins as a mark does."""
        return re.compile(rf"([ \t]*){re.escape(self.opens)}[ \t]*{WORD}(.*)", re.DOTALL)


_FENCE = r"[ \t]*(`{3,}(?=[^`]*$)|~{3,})"
_UNFENCE = r"[ \t]*{0}[`~]*[ \t]*"
_ORG_QUOTE = r"(?i:[ \t]*#\+begin_(src|example|export|comment)\b)"
_ORG_UNQUOTE = r"(?i:[ \t]*#\+end_{0})[ \t]*"
_TEX_QUOTE = r"[ \t]*\\begin\{(verbatim\*?|lstlisting|minted)\}"
_TEX_UNQUOTE = r"[ \t]*\\end\{{{0}\}}.*"


def _markdown(target: str) -> Syntax:
    return Syntax("<!--", "-->", target, padded=True, quotes=_FENCE, unquotes=_UNFENCE)


SYNTAXES = {
    ".md": _markdown("github"),
    ".markdown": _markdown("github"),
    ".qmd": _markdown("quarto"),
    ".ipynb": _markdown("jupyter"),
    ".html": Syntax("<!--", "-->", "html"),
    ".htm": Syntax("<!--", "-->", "html"),
    ".org": Syntax("#", "", "org", quotes=_ORG_QUOTE, unquotes=_ORG_UNQUOTE),
    ".rst": Syntax("..", "", "sphinx", padded=True),
    ".tex": Syntax("%", "", "latex", quotes=_TEX_QUOTE, unquotes=_TEX_UNQUOTE),
    ".typ": Syntax("//", "", "typst", quotes=_FENCE, unquotes=_UNFENCE),
}


@dataclass(frozen=True, slots=True)
class Block:
    """A place of ours in a text: from the start of its first mark to the start of its last."""

    line: int  # 1-based, of the first mark
    name: str  # SYSTEM or SYSTEM/VIEW
    options: tuple[tuple[str, str], ...]  # without the checksum
    sum: str  # of the body as we wrote it; empty where we have not yet
    indent: str
    newline: str
    mark: str  # the first mark, with its indent, without its line end
    start: int
    end: int
    body: str  # as it stands


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    start: int
    text: str
    newline: str


def parse(text: str, syntax: Syntax) -> tuple[Block, ...]:
    """Find the blocks of a text.

    Raises BadMark for marks that are not closed, stand inside each other, or say what we do not know.
    """
    blocks: list[Block] = []
    begun: tuple[_Line, re.Match[str], list[str]] | None = None
    for line, found in _marks(text, syntax):
        words = _words(line, found[2], syntax)
        if words is not None and begun is not None:
            sentence = f"a block begins inside the one of line {begun[0].number}: end that one before"
            raise BadMark(line.number, line.start, sentence)
        if words is not None:
            begun = line, found, words
        elif begun is None:
            raise BadMark(line.number, line.start, "a block ends that was not begun: remove this mark")
        else:
            blocks.append(_block(text, *begun, line))
            begun = None
    if begun is not None:
        raise BadMark(begun[0].number, begun[0].start, f"the block is not closed: write a line with {WORD}end after it")
    return tuple(blocks)


def _lines(text: str) -> Iterator[_Line]:
    for number, found in enumerate(_LINE.finditer(text), 1):
        yield _Line(number, found.start(), found[1], found[2])


def _marks(text: str, syntax: Syntax) -> Iterator[tuple[_Line, re.Match[str]]]:
    """Find the lines that begin as marks do and are not shown as an example."""
    quoted: re.Pattern[str] | None = None
    for line in _lines(text):
        if quoted is not None:
            if quoted.fullmatch(line.text):
                quoted = None
        elif syntax.quotes and (opened := re.match(syntax.quotes, line.text)):
            quoted = re.compile(syntax.unquotes.format(re.escape(opened[1])))
        elif found := syntax.mark.fullmatch(line.text):
            yield line, found


def _words(line: _Line, said: str, syntax: Syntax) -> list[str] | None:
    """Return the words of a first mark, None for a last one."""
    said = said.rstrip()
    if not said.endswith(syntax.closes) or (syntax.closes and syntax.closes in said.removesuffix(syntax.closes)):
        sentence = f"a mark fills its line and ends with '{syntax.closes}': give it a line of its own"
        raise BadMark(line.number, line.start, sentence)
    said = said.removesuffix(syntax.closes).strip()
    if said == "end":
        return None
    begin = _BEGIN.fullmatch(said)
    if not begin:
        word = said.split()[0] if said else ""
        raise BadMark(line.number, line.start, f"'{WORD}{word}' is no mark: there are {WORD}begin NAME and {WORD}end")
    words = begin[1].split()
    if not words or "=" in words[0]:
        raise BadMark(line.number, line.start, f"a block shows something: write {WORD}begin SYSTEM/VIEW")
    return words


def _block(text: str, first: _Line, found: re.Match[str], words: list[str], last: _Line) -> Block:
    options: dict[str, str] = {}
    for word in words[1:]:
        option = _OPTION.fullmatch(word)
        if not option or option[1] in options:
            raise BadMark(first.number, first.start, f"'{word}' is no option: write each as name=value, once")
        options[option[1]] = option[2]
    body = first.start + len(first.text) + len(first.newline)
    return Block(
        line=first.number,
        name=words[0],
        sum=options.pop("sum", ""),
        options=tuple(options.items()),
        indent=found[1],
        newline=first.newline,
        mark=first.text,
        start=first.start,
        end=last.start,
        body=text[body : last.start],
    )
