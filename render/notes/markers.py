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
_NEWLINE = re.compile(r"\r\n|\n|\r")
_BEGIN = re.compile(r"begin((?:[ \t]+\S+)*)")
_OPTION = re.compile(r"([a-z]+)=(\S+)")


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
    target: str  # the snippet that it takes
    padded: bool = False  # paragraphs stand between blank lines
    quotes: str = ""  # a pattern for lines between which marks are shown, not meant; its group 1 names the end
    unquotes: str = ""  # a pattern for the end, in which {0} is what group 1 was
    fences: str = "(?!)"  # a pattern for how both begin, after blanks

    @cached_property
    def lines(self) -> re.Pattern[str]:
        """The lines that matter, each with the end of the line before: nearly all of a text is passed over at once."""
        mark = rf"{re.escape(self.opens)}[ \t]*{WORD}(?P<said>[^\r\n]*)"
        return re.compile(
            rf"[\r\n](?P<indent>[ \t]*)(?:{mark}|(?:{self.fences})[^\r\n]*)(?=(?P<newline>\r\n|\n|\r|\Z))"
        )


_FENCES = "```|~~~"
_FENCE = r"[ \t]*(`{3,}(?=[^`]*$)|~{3,})"
_UNFENCE = r"[ \t]*{0}[`~]*[ \t]*"
_ORG_FENCES = r"#\+(?i:begin|end)_"
_ORG_QUOTE = r"(?i:[ \t]*#\+begin_(src|example|export|comment)\b)"
_ORG_UNQUOTE = r"(?i:[ \t]*#\+end_{0})[ \t]*"
_TEX_FENCES = r"\\(?:begin|end)\{"
_TEX_QUOTE = r"[ \t]*\\begin\{(verbatim\*?|lstlisting|minted)\}"
_TEX_UNQUOTE = r"[ \t]*\\end\{{{0}\}}.*"


def _markdown(target: str) -> Syntax:
    return Syntax("<!--", "-->", target, padded=True, quotes=_FENCE, unquotes=_UNFENCE, fences=_FENCES)


SYNTAXES = {
    ".md": _markdown("github"),
    ".markdown": _markdown("github"),
    ".qmd": _markdown("quarto"),
    ".ipynb": _markdown("jupyter"),
    ".html": Syntax("<!--", "-->", "html"),
    ".htm": Syntax("<!--", "-->", "html"),
    ".org": Syntax("#", "", "org", quotes=_ORG_QUOTE, unquotes=_ORG_UNQUOTE, fences=_ORG_FENCES),
    ".rst": Syntax("..", "", "sphinx", padded=True),
    ".tex": Syntax("%", "", "latex", quotes=_TEX_QUOTE, unquotes=_TEX_UNQUOTE, fences=_TEX_FENCES),
    ".typ": Syntax("//", "", "typst", quotes=_FENCE, unquotes=_UNFENCE, fences=_FENCES),
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


def parse(text: str, syntax: Syntax) -> tuple[Block, ...]:
    """Find the blocks of a text.

    Raises MarkerError for marks that are not closed, stand inside each other, or say what we do not know.
    """
    blocks: list[Block] = []
    begun: tuple[re.Match[str], list[str]] | None = None
    for mark in _marks(text, syntax):
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
        raise _bad(text, begun[0], f"the block is not closed: write a line with {WORD}end after it")
    return tuple(blocks)


def line_at(text: str, offset: int) -> int:
    """Return the 1-based line of a place in a text."""
    return len(_NEWLINE.findall(text, 0, offset)) + 1


def _marks(text: str, syntax: Syntax) -> Iterator[re.Match[str]]:
    """Find the lines that begin as marks do and are not shown as an example.

    With a line end put before the text, a line begins in it where the end of the one before stands here.
    """
    quoted: re.Pattern[str] | None = None
    for found in syntax.lines.finditer(f"\n{text}"):
        if quoted is not None:
            if quoted.fullmatch(found[0], 1):
                quoted = None
        elif found["said"] is not None:
            yield found
        elif opened := re.compile(syntax.quotes).match(found[0], 1):
            quoted = re.compile(syntax.unquotes.format(re.escape(opened[1])))


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
        raise _bad(text, mark, f"'{WORD}{word}' is no mark: there are {WORD}begin NAME and {WORD}end")
    words = begin[1].split()
    if not words or "=" in words[0]:
        raise _bad(text, mark, f"a block shows something: write {WORD}begin SYSTEM/VIEW")
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
