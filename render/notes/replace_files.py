"""Replace a person's files: each whole or not at all, with its mode, through its link, and only if still as read.

All new texts are on the disk, beside the files, before the first file gives way: where there is no room for one of
them, nothing is changed.
"""

from __future__ import annotations

import os
import re
import stat
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archfolio.render.base.errors import EnvironmentProblem

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_AT_ONCE = 16  # a disk that is told to keep many files keeps them together
_LEFT = re.compile(r"\.(.+)\.[0-9a-f]{8}\.part")


@dataclass(frozen=True, slots=True)
class Change:
    """A file as it was read, and as it is to be."""

    path: Path
    before: bytes
    after: bytes


@dataclass(frozen=True, slots=True)
class _Draft:
    """A change, the file that it is of behind all links, and the new file beside that."""

    change: Change
    file: str
    part: str


def replace_files(changes: Iterable[Change]) -> tuple[Path, ...]:
    """Write files that were read before; return those that have changed since, which are left alone.

    Raises EnvironmentProblem, with every file still whole, where one cannot be written.
    """
    token = os.urandom(4).hex()
    drafts = [_draft(change, token) for change in changes]
    if not drafts:
        return ()
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415  mostly there is nothing to write

    _sweep(drafts)
    try:
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            list(pool.map(_write, drafts))
        return tuple(draft.change.path for draft in drafts if not _put(draft))
    finally:
        for draft in drafts:
            with suppress(OSError):
                os.unlink(draft.part)  # noqa: PTH108


def _draft(change: Change, token: str) -> _Draft:
    file = os.path.realpath(change.path) if change.path.is_symlink() else str(change.path)
    folder, name = os.path.split(file)
    return _Draft(change, file, os.path.join(folder, f".{name}.{token}.part"))  # noqa: PTH118


def _sweep(drafts: Iterable[_Draft]) -> None:
    """Remove what a run that was killed has left beside these files."""
    files = {os.path.split(draft.file) for draft in drafts}
    for folder in {folder for folder, _ in files}:
        with suppress(OSError), os.scandir(folder or ".") as entries:
            for entry in entries:
                left = _LEFT.fullmatch(entry.name)
                if left and (folder, left[1]) in files:
                    os.unlink(entry.path)  # noqa: PTH108


def _write(draft: _Draft) -> None:
    """Put the new file beside the old one, safe from a power cut."""
    try:
        with open(draft.part, "xb", opener=_only_ours) as file:
            file.write(draft.change.after)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(draft.part, stat.S_IMODE(os.stat(draft.file).st_mode))  # noqa: PTH101, PTH116
    except OSError as error:
        raise _problem(draft, error) from error


def _put(draft: _Draft) -> bool:
    """Put the new file in the place of the old one; tell whether that was still as it was read."""
    try:
        with open(draft.file, "rb") as file:  # noqa: PTH123
            unchanged = file.read() == draft.change.before
        if unchanged:
            os.replace(draft.part, draft.file)  # noqa: PTH105
    except OSError as error:
        raise _problem(draft, error) from error
    return unchanged


def _only_ours(path: str, flags: int) -> int:
    """Open a file that nobody else may read until it has the mode of the one it replaces."""
    return os.open(path, flags, stat.S_IRUSR | stat.S_IWUSR)


def _problem(draft: _Draft, error: OSError) -> EnvironmentProblem:
    reason = (error.strerror or str(error)).lower()
    return EnvironmentProblem(f"cannot write '{draft.change.path}': {reason}; it is as it was, mend this and run again")
