"""Processes that do the dangerous work: authors' code, and Graphviz, which is C code that can abort.

A module runs in a process of its own, which may do anything to itself. Drawings share a few processes; if one dies or
hangs, only the drawing that it was making is lost. None of them outlives the process that started it, and none serves
for ever: Graphviz leaks with each layout, and what was known of a drawing is of no use to the next hundred.
"""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Pipe, wait
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from archfolio.render.base.errors import EnvironmentProblem
from archfolio.render.build.fork_server import DRAWINGS, MODULES, get_ready
from archfolio.render.build.worker import Told, end_group, end_tree, serve_drawings, serve_module, serve_next_module

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from multiprocessing.connection import Connection

    from archfolio.render.build.fork_server import Server

    Hear = Callable[[Any], None]

__all__ = ["TimedOut", "Unwanted", "WorkerFailed", "Workers", "prefetch", "workers"]

A = TypeVar("A")
T = TypeVar("T")

SECONDS = 60.0  # that one module or one drawing may take
FIRST = 2 / 3  # of the time for a drawing, that its search may take
_UNKNOWN = 255  # the exit code of a process of which the server can say nothing any more
_MOST = 256  # drawings, or pages of subjects, that one process makes: so many add 25 MB to it
_DYING = 0.5  # s that a killed process may take to be gone
_ATTEMPTS = 3  # of work that was lost because all processes were
_alone = threading.Lock()  # held by work that is tried again because all processes were lost


class WorkerFailed(Exception):  # noqa: N818  reads as a sentence
    """The process that was working on it died or took too long; the message says which."""


def prefetch(start: Callable[[A], T], items: Iterable[A], count: int = 1) -> Iterator[T]:
    """Start items ahead of the one that is yielded, so that workers are busy while the caller is."""
    waiting: deque[T] = deque()
    for item in items:
        waiting.append(start(item))
        if len(waiting) > count:
            yield waiting.popleft()
    yield from waiting


def finished(work: Future[T], otherwise: Callable[[], T]) -> T:
    """Wait for a drawing, also where it has to be made otherwise, which this process leads.

    Raises EnvironmentProblem, Unwanted, and whatever `otherwise` raises.
    """
    try:
        return work.result()
    except (EnvironmentProblem, Unwanted):
        raise
    except Exception:  # noqa: BLE001  what it was is told where it is tried again
        return otherwise()


class TimedOut(WorkerFailed):
    """The process took too long."""


