"""What the last build was made of, so that the next one does only what changed. By content, never by time.

Kept as `.archfolio.json` in the output folder. A state that is missing, damaged or of another version of our code is
no state: everything is made again. Nothing here imports what draws, so that an unchanged build costs next to nothing.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import msgspec

NAME = ".archfolio.json"
_PINNED = ("diagrams", "pygraphviz", "fontpkg-inter", "fonttools", "brotli", "pillow", "uharfbuzz", "numpy", "jinja2")
_NOT_PAINTED = ("cli", "pipeline", "state", "write", "errors", "discover", "record", "manifest", "workers")
_ROOT = Path(__file__).parent.parent


class Module(msgspec.Struct, frozen=True):
    """What one module's drawings hung on: its own bytes, and those of what it read."""

    source: str
    reads: dict[str, str] = {}  # path, as it was read, to hash
    failed: bool = False  # then it is tried again


class State(msgspec.Struct, frozen=True):
    """What a build was made of, and what it wrote."""

    code: str = ""
    options: str = ""
    modules: dict[str, Module] = {}  # by slug
    files: dict[str, str] = {}  # path in the output folder to hash


def digest(*parts: bytes | str) -> str:
    """Hash parts into 16 hexadecimal digits; where one part ends and the next begins counts."""
    total = hashlib.sha256()
    for part in parts:
        content = part.encode() if isinstance(part, str) else part
        total.update(len(content).to_bytes(8, "little"))
        total.update(content)
    return total.hexdigest()[:16]


def of_file(path: Path) -> str:
    """Hash a file; one that is not there has a hash too, which no content has."""
    try:
        return digest(path.read_bytes())
    except OSError:
        return "missing"


def _versions() -> list[str]:
    found = []
    for name in _PINNED:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"{name} missing")
    return found


def _sources(folder: str, pattern: str = "*.py") -> list[Path]:
    return sorted((_ROOT / folder).rglob(pattern))


@cache
def painting_code() -> str:
    """Hash what can change the bytes of a picture besides its module: our drawing code and the pinned versions."""
    files = [path for path in _sources("render") if path.stem not in _NOT_PAINTED]
    files += [path for path in _sources("systems") if path.name.startswith("_")]
    return digest(*_versions(), *(path.read_bytes() for path in files))


@cache
def all_code() -> str:
    """Hash what can change anything that a build writes."""
    files = [
        path
        for path in [*_sources("render"), *_sources("systems"), *_sources("gallery", "*")]
        if path.is_file() and path.suffix != ".pyc"
    ]
    ours = [path for path in files if path.parent.name != "systems" or path.name.startswith("_")]
    return digest(*_versions(), *(path.name for path in ours), *(path.read_bytes() for path in ours))


def load(folder: Path) -> State:
    """Read the state of a folder; an empty one where there is none that can be used."""
    try:
        return msgspec.json.decode((folder / NAME).read_bytes(), type=State)
    except (OSError, msgspec.DecodeError):
        return State()


def encode(state: State) -> bytes:
    """Write a state as JSON."""
    return msgspec.json.format(msgspec.json.encode(state, order="sorted"), indent=1) + b"\n"
