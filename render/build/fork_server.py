"""The servers that workers are forked from: they have the libraries loaded, so that each starts in milliseconds.

Two run at a time, and load at once: one forks what runs authors' code, the other what draws. Their sockets lie
in a folder of its own, which goes with the last process that needs it, also where this one is killed.
"""

from __future__ import annotations

import atexit
import io
import multiprocessing
import os
import shutil
import signal
import sys
import tempfile
import threading
import warnings
from contextlib import contextmanager, suppress
from multiprocessing import connection, forkserver, popen_forkserver, process, reduction, resource_tracker, spawn, util
from multiprocessing.context import set_spawning_popen
from operator import attrgetter
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, NoReturn

from archfolio.render.build.worker import OURS, SAFE_PATH, children, end_tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.connection import Connection

SERVER, FOLDER = "ARCHFOLIO_SERVER", "ARCHFOLIO_WORKERS"  # variables by which a server hears its name and folder
_STREAMS = range(3)
_changing = threading.Lock()  # held while the environment is changed
_LONGEST = 60  # characters of a folder below which a socket can lie: its path may have 107, on macOS 103
_UNDOCUMENTED = (  # parts of multiprocessing that are used here and may change; Python 3.11 to 3.14 have them
    "forkserver._forkserver._forkserver_alive_fd",
    "forkserver._forkserver._forkserver_pid",
    "forkserver.ForkServer.connect_to_new_process",
    "forkserver.ForkServer.ensure_running",
    "forkserver.read_signed",
    "popen_forkserver.Popen._launch",
    "process._current_process._config",
    "reduction.dump",
    "resource_tracker._resource_tracker._fd",
    "spawn.get_preparation_data",
    "util.close_fds",
    "util.spawnv_passfds",
)
_PROVIDERS = (  # what most modules import of the library
    *("aws.storage", "generic.device", "programming.flowchart", "programming.framework", "programming.language"),
    *("onprem.analytics", "onprem.client", "onprem.database", "onprem.gitops", "onprem.inmemory", "onprem.mlops"),
    *("onprem.monitoring", "onprem.network", "onprem.queue", "onprem.workflow", "saas.alerting"),
    *("generic.storage", "k8s.clusterconfig", "k8s.compute", "onprem.compute", "onprem.vcs"),
)
PRELOADED = {  # by each server, which forks when it has them
    "modules": (
        *("archfolio.authoring", "archfolio.render.capture.inputs", "archfolio.render.capture.authored"),
        *("archfolio.render.model.picture_files", "archfolio.render.build.processes", "latex2mathml.converter"),
        *("archfolio.render.build.module_capture", "pkgutil"),  # the last is what `runpy` loads late
        *("archfolio.render.build.options", "archfolio.render.capture.discover"),  # in which each is told what to run
        *(f"PIL.{kind}ImagePlugin" for kind in ("Bmp", "Gif", "Jpeg", "Png", "Ppm")),  # as Pillow loads them
        *(f"diagrams.{name}" for name in _PROVIDERS),
    ),
    # Plain scripts import little, and each its own.
    "scripts": ("archfolio.render.build.script_capture", "pkgutil"),
    "drawings": tuple(f"archfolio.render.build.{name}" for name in ("script_drawing", "view_drawing", "warm_up")),
}


