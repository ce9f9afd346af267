"""Processes that do the dangerous work: authors' code, and Graphviz, which is C code that can abort.

A module runs in a process of its own, which may do anything to itself. Drawings share a few processes; if one dies or
hangs, only the drawing that it was making is lost. None of them outlives the process that started it.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooSlow
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pebble import ProcessExpired, ProcessPool, concurrent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future
    from multiprocessing.context import BaseContext

    from pebble import ProcessFuture

T = TypeVar("T")

SECONDS = 60.0  # that one module or one drawing may take
_STDOUT, _STDERR = 1, 2
_PROVIDERS = (  # what most modules import of the library
    *("aws.storage", "generic.device", "programming.flowchart", "programming.framework", "programming.language"),
    *("onprem.analytics", "onprem.client", "onprem.database", "onprem.gitops", "onprem.inmemory", "onprem.mlops"),
    *("onprem.monitoring", "onprem.network", "onprem.queue", "onprem.workflow", "saas.alerting"),
)
_PRELOADED = ["__main__", "render.reads", "render.draw", "render.workers", *(f"diagrams.{name}" for name in _PROVIDERS)]


class Died(Exception):  # noqa: N818
    """The process that was working on it died or took too long; the message says which."""


class Workers:
    """Processes of two kinds: those that serve once, for authors' code, and some that stay, for drawings."""

    def __init__(self, modules: _Single, drawings: ProcessPool, seconds: float) -> None:
        """Use these, and give each piece of work so many seconds."""
        self._modules, self._drawings, self._seconds = modules, drawings, seconds

    def run_module(self, work: Callable[..., T], *args: object) -> Work[T]:
        """Begin work that runs an author's code, in a fresh process."""
        return Work(self._modules.schedule(work, args), self._seconds)

    def draw(self, work: Callable[..., T], *args: object) -> Work[T]:
        """Begin work that runs Graphviz."""
        return Work(self._drawings.schedule(work, args=args, timeout=self._seconds), self._seconds)


class _Single:
    """Runs each piece of work in a process that is started for it and ends with it, so many of them at a time."""

    def __init__(self, count: int, seconds: float, context: BaseContext) -> None:
        self._waiting = ThreadPoolExecutor(count)  # a thread for each process, which does nothing but wait
        self._run = concurrent.process(timeout=seconds, context=context)(_alone)  # type: ignore[call-overload]
        self._running: set[ProcessFuture[Any]] = set()

    def schedule(self, work: Callable[..., T], args: tuple[object, ...]) -> Future[T]:
        return self._waiting.submit(self._result, work, args)

    def _result(self, work: Callable[..., T], args: tuple[object, ...]) -> T:
        future: ProcessFuture[T] = self._run(work, args)
        self._running.add(future)
        try:
            return future.result()
        finally:
            self._running.discard(future)

    def stop(self) -> None:
        """End what runs, and begin nothing more."""
        self._waiting.shutdown(wait=False, cancel_futures=True)
        for future in list(self._running):
            future.cancel()  # type: ignore[no-untyped-call]

    def close(self) -> None:
        """Wait until the last process is gone."""
        self._waiting.shutdown()


class Work(Generic[T]):
    """Something that is being worked on."""

    def __init__(self, future: Future[T], seconds: float) -> None:
        """Follow a future that has so many seconds."""
        self._future, self._seconds = future, seconds

    def result(self) -> T:
        """Wait for it. Raises what the work raised, or Died."""
        try:
            result = self._future.result()
        except ProcessExpired as died:
            if died.pid:
                _end_group(died.pid, signal.SIGKILL)
            how = f"signal {-died.exitcode}" if (died.exitcode or 0) < 0 else f"exit code {died.exitcode}"
            message = f"its process died ({how})"
            raise Died(message) from None
        except TooSlow:
            message = f"it took longer than {self._seconds:g} s"
            raise Died(message) from None
        return result


def _begin() -> None:
    """Prepare a worker: what it prints is talk, not result; Ctrl-C is for the parent to answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.dup2(_STDERR, _STDOUT)
    threading.Thread(target=_end_with_the_parent, daemon=True).start()


def _begin_module() -> None:
    """Prepare a worker for an author's code, which may start processes: they are one group, and end together."""
    _begin()
    if os.name == "posix":
        os.setpgid(0, 0)
        signal.signal(signal.SIGTERM, _end_at_once)


def _end_at_once(*_: object) -> None:
    """Go, and take along what was started; a process that the module forked goes alone."""
    _end_group(os.getpid(), signal.SIGKILL)
    os._exit(1)


def _alone(work: Callable[..., T], args: tuple[object, ...]) -> T:
    """Do a piece of work in a process of its own, and leave no process behind that it started."""
    _begin_module()
    try:
        return work(*args)
    finally:
        if os.name == "posix":
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            _end_group(os.getpid(), signal.SIGTERM)
            signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _end_with_the_parent() -> None:
    """Wait until the process that this one works for is gone, killed perhaps, and go too."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        _end_group(os.getpid(), signal.SIGKILL)
        os._exit(1)


def _end_group(group: int, how: signal.Signals) -> None:
    """Send a signal to a worker and all that it started, if they are a group of their own."""
    if os.name == "posix":
        with suppress(OSError):
            os.killpg(group, how)


def get_ready() -> None:
    """Let the server that workers are forked from load its libraries while the caller does other things."""
    if os.name == "posix":
        from multiprocessing import forkserver  # noqa: PLC0415  there is none elsewhere

        forkserver.set_forkserver_preload(_PRELOADED)
        forkserver.ensure_running()


def _context() -> BaseContext:
    if os.name != "posix":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    # Imported once in the server that the workers are forked from; each of them then starts in milliseconds.
    context.set_forkserver_preload(_PRELOADED)
    return context


@contextmanager
def workers(count: int | None = None, seconds: float | None = None) -> Iterator[Workers]:
    """Open the pools for as long as the block lasts; on an exception, Ctrl-C included, running work is ended."""
    count, seconds, context = count or os.cpu_count() or 1, seconds or SECONDS, _context()
    modules = _Single(count, seconds, context)
    with closing(modules), ProcessPool(count, initializer=_begin, context=context) as drawings:
        try:
            yield Workers(modules, drawings, seconds)
        except BaseException:
            modules.stop()
            drawings.stop()  # type: ignore[no-untyped-call]
            raise
