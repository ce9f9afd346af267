"""Hashes of contents: what is compared to tell whether something changed. Never times, never sizes."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import xxhash

if TYPE_CHECKING:
    from pathlib import Path

MISSING = "missing"  # the hash of what is not there; no content has it
_CHUNK = 1 << 20
UNKNOWN = ""  # the hash of what is being written; no content has it either


def digest(*parts: bytes | bytearray | str) -> str:
    """Hash parts into 16 hexadecimal digits; where one part ends and the next begins counts.

    XXH3, for an unchanged build does little but hash some 40 MB. It tells apart whatever is not made to deceive it, and
    nobody gains by that: who can edit a module can edit its picture.
    """
    total = xxhash.xxh3_64()
    for part in parts:
        content = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        total.update(_mark(len(content)))
        total.update(content)
    return total.hexdigest()


def _mark(size: int) -> bytes:
    """Return what stands before a part of so many bytes."""
    return size.to_bytes(8, "little")


def hash_file(path: Path | str) -> str:
    """Hash a file, or the names in a folder; what is not there, or no file, has a hash too."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return MISSING
    try:
        kind = os.fstat(handle)
        if stat.S_ISDIR(kind.st_mode):
            names = os.listdir(handle)  # noqa: PTH208  of an open folder
            return digest(*sorted(name for name in names if name != "__pycache__"))
        if not stat.S_ISREG(kind.st_mode):
            return MISSING
        return digest(_read(handle, kind.st_size)) if kind.st_size < _CHUNK else _hash_parts(handle, kind.st_size)
    except OSError:
        return MISSING
    finally:
        os.close(handle)


def _hash_parts(handle: int, size: int) -> str:
    """Hash an open file of some size as `digest` does, without having it in memory whole."""
    total = xxhash.xxh3_64(_mark(size))
    read = 0
    while part := os.read(handle, _CHUNK):
        total.update(part)
        read += len(part)
    return total.hexdigest() if read == size else UNKNOWN


def read_file(path: str) -> bytes:
    """Read a file, in half the calls that `open` makes: an unchanged build does little but this, a thousand times."""
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        return _read(handle, os.fstat(handle).st_size)
    finally:
        os.close(handle)


def _read(handle: int, size: int) -> bytes:
    """Read all that is left, of which there should be so many bytes."""
    first = os.read(handle, size + 1)
    return first if len(first) == size else first + b"".join(iter(lambda: os.read(handle, _CHUNK), b""))
