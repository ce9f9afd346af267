"""Processes that do the dangerous work: authors' code, and Graphviz, which is C code that can abort.

A module runs in a process of its own, which may do anything to itself. Drawings share a few processes; if one dies or
hangs, only the drawing that it was making is lost.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from concurrent.futures import TimeoutError as TooSlow
from contextlib import contextmanager
from typing import TYPE_CHECKING, Generic, ParamSpec, TypeVar

from pebble import ProcessExpired, ProcessPool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pebble import ProcessFuture

P = ParamSpec("P")
T = TypeVar("T")

SECONDS = 60.0  # that one module or one drawing may take
_STDOUT, _STDERR = 1, 2


class Died(Exception):  # noqa: N818
    """The process that was working on it died or took too long; the message says which."""


class Workers:
    """Two pools: one whose processes serve once, for authors' code, and one whose processes stay, for drawings."""

    def __init__(self, modules: ProcessPool, drawings: ProcessPool) -> None:
        """Use these pools."""
        self._modules, self._drawings = modules, drawings

    def run_module(self, work: Callable[P, T], *args: P.args) -> Work[T]:
        """Begin work that runs an author's code, in a fresh process."""
        return Work(self._modules.schedule(work, args=args, timeout=SECONDS))

    def draw(self, work: Callable[P, T], *args: P.args) -> Work[T]:
        """Begin work that runs Graphviz."""
        return Work(self._drawings.schedule(work, args=args, timeout=SECONDS))


class Work(Generic[T]):
    """Something that is being worked on."""

    def __init__(self, future: ProcessFuture) -> None:
        """Follow a future."""
        self._future = future

    def result(self) -> T:
        """Wait for it. Raises what the work raised, or Died."""
        try:
            result: T = self._future.result()
        except ProcessExpired as died:
            how = f"signal {-died.exitcode}" if (died.exitcode or 0) < 0 else f"exit code {died.exitcode}"
            message = f"its process died ({how})"
            raise Died(message) from None
        except TooSlow:
            message = f"it took longer than {SECONDS:.0f} s"
            raise Died(message) from None
        return result


def _begin() -> None:
    """Prepare a worker: what it prints is talk, not result; Ctrl-C is for the parent to answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.dup2(_STDERR, _STDOUT)


@contextmanager
def workers(count: int | None = None) -> Iterator[Workers]:
    """Open the pools for as long as the block lasts; on an exception, Ctrl-C included, running work is ended."""
    count = count or os.cpu_count() or 1
    context = multiprocessing.get_context("forkserver" if os.name == "posix" else "spawn")
    if os.name == "posix":
        # Imported once in the server that the workers are forked from; each of them then starts in milliseconds.
        context.set_forkserver_preload(["render.capture", "render.draw"])
    with (
        ProcessPool(count, max_tasks=1, initializer=_begin, context=context) as modules,
        ProcessPool(count, initializer=_begin, context=context) as drawings,
    ):
        try:
            yield Workers(modules, drawings)
        except BaseException:
            modules.stop()
            drawings.stop()
            raise
