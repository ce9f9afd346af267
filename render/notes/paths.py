"""Paths and URLs of pictures and pages, as a note links to them: copies, the build, or the published site."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archfolio.gallery.manifest import File


@dataclass(frozen=True, slots=True)
class Locations:
    """The folder of a build, the URL where it is published, and the copies of its pictures."""

    site: Path
    url: str = ""
    remote: bool = False
    copies: Mapping[str, tuple[Path, ...]] | None = None  # by a file's path in the build

    def picture(self, file: File, note: Path) -> str:
        """Return the path from a note's folder to a picture: the nearest copy, else the build."""
        if self.remote and self.url:
            return _join_url(self.url, file.path)
        copies = (self.copies or {}).get(file.path, ())
        return relative_path(
            note, max(copies, key=lambda copy: _common_length(copy, note), default=self.site / file.path)
        )

    def page(self, path: str, note: Path) -> str:
        """Return the address of a page of the gallery; empty where no URL is configured."""
        if not self.url:
            return ""
        if "://" in self.url:
            return _join_url(self.url, path)
        return _join_url(relative_path(note, Path(self.url).absolute()), path)


def relative_path(folder: Path, path: Path) -> str:
    """Return the relative path from a folder to a path, with forward slashes; absolute across drives."""
    try:
        return PurePath(os.path.relpath(path, folder)).as_posix()
    except ValueError:  # another drive of Windows
        return path.as_posix()


def _join_url(base: str, path: str) -> str:
    return f"{base.rstrip('/')}/{path}"


def _common_length(one: Path, other: Path) -> int:
    try:
        return len(os.path.commonpath([one, other]))
    except ValueError:  # another drive of Windows
        return 0
