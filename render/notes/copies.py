"""Sync folders of pictures: copies under stable names, written only where they differ, removed only if ours.

Each folder keeps a small manifest of what we wrote there, so that we touch nothing else.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from archfolio.render.base.errors import EnvironmentProblem, UsageProblem
from archfolio.render.base.files import write
from archfolio.render.notes.select import match

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from archfolio.gallery.manifest import File, Manifest, View
    from archfolio.render.notes.select import ResolvedView
    from archfolio.render.notes.settings import SyncFolder

_RECORD = ".archfolio-sync.json"
_READABLE = 1


class CopyRecord(msgspec.Struct, frozen=True):
    """The files we wrote into a folder, and the SHA-256 of each."""

    format: int = _READABLE
    files: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class PictureCopy:
    """A picture that is to stand in a folder."""

    source: str  # its path in the build
    path: Path


@dataclass(frozen=True, slots=True)
class CopyPlan:
    """The files to write to and to remove from a folder."""

    folder: Path
    write: Mapping[Path, bytes]
    prune: tuple[Path, ...]
    foreign: tuple[Path, ...]  # in our way, or once ours and changed since
    record: CopyRecord
    same: bool  # the record that is there says the same

    @property
    def idle(self) -> bool:
        """Nothing is to be done."""
        return self.same and not (self.write or self.prune or self.foreign)


@dataclass(frozen=True)
class _FolderContents:
    """A folder as it is."""

    folder: Path
    kept: CopyRecord
    contents: dict[str, bytes] = field(default_factory=dict)

    def ours(self, name: str) -> bool:
        """Return whether a file there is as we wrote it."""
        return _digest(self.contents[name]) == self.kept.files.get(name)


def copies(manifest: Manifest, folders: Iterable[SyncFolder]) -> tuple[PictureCopy, ...]:
    """List the pictures that folders are to hold: `SYSTEM--VIEW.svg`, `SYSTEM--VIEW--dark.png`.

    Raises UsageProblem for a selection that names nothing, and for a format that the build has not.
    """
    expected: dict[Path, PictureCopy] = {}
    for folder in folders:
        for resolved in _selected(manifest, folder):
            for kind in folder.formats:
                file = _file(resolved.view, kind, resolved.name)
                dark = "--dark" if kind == "png-dark" else ""
                path = Path(folder.destination) / f"{resolved.name.replace('/', '--')}{dark}.{file.format}"
                if expected.setdefault(path, PictureCopy(file.path, path)).source != file.path:
                    raise UsageProblem(f"two drawings would be '{path}': rename one of them")
    return tuple(expected.values())


def _selected(manifest: Manifest, folder: SyncFolder) -> tuple[ResolvedView, ...]:
    try:
        return tuple(match(manifest, folder.select))
    except UsageProblem as problem:
        place = f"select in [[tool.archfolio.sync]] of pyproject.toml, for '{Path(folder.destination).name}'"
        raise UsageProblem(f"{place}: {problem}") from problem


def by_source(every: Iterable[PictureCopy]) -> dict[str, tuple[Path, ...]]:
    """Group copies by the picture of the build that they are of."""
    found: dict[str, tuple[Path, ...]] = {}
    for copy in every:
        found[copy.source] = (*found.get(copy.source, ()), copy.path)
    return found


def plan_copies(site: Path, folder: Path, every: Iterable[PictureCopy], *, force: bool) -> CopyPlan:
    """Compare a folder with its expected content.

    Raises EnvironmentProblem where the build lacks a picture that its manifest names.
    """
    expected = {copy.path.name: _picture(site / copy.source) for copy in every if copy.path.parent == folder}
    kept = _kept(folder)
    there = {name: path.read_bytes() for name in {*expected, *kept.files} if (path := folder / name).is_file()}
    odd = {name for name in expected if name not in there and os.path.lexists(folder / name)}  # a pipe, a dead link
    found = _FolderContents(folder, kept, there)
    changed = {name for name, content in expected.items() if there.get(name) != content}
    gone = {name for name in kept.files if name not in expected and name in there}
    foreign = {name for name in (changed | gone) & set(there) if not found.ours(name)} if not force else set()
    foreign |= odd
    # What a person changed and we no longer want is the person's from now on.
    foreign -= gone
    prune = {name for name in gone if force or found.ours(name)}
    record = CopyRecord(files={name: _digest(expected[name]) for name in sorted(set(expected) - foreign)})
    return CopyPlan(
        folder=folder,
        write={folder / name: expected[name] for name in sorted(changed - foreign)},
        prune=tuple(folder / name for name in sorted(prune)),
        foreign=tuple(folder / name for name in sorted(foreign)),
        record=record,
        same=record == kept,
    )


def apply_copies(plan_: CopyPlan) -> None:
    """Write and prune. A crash leaves whole files, and copies that the next run knows by their content."""
    for path, content in plan_.write.items():
        write(path, content)
    for path in plan_.prune:
        path.unlink(missing_ok=True)
    if not plan_.same:
        content = msgspec.json.format(msgspec.json.encode(plan_.record), indent=1) + b"\n"
        write(plan_.folder / _RECORD, content)


def _file(view: View, kind: str, name: str) -> File:
    format_, _, theme = kind.partition("-")
    found = [file for file in view.files if file.format == format_ and (file.theme == "dark") == (theme == "dark")]
    if not found:
        option = {"pdf": " --pdf", "png-dark": " --dark"}.get(kind, "")
        raise UsageProblem(f"the build has no {kind} of '{name}': run archfolio build{option}")
    return max(found, key=lambda file: file.scale)


def _picture(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise EnvironmentProblem(f"the picture '{path}' is not there: run archfolio build") from error


def _kept(folder: Path) -> CopyRecord:
    """Read what we wrote; names that lead out of the folder are not ours."""
    try:
        kept = msgspec.json.decode((folder / _RECORD).read_bytes(), type=CopyRecord)
    except FileNotFoundError:
        return CopyRecord()
    except (OSError, msgspec.DecodeError) as error:
        raise EnvironmentProblem(f"'{folder / _RECORD}' cannot be read ({error}): remove it, and run again") from error
    return CopyRecord(files={name: total for name, total in kept.files.items() if Path(name).name == name})


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
