"""Processes that do the dangerous work: authors' code, and Graphviz, which is C code that can abort.

A module runs in a process of its own, which may do anything to itself. Drawings share a few processes; if one dies or
hangs, only the drawing that it was making is lost. None of them outlives the process that started it.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import signal
import threading
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkServerContext, SpawnContext

_starting = threading.Lock()  # held while the environment is changed
A = TypeVar("A")
T = TypeVar("T")

SECONDS = 60.0  # that one module or one drawing may take
_STDOUT, _STDERR = 1, 2
_SAFE_PATH, _OURS = "PYTHONSAFEPATH", "archfolio"  # the variable, and the value by which we know that it was not there
_PROVIDERS = (  # what most modules import of the library
    *("aws.storage", "generic.device", "programming.flowchart", "programming.framework", "programming.language"),
    *("onprem.analytics", "onprem.client", "onprem.database", "onprem.gitops", "onprem.inmemory", "onprem.mlops"),
    *("onprem.monitoring", "onprem.network", "onprem.queue", "onprem.workflow", "saas.alerting"),
)
_PRELOADED = [
    *("__main__", "archfolio.authoring", "archfolio.render.capture.inputs", "archfolio.render.build.draw"),
    *("archfolio.render.build.processes", *(f"diagrams.{name}" for name in _PROVIDERS)),
]


class WorkerFailed(Exception):  # noqa: N818
    """The process that was working on it died or took too long; the message says which."""


def prefetch(start: Callable[[A], T], items: Iterable[A], count: int = 1) -> Iterator[T]:
    """Start items ahead of the one that is yielded, so that workers are busy while the caller is."""
    waiting: deque[T] = deque()
    for item in items:
        waiting.append(start(item))
        if len(waiting) > count:
            yield waiting.popleft()
    yield from waiting


class Workers:
    """Processes of two kinds: those that serve once, for authors' code, and some that stay, for drawings.

    The `result` of what is submitted raises what the work raised, or WorkerFailed.
    """

    def __init__(self, modules: _ProcessPool, drawings: _ProcessPool) -> None:
        """Take a pool for each kind."""
        self._modules, self._drawings = modules, drawings

    def run_module(self, work: Callable[..., T], *args: object) -> Future[T]:
        """Submit work that runs an author's code, in a fresh process."""
        return self._modules.submit(work, args)

    def draw(self, work: Callable[..., T], *args: object) -> Future[T]:
        """Submit work that runs Graphviz."""
        return self._drawings.submit(work, args)


class _ProcessPool:
    """So many processes at a time, each with a thread that gives it work and waits.

    Pools of libraries look at their processes ten times a second: with a process for each module, builds would do
    little but wait for that. And those that the standard library has are lost with the first process that dies.
    """

    def __init__(self, count: int, seconds: float, serve: Callable[[Connection], None], *, once: bool) -> None:
        self._threads = ThreadPoolExecutor(count)
        self._seconds, self._serve, self._once = seconds, serve, once
        self._idle: list[_Process] = []
        self._running: set[_Process] = set()
        self._stopped = False

    def submit(self, work: Callable[..., T], args: tuple[object, ...]) -> Future[T]:
        return self._threads.submit(self._do, work, args)

    def _do(self, work: Callable[..., T], args: tuple[object, ...]) -> T:
        try:
            process = self._idle.pop()
        except IndexError:
            process = _Process(self._serve)
        self._running.add(process)
        try:
            if self._stopped:
                raise WorkerFailed  # noqa: TRY301  the process that was just started ends below
            succeeded, result = process.ask(work, args, self._seconds)
        except BaseException:
            process.end()
            raise
        finally:
            self._running.discard(process)
        if self._once:
            process.end()
        else:
            self._idle.append(process)
        if succeeded:
            return cast("T", result)
        raise result

    def stop(self) -> None:
        """End what runs, and begin nothing more."""
        self._stopped = True
        self._threads.shutdown(wait=False, cancel_futures=True)
        for process in list(self._running):
            process.kill()  # and its thread does the rest

    def close(self) -> None:
        """Wait until all work is done, and end the processes."""
        self._threads.shutdown()
        for process in self._idle:
            process.end()


