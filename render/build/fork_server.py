"""The server that workers are forked from: it has the libraries loaded, so that each starts in milliseconds.

Its socket lies in a folder of its own, which goes with the last process that needs it, also where this one is killed.
"""

from __future__ import annotations

import atexit
import multiprocessing
import os
import shutil
import signal
import tempfile
import threading
import warnings
from contextlib import contextmanager
from multiprocessing import process, util
from typing import TYPE_CHECKING

from archfolio.render.build.worker import OURS, SAFE_PATH, adopt_orphans, children, end_tree

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.context import ForkServerContext, SpawnContext

_FOLDER = "ARCHFOLIO_WORKERS"  # by which the server hears of its folder
_changing = threading.Lock()  # held while the environment is changed
_LONGEST = 60  # characters of a folder below which a socket can lie: its path may have 107, on macOS 103
_PROVIDERS = (  # what most modules import of the library
    *("aws.storage", "generic.device", "programming.flowchart", "programming.framework", "programming.language"),
    *("onprem.analytics", "onprem.client", "onprem.database", "onprem.gitops", "onprem.inmemory", "onprem.mlops"),
    *("onprem.monitoring", "onprem.network", "onprem.queue", "onprem.workflow", "saas.alerting"),
)
_PRELOADED = [
    *("__main__", "archfolio.authoring", "archfolio.render.capture.inputs", "archfolio.render.build.draw"),
    *(__name__, *(f"diagrams.{name}" for name in _PROVIDERS)),
]


def get_ready() -> None:
    """Start the server, or another where it was killed; it loads its libraries while the caller does other things."""
    if os.name != "posix":
        return
    from multiprocessing import forkserver, resource_tracker  # noqa: PLC0415  there are none elsewhere

    forkserver.set_forkserver_preload(_PRELOADED)
    with _environment(_folder()):
        resource_tracker.ensure_running()  # it would be started below, and lets through what is held back there
        # Ctrl-C reaches every process of a terminal, and would stop this one in the middle of an import.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            forkserver.ensure_running()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _environment(folder: str) -> Iterator[None]:
    """Set the folder of processes that are started in the block, and have them look for modules in Python alone.

    `python -c`, which multiprocessing starts them with, would otherwise take a user's `types.py` for the library's.
    """
    with _changing:
        os.environ[_FOLDER] = folder
        given = os.environ.setdefault(SAFE_PATH, OURS)
        try:
            yield
        finally:
            del os.environ[_FOLDER]
            if given == OURS:
                del os.environ[SAFE_PATH]


def context() -> ForkServerContext | SpawnContext:
    """Return what processes are started by."""
    if os.name != "posix":
        return multiprocessing.get_context("spawn")
    get_ready()
    return multiprocessing.get_context("forkserver")


def running_server() -> int:
    """Return the process of the server; 0 where none is running, killed perhaps."""
    if os.name != "posix":
        return 0
    from multiprocessing import forkserver  # noqa: PLC0415

    server: int | None = forkserver._forkserver._forkserver_pid  # type: ignore[attr-defined]
    try:
        gone = server is None or os.waitid(os.P_PID, server, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
    except ChildProcessError:
        gone = True
    return 0 if gone else server or 0


def end_strays() -> None:
    """Kill what modules have left behind whose own process is gone: the server has become its parent."""
    if server := running_server():
        ours = {child.pid for child in multiprocessing.active_children()}
        for stray in children(server) - ours:
            end_tree(stray)


def _folder() -> str:
    """Return the folder for sockets of this process; made once, and removed at its end."""
    config = process.current_process()._config  # type: ignore[attr-defined]
    if "tempdir" not in config:
        usual = tempfile.gettempdir()
        usable = len(usual) <= _LONGEST or not os.access("/tmp", os.W_OK | os.X_OK)  # noqa: S108  mkdtemp makes it ours
        folder = tempfile.mkdtemp(prefix="archfolio-", dir=usual if usable else "/tmp")  # noqa: S108
        util.Finalize(None, shutil.rmtree, args=(folder,), kwargs={"ignore_errors": True}, exitpriority=-100)
        config["tempdir"] = folder
    return str(config["tempdir"])


def _prepare_server() -> None:
    """Prepare the server, if this is it: take the folder along at the end, and adopt what modules leave behind."""
    if folder := os.environ.pop(_FOLDER, ""):
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        warnings.filterwarnings("ignore", message="forkserver: waitpid returned unexpected pid")
        adopt_orphans()


_prepare_server()
