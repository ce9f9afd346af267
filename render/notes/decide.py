"""Decide about a marked block: it is fresh, it is written, or a person has edited it and it stays. Pure.

The checksum in the first mark is of the body that we wrote, without its indent and with plain line ends, so that a
block may move into a list and a checkout may change line ends without seeming edited.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archfolio.render.notes.markers import Block, Syntax

_NEWLINE = re.compile(r"\r\n|\n|\r")
_SUM = re.compile(r"(?<=[ \t])sum=\S+")


class BlockStatus(Enum):
    """Whether a block is to be written."""

    FRESH = "is as it should be"
    WRITTEN = "is out of date"
    EDITED = "was edited by hand"


@dataclass(frozen=True, slots=True)
class BlockUpdate:
    """The status of a block, and its text from the first mark to before the last."""

    status: BlockStatus
    text: str


@dataclass(frozen=True, slots=True)
class ExpectedBlock:
    """The expected content of a block, and the current name of its drawing."""

    name: str
    body: str
    sum: str  # the checksum of the body


def expected_block(name: str, text: str, syntax: Syntax) -> ExpectedBlock:
    """Return the block for a snippet, padded as the syntax needs."""
    body = f"\n{text}\n\n" if syntax.padded else f"{text}\n"
    return ExpectedBlock(name, body, _checksum(body))


def decide(block: Block, expected: ExpectedBlock, syntax: Syntax, *, force: bool) -> BlockUpdate:
    """Return the status and the new text of a block, whose drawing may have been renamed.

    The text of what a person has edited is what would be written if it were forced.
    """
    now = _plain_body(block)
    if now == expected.body and block.sum == expected.sum and block.name == expected.name:
        return BlockUpdate(BlockStatus.FRESH, "")
    text = _mark(block, expected, syntax) + block.newline + _dressed(expected.body, block)
    untouched = block.sum == _checksum(now) if block.sum else not now.strip()
    return BlockUpdate(BlockStatus.WRITTEN if untouched or force or now == expected.body else BlockStatus.EDITED, text)


def _checksum(body: str) -> str:
    """Return the first eight hexadecimal digits of the SHA-256 of a body."""
    return hashlib.sha256(body.encode("utf-8", "surrogateescape")).hexdigest()[:8]


def _plain_body(block: Block) -> str:
    """Return the body of a block without indent and with plain line ends."""
    if not block.indent and "\r" not in block.body:
        return block.body
    blank = block.indent.rstrip()  # as a quote has it
    lines = _NEWLINE.sub("\n", block.body).split("\n")
    return "\n".join("" if line == blank else line.removeprefix(block.indent) for line in lines)


def _dressed(body: str, block: Block) -> str:
    """Indent a body, whose last line has nothing but its end; in a quote, blank lines are of the quote."""
    *lines, last = body.split("\n")
    return block.newline.join([*(block.indent + line if line else block.indent.rstrip() for line in lines), last])


def _mark(block: Block, expected: ExpectedBlock, syntax: Syntax) -> str:
    """Renew the first mark: everything in it but the name and the checksum stays as its author wrote it."""
    before, found, after = block.mark.partition(block.name)
    mark = before + (expected.name if found else "") + after
    if block.sum:
        return _SUM.sub(f"sum={expected.sum}", mark, count=1)
    inside = mark.rstrip().removesuffix(syntax.closes).rstrip()
    return f"{inside} sum={expected.sum} {syntax.closes}".rstrip()