class Server(forkserver.ForkServer):
    """A server that loads some modules, and then forks processes."""

    def __init__(self, name: str) -> None:
        """Take the name by which `_SERVERS` and `PRELOADED` have it; nothing is started yet."""
        super().__init__()
        self.name = name
        self.set_forkserver_preload(["archfolio.render.build.preload"])
        self._starting = threading.Lock()  # held while a process is started, when nobody knows yet that it is ours

    def get_ready(self) -> None:
        """Start it, or another where it was killed; it loads its modules while the caller does other things.

        Where that cannot be done in this Python, it says so and starts none.
        """
        if missing := _missing():
            what = f"this Python has no multiprocessing.{missing[0]}"
            message = f"{what}, so that archfolio's processes start more slowly: upgrade archfolio"
            warnings.warn(message, RuntimeWarning, stacklevel=1)  # once, whoever asks
            return
        with _environment(self.name, shared_folder()):
            _do_without_tracker()
            # Ctrl-C reaches every process of a terminal, and would stop this one in the middle of an import.
            before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
            try:
                self.ensure_running()
            finally:
                signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def get_ready_by_fork(self) -> None:
        """Start it as a copy of this process, which has loaded nothing that a server should not.

        What both need, Python itself above all, is then loaded once, which takes a server a third of the time that a
        drawing takes. Where other threads run, whose locks nobody would open in a copy, or may run, it is started as
        others are.
        """
        if _missing() or not _is_alone():
            self.get_ready()
            return
        usual = util.spawnv_passfds

        def start(path: bytes, args: Sequence[Any], passfds: Sequence[int]) -> int:
            del path  # of Python
            if copy := os.fork():
                return copy
            util.spawnv_passfds = usual  # by which an author's code starts processes
            _run_as_started(args[-1], passfds)

        util.spawnv_passfds = start
        try:
            self.get_ready()
        finally:
            util.spawnv_passfds = usual

    def running(self) -> int:
        """Return its process; 0 where none is running, killed perhaps.

        On macOS before Python 3.13 nobody can tell, and it counts as running.
        """
        server: int | None = getattr(self, "_forkserver_pid", None)
        if not hasattr(os, "waitid"):
            return server or 0
        try:
            gone = server is None or os.waitid(os.P_PID, server, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
        except ChildProcessError:
            gone = True
        return 0 if gone else server or 0

    def start(self, serve: Callable[[Connection], None], pipe: Connection) -> process.BaseProcess:
        """Fork a process that serves a pipe. Raises ConnectionError or EOFError where the server dies meanwhile."""
        with self._starting:
            self.get_ready()
            if _missing():
                usual = multiprocessing.get_context("forkserver")
                started: process.BaseProcess = usual.Process(target=serve, args=(pipe,), daemon=True)
            else:
                started = _Forked(self.name, serve, pipe)
            started.start()
        return started

    def end_strays(self) -> None:
        """Kill what modules have left behind whose own process is gone: the server has become its parent."""
        with self._starting:
            if server := self.running():
                ours = {child.pid for child in process.active_children()}
                for stray in children(server) - ours:
                    end_tree(stray)


class _Forked(process.BaseProcess):
    """A process that is forked from one of the servers."""

    _start_method = "forkserver"

    def __init__(self, server: str, serve: Callable[[Connection], None], pipe: Connection) -> None:
        super().__init__(target=serve, args=(pipe,), daemon=True)
        self.server = server

    @staticmethod
    def _Popen(process_obj: _Forked) -> _Popen:  # noqa: N802  the library's name
        return _Popen(process_obj)


class _Popen(popen_forkserver.Popen):
    """How one of them is started: as the library does, but by its own server.

    It is told nothing of the program that runs here: what it does is ours, and loading that would take it time.
    """

    def __init__(self, process_obj: _Forked) -> None:
        self._reading = threading.Lock()
        super().__init__(process_obj)

    def poll(self, flag: int = os.WNOHANG) -> int | None:
        """Return the exit code, which can be read only once: who starts a process asks for those of all others too."""
        if flag != os.WNOHANG and self.returncode is None:
            connection.wait([self.sentinel])
        with self._reading:
            return super().poll()

    def _launch(self, process_obj: _Forked) -> None:
        said = io.BytesIO()
        data = spawn.get_preparation_data(process_obj.name)
        set_spawning_popen(self)
        try:
            reduction.dump({key: value for key, value in data.items() if not key.startswith("init_main")}, said)
            reduction.dump(process_obj, said)
        finally:
            set_spawning_popen(None)
        fds: list[int] = self._fds  # type: ignore[attr-defined]
        self.sentinel, pipe = _SERVERS[process_obj.server].connect_to_new_process(fds)
        held = os.dup(pipe)  # by which it sees that this process is gone
        self.finalizer = util.Finalize(self, util.close_fds, (held, self.sentinel))  # type: ignore[attr-defined]
        with open(pipe, "wb") as file:  # noqa: PTH123  an open file
            file.write(said.getbuffer())
        self.pid = forkserver.read_signed(self.sentinel)


MODULES, SCRIPTS, DRAWINGS = Server("modules"), Server("scripts"), Server("drawings")
_SERVERS = {one.name: one for one in (MODULES, SCRIPTS, DRAWINGS)}


def get_ready(*servers: Server) -> None:
    """Start servers; they load their libraries while the caller does other things."""
    for server in servers:
        server.get_ready()


def get_ready_by_fork(*servers: Server) -> None:
    """Start servers as copies of this process; see `Server.get_ready_by_fork`."""
    for server in servers:
        server.get_ready_by_fork()


def _is_alone() -> bool:
    """Return whether this process has one thread. Linux only: elsewhere, or without /proc, nobody can tell."""
    try:
        return len(os.listdir("/proc/self/task")) == 1  # noqa: PTH208  names are all that is wanted
    except OSError:
        return False


def _run_as_started(code: str, passfds: Sequence[int]) -> NoReturn:
    """Run the code that Python would be started with, in a process that was just forked, and end it.

    It is as a Python that was started: it has the streams and some open files, knows of no servers, has nothing to do
    at the end for the program that it was forked from, and takes none of the files beside that for one of its own.
    """
    try:
        atexit._clear()
        for number in {*map(int, os.listdir("/proc/self/fd"))}.difference(passfds, _STREAMS):  # noqa: PTH208  names
            with suppress(OSError):  # the one by which they were listed
                os.close(number)
        resource_tracker._resource_tracker._fd = None  # type: ignore[attr-defined]  # it was among them
        del sys.modules[__name__]
        beside = Path(getattr(sys.modules["__main__"], "__file__", "")).parent
        sys.path[:] = [one for one in sys.path if one not in ("", str(beside))]
        sys.modules["__main__"] = ModuleType("__main__")
        exec(code, vars(sys.modules["__main__"]))  # noqa: S102  what multiprocessing starts a server with
    except SystemExit:
        pass  # nobody needs it any more
    except BaseException:  # noqa: BLE001  whoever waits for it is told that it is gone
        sys.excepthook(*sys.exc_info())
    finally:
        atexit._run_exitfuncs()
        os._exit(0)


def _missing() -> list[str]:
    """List what is used of multiprocessing and is not there, because this Python is newer than this file."""
    missing = []
    for name in _UNDOCUMENTED:
        try:
            attrgetter(name)(multiprocessing)
        except AttributeError:
            missing.append(name)
    return missing


def _do_without_tracker() -> None:
    """Let the tracker of shared memory write to nowhere: workers share none, and it is a Python more to start.

    A module that shares memory gets one of its own (`worker.serve_module`).
    """
    tracker: Any = resource_tracker._resource_tracker
    if tracker._fd is None:
        tracker._fd = os.open(os.devnull, os.O_WRONLY | os.O_CLOEXEC)


@contextmanager
def _environment(server: str, folder: str) -> Iterator[None]:
    """Say which server is started in the block, in which folder, and have it look for modules in Python alone.

    `python -c`, which multiprocessing starts them with, would otherwise take a user's `types.py` for the library's.
    """
    with _changing:
        os.environ |= {SERVER: server, FOLDER: folder}
        given = os.environ.setdefault(SAFE_PATH, OURS)
        try:
            yield
        finally:
            del os.environ[SERVER], os.environ[FOLDER]
            if given == OURS:
                del os.environ[SAFE_PATH]


def shared_folder() -> str:
    """Return the folder for sockets of this process, and for what it and the processes forked for it hand on.

    It is made once, and removed at the end.
    """
    config: dict[str, Any] = process.current_process()._config  # type: ignore[attr-defined]
    if "tempdir" not in config:
        usual = tempfile.gettempdir()
        usable = len(usual) <= _LONGEST or not os.access("/tmp", os.W_OK | os.X_OK)  # noqa: S108  mkdtemp makes it ours
        folder = tempfile.mkdtemp(prefix="archfolio-", dir=usual if usable else "/tmp")  # noqa: S108  likewise
        util.Finalize(None, shutil.rmtree, args=(folder,), kwargs={"ignore_errors": True}, exitpriority=-100)
        config["tempdir"] = folder
    return str(config["tempdir"])
