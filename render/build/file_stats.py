"""What the file system says of files that were hashed: while it says the same, they need not be hashed again.

Kept as `.archfolio.stat.json` in the output folder, of which nothing else depends: it differs between machines, and
without it everything is hashed. A file counts as unchanged while its size, inode, and times of change are as they were.
The second of these times no program can set: it is the moment of the last write, rename or change of mode. Files that
changed within a moment of the note about them may have changed again in it, and are hashed, as Git does. So an edit
goes unseen only where the clock was put back, or the disk itself is damaged; `--force` and `archfolio verify` read the
contents.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

NAME = ".archfolio.stat.json"
_MOMENT = 50_000_000  # ns: several ticks of the clocks of file systems
_COARSE = 2_000_000_000  # ns: FAT counts in twos of seconds
_SECOND = 1_000_000_000


def encode_stats(folder: Path, paths: Iterable[str]) -> bytes:
    """Write down what the file system says of files now."""
    return json.dumps({path: _stat(f"{folder}/{path}") for path in sorted(paths)}).encode()


def unchanged_files(folder: Path, paths: Iterable[str]) -> frozenset[str]:
    """Return which of these files are as they were when `encode_stats` was written."""
    try:
        with open(f"{folder}/{NAME}", "rb") as file:  # noqa: PTH123  an unchanged build does without pathlib's overhead
            noted = os.fstat(file.fileno()).st_mtime_ns
            known = json.loads(file.read())
        return frozenset(path for path in paths if _is_unchanged(known.get(path), _stat(f"{folder}/{path}"), noted))
    except (OSError, ValueError, AttributeError, TypeError, RecursionError):
        return frozenset()


def _is_unchanged(known: list[int] | None, now: list[int], noted: int) -> bool:
    if not now or known != now:
        return False
    changed = max(now[:2])
    moment = _COARSE if changed % _SECOND == 0 else _MOMENT
    return changed + moment < noted


def _stat(path: str) -> list[int]:
    """Return the times of the last write and the last change, size and inode of a file; nothing where there is none."""
    try:
        found = os.stat(path)  # noqa: PTH116  thousands of files
    except OSError:
        return []
    return [found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino]
