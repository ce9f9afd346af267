"""Plan one note: from its bytes to the bytes that should be there, and the findings. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from archfolio.render.base.errors import Problem
from archfolio.render.notes.decide import BlockStatus, ExpectedBlock, decide, expected_block
from archfolio.render.notes.encoding import decode
from archfolio.render.notes.markers import SYNTAXES, MarkerError, line_at, may_have_marks, parse_markers
from archfolio.render.notes.select import ResolvedView, resolve
from archfolio.render.notes.text_spans import Edit, apply_edits, text_regions

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from archfolio.gallery.manifest import Manifest
    from archfolio.render.notes.encoding import Encoded
    from archfolio.render.notes.markers import Block, Syntax
    from archfolio.render.notes.text_spans import TextRegion

_FORMS = ("figure", "img", "mermaid", "iframe")
_YES_NO = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class BlockOptions:
    """The options of a block."""

    form: str = "figure"  # with its caption; "img" is without
    target: str = ""
    width: int | None = None
    dark: bool = False
    link: bool = True


BlockWriter = Callable[[ResolvedView, BlockOptions, "Path"], str]
"""Returns the snippet that shows a drawing in a note; raises Problem where it cannot be shown so."""


@dataclass(frozen=True, slots=True)
class Drawings:
    """The drawings that notes can show, and the function that writes their snippets."""

    manifest: Manifest
    moved: Mapping[str, str]
    write: BlockWriter
    _known: dict[tuple[object, ...], ExpectedBlock] = field(default_factory=dict, compare=False, repr=False)

    def expected(self, block: Block, syntax: Syntax, folder: Path) -> ExpectedBlock:
        """Return the expected content of a block of a note in a folder, made once for equal blocks.

        Raises Problem where it asks for what is not there.
        """
        options = block.name, block.options, syntax, folder
        if options not in self._known:
            resolved = resolve(self.manifest, block.name, self.moved)
            self._known[options] = expected_block(
                resolved.name, self.write(resolved, _block_options(block, syntax), folder), syntax
            )
        return self._known[options]


@dataclass(frozen=True, slots=True)
class NoteFinding:
    """A sentence about a line of a note."""

    path: Path
    line: int
    sentence: str

    def __str__(self) -> str:
        """Read as `file:line: sentence`."""
        return f"{self.path}:{self.line}: {self.sentence}"


@dataclass(frozen=True, slots=True)
class NotePlan:
    """What is to be written to a note."""

    path: Path
    before: bytes
    after: bytes  # the same where nothing is to be done, or where there are errors
    forced: bytes  # what would be there if nobody's edits counted
    blocks: int = 0
    shown: int = 0  # markers in code or comments, which are left alone
    errors: tuple[NoteFinding, ...] = ()
    edited: tuple[NoteFinding, ...] = ()  # blocks that stay as a person left them
    moved: tuple[NoteFinding, ...] = ()

    @property
    def stale(self) -> bool:
        """It is to be written."""
        return self.after != self.before


@dataclass(slots=True)
class _Work:
    """Collected while the blocks of a note are planned."""

    path: Path
    edits: list[Edit]
    forced: list[Edit]
    errors: list[NoteFinding]
    edited: list[NoteFinding]
    moved: list[NoteFinding]
    blocks: int = 0
    shown: int = 0


def plan_note(path: Path, content: bytes, drawings: Drawings, *, force: bool = False) -> NotePlan:
    """Compare the blocks of a note with their expected content."""
    unchanged = NotePlan(path, content, content, content)
    if not may_have_marks(content):
        return unchanged
    note = decode(content)
    work = _Work(path, [], [], [], [], [])
    try:
        found = text_regions(note.text, path.suffix.lower())
    except ValueError as error:
        finding = NoteFinding(path, 1, f"this is no notebook ({error}): open and save it in Jupyter")
        return NotePlan(path, content, content, content, errors=(finding,))
    for region in found:
        _plan_region(region, note, drawings, work, force=force)
    if work.errors:
        work.edits, work.forced = [], []

    def edited(edits: list[Edit]) -> bytes:
        return note.bytes_of(apply_edits(note.text, edits)) if edits else content

    return NotePlan(
        path=path,
        before=content,
        after=edited(work.edits),
        forced=edited(work.edits + work.forced),
        blocks=work.blocks,
        shown=work.shown,
        errors=tuple(work.errors),
        edited=tuple(work.edited),
        moved=tuple(work.moved),
    )


def _plan_region(region: TextRegion, note: Encoded, drawings: Drawings, work: _Work, *, force: bool) -> None:
    syntax = SYNTAXES[work.path.suffix.lower()]

    def say(findings: list[NoteFinding], offset: int, sentence: str) -> None:
        findings.append(NoteFinding(work.path, line_at(note.text, region.offset_in_file(offset)), sentence))

    try:
        blocks, shown = parse_markers(region.text, syntax)
    except MarkerError as error:
        say(work.errors, error.offset, error.sentence)
        return
    work.blocks += len(blocks)
    work.shown += shown
    for block in blocks:
        try:
            expected = drawings.expected(block, syntax, work.path.parent)
            update = decide(block, expected, syntax, force=force)
            note.bytes_of(update.text)
        except Problem as problem:
            say(work.errors, block.start, str(problem))
            continue
        except UnicodeEncodeError as error:
            character = error.object[error.start]
            say(work.errors, block.start, f"'{character}' cannot be written in {note.codec}: save the note as UTF-8")
            continue
        if expected.name != block.name:
            say(work.moved, block.start, f"'{block.name}' is now '{expected.name}': sync renames it here")
        if update.status is BlockStatus.EDITED:
            say(
                work.edited,
                block.start,
                f"the block {BlockStatus.EDITED.value}: keep the edit outside of it, or use --force",
            )
            work.forced.append(region.in_file(Edit(block.start, block.end, update.text)))
        elif update.status is BlockStatus.WRITTEN:
            work.edits.append(region.in_file(Edit(block.start, block.end, update.text)))


def _block_options(block: Block, syntax: Syntax) -> BlockOptions:
    """Parse the options of a block.

    Raises Problem for one that means nothing.
    """
    options = BlockOptions(target=syntax.target)
    for name, value in block.options:
        match name:
            case "as" if value in _FORMS:
                options = replace(options, form=value)
            case "for" if value in syntax.targets:
                options = replace(options, target=value)
            case "width" if _WIDTH.fullmatch(value):
                options = replace(options, width=int(value))
            case "dark" if value in _YES_NO:
                options = replace(options, dark=_YES_NO[value])
            case "link" if value in _YES_NO:
                options = replace(options, link=_YES_NO[value])
            case "for":
                raise Problem(f"'for={value}' does not fit this kind of note: it takes {', '.join(syntax.targets)}")
            case "as" | "width" | "dark" | "link":
                raise Problem(f"'{name}={value}' means nothing: {_MEANT[name]}")
            case _:
                raise Problem(f"there is no option '{name}': there are as, for, width, dark and link")
    return options


_WIDTH = re.compile(r"[1-9][0-9]{0,4}")
_MEANT = {
    "as": f"as is one of {', '.join(_FORMS)}",
    "width": "width is a number of pixels, up to 99999",
    "dark": "dark is yes or no",
    "link": "link is yes or no",
}
