"""What runs inside a worker process: do what the parent asks, and leave nothing behind, whoever is killed first."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from contextlib import suppress
from functools import partial
from importlib import import_module
from multiprocessing import forkserver, resource_tracker
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

SAFE_PATH, OURS = "PYTHONSAFEPATH", "archfolio"  # the variable, and the value by which we know that it was not there
_STDOUT, _STDERR = 1, 2
_PR_SET_PDEATHSIG, _PR_SET_CHILD_SUBREAPER = 1, 36  # <linux/prctl.h>
_MADV_POPULATE_WRITE = 23  # <linux/mman.h>
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3  # <malloc.h>
_KEPT, _LARGEST = 32 << 20, 4 << 20  # bytes that may lie free at the end, and of a piece that lies among others
_SELDOM = 50_000  # objects more than before, after which circles are looked for
_MAPS = Path("/proc/self/maps")

T = TypeVar("T")


class Told(NamedTuple):
    """What a piece of work hands on before it is done."""

    value: object


class Named(Generic[T]):
    """Work by its name: whoever asks for it need not load what it is written in."""

    def __init__(self, module: str, name: str) -> None:
        """Take the module and the name of a function."""
        self.module, self.name = module, name

    def __call__(self, *args: Any) -> T:
        """Do it."""
        done: T = getattr(import_module(self.module), self.name)(*args)
        return done


class InTwo(Named[T]):
    """Work that two processes do together: it is given, before its arguments, a way to share what can be shared."""


def serve_drawings(pipe: Connection) -> None:
    """Do what is asked until nobody is there to ask; what is asked first, with a partner if it is work for two."""
    die_with_parent()  # the server: it forks in the one thread that it has
    _prepare()
    _keep_memory()
    gc.set_threshold(_SELDOM)  # what a drawing makes and drops has no circles; to look for some takes 2 ms each time
    with suppress(EOFError, OSError):  # whoever asked is gone, perhaps without the answer
        asked = pipe.recv()
        if isinstance(asked[0], InTwo):
            _answer_in_two(pipe, *asked)
        else:
            _watch_the_parent()
            _answer(pipe, *asked)
        while True:
            _answer(pipe, *pipe.recv())


def _answer_in_two(pipe: Connection, work: InTwo[Any], args: tuple[object, ...], is_heard: bool) -> None:  # noqa: FBT001  as asked
    """Do what is asked in two processes, of which the first answers."""
    from archfolio.render.build.partner import Partner  # noqa: PLC0415  those that run modules need none

    partner = Partner()  # a fork, so that no thread may run yet
    _watch_the_parent()
    if partner.is_second:
        die_with_parent()
        try:
            with suppress(Exception):  # the first one does the same, and says so
                work(partner.share, *args)
        finally:
            os._exit(0)
    _answer(pipe, work, (partner.share, *args), is_heard)
    partner.end()


def serve_module(pipe: Connection) -> None:
    """Run an author's code, which may start processes: they end with this one."""
    _prepare()
    _watch_the_parent()
    if os.name == "posix":
        os.setpgid(0, 0)
        with suppress(AttributeError):  # of another Python
            resource_tracker._resource_tracker._fd = None  # type: ignore[attr-defined]  # it starts where it is needed
    adopt_orphans()
    multiprocessing.current_process().daemon = False  # or Python would not let it start any
    multiprocessing.set_start_method(None, force=True)  # not our way, in which the author's file would run again
    with suppress(EOFError, OSError):  # an author's code may have closed the pipe
        _answer(pipe, *pipe.recv())
        pipe.recv()  # nothing comes: as long as this process is there, what it has started can be found by it


def serve_next_module(pipe: Connection) -> None:
    """Do as `serve_module` does, in a process that waits for its module: it has the time to copy its memory now."""
    _copy_memory()
    serve_module(pipe)


def _copy_memory() -> None:
    """Have the pages that are shared with the server copied: one by one, as each is written to, it takes 10 ms.

    Linux 5.14 with /proc only; elsewhere they are copied as they are written to.
    """
    if sys.platform == "linux" and os.access(_MAPS, os.R_OK):
        import ctypes  # noqa: PLC0415  loaded already, by `adopt_orphans` in the server

        advise = ctypes.CDLL(None).madvise
        advise.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
        for line in _MAPS.read_text().splitlines():
            addresses, access, *_ = line.split()
            if access == "rw-p":
                begin, end = (int(address, 16) for address in addresses.split("-"))
                advise(begin, end - begin, _MADV_POPULATE_WRITE)  # what cannot be written to is left as it is


def adopt_orphans() -> None:
    """Become the parent of what descendants leave behind, so that it can be found: a child in a session of its own too.

    Linux only; elsewhere what has left the process group is not found.
    """
    _control_process(_PR_SET_CHILD_SUBREAPER, 1)


