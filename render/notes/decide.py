"""What becomes of a marked block: it is fresh, it is written, or a person has edited it and it stays. Pure.

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


class Fate(Enum):
    """What becomes of a block."""

    FRESH = "is as it should be"
    WRITTEN = "is out of date"
    EDITED = "was edited by hand"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The fate of a block, and its text from the first mark to before the last."""

    fate: Fate
    text: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a block is to hold, and the name by which its drawing goes now."""

    name: str
    body: str
    sum: str  # the checksum of the body


def want(name: str, text: str, syntax: Syntax) -> Wanted:
    """Make a body of a text, as the kind of file wants it."""
    body = f"\n{text}\n\n" if syntax.padded else f"{text}\n"
    return Wanted(name, body, checksum(body))


def decide(block: Block, wanted: Wanted, syntax: Syntax, *, force: bool = False) -> Outcome:
    """Decide about a block, whose drawing may have another name by now.

    The text of what a person has edited is what would be written if it were forced.
    """
    now = plain_body(block)
    if now == wanted.body and block.sum == wanted.sum and block.name == wanted.name:
        return Outcome(Fate.FRESH, "")
    text = _mark(block, wanted, syntax) + block.newline + _dressed(wanted.body, block)
    untouched = block.sum == checksum(now) if block.sum else not now.strip()
    return Outcome(Fate.WRITTEN if untouched or force or now == wanted.body else Fate.EDITED, text)


def checksum(body: str) -> str:
    """Hash a body into eight hexadecimal digits."""
    return hashlib.sha256(body.encode("utf-8", "surrogateescape")).hexdigest()[:8]


def plain_body(block: Block) -> str:
    """Return the body of a block without indent and with plain line ends."""
    if not block.indent and "\r" not in block.body:
        return block.body
    lines = _NEWLINE.sub("\n", block.body).split("\n")
    return "\n".join(line.removeprefix(block.indent) for line in lines)


def _dressed(body: str, block: Block) -> str:
    return block.newline.join(f"{block.indent}{line}" if line else "" for line in body.split("\n"))


def _mark(block: Block, wanted: Wanted, syntax: Syntax) -> str:
    """Renew the first mark: everything in it but the name and the checksum stays as its author wrote it."""
    before, found, after = block.mark.partition(block.name)
    mark = before + (wanted.name if found else "") + after
    if block.sum:
        return _SUM.sub(f"sum={wanted.sum}", mark, count=1)
    inside = mark.rstrip().removesuffix(syntax.closes).rstrip()
    return f"{inside} sum={wanted.sum} {syntax.closes}".rstrip()
