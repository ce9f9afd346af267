"""Hashes of contents: what is compared to tell whether something changed. Never times, never sizes."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import xxhash

if TYPE_CHECKING:
    from pathlib import Path

MISSING = "missing"  # the hash of what is not there; no content has it
UNKNOWN = ""  # the hash of what is being written; no content has it either


def digest(*parts: bytes | str) -> str:
    """Hash parts into 16 hexadecimal digits; where one part ends and the next begins counts.

    XXH3, for an unchanged build does little but hash some 40 MB. It tells apart whatever is not made to deceive it, and
    nobody gains by that: who can edit a module can edit its picture.
    """
    total = xxhash.xxh3_64()
    for part in parts:
        content = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        total.update(len(content).to_bytes(8, "little"))
        total.update(content)
    return total.hexdigest()


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
        with os.fdopen(handle, "rb", buffering=0, closefd=False) as file:
            return digest(file.readall() or b"")
    except OSError:
        return MISSING
    finally:
        os.close(handle)