def die_with_parent() -> None:
    """Have this process killed once the thread that forked it is gone, also while it is in C code that does not return.

    Linux only; elsewhere it ends as soon as Python gets on.
    """
    _control_process(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _keep_memory() -> None:
    """Have what one drawing frees kept for the next: to give it back and get it anew takes a fiftieth of the time.

    The C library of most Linuxes only; elsewhere it is as it is.
    """
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415  loaded already, by numpy

        with suppress(AttributeError):  # another C library has no such function
            set_option = ctypes.CDLL(None).mallopt
            set_option(_M_TRIM_THRESHOLD, _KEPT)
            set_option(_M_MMAP_THRESHOLD, _LARGEST)


def _control_process(option: int, value: int) -> None:
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415  loaded already, by numpy

        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


def end_children() -> None:
    """Kill what this process has started or adopted, and all that was started by that; none where no system says."""
    for child in children(os.getpid()):
        end_tree(child)


def end_tree(root: int) -> None:
    """Kill a process and everything that it has started, in its group or not."""
    if os.name != "posix":
        return
    with suppress(OSError):
        os.kill(root, signal.SIGSTOP)  # so that it starts no more
    started = list(_descendants(root))
    end_group(root)  # if it leads one; otherwise there is none of this number
    for process in (root, *started):
        with suppress(OSError):
            os.kill(process, signal.SIGKILL)


def end_group(leader: int) -> None:
    """Kill what is left of a group of processes whose leader is gone."""
    if os.name == "posix":
        with suppress(OSError):
            os.killpg(leader, signal.SIGKILL)


def children(process: int) -> set[int]:
    """Return the numbers of the processes that a process has started; none where the system does not say."""
    found: set[int] = set()
    with suppress(OSError):
        for thread in os.listdir(f"/proc/{process}/task"):  # noqa: PTH208  names are all that is wanted
            with suppress(OSError):
                found.update(map(int, Path(f"/proc/{process}/task/{thread}/children").read_text().split()))
    return found


def _descendants(process: int) -> list[int]:
    found: list[int] = []
    waiting = [process]
    while waiting:
        new = children(waiting.pop()).difference(found)
        found += new
        waiting += new
    return found


def _prepare() -> None:
    """Prepare a process: what it prints is talk, not result; Ctrl-C is for the parent to answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _leave_the_server_to_its_command()
    if os.environ.get(SAFE_PATH) == OURS:  # programs that an author's code starts find what they are used to
        del os.environ[SAFE_PATH]
    gc.freeze()  # what was loaded before the fork stays, and need not be gone through by each collection
    os.dup2(_STDERR, _STDOUT)


def _leave_the_server_to_its_command() -> None:
    """Close what a server goes by: it would stay as long as this process, and only it can end this one in C code."""
    server: Any = forkserver._forkserver
    alive = getattr(server, "_forkserver_alive_fd", None)  # of another Python there may be none
    if alive is not None:
        os.close(alive)
        server._forkserver_alive_fd = None


def _watch_the_parent() -> None:
    """Have a thread end this process where the one that it works for is gone."""
    threading.Thread(target=_end_with_the_parent, daemon=True).start()


def _answer(pipe: Connection, work: Callable[..., object], args: tuple[object, ...], is_heard: bool) -> None:  # noqa: FBT001  as asked
    """Do what is asked, and send what it returned or raised; what is heard before can tell something."""
    answer: tuple[bool, object]
    try:
        answer = True, work(*args, partial(_tell, pipe)) if is_heard else work(*args)
    except BaseException as error:  # noqa: BLE001  whatever it is, it is the caller's
        answer = False, error
    for stream in (sys.stdout, sys.stderr):  # once there is an answer, this process may be ended at any time
        with suppress(AttributeError, OSError, ValueError):  # an author's code may have closed or replaced them
            stream.flush()
    with suppress(OSError):  # an author's code may have closed the pipe
        try:
            pipe.send(answer)
        except Exception as error:  # noqa: BLE001  an author's value may do anything while it is pickled
            pipe.send((False, RuntimeError(f"cannot be handed on: {type(error).__name__}: {error}")))


def _tell(pipe: Connection, value: object) -> None:
    """Hand something on before the work is done, if there is still anybody to hear it."""
    with suppress(OSError):  # an author's code may have closed the pipe
        pipe.send(Told(value))


def _end_with_the_parent() -> None:
    """Wait until the process that this one works for is gone, killed perhaps, and go too."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        for process in _descendants(os.getpid()):
            with suppress(OSError):
                os.kill(process, signal.SIGKILL)
        if os.getpgid(0) == os.getpid():
            os.killpg(os.getpid(), signal.SIGKILL)
        os._exit(1)
