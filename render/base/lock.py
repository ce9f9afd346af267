"""One build at a time in a folder: a second one waits until the first is through."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

try:
    import fcntl
except ImportError:  # Windows locks no folders; there two builds at once are the user's to avoid
    fcntl = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@contextmanager
def exclusive_lock(folder: Path, on_wait: Callable[[], None]) -> Iterator[None]:
    """Lock a folder for as long as the block lasts; `on_wait` is called where another process holds it.

    The lock is on the folder itself: no file is left, and a process that is killed lets go.
    """
    if fcntl is None:
        yield
        return
    handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            on_wait()
            fcntl.flock(handle, fcntl.LOCK_EX)
        except OSError:  # some network drives lock nothing
            pass
        yield
    finally:
        with suppress(OSError):
            os.close(handle)