class _Process:
    """A process that answers one question at a time."""

    def __init__(self, serve: Callable[[Connection], None]) -> None:
        context = _context()
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()

    def ask(self, work: Callable[..., object], args: tuple[object, ...], seconds: float) -> tuple[bool, Any]:
        """Have work done; return whether it succeeded, and what it returned or raised.

        Raises WorkerFailed.
        """
        with suppress(OSError, EOFError):  # the process is gone, which is reported below
            self._pipe.send((work, args))
            if not wait([self._pipe, self._process.sentinel], seconds):
                message = f"it took longer than {seconds:g} s"
                raise WorkerFailed(message)
            if self._pipe.poll():
                answer: tuple[bool, Any] = self._pipe.recv()
                return answer
        self._process.join()
        code = self._process.exitcode or 0
        message = f"its process died ({f'signal {-code}' if code < 0 else f'exit code {code}'})"
        raise WorkerFailed(message)

    def kill(self) -> None:
        """End it, and what it has started."""
        if self._process.pid:
            _end_group(self._process.pid)
        self._process.kill()

    def end(self) -> None:
        """End it, and leave nothing behind."""
        self.kill()
        self._process.join()
        self._pipe.close()


def _prepare_process() -> None:
    """Prepare a process: what it prints is talk, not result; Ctrl-C is for the parent to answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if os.environ.get(_SAFE_PATH) == _OURS:  # programs that an author's code starts find what they are used to
        del os.environ[_SAFE_PATH]
    gc.freeze()  # what was loaded before the fork stays, and need not be gone through by each collection
    os.dup2(_STDERR, _STDOUT)
    threading.Thread(target=_end_with_the_parent, daemon=True).start()


def _serve_drawings(pipe: Connection) -> None:
    """Do what is asked until nobody is there to ask."""
    _prepare_process()
    with suppress(EOFError):
        while True:
            _answer(pipe, *pipe.recv())


def _serve_module(pipe: Connection) -> None:
    """Run an author's code, which may start processes: they are one group, and end together."""
    _prepare_process()
    if os.name == "posix":
        os.setpgid(0, 0)
    with suppress(EOFError):
        _answer(pipe, *pipe.recv())


def _answer(pipe: Connection, work: Callable[..., object], args: tuple[object, ...]) -> None:
    """Do a piece of work, and say what it returned or raised."""
    answer: tuple[bool, object]
    try:
        answer = True, work(*args)
    except BaseException as error:  # noqa: BLE001  whatever it is, it is the caller's
        answer = False, error
    with suppress(OSError):  # an author's code may have closed the pipe
        try:
            pipe.send(answer)
        except (TypeError, AttributeError, pickle.PicklingError) as error:
            pipe.send((False, RuntimeError(f"cannot be handed on: {error}")))


def _end_with_the_parent() -> None:
    """Wait until the process that this one works for is gone, killed perhaps, and go too."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        _end_group(os.getpid())
        os._exit(1)


def _end_group(group: int) -> None:
    """End a process and all that it started, if they are a group of their own."""
    if os.name == "posix":
        with suppress(OSError):
            os.killpg(group, signal.SIGKILL)


def get_ready() -> None:
    """Let the server that workers are forked from load its libraries while the caller does other things.

    They are loaded once; each worker then starts in milliseconds.
    """
    if os.name == "posix":
        from multiprocessing import forkserver, resource_tracker  # noqa: PLC0415  there are none elsewhere

        forkserver.set_forkserver_preload(_PRELOADED)
        with _safe_path():
            resource_tracker.ensure_running()  # it would be started below, and lets through what is held back there
            # Ctrl-C reaches every process of a terminal, and would stop this one in the middle of an import.
            before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
            try:
                forkserver.ensure_running()
            finally:
                signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _safe_path() -> Iterator[None]:
    """Let processes that are started in the block find modules where Python is installed, not in the working folder.

    `python -c`, which multiprocessing starts them with, would otherwise take a user's `types.py` for the library's.
    """
    with _starting:
        given = os.environ.setdefault(_SAFE_PATH, _OURS)
        try:
            yield
        finally:
            if given == _OURS:
                del os.environ[_SAFE_PATH]


def _context() -> ForkServerContext | SpawnContext:
    if os.name != "posix":
        return multiprocessing.get_context("spawn")
    get_ready()
    return multiprocessing.get_context("forkserver")


@contextmanager
def workers(count: int | None = None, seconds: float | None = None) -> Iterator[Workers]:
    """Have processes for as long as the block lasts; on an exception, Ctrl-C included, running work is ended."""
    count, seconds = count or os.cpu_count() or 1, seconds or SECONDS
    with (
        closing(_ProcessPool(count, seconds, _serve_module, once=True)) as modules,
        closing(_ProcessPool(count, seconds, _serve_drawings, once=False)) as drawings,
    ):
        try:
            yield Workers(modules, drawings)
        except BaseException:
            modules.stop()
            drawings.stop()
            raise
