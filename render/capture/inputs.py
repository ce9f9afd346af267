"""Record what a module reads while it runs, each file with its hash as it was just before it was read.

Python tells an audit hook of every file that is opened: local modules, data files, fonts, pictures. What the module
reads through other programs, the network or the clock cannot be seen; a module that does so is drawn again with
--force.
"""

from __future__ import annotations

import importlib.machinery
import os
import sys
import sysconfig
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from archfolio.render.base import hashing
from archfolio.render.base.source_folders import GALLERY, RENDER
from archfolio.render.capture.module import Captured, capture

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from archfolio.render.capture.discover import Script
    from archfolio.render.model.conventions import Conventions
    from archfolio.render.model.drawing import Drawing

_INSTALLED = tuple(
    f"{place}{os.sep}"
    for place in {*sysconfig.get_paths().values(), *map(os.path.realpath, sysconfig.get_paths().values())}
    if place not in (sys.prefix, sys.base_prefix, "/usr", "/usr/local")
)
_READING = frozenset({"open", "os.listdir", "os.scandir"})  # events of which Python tells
_NOT_INPUT = (*_INSTALLED, "/proc/", "/dev/", "/sys/", f"{RENDER}{os.sep}", f"{GALLERY}{os.sep}")


@dataclass(frozen=True, slots=True)
class Observed:
    """What a module drew and said, and what it read."""

    captured: Captured
    reads: dict[Path, str]


def observe(script: Script, conventions: Conventions, on_drawing: Callable[[Drawing], None]) -> Observed:
    """Capture a script. Meant for a process of its own, as `capture` is; what `on_drawing` reads is not observed."""
    with _recording_inputs() as recorder:

        def unobserved(drawing: Drawing) -> None:
            recorder.busy = True
            try:
                on_drawing(drawing)
            finally:
                recorder.busy = False

        captured = capture(script, conventions=conventions, on_drawing=unobserved)
    reads = {Path(path): known for path, known in recorder.seen.items()}
    reads.pop(script.path, None)
    return Observed(captured, reads)


class _InputRecorder:
    """What was seen so far."""

    def __init__(self) -> None:
        self.seen: dict[str, str] = {}
        self.made: set[str] = set()  # by the module itself: no input
        self.busy = False

    def on_audit_event(self, event: str, args: tuple[object, ...]) -> None:
        """Record a file that is about to be read, or a folder that is about to be listed."""
        if self.busy:
            return
        self.busy = True
        try:
            self._record(event, args)
        finally:
            self.busy = False

    def _record(self, event: str, args: tuple[object, ...]) -> None:
        named = args[0] if args[0] is not None else "."
        if not isinstance(named, (str, bytes, os.PathLike)):
            return  # a file that is open already
        if os.fsdecode(named).startswith("<"):
            return  # "<string>", which a traceback looks for
        path = os.path.abspath(os.fsdecode(named))  # noqa: PTH100  symbolic links are kept as they are written
        if event == "open":
            flags = args[2] if isinstance(args[2], int) else 0
            if flags & (os.O_WRONLY | os.O_RDWR):
                self.made.add(path)
                return
        elif _caller_is_import():
            return  # which asks every folder on the path what is in it
        if path not in self.made and not path.startswith(_NOT_INPUT):
            self.seen.setdefault(path, hashing.hash_file(path))


def _caller_is_import() -> bool:
    """Return whether it is an import that is going on: the first frame that is not of this file says so."""
    frame = sys._getframe(1)
    while frame.f_back is not None and frame.f_code.co_filename == __file__:
        frame = frame.f_back
    return frame.f_code.co_filename.startswith("<frozen importlib")


class _FromSource(importlib.machinery.SourceFileLoader):
    """Load a local module from its source: compiled files are told from old ones by time, which cannot be trusted."""

    def path_stats(self, path: str) -> dict[str, int]:
        """Raise OSError: there is no compiled file to compare with, and none is to be written."""
        raise OSError(path)


def _local_finder(folder: str) -> importlib.machinery.FileFinder:
    """Find modules in a folder that is no installed package's."""
    if f"{folder}{os.sep}".startswith(_NOT_INPUT) or not Path(folder).is_dir():
        raise ImportError
    kinds = [
        (importlib.machinery.ExtensionFileLoader, importlib.machinery.EXTENSION_SUFFIXES),
        (_FromSource, importlib.machinery.SOURCE_SUFFIXES),
    ]
    return importlib.machinery.FileFinder(folder, *kinds)


def _look_anew_in_local_folders() -> None:
    """Forget who finds modules in folders that are no installed package's; whoever lists the others need not again."""
    for folder in [one for one in sys.path_importer_cache if not f"{one}{os.sep}".startswith(_NOT_INPUT)]:
        del sys.path_importer_cache[folder]


@contextmanager
def _recording_inputs() -> Iterator[_InputRecorder]:
    """Watch for as long as the block lasts."""
    recorder = _InputRecorder()
    running = True

    def hook(event: str, args: tuple[object, ...]) -> None:
        if event in _READING and running:  # most of the thousands of events are others
            recorder.on_audit_event(event, args)

    sys.addaudithook(hook)  # there is no way to take it out again
    sys.path_hooks.insert(0, _local_finder)
    _look_anew_in_local_folders()
    try:
        yield recorder
    finally:
        running = False
        sys.path_hooks.remove(_local_finder)
        _look_anew_in_local_folders()
