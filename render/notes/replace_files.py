"""Replace a person's files: each whole or not at all, through its link, with its mode, owner and extended attributes.

A file is replaced only if it is still as it was read. All new texts are on the disk, beside the files, before the first
file gives way: where there is no room for one of them, nothing is changed. A file that has other names (hard links), or
whose owner cannot be given to a new one, is written in its place, as editors do.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from archfolio.render.base.errors import EnvironmentProblem

if TYPE_CHECKING:
    from collections.abc import Iterable

_AT_ONCE = 16  # a disk that is told to keep many files keeps them together
_LEFT = re.compile(r"\.(.+)\.[0-9a-f]{8}\.part")


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file as it was read, and as it is to be."""

    path: Path
    before: bytes
    after: bytes


@dataclass(frozen=True, slots=True)
class _Draft:
    """A change, the file that it is of behind all links, and the new file beside that."""

    change: FileChange
    file: Path
    part: Path


def replace_files(changes: Iterable[FileChange]) -> tuple[Path, ...]:
    """Write files that were read before; return those that have changed since, which are left alone.

    Raises EnvironmentProblem, with every file still whole, where one cannot be written.
    """
    token = os.urandom(4).hex()
    drafts = [_draft(change, token) for change in changes]
    if not drafts:
        return ()
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415  mostly there is nothing to write

    try:
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            may_replace = list(pool.map(_write, drafts))
        done = [_put(draft, replace=replace) for draft, replace in zip(drafts, may_replace, strict=True)]
        return tuple(draft.change.path for draft, put in zip(drafts, done, strict=True) if not put)
    finally:
        for draft in drafts:
            with suppress(OSError):
                draft.part.unlink()


def _draft(change: FileChange, token: str) -> _Draft:
    file = change.path.resolve() if change.path.is_symlink() else change.path
    return _Draft(change, file, file.with_name(f".{file.name}.{token}.part"))


def sweep(files: Iterable[Path]) -> None:
    """Remove what a run that was killed has left beside these files."""
    known = {os.path.split(os.path.realpath(file)) for file in files}
    for folder in {folder for folder, _ in known}:
        with suppress(OSError), os.scandir(folder) as entries:
            for entry in entries:
                left = _LEFT.fullmatch(entry.name)
                if left and (folder, left[1]) in known:
                    Path(entry.path).unlink()


def _write(draft: _Draft) -> bool:
    """Write the new file beside the old one, safe from a power cut; return whether it can take the old one's place."""
    try:
        with open(draft.part, "xb", opener=_only_ours) as file:
            file.write(draft.change.after)
            file.flush()
            os.fsync(file.fileno())
        return _take_over(draft)
    except OSError as error:
        raise _problem(draft, error) from error


def _take_over(draft: _Draft) -> bool:
    """Give the new file the owner, extended attributes and mode of the old one; return whether it could be done."""
    old, new = draft.file.stat(), draft.part.stat()
    if old.st_nlink > 1:
        return False
    try:
        if (old.st_uid, old.st_gid) != (new.st_uid, new.st_gid):
            os.chown(draft.part, old.st_uid, old.st_gid)
        for name in os.listxattr(draft.file) if hasattr(os, "listxattr") else ():
            os.setxattr(draft.part, name, os.getxattr(draft.file, name))
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.EACCES, errno.ENOTSUP):
            raise
        if error.errno != errno.ENOTSUP:  # a disk that has none of this
            return False
    draft.part.chmod(stat.S_IMODE(old.st_mode))
    return True


def _put(draft: _Draft, *, replace: bool) -> bool:
    """Write the new text in the place of the old one; return whether that was still as it was read."""
    try:
        unchanged = draft.file.read_bytes() == draft.change.before
        if unchanged and replace:
            draft.part.replace(draft.file)
        elif unchanged:
            with draft.file.open("r+b") as file:
                file.write(draft.change.after)
                file.truncate()
                file.flush()
                os.fsync(file.fileno())
    except OSError as error:
        raise _problem(draft, error) from error
    return unchanged


def _only_ours(path: str, flags: int) -> int:
    """Open a file that nobody else may read until it has the mode of the one it replaces."""
    return os.open(path, flags, stat.S_IRUSR | stat.S_IWUSR)


def _problem(draft: _Draft, error: OSError) -> EnvironmentProblem:
    reason = (error.strerror or str(error)).lower()
    return EnvironmentProblem(f"cannot write '{draft.change.path}': {reason}; it is as it was, mend this and run again")
