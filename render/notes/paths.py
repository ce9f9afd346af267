"""Where a picture and its page stand, seen from a note: copies beside the notes, the build, or the published site."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archfolio.gallery.manifest import File


@dataclass(frozen=True, slots=True)
class Places:
    """A build, its published twin, and the copies of its pictures."""

    site: Path
    url: str = ""
    remote: bool = False
    copies: Mapping[str, tuple[Path, ...]] | None = None  # by a file's path in the build

    def picture(self, file: File, note: Path) -> str:
        """Return the way from a note's folder to a picture: the nearest copy, else the build."""
        if self.remote and self.url:
            return _joined(self.url, file.path)
        copies = (self.copies or {}).get(file.path, ())
        return way(note, max(copies, key=lambda copy: _shared(copy, note), default=self.site / file.path))

    def page(self, path: str, note: Path) -> str:
        """Return the address of a page of the gallery; none where nobody said where it is published."""
        if not self.url:
            return ""
        if "://" in self.url:
            return _joined(self.url, path)
        return _joined(way(note, Path(self.url).absolute()), path)


def way(folder: Path, path: Path) -> str:
    """Return the relative way from a folder to a path, with forward slashes; absolute where there is none."""
    try:
        return PurePath(os.path.relpath(path, folder)).as_posix()
    except ValueError:  # another drive of Windows
        return path.as_posix()


def _joined(base: str, path: str) -> str:
    return f"{base.rstrip('/')}/{path}"


def _shared(one: Path, other: Path) -> int:
    try:
        return len(os.path.commonpath([one, other]))
    except ValueError:  # another drive of Windows
        return 0
