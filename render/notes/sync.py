"""Bring folders of pictures and blocks in notes in step with a build: all is planned before anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archfolio.render.base.errors import EnvironmentProblem
from archfolio.render.notes import copies
from archfolio.render.notes.plan_note import plan_note
from archfolio.render.notes.replace_files import Change, replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from archfolio.render.notes.copies import Copy, Plan
    from archfolio.render.notes.plan_note import Drawings, Finding, NotePlan


@dataclass(frozen=True, slots=True)
class Todo:
    """All that is to be done."""

    folders: tuple[Plan, ...] = ()
    notes: tuple[NotePlan, ...] = ()
    seen: int = 0  # notes, those without blocks too
    blocks: int = 0

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What keeps anything from being written."""
        return tuple(finding for note in self.notes for finding in note.errors)

    @property
    def edited(self) -> tuple[Finding, ...]:
        """Blocks that a person has edited, and that are left alone."""
        return tuple(finding for note in self.notes for finding in note.edited)

    @property
    def moved(self) -> tuple[Finding, ...]:
        """Blocks that show a drawing under the name that it had."""
        return tuple(finding for note in self.notes for finding in note.moved)

    @property
    def foreign(self) -> tuple[Path, ...]:
        """Pictures in folders that are not as we wrote them."""
        return tuple(path for folder in self.folders for path in folder.foreign)

    @property
    def stale(self) -> tuple[Path, ...]:
        """Everything that is to be written or removed."""
        return tuple(self._stale())

    def _stale(self) -> Iterator[Path]:
        for folder in self.folders:
            yield from folder.write
            yield from folder.prune
        for note in self.notes:
            if note.stale:
                yield note.path

    @property
    def idle(self) -> bool:
        """Nothing is to be done, and nothing stands against anything."""
        return not (self.notes or any(not folder.idle for folder in self.folders))


def plan(
    site: Path,
    pictures: tuple[Copy, ...],
    homes: Iterable[Path],
    notes: Iterable[Path],
    drawings: Drawings,
    *,
    force: bool,
) -> Todo:
    """Compare everything with the build; nothing is written. Of the notes only those with something to do are kept."""
    kept: list[NotePlan] = []
    seen = blocks = 0
    for path in notes:
        note = plan_note(path, _content(path), drawings, force=force)
        seen += 1
        blocks += note.blocks
        if note.stale or note.errors or note.edited or note.moved:
            kept.append(note)
    planned = tuple(copies.plan(site, home, pictures, force=force) for home in dict.fromkeys(homes))
    return Todo(planned, tuple(kept), seen, blocks)


def carry_out(todo: Todo) -> tuple[Path, ...]:
    """Write all of it; return the notes that changed under our hands and were left alone."""
    for folder in todo.folders:
        copies.carry_out(folder)
    return replace(Change(note.path, note.before, note.after) for note in todo.notes if note.stale)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise EnvironmentProblem(f"cannot read '{path}': {(error.strerror or str(error)).lower()}") from error
