"""Colour Python as the listing of a module shows it, by the tokens of the standard library. Pure."""

from __future__ import annotations

import io
import keyword
import tokenize
from contextlib import suppress
from typing import TYPE_CHECKING

from archfolio.gallery.escaped import escaped_between_tags

if TYPE_CHECKING:
    from collections.abc import Iterator

Mark = tuple[tuple[int, int], tuple[int, int], str]
"""Where a coloured piece begins and ends, as (1-based line, column), and its colour in `static/site.css`."""

_TEXT = "text"
_PLAIN = {tokenize.STRING: _TEXT, tokenize.NUMBER: "number", tokenize.COMMENT: "remark"}
_F_STRINGS = {
    "FSTRING_START": 1,
    "FSTRING_END": -1,
    "TSTRING_START": 1,
    "TSTRING_END": -1,
}  # pieces from Python 3.12 on
_LINE_ENDS = (tokenize.NEWLINE, tokenize.NL, tokenize.INDENT, tokenize.DEDENT)


def highlighted(text: str) -> list[str]:
    """Return the lines of a module as HTML; from where it is no Python any more, they have no colour."""
    lines = text.removesuffix("\n").split("\n")
    pieces: list[list[str]] = [[] for _ in lines]
    column, row = 0, 1

    def plain_until(stop_row: int, stop: int) -> None:
        nonlocal row, column
        while row < stop_row:
            pieces[row - 1].append(escaped_between_tags(lines[row - 1][column:]))
            row, column = row + 1, 0
        pieces[row - 1].append(escaped_between_tags(lines[row - 1][column:stop]))
        column = stop

    for (start_row, start), (end_row, end), colour in _marks(text):
        plain_until(start_row, start)
        while row <= end_row:
            stop = end if row == end_row else len(lines[row - 1])
            if stop > column:
                tag = "i" if colour == _TEXT else f'i class="{colour}"'  # most of a module is text
                pieces[row - 1].append(f"<{tag}>{escaped_between_tags(lines[row - 1][column:stop])}</i>")
            if row == end_row:
                column = stop
                break
            row, column = row + 1, 0
    plain_until(len(lines), len(lines[-1]))
    return ["".join(line) for line in pieces]


def _marks(text: str) -> Iterator[Mark]:
    """Yield what has a colour, in order; an f-string is one piece, as it was before Python 3.12."""
    depth, opened = 0, (1, 0)
    before, decorates, fresh = "", False, True
    with suppress(tokenize.TokenError, SyntaxError):
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            change = _F_STRINGS.get(tokenize.tok_name[token.type], 0)
            opened = token.start if change > 0 and depth == 0 else opened
            depth += change
            if change < 0 and depth == 0:
                yield opened, token.end, _TEXT
            if depth or change:
                continue
            decorates = (fresh and token.string == "@") or (decorates and token.string not in ("(", "\n"))
            colour = "name" if decorates and token.string.strip() else _colour(token, before)
            if colour:
                yield token.start, token.end, colour
            fresh = token.type in _LINE_ENDS
            before = token.string


def _colour(token: tokenize.TokenInfo, before: str) -> str:
    if token.type != tokenize.NAME:
        return _PLAIN.get(token.type, "")
    if keyword.iskeyword(token.string):
        return "word"
    return "name" if before in ("def", "class") else ""
