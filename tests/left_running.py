"""Which processes are left, for the tests: as Linux lists them."""

import os
import signal
import time
from contextlib import suppress
from pathlib import Path


def is_running(process):
    with suppress(OSError):
        return "\nState:\tZ" not in Path(f"/proc/{process}/status").read_text()
    return False


def running(mark):
    """List the processes that have a word in their command line."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            if mark.encode() in path.read_bytes() and is_running(path.parent.name):
                found.append(int(path.parent.name))
    return found


def assert_ends(mark="", *processes):
    """Fail where some of these processes, or one with a word in its command line, is there in five seconds; end it."""
    deadline = time.monotonic() + 5
    while (left := _left(mark, processes)) and time.monotonic() < deadline:
        time.sleep(0.02)
    for process in left:
        os.kill(process, signal.SIGKILL)
    assert left == []


def _left(mark, processes):
    return [*(running(mark) if mark else ()), *filter(is_running, processes)]
