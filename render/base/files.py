"""Write files where readers see them whole or not at all, and only where something changed."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from typing import TYPE_CHECKING

from archfolio.render.base.errors import EnvironmentProblem

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_PART = 1 << 20  # bytes
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT}


def write(path: Path, content: bytes | bytearray, by: Path | None = None) -> bool:
    """Write a file unless it already says the same; return whether it was written.

    The content goes to a temporary name, `by` or one beside it, and is then renamed, so that nobody ever reads half a
    file.
    Raises EnvironmentProblem, with what was there before still whole, where the folder cannot be written or is full.
    """
    try:
        if path.is_file() and path.stat().st_size == len(content) and _says(path, content):
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = _temporary(path, by)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            os.chmod(name, 0o666 & ~_umask())  # noqa: PTH101  mkstemp makes files that only their owner reads
            os.replace(name, path)  # noqa: PTH105
        except BaseException:
            with suppress(OSError):
                os.unlink(name)  # noqa: PTH108
            raise
    except OSError as error:
        reason = "the disk is full" if error.errno in _NO_ROOM else (error.strerror or str(error)).lower()
        message = f"cannot write '{path}': {reason}; make room, or choose another folder"
        raise EnvironmentProblem(message) from error
    return True


def _says(path: Path, content: bytes | bytearray) -> bool:
    """Return whether a file says just this. It is read in parts: the largest would fill memory twice."""
    with path.open("rb") as file:
        starts = range(0, len(content), _PART)
        return all(file.read(_PART) == content[start : start + _PART] for start in starts)


def _temporary(path: Path, by: Path | None) -> tuple[int, str]:
    if by is not None:
        return os.open(by, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600), str(by)
    import tempfile  # noqa: PLC0415  builds do without

    return tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def prune(folder: Path, paths: Iterable[str]) -> int:
    """Remove files that we wrote once and no longer write, and folders that this leaves empty; count the files."""
    removed = 0
    for path in sorted(paths):
        file = folder / path
        if not file.resolve().is_relative_to(folder.resolve()):
            continue  # a state file that somebody edited must not make us reach outside
        with suppress(OSError):
            file.unlink()
            removed += 1
        for parent in file.parents:
            if parent == folder or not parent.is_relative_to(folder):
                break
            with suppress(OSError):
                parent.rmdir()
    return removed
