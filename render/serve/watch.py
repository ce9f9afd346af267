"""Watch for edits: in folders of modules, in what these read from elsewhere, in our own code, and in the settings."""

from __future__ import annotations

import os
import threading
import time
from contextlib import suppress
from pathlib import Path
from stat import S_ISREG
from typing import TYPE_CHECKING, Self

import watchfiles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from watchfiles import Change

SETTLED = 2  # ms without an edit after which a burst is taken to be over; to look so often takes 1 % of a core
BURST = 400  # ms that a burst may last before what came so far is passed on
RECHECK = 500  # ms after which it is checked that the folders are still those that are watched
UNKNOWN_PATH = Path()
"""Reported where something may have been edited, and it is not known what."""
_TEMPORARY = ("~", ".tmp", ".swp", ".swx", ".part", "___jb_tmp___", "___jb_old___", "4913", "#")


class Watcher:
    """Watches folders and files from a thread and collects edited paths until `wait` returns them."""

    def __init__(
        self,
        folders: Callable[[], Iterable[Path]],
        ignored: Iterable[Path],
        on_edit: Callable[[set[Path]], None] = lambda _: None,
    ) -> None:
        """Watch the folders and files that `folders` returns, which is called again and again; leave out ignored ones.

        `on_edit` is called with the paths of each burst of edits as soon as it is over, from the thread, and before
        `wait` returns them.
        """
        self._on_edit = on_edit
        self._folders = folders
        self._filter = Filter(ignored)
        self._edited: set[Path] = set()
        self._collecting = threading.Lock()  # held while `_edited` is changed
        self._event = threading.Event()
        self._ready = threading.Event()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        """Start; edits from now on are collected."""
        self._thread.start()
        self._ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        """Stop the thread."""
        self._stop.set()
        self._thread.join(10)

    @property
    def pending(self) -> bool:
        """Whether there are edits that `wait` would return at once."""
        return self._event.is_set()

    def report(self, edited: set[Path]) -> None:
        """Have `wait` return these paths too."""
        with self._collecting:
            self._edited |= edited
            self._event.set()

    def wait(self, seconds: float | None = None) -> set[Path]:
        """Wait for edits and return the paths; none where none came in time."""
        self._event.wait(seconds)
        with self._collecting:
            self._event.clear()
            edited, self._edited = self._edited, set()
        return edited

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self._watch_once()
            except Exception:  # noqa: BLE001  as for a file whose name is not UTF-8: it must not be the last edit seen
                time.sleep(RECHECK / 1000)

    def _watch_once(self) -> None:
        """Collect edits for as long as the folders are the same; one that goes or is replaced is an edit too."""
        watched = _existing(self._folders())
        marks = _marks(watched)
        held = {UNKNOWN_PATH} if self._ready.is_set() else set()  # edits between two watches are not seen
        if not watched:
            self._ready.set()
            time.sleep(RECHECK / 1000)
        for changes in watchfiles.watch(
            *watched,
            watch_filter=self._filter,
            stop_event=_Asked(self._stop, self._ready),
            debounce=BURST,
            step=SETTLED,
            rust_timeout=RECHECK,
            yield_on_timeout=True,
            raise_interrupt=False,
        ):
            edited = {Path(path) for _, path in changes}
            emptied = set(filter(_is_empty, edited))  # to be written in a moment, which is an edit of its own
            self._record(edited - emptied | held)  # at once: an author waits for the picture
            held = emptied
            now = _marks(_existing(self._folders()))
            self._record({folder for folder, mark in marks.items() if now.get(folder) != mark})
            if now != marks:
                self._record(held)
                return

    def _record(self, edited: set[Path]) -> None:
        if edited:
            try:
                self._on_edit(edited)
            finally:
                self.report(edited)


class _Asked:
    """Whether to stop, as the library asks: first when it has begun to watch, which nothing else tells."""

    def __init__(self, stop: threading.Event, ready: threading.Event) -> None:
        self._stop, self._ready = stop, ready

    def is_set(self) -> bool:
        self._ready.set()
        return self._stop.is_set()


def _is_empty(path: Path) -> bool:
    """Return whether a file is there and empty: many editors empty a file before they write it."""
    try:
        status = path.stat()
    except OSError:
        return False
    return S_ISREG(status.st_mode) and status.st_size == 0


def _existing(folders: Iterable[Path]) -> list[Path]:
    return sorted({folder for folder in folders if folder.exists()})


def _marks(folders: Iterable[Path]) -> dict[Path, int]:
    """Return the inode of each folder: a branch switch puts others of the same name there."""
    marks = {}
    for folder in folders:
        with suppress(OSError):  # gone a moment ago
            marks[folder] = folder.stat().st_ino
    return marks


class Filter(watchfiles.DefaultFilter):
    """Ignores temporary files of editors, Python and version control, and what we write."""

    def __init__(self, ignored: Iterable[Path]) -> None:
        """Ignore these folders besides."""
        super().__init__()
        self._ours = tuple(f"{folder.resolve()}{os.sep}" for folder in ignored)

    def __call__(self, change: Change, path: str) -> bool:
        """Return whether a change is an edit."""
        name = os.path.basename(path)  # noqa: PTH119  called for every file of a burst
        if name.endswith(_TEMPORARY) or name.startswith((".#", "#")) or path.startswith(self._ours):
            return False
        return super().__call__(change, path)
