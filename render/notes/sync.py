"""Bring folders of pictures and blocks in notes in step with a build: all is planned before anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archfolio.render.base.errors import EnvironmentProblem
from archfolio.render.notes import copies
from archfolio.render.notes.plan_note import plan_note
from archfolio.render.notes.replace_files import FileChange, replace_files, sweep

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from archfolio.render.notes.copies import CopyPlan, PictureCopy
    from archfolio.render.notes.plan_note import Drawings, NoteFinding, NotePlan


@dataclass(frozen=True, slots=True)
class SyncPlan:
    """All copies and notes to be written."""

    folders: tuple[CopyPlan, ...] = ()
    notes: tuple[NotePlan, ...] = ()
    read: tuple[Path, ...] = ()  # notes, those without blocks too
    blocks: int = 0
    shown: int = 0  # markers in code or comments

    @property
    def errors(self) -> tuple[NoteFinding, ...]:
        """Errors; with any of them nothing is written."""
        return tuple(finding for note in self.notes for finding in note.errors)

    @property
    def edited(self) -> tuple[NoteFinding, ...]:
        """Blocks that a person has edited, and that are left alone."""
        return tuple(finding for note in self.notes for finding in note.edited)

    @property
    def moved(self) -> tuple[NoteFinding, ...]:
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
        """Nothing is to be done, and there are no findings."""
        return not (self.notes or any(not folder.idle for folder in self.folders))


def plan_sync(
    site: Path,
    pictures: tuple[PictureCopy, ...],
    folders: Iterable[Path],
    notes: Iterable[Path],
    drawings: Drawings,
    *,
    force: bool,
) -> SyncPlan:
    """Compare everything with the build; nothing is written. Of the notes only those with something to do are kept."""
    kept: list[NotePlan] = []
    read: list[Path] = []
    blocks = shown = 0
    for path in notes:
        note = plan_note(path, _content(path), drawings, force=force)
        read.append(path)
        blocks += note.blocks
        shown += note.shown
        if note.stale or note.errors or note.edited or note.moved:
            kept.append(note)
    planned = tuple(copies.plan_copies(site, folder, pictures, force=force) for folder in dict.fromkeys(folders))
    return SyncPlan(planned, tuple(kept), tuple(read), blocks, shown)


def apply_sync(plan_: SyncPlan) -> tuple[Path, ...]:
    """Write all of it; return the notes that changed since they were read, and were left alone."""
    sweep(plan_.read)
    for folder in plan_.folders:
        copies.apply_copies(folder)
    return replace_files(FileChange(note.path, note.before, note.after) for note in plan_.notes if note.stale)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise EnvironmentProblem(f"cannot read '{path}': {(error.strerror or str(error)).lower()}") from error
