"""The output folder in the course of one build: what is in it as it was written, and what this build puts there.

Before a file changes, or is written for the first time, the state on disk names it and stops vouching for it. So what
the state does not name is somebody else's, and a build that is cut short, by a full disk or by
kill -9, leaves whole files, and the next build knows which of them it cannot go by.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import PurePath
from typing import TYPE_CHECKING

from archfolio.render.base import hashing
from archfolio.render.base.errors import EnvironmentProblem
from archfolio.render.base.files import prune, write, write_parts
from archfolio.render.build import file_stats, state

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_HALF = ".archfolio.part"  # the one file that is being written
_GENERATOR, _HEAD = b'"generator":"archfolio ', 64  # what a manifest begins with, and within how many bytes


class OutputFolder:
    """An output folder and its state."""

    def __init__(self, folder: Path, *, trusts_stats: bool = True) -> None:
        """Read the state of a folder, and hash what it speaks of, but for what the file system calls unchanged."""
        self.folder = folder
        self.last = state.load_state(folder)
        self.written = 0
        self._ours = not self.last.files and _is_manifest(folder / state.RECORD)  # of which the state was lost
        with suppress(OSError):
            (folder / _HALF).unlink()
        same = (
            file_stats.unchanged_files(folder, self.last.files) if trusts_stats and self.last.finished else frozenset()
        )
        self._now = {
            path: known if path in same else hashing.hash_file(f"{folder}/{path}")
            for path, known in self.last.files.items()
        }
        self._put: dict[str, str] = {}
        self._before = frozenset(self.last.files)

    def is_intact(self, path: str) -> bool:
        """Return whether a file is there just as we wrote it."""
        if path in self._put:
            return True
        known = self.last.files.get(path, hashing.UNKNOWN)
        return known not in (hashing.UNKNOWN, hashing.MISSING) and self._now[path] == known

    def defects(self, paths: Iterable[str] | None = None) -> Iterator[str]:
        """Yield a phrase for each of these files, or of all, that is not as we wrote it."""
        for path in self.last.files if paths is None else paths:
            if not self.is_intact(path):
                yield f"{path} is missing" if self._now.get(path) == hashing.MISSING else f"{path} is damaged"

    def invalidate(self, paths: Iterable[str]) -> None:
        """Take back what the state on disk says of files that are about to change, and name those that will be new.

        Raises EnvironmentProblem where one of them is there already and is not ours, after what this build
        wrote was taken back.
        """
        doubtful = dict.fromkeys(paths, hashing.UNKNOWN)
        if not doubtful:
            return
        try:
            self.refuse_foreign(doubtful)
        except EnvironmentProblem:
            self._take_back()
            raise
        self.last = self.last._replace(files={**self.last.files, **doubtful}, finished=False)
        self._now |= {path: hashing.hash_file(f"{self.folder}/{path}") for path in doubtful if path not in self._now}
        self._write(state.NAME, state.encode_state(self.last))

    def refuse_foreign(self, paths: Iterable[str]) -> None:
        """Raise EnvironmentProblem where one of the files that are to be written is there already and is not ours."""
        if self._ours:
            return
        seen: set[str] = set()  # folders that were looked at
        for path in paths:
            if path not in self.last.files and (foreign := self._foreign(path, seen)):
                message = f"'{foreign}' is there and is not ours: move it away, or choose another folder with --output"
                raise EnvironmentProblem(message)

    def _foreign(self, path: str, seen: set[str]) -> Path | None:
        """Return what stands in the way of a file: something of its name, or a file where its folder is to be."""
        if os.path.lexists(f"{self.folder}/{path}"):
            return self.folder / path
        folder, _, _ = path.rpartition("/")
        if folder in seen:
            return None
        seen.add(folder)
        above = (self.folder / parent for parent in PurePath(path).parents)
        return next((one for one in above if os.path.lexists(one) and not one.is_dir()), None)

    def _take_back(self) -> None:
        """Remove the files that this build was the first to write; where there were none before, the state too."""
        if self._before:
            prune(self.folder, set(self.last.files) - self._before)
        else:
            remove(self.folder)

    def put(self, path: str, content: bytes) -> str:
        """Write a file, if it is not there already; return its hash."""
        self.written += self._write(path, content)
        self._put[path] = hashing.digest(content)
        return self._put[path]

    def put_parts(self, path: str, content: Iterable[bytes]) -> str:
        """Write a file that is too large to be held in memory, if it is not there already; return its hash."""
        self.written += write_parts(self.folder / path, content, by=self.folder / _HALF)
        self._put[path] = hashing.hash_file(self.folder / path)
        return self._put[path]

    def keep(self, paths: Iterable[str]) -> None:
        """Go on vouching for files of the last build."""
        for path in paths:
            if path not in self._put:
                sound = self.is_intact(path)
                self._put[path] = self._now[path] if sound else hashing.hash_file(self.folder / path)

    def keep_stale(self, paths: Iterable[str]) -> None:
        """Leave files of ours that could not be made anew as they are; the next build tries again."""
        for path in paths:
            if (self._ours or path in self.last.files) and (self.folder / path).is_file():
                self._put[path] = hashing.UNKNOWN

    def finish(self, now: state.BuildState) -> int:
        """Remove what we no longer write, and say in the state what there is; count what was removed."""
        removed = prune(self.folder, set(self.last.files) - set(self._put))
        self._write(file_stats.NAME, file_stats.encode_stats(self.folder, self._put))
        self._write(state.NAME, state.encode_state(now._replace(files=self._put, finished=True)))
        return removed

    def _write(self, path: str, content: bytes) -> bool:
        return write(self.folder / path, content, by=self.folder / _HALF)


def _is_manifest(path: Path) -> bool:
    """Return whether a manifest is ours, not what others call so."""
    try:
        with path.open("rb") as file:
            return _GENERATOR in file.read(_HEAD)
    except OSError:
        return False


def remove(folder: Path) -> int:
    """Remove everything that builds wrote to a folder, the folder too if that leaves it empty; count the files.

    Raises EnvironmentProblem, with the state still there, where one cannot be removed.
    """
    written = [path for path in state.load_state(folder).files if (folder / path).is_file()]
    count = prune(folder, written)
    if count < len(written) and (left := [path for path in written if (folder / path).is_file()]):
        message = (
            f"cannot remove '{folder / left[0]}'{f' and {len(left) - 1} more' if left[1:] else ''}: see its rights"
        )
        raise EnvironmentProblem(message)
    count += prune(folder, [path for path in (state.NAME, file_stats.NAME, _HALF) if (folder / path).is_file()])
    with suppress(OSError):
        folder.rmdir()
    return count
