"""A second process for a drawing that somebody waits for: both draw it, but each does half of what can be shared.

It is a fork, so that it begins with all that is known here, and goes the same way through the same work. Each
tells the other what came of its half, and so nothing else need be handed on: what is drawn is as if there were one.
"""

from __future__ import annotations

import os
import pickle
import signal
from contextlib import suppress
from multiprocessing.connection import Pipe
from typing import TYPE_CHECKING, TypeVar

from archfolio.render.base.share import in_turn

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.connection import Connection

A = TypeVar("A")
T = TypeVar("T")


class Partner:
    """The other one of two processes."""

    def __init__(self) -> None:
        """Fork this process, which has one thread, and both go on; where that is no use, or cannot be, it is alone."""
        self._pipe: Connection | None = None
        self._process, self.is_second = 0, False
        if _cores() > 1:
            with suppress(OSError):  # there are too many files or processes
                mine, theirs = Pipe()
                self._process = os.fork()
                self.is_second = self._process == 0
                self._pipe, unused = (theirs, mine) if self.is_second else (mine, theirs)
                unused.close()

    def share(self, do: Callable[[A], T], items: Sequence[A], /) -> list[T]:
        """Return what is made of each of the items, of which the other process does every second.

        What it does not do, since it died or raised, is done here. The second one raises EOFError without the first.
        """
        if self._pipe is None or len(items) < 2:  # noqa: PLR2004  both do it
            return in_turn(do, items)
        mine, theirs = items[self.is_second :: 2], items[not self.is_second :: 2]
        done = in_turn(do, mine)
        said = self._exchanged(pickle.dumps(done))
        others: list[T] = in_turn(do, theirs) if said is None else pickle.loads(said)  # noqa: S301  our own
        halves = (others, done) if self.is_second else (done, others)
        return [halves[at % 2][at // 2] for at in range(len(items))]

    def _exchanged(self, said: bytes) -> bytes | None:
        """Tell the other one something, and return what it says, None where it is gone; the first one speaks first."""
        pipe = self._pipe
        assert pipe  # noqa: S101  whoever asks has one
        if self.is_second:
            heard = pipe.recv_bytes()
            pipe.send_bytes(said)
            return heard
        try:
            pipe.send_bytes(said)
            return pipe.recv_bytes()
        except (OSError, EOFError):
            self.end()
            return None

    def end(self) -> None:
        """End the other process, and be alone."""
        if self._pipe and self._process:
            with suppress(OSError):
                os.kill(self._process, signal.SIGKILL)
                os.waitpid(self._process, 0)
            self._pipe.close()
        self._pipe = None


def _cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
