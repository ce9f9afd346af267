"""Run a file as the program that it is."""

from __future__ import annotations

import os
import runpy
import sys
import threading
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Outcome:
    """The names that a program leaves behind, and what ended it, if it did not end by itself."""

    namespace: dict[str, object]
    error: BaseException | None

    @property
    def missed_a_file(self) -> bool:
        """Whether it looked for a file, by a path from its working folder, that is not there."""
        error = self.error
        return isinstance(error, FileNotFoundError) and not Path(os.fsdecode(error.filename or os.sep)).is_absolute()


def run_script(path: Path, folder: Path, arguments: Sequence[str]) -> Outcome:
    """Run a file in a folder, with the arguments of a command line, and wait for the threads that it starts."""
    os.chdir(folder)
    sys.path.insert(0, str(path.parent))
    sys.argv = [str(path), *arguments]
    before = set(threading.enumerate())
    try:
        namespace = runpy.run_path(str(path), run_name="__main__")
    except SystemExit as stop:
        is_well = stop.code in (None, 0)
        return Outcome(_names_at(stop, path) if is_well else {}, None if is_well else stop)
    except BaseException as error:  # noqa: BLE001  an author's module may raise anything
        return Outcome({}, error)
    finally:
        for thread in threading.enumerate():
            if thread not in before and not thread.daemon:
                thread.join()
    return Outcome(namespace, None)


def _names_at(stop: SystemExit, path: Path) -> dict[str, object]:
    """Return the names of a file at the moment when it ended itself."""
    frames = (frame for frame, _ in traceback.walk_tb(stop.__traceback__))
    return next((frame.f_globals for frame in frames if frame.f_code.co_filename == str(path)), {})
