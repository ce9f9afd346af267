"""What the last build was made of, so that the next one does only what changed. By content, never by time.

Kept as `.archfolio.json` in the output folder. A state that is missing or damaged is no state: everything is made
again. Nothing here imports what draws, so that an unchanged build costs next to nothing.
"""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import msgspec
import xxhash

if TYPE_CHECKING:
    from pathlib import Path

NAME = ".archfolio.json"
RECORD = "manifest.json"  # is `manifest.NAME`, for those that can do without the rest of it
MISSING = "missing"  # the hash of what is not there; no content has it
UNKNOWN = ""  # the hash of what is being written; no content has it either


class Module(msgspec.Struct, frozen=True):
    """What one module's part of a build hung on, and what was made of it."""

    source: str  # hash of its file, UNKNOWN to have it run again
    reads: dict[str, str] = {}  # what it read, by path from the folder of modules
    makes: list[str] = []  # its pictures and icons, in the output folder
    own_parts: list[str] = []  # its components with icons of its own, which another module may have too
    failed: bool = False  # then it is tried again


class State(msgspec.Struct, frozen=True):
    """What a build was made of, and what it wrote."""

    code: str = ""
    options: str = ""
    modules: dict[str, Module] = {}  # by slug
    files: dict[str, str] = {}  # path in the output folder to hash
    finished: bool = False  # else a build was cut short, and there may be files of ours that are not listed
    systems: int = 0
    views: int = 0


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


def of_file(path: Path | str) -> str:
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


def load(folder: Path) -> State:
    """Read the state of a folder; an empty one where there is none that can be used."""
    try:
        return msgspec.json.decode((folder / NAME).read_bytes(), type=State)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return State()


def encode(state: State) -> bytes:
    """Write a state as JSON."""
    return msgspec.json.format(msgspec.json.encode(state, order="sorted"), indent=1) + b"\n"
