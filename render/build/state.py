"""What the last build was made of, so that the next one does only what changed. By content, never by time.

Kept as `.archfolio.json` in the output folder. A state that is missing or damaged is no state: everything is made
again. Nothing here imports what draws, so that an unchanged build costs next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from pathlib import Path

NAME = ".archfolio.json"
RECORD = "manifest.json"  # is `manifest.NAME`, for those that can do without the rest of it


class ModuleState(msgspec.Struct, frozen=True):
    """What one module's part of a build hung on, and what was made of it."""

    source: str  # hash of its file, UNKNOWN to have it run again
    reads: dict[str, str] = {}  # what it read, by path from the folder of modules
    makes: list[str] = []  # its pictures and icons, in the output folder
    own_parts: list[str] = []  # its components with icons of its own, which another module may have too
    failed: bool = False  # then it is tried again


class BuildState(msgspec.Struct, frozen=True):
    """What a build was made of, and what it wrote."""

    code: str = ""
    options: str = ""
    modules: dict[str, ModuleState] = {}  # by slug
    files: dict[str, str] = {}  # path in the output folder to hash
    finished: bool = False  # else a build was cut short, and there may be files of ours that are not listed
    systems: int = 0
    views: int = 0


def load_state(folder: Path) -> BuildState:
    """Read the state of a folder; an empty one where there is none that can be used."""
    try:
        return msgspec.json.decode((folder / NAME).read_bytes(), type=BuildState)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return BuildState()


def encode_state(state: BuildState) -> bytes:
    """Write a state as JSON."""
    return msgspec.json.format(msgspec.json.encode(state, order="sorted"), indent=1) + b"\n"
