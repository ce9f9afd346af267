"""Run programs and say what they cost, with all processes that they start, however these end."""

from __future__ import annotations

import ctypes
import os
import sys
import time
from dataclasses import dataclass

Command = tuple[str, ...]

_PR_SET_CHILD_SUBREAPER = 36  # of Linux: processes whose parent is gone become ours, to be waited for
_KIB_IN_MB = 1024
_UNUSUAL = ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED")  # with which every program compiles our modules again


@dataclass(frozen=True, slots=True)
class Cost:
    """What a piece of work took."""

    wall: float  # seconds
    cpu: float  # seconds, of all processes
    peak: float  # MB, of the largest single process


class WorkFailed(Exception):  # noqa: N818  reads as a sentence
    """A program that was to be measured did not succeed."""


def adopt_orphans() -> None:
    """Have the processes that programs leave behind counted: workers, and the server that they are forked from."""
    if sys.platform != "linux":
        sys.exit("the benchmark counts processes in a way that only Linux has")
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def run(*commands: Command, at_once: int = 1, forgiving: bool = False) -> Cost:
    """Run programs, so many at once, and wait until every process that they started is gone.

    Raises WorkFailed for the first of them that fails, unless we are forgiving.
    """
    waiting, running = list(commands[::-1]), dict[int, Command]()
    cpu = peak = 0.0
    begin = end = time.perf_counter()
    while True:
        while waiting and len(running) < at_once:
            command = waiting.pop()
            running[_start(command)] = command
        try:
            pid, status, used = os.wait4(-1, 0)
        except ChildProcessError:
            return Cost(end - begin, cpu, peak)
        cpu += used.ru_utime + used.ru_stime
        peak = max(peak, used.ru_maxrss / _KIB_IN_MB)
        if pid in running:
            end = time.perf_counter()
            command = running.pop(pid)
            if status and not forgiving:
                message = f"{' '.join(command)} ended with {os.waitstatus_to_exitcode(status)}"
                raise WorkFailed(message)


def _start(command: Command) -> int:
    silent = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_RDWR, 0) for stream in (0, 1, 2)]
    return os.posix_spawnp(command[0], command, environment(), file_actions=silent)


def environment() -> dict[str, str]:
    """Return the environment in which programs are measured: a user's."""
    return {name: value for name, value in os.environ.items() if not name.startswith(_UNUSUAL)}
