"""One note: from its bytes to what should be there, and what stands against it. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from archfolio.render.base.errors import Problem
from archfolio.render.notes.decide import Fate, Wanted, decide, want
from archfolio.render.notes.encoding import decode, may_have
from archfolio.render.notes.markers import SYNTAXES, WORD, BadMark, line_at, parse
from archfolio.render.notes.select import Chosen, choose
from archfolio.render.notes.text_spans import Edit, apply, passages

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from archfolio.gallery.manifest import Manifest
    from archfolio.render.notes.encoding import Encoded
    from archfolio.render.notes.markers import Block, Syntax
    from archfolio.render.notes.text_spans import Passage

FORMS = ("figure", "img", "mermaid", "iframe")
_YES_NO = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the options of a block ask for."""

    form: str = "figure"  # with its caption; "img" is without
    target: str = ""
    width: int | None = None
    dark: bool = False
    link: bool = True


Write = Callable[[Chosen, Asked, "Path"], str]
"""Writes what shows a drawing in a note; raises Problem where it cannot be shown so."""


@dataclass(frozen=True, slots=True)
class Drawings:
    """What notes can show, and who writes it."""

    manifest: Manifest
    moved: Mapping[str, str]
    write: Write
    _known: dict[tuple[object, ...], Wanted] = field(default_factory=dict, compare=False, repr=False)

    def wanted(self, block: Block, syntax: Syntax, folder: Path) -> Wanted:
        """Return what a block of a note in a folder is to hold, which is made once for all that ask the same.

        Raises Problem where it asks for what is not there.
        """
        asked = block.name, block.options, syntax, folder
        if asked not in self._known:
            chosen = choose(self.manifest, block.name, self.moved)
            self._known[asked] = want(chosen.name, self.write(chosen, _asked(block, syntax), folder), syntax)
        return self._known[asked]


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence about a line of a note."""

    path: Path
    line: int
    sentence: str

    def __str__(self) -> str:
        """Read as `file:line: sentence`."""
        return f"{self.path}:{self.line}: {self.sentence}"


@dataclass(frozen=True, slots=True)
class NotePlan:
    """What should become of a note."""

    path: Path
    before: bytes
    after: bytes  # the same where nothing is to be done, or where there are errors
    forced: bytes  # what would be there if nobody's edits counted
    blocks: int = 0
    errors: tuple[Finding, ...] = ()
    edited: tuple[Finding, ...] = ()  # blocks that stay as a person left them
    moved: tuple[Finding, ...] = ()

    @property
    def stale(self) -> bool:
        """It is to be written."""
        return self.after != self.before


@dataclass(slots=True)
class _Work:
    """What is gathered while the blocks of a note are gone through."""

    path: Path
    edits: list[Edit]
    forced: list[Edit]
    errors: list[Finding]
    edited: list[Finding]
    moved: list[Finding]
    blocks: int = 0


def plan_note(path: Path, content: bytes, drawings: Drawings, *, force: bool = False) -> NotePlan:
    """Compare the blocks of a note with what they are to show."""
    unchanged = NotePlan(path, content, content, content)
    if not may_have(content, WORD):
        return unchanged
    note = decode(content)
    work = _Work(path, [], [], [], [], [])
    try:
        found = passages(note.text, path.suffix.lower())
    except ValueError as error:
        finding = Finding(path, 1, f"this is no notebook ({error}): open and save it in Jupyter")
        return NotePlan(path, content, content, content, errors=(finding,))
    for passage in found:
        _passage(passage, note, drawings, work, force=force)
    if work.errors:
        work.edits, work.forced = [], []

    def edited(edits: list[Edit]) -> bytes:
        return note.bytes_of(apply(note.text, edits)) if edits else content

    return NotePlan(
        path=path,
        before=content,
        after=edited(work.edits),
        forced=edited(work.edits + work.forced),
        blocks=work.blocks,
        errors=tuple(work.errors),
        edited=tuple(work.edited),
        moved=tuple(work.moved),
    )


def _passage(passage: Passage, note: Encoded, drawings: Drawings, work: _Work, *, force: bool) -> None:
    syntax = SYNTAXES[work.path.suffix.lower()]

    def say(findings: list[Finding], offset: int, sentence: str) -> None:
        findings.append(Finding(work.path, line_at(note.text, passage.place(offset)), sentence))

    try:
        blocks = parse(passage.text, syntax)
    except BadMark as error:
        say(work.errors, error.offset, error.sentence)
        return
    work.blocks += len(blocks)
    for block in blocks:
        try:
            wanted = drawings.wanted(block, syntax, work.path.parent)
            outcome = decide(block, wanted, syntax, force=force)
            note.bytes_of(outcome.text)
        except Problem as problem:
            say(work.errors, block.start, str(problem))
            continue
        except UnicodeEncodeError as error:
            character = error.object[error.start]
            say(work.errors, block.start, f"'{character}' cannot be written in {note.codec}: save the note as UTF-8")
            continue
        if wanted.name != block.name:
            say(work.moved, block.start, f"'{block.name}' is now '{wanted.name}': sync renames it here")
        if outcome.fate is Fate.EDITED:
            say(work.edited, block.start, f"the block {Fate.EDITED.value}: keep the edit outside of it, or use --force")
            work.forced.append(passage.in_file(Edit(block.start, block.end, outcome.text)))
        elif outcome.fate is Fate.WRITTEN:
            work.edits.append(passage.in_file(Edit(block.start, block.end, outcome.text)))


def _asked(block: Block, syntax: Syntax) -> Asked:
    """Read the options of a block.

    Raises Problem for one that means nothing.
    """
    asked = Asked(target=syntax.target)
    for name, value in block.options:
        match name:
            case "as" if value in FORMS:
                asked = replace(asked, form=value)
            case "for":
                asked = replace(asked, target=value)
            case "width" if value.isdecimal() and int(value):
                asked = replace(asked, width=int(value))
            case "dark" if value in _YES_NO:
                asked = replace(asked, dark=_YES_NO[value])
            case "link" if value in _YES_NO:
                asked = replace(asked, link=_YES_NO[value])
            case "as" | "width" | "dark" | "link":
                raise Problem(f"'{name}={value}' means nothing: {_MEANT[name]}")
            case _:
                raise Problem(f"there is no option '{name}': there are as, for, width, dark and link")
    return asked


_MEANT = {
    "as": f"as is one of {', '.join(FORMS)}",
    "width": "width is a number of pixels",
    "dark": "dark is yes or no",
    "link": "link is yes or no",
}