class Unwanted(WorkerFailed):
    """The process was ended, or never began: somebody edits what it was working on."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__("it was edited while it ran")


class Workers:
    """Processes of two kinds: those that serve once, for authors' code, and some that stay, for drawings.

    The `result` of what is submitted raises what the work raised, or WorkerFailed.
    """

    def __init__(self, modules: _ProcessPool, drawings: _ProcessPool) -> None:
        """Take a pool for each kind."""
        self.modules, self.drawings = modules, drawings
        self.seconds = drawings.seconds  # that one module or one drawing may take

    def run_module(self, work: Callable[..., T], *args: object, hear: Hear | None = None) -> Future[T]:
        """Submit work that runs an author's code, in a fresh process.

        If somebody wants to `hear` what it tells before it is done, it is given a function to tell it by, as its last
        argument; `hear` is called in another thread.
        """
        return self.modules.submit(work, args, self.seconds, hear)

    def draw(self, work: Callable[..., T], *args: object) -> Future[T]:
        """Submit work that runs Graphviz."""
        return self.drawings.submit(work, args, self.seconds)

    def draw_within(self, seconds: float, work: Callable[..., T], *args: object) -> Future[T]:
        """Submit work that runs Graphviz, and may take so long."""
        return self.drawings.submit(work, args, seconds)

    def load_ahead(self, work: Callable[[], None], shares: int) -> None:
        """Have processes for drawings load what some work is written in, before there are so many shares of it."""
        for _ in range(min(self.drawings.count, shares)):
            self.draw(work)

    def start_ahead(self) -> Future[None]:
        """Have a process wait for the next module, which then need not wait for its start."""
        return self.modules.start_ahead()

    def end_modules(self, unwanted: Callable[[tuple[object, ...]], bool]) -> None:
        """End the modules that run and are no longer wanted, as their arguments say: they were edited meanwhile."""
        self.modules.end_running(unwanted)


class _ProcessPool:
    """So many processes at a time, each with a thread that gives it work and waits.

    Pools of libraries look at their processes ten times a second: with a process for each module, builds would do
    little but wait for that. And those that the standard library has are lost with the first process that dies.
    """

    def __init__(
        self, server: Server, count: int, seconds: float, serve: Callable[[Connection], None], most: int, late: int = 0
    ) -> None:
        self.count = count
        self._threads = ThreadPoolExecutor(count + late)  # each has memory of its own, of which not all is given back
        self._free = threading.Semaphore(count)  # places for processes
        self._server, self.seconds, self._serve, self._most = server, seconds, serve, most
        self._idle: list[_Process] = []
        self._running: dict[_Process, _Task] = {}
        self._stopped = False

    def submit(
        self, work: Callable[..., T], args: tuple[object, ...], seconds: float, hear: Hear | None = None
    ) -> Future[T]:
        return self._threads.submit(self._do, _Work(work, args, seconds, hear))

    def _do(self, work: _Work[T]) -> T:
        """Run work; again, where a module has killed the server of all processes and this one with it."""
        try:
            return self._attempt(work)
        except _ServerLost:
            with _alone:  # so that whoever did it is found out, and costs the others nothing more
                for _ in range(_ATTEMPTS):
                    with suppress(_ServerLost):
                        return self._attempt(work)
        message = "all processes of the build were killed while it ran, several times"
        raise WorkerFailed(message)

    def _attempt(self, work: _Work[T]) -> T:
        place = _Place(self._free)
        try:
            return self._run(place, work)
        finally:
            place.leave()

    def _run(self, place: _Place, work: _Work[T]) -> T:
        if self._stopped:
            raise WorkerFailed
        process = self._take_idle() or _Process(self._server, self._serve)
        self._running[process] = _Task(work.args, place)
        try:
            if self._stopped:
                raise WorkerFailed  # noqa: TRY301  the process that was just started ends below
            succeeded, result = process.ask(work)
        except BaseException:
            self._end(process)
            raise
        finally:
            self._running.pop(process, None)
        if process.asked < self._most:
            self._idle.append(process)
        else:
            self._end(process)
        if succeeded:
            return cast("T", result)
        raise result

    def seconds_of(self, args: tuple[object, ...]) -> float:
        """Return for how long the work of these arguments runs; 0 where it waits."""
        return max((time.monotonic() - task.begun for task in self._tasks(args)), default=0.0)

    def let_another_run(self, args: tuple[object, ...]) -> None:
        """Let the work of these arguments go on beside as many others as if it were not there."""
        for task in self._tasks(args):
            task.place.leave()

    def _tasks(self, args: tuple[object, ...]) -> list[_Task]:
        return [task for task in list(self._running.values()) if task.args is args]

    def _end(self, process: _Process) -> None:
        """End a process, and what it has left behind if it was gone before."""
        was_alive = process.end()
        if self._most == 1 and not was_alive:
            self._server.end_strays()

    def start_ahead(self) -> Future[None]:
        """Start a process that waits for a module, if none does: in a thread, for Ctrl-C must not cut it short."""
        return self._threads.submit(self._start_ahead)

    def _start_ahead(self) -> None:
        if not self._idle:
            self._idle.append(_Process(self._server, serve_next_module))

    def _take_idle(self) -> _Process | None:
        """Return a process that waits; one that was killed, or whose server was, is as good as none."""
        while True:
            try:
                process = self._idle.pop()
            except IndexError:
                return None
            if process.is_alive() and not process.is_lost():
                return process
            process.end()

    def end_running(self, unwanted: Callable[[tuple[object, ...]], bool]) -> None:
        """End the work whose arguments are no longer wanted."""
        for process, task in list(self._running.items()):
            if unwanted(task.args):
                process.unwanted = True
                process.kill()  # and its thread does the rest

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


class _Place:
    """One of so many places for processes; it can be left before the process ends."""

    def __init__(self, free: threading.Semaphore) -> None:
        """Wait for one."""
        self._free, self._held = free, [free.acquire()]

    def leave(self) -> None:
        """Leave it to another, unless that was done."""
        with suppress(IndexError):
            self._held.pop()
            self._free.release()


@dataclass(frozen=True, slots=True)
class _Work(Generic[T]):
    """A function that is called in a process."""

    call: Callable[..., T]
    args: tuple[object, ...]
    seconds: float  # that it may take
    hear: Hear | None  # is called with what it tells before it is done


@dataclass(frozen=True, slots=True)
class _Task:
    """What a process does."""

    args: tuple[object, ...]
    place: _Place
    begun: float = field(default_factory=time.monotonic)


class _ServerLost(WorkerFailed):
    """The server of all processes was killed, so that nothing can be said of this one."""


class _Process:
    """A process that answers one question at a time."""

    def __init__(self, server: Server, serve: Callable[[Connection], None]) -> None:
        self.unwanted = False
        self.asked = 0
        self._server = server
        server.get_ready()
        self._parent = server.running()
        try:
            self._pipe, theirs = Pipe()
            self._process = server.start(serve, theirs)
            theirs.close()
        except (ConnectionError, EOFError) as error:
            self._server_is_lost()  # or the next attempt would come too soon as well
            raise _ServerLost from error

    def is_lost(self) -> bool:
        """Return whether the server that it was forked from was killed."""
        return self._parent != self._server.running()

    def is_alive(self) -> bool:
        """Return whether it is there."""
        return self._process.is_alive()

    def ask(self, work: _Work[Any]) -> tuple[bool, Any]:
        """Run work; return whether it succeeded, and what it returned or raised.

        Raises WorkerFailed.
        """
        self.asked += 1
        with suppress(OSError, EOFError):  # the process is gone, which is reported below
            deadline = time.monotonic() + work.seconds
            self._pipe.send((work.call, work.args, work.hear is not None))
            while wait([self._pipe, self._process.sentinel], max(deadline - time.monotonic(), 0)):
                if not self._pipe.poll():
                    break
                answer = self._pipe.recv()
                if not isinstance(answer, Told):
                    said: tuple[bool, Any] = answer
                    return said
                if work.hear:
                    work.hear(answer.value)
            else:
                message = f"it took longer than {work.seconds:g} s"
                raise TimedOut(message)
        if self.unwanted:
            raise Unwanted
        self._process.join()
        code = self._process.exitcode or 0
        if code == _UNKNOWN and self._server_is_lost():
            raise _ServerLost
        message = f"its process died ({f'signal {-code}' if code < 0 else f'exit code {code}'})"
        raise WorkerFailed(message)

    def _server_is_lost(self) -> bool:
        """Return whether the server is gone, or is about to be: what it had open is closed a moment before."""
        deadline = time.monotonic() + _DYING
        while not self.is_lost() and time.monotonic() < deadline:
            time.sleep(0.01)
        return self.is_lost()

    def kill(self) -> bool:
        """End it, and what it has started; return whether it was still there."""
        alive = self._process.is_alive()
        if self._process.pid and alive:
            end_tree(self._process.pid)
        elif self._process.pid:
            end_group(self._process.pid)
        self._process.kill()
        return alive

    def end(self) -> bool:
        """End it, and leave nothing behind; return whether it was still there."""
        alive = self.kill()
        self._process.join()
        self._pipe.close()
        return alive


@contextmanager
def workers(
    count: int | None = None, seconds: float | None = None, modules_from: Server = MODULES, late: int = 0
) -> Iterator[Workers]:
    """Start processes that last as long as the block; on an exception, Ctrl-C included, running work is ended.

    `late` is how many modules may go on running while others take their places (`let_another_run`). Raises
    EnvironmentProblem where no process can be started.
    """
    try:
        get_ready(DRAWINGS, modules_from)
    except BlockingIOError as error:
        message = "cannot start a process: there are too many; end some, or allow more with 'ulimit -u'"
        raise EnvironmentProblem(message) from error
    count, seconds = count or os.cpu_count() or 1, seconds or SECONDS
    with (
        closing(_ProcessPool(modules_from, count, seconds, serve_module, 1, late)) as modules,
        closing(_ProcessPool(DRAWINGS, count, seconds, serve_drawings, _MOST)) as drawings,
    ):
        try:
            yield Workers(modules, drawings)
        except BaseException:
            modules.stop()
            drawings.stop()
            raise
