"""Write files where readers see them whole or not at all, and only where something changed."""

from __future__ import annotations

import errno
import io
import os
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from archfolio.render.base.errors import EnvironmentProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_PART = 1 << 20  # bytes
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT}
_NO_RIGHT = {errno.EACCES, errno.EPERM}


def write(path: Path, content: bytes, by: Path | None = None) -> bool:
    """Write a file unless it already says the same; return whether it was written.

    The content goes to a temporary name, `by` or one beside it, and is then renamed, so that nobody ever reads half a
    file.
    Raises EnvironmentProblem, with what was there before still whole, where the folder cannot be written or is full.
    """
    with _problems_told(path):
        if _says(path, io.BytesIO(content), len(content)):
            return False
        with _put_in_place(path, by) as file:
            file.write(content)
    return True


def write_parts(path: Path, parts: Iterable[bytes], by: Path) -> bool:
    """Write a file as `write` does, of parts that need not be in memory together."""
    with _problems_told(path), suppress(_SaysTheSame), _put_in_place(path, by) as file:
        file.writelines(parts)
        file.flush()
        with by.open("rb") as written:
            if _says(path, written, file.tell()):
                raise _SaysTheSame
        return True
    return False


class _SaysTheSame(Exception):  # noqa: N818  no error: what was written is not wanted
    pass


@contextmanager
def _problems_told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = "the disk is full" if error.errno in _NO_ROOM else (error.strerror or str(error)).lower()
        fixes = {**dict.fromkeys(_NO_ROOM, "make room, or "), **dict.fromkeys(_NO_RIGHT, "see its rights, or ")}
        message = f"cannot write '{path}': {reason}; {fixes.get(error.errno or 0, '')}choose another folder"
        raise EnvironmentProblem(message) from error


@contextmanager
def _put_in_place(path: Path, by: Path | None) -> Iterator[BinaryIO]:
    """Open a file under a temporary name, and rename it once the block has written it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = _temporary(path, by)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        Path(name).chmod(0o666 & ~_umask())  # mkstemp makes files that only their owner reads
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _says(path: Path, content: BinaryIO, size: int) -> bool:
    """Return whether there is a file that says just this. It is read in parts: the largest would fill memory twice."""
    if not path.is_file() or path.stat().st_size != size:
        return False
    with path.open("rb") as file:
        while (part := file.read(_PART)) == content.read(_PART):
            if not part:
                return True
    return False


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
