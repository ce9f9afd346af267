"""Find the lines of a text that are shown as they stand (code, raw text, comments), by the rules of its syntax. Pure.

Each reader returns ranges of 0-based lines. What looks like a marker in them is an example, and is left alone.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_RAW_TAG = re.compile(r"\s*<(?:pre|script|style|textarea)\b", re.IGNORECASE)  # CommonMark 0.31, 4.6, kind 1
_LARGEST_NESTING = 100  # of lists and quotes
_OPENS_CONTENT = re.compile(r"[ \t]*(?:!!!|\?\?\?\+?|===[!+]?)[ \t]+\S")  # admonitions, details and tabs of MkDocs


def markdown_literals(lines: Sequence[str]) -> Iterator[range]:
    """Yield fenced and indented code, raw HTML elements, and comments that go over several lines."""
    from markdown_it import MarkdownIt  # noqa: PLC0415  only notes with markers need it

    parser = MarkdownIt("commonmark", {"maxNesting": _LARGEST_NESTING})
    parser.core.ruler.enableOnly(["normalize", "block"])
    for token in parser.parse("\n".join(lines)):
        if token.map is None:
            continue
        start, stop = token.map
        if token.type == "code_block" and (opener := _opener(lines, start)):
            inside = (line.expandtabs(4)[_indent(opener) + 4 :] for line in lines[start:stop])
            yield from (range(start + one.start, start + one.stop) for one in markdown_literals([*inside]))
        elif token.type in ("fence", "code_block") or (token.type == "html_block" and _RAW_TAG.match(token.content)):
            yield range(start, stop)
        elif token.type == "html_block":
            yield from _comment_insides(lines[start:stop], start)


def _opener(lines: Sequence[str], start: int) -> str:
    """Return the line that makes what is indented below it content of its own; empty where it is code."""
    indent = _indent(lines[start])
    above = (line for line in reversed(lines[:start]) if line.strip() and _indent(line) < indent)
    line = next(above, "")
    return line if _OPENS_CONTENT.match(line) else ""


def html_literals(lines: Sequence[str]) -> Iterator[range]:
    """Yield elements whose content is text whatever it looks like, and comments that go over several lines."""
    yield from _comment_insides(lines, 0)


def _comment_insides(lines: Sequence[str], first: int) -> Iterator[range]:
    """Yield the lines that are no comment of their own although they look like one."""
    reader = _CommentLines()
    reader.feed("\n".join(lines))
    for number, line in enumerate(lines):
        if line.lstrip("> \t").startswith("<!--") and number not in reader.found:
            yield range(first + number, first + number + 1)


class _CommentLines(HTMLParser):
    """Collects the 0-based lines in which comments begin."""

    CDATA_CONTENT_ELEMENTS = ("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes")  # type: ignore[misc]

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: set[int] = set()

    def handle_comment(self, data: str) -> None:
        del data
        self.found.add(self.getpos()[0] - 1)


_RST_LITERAL = re.compile(
    r"\s*\.\.\s+(?:code|code-block|sourcecode|parsed-literal|literalinclude|raw|math|highlight|prompt|doctest"
    r"|testcode|testoutput|testsetup|ipython|productionlist|graphviz|mermaid|uml)\s*::"
)
_RST_COMMENT = re.compile(r"\s*\.\.(?:\s*|\s+(?=\S)(?!\[|_|\|)(?!archfolio:)(?![\w:.+-]+\s*::).*)")
_RST_DIRECTIVE = re.compile(r"\s*\.\.\s+(?:\|[^|]+\|\s+)?[\w:.+-]+\s*::")


def rst_literals(lines: Sequence[str]) -> Iterator[range]:
    """Yield literal blocks, the content of directives that show code, and comments (docutils, 'Literal Blocks')."""
    number = 0
    while number < len(lines):
        line = lines[number]
        number += 1
        if _RST_DIRECTIVE.match(line):
            if not _RST_LITERAL.match(line):
                continue
        elif not _rst_opens(line, lines[number] if number < len(lines) else ""):
            continue
        stop = _indented(lines, number, _indent(line))
        if stop == number and line.rstrip().endswith("::") and not _RST_DIRECTIVE.match(line):
            stop = _quoted(lines, number)
        yield range(number, stop)
        number = stop


def _rst_opens(line: str, after: str) -> bool:
    """Return whether what is indented below a line is a comment, unless the line ends at once, or a literal block."""
    if _RST_COMMENT.fullmatch(line):
        return line.strip() != ".." or bool(after.strip())
    return line.rstrip().endswith("::") and not after.strip()


def _indented(lines: Sequence[str], start: int, indent: int) -> int:
    """Return where lines end that stand deeper than an indent, blank ones between them included."""
    stop = start
    for number in range(start, len(lines)):
        if lines[number].strip():
            if _indent(lines[number]) <= indent:
                break
            stop = number + 1
    return stop


def _quoted(lines: Sequence[str], start: int) -> int:
    """Return where lines end that all begin with the same sign: a quoted literal block."""
    while start < len(lines) and not lines[start].strip():
        start += 1
    sign = lines[start][:1] if start < len(lines) else ""
    stop = start
    while sign and not sign.isalnum() and stop < len(lines) and lines[stop].startswith(sign):
        stop += 1
    return stop


def _indent(line: str) -> int:
    text = line.expandtabs()
    return len(text) - len(text.lstrip())


_TEX_VERBATIM = re.compile(
    r"(?<!\\)\\begin\s*\{((?:[BLV]|Save)?[vV]erbatim\*?|lstlisting|minted|filecontents\*?|comment|alltt|Highlighting"
    r"|tcblisting)\}"
)


def tex_literals(lines: Sequence[str]) -> Iterator[range]:
    """Yield the insides of environments that show text as it stands, or leave it out."""
    number = 0
    while number < len(lines):
        opened = _TEX_VERBATIM.search(_without_tex_comment(lines[number]))
        start = number
        number += 1
        if opened:
            end = f"\\end{{{opened[1]}}}"
            while number < len(lines) and end not in lines[number]:
                number += 1
            yield range(start + 1, number)


def _without_tex_comment(line: str) -> str:
    return re.sub(r"(?<!\\)((?:\\\\)*)%.*", r"\1", line)


_ORG_BEGIN = re.compile(r"\s*#\+begin_(src|example|export|comment)\b", re.IGNORECASE)


def org_literals(lines: Sequence[str]) -> Iterator[range]:
    """Yield source, example, export and comment blocks; one that is never ended is none."""
    number = 0
    while number < len(lines):
        opened = _ORG_BEGIN.match(lines[number])
        number += 1
        if opened:
            end = f"#+end_{opened[1].lower()}"
            stop = next((at for at in range(number, len(lines)) if lines[at].strip().lower() == end), None)
            if stop is not None:
                yield range(number, stop)
                number = stop


_TYPST_SIGN = re.compile(r"\\.|https?://\S*|//[^\n]*|/\*|`+", re.DOTALL)
_TYPST_COMMENT = re.compile(r"/\*|\*/")


def typst_literals(lines: Sequence[str]) -> Iterator[range]:
    """Yield what stands in raw text between backticks, and in block comments, which may stand inside each other."""
    text = "\n".join(lines)
    found = _TYPST_SIGN.search(text)
    while found:
        sign, stop = found[0], found.end()
        if sign == "/*":
            stop = _typst_comment_end(text, stop)
        elif sign.startswith("`") and len(sign) != 2:  # noqa: PLR2004  two are raw text of nothing
            end = text.find(sign, stop)
            stop = len(text) if end < 0 else end + len(sign)
        if sign.startswith(("/*", "`")):
            yield range(text.count("\n", 0, found.start()) + 1, text.count("\n", 0, stop) + 1)
        found = _TYPST_SIGN.search(text, stop)


def _typst_comment_end(text: str, start: int) -> int:
    depth = 1
    for found in _TYPST_COMMENT.finditer(text, start):
        depth += 1 if found[0] == "/*" else -1
        if not depth:
            return found.end()
    return len(text)
