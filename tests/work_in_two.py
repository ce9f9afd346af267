"""Work that two processes do together, for the tests: a small file, since it is loaded where it is done."""

import ctypes
import os
import signal
import time
from pathlib import Path


def numbers(share, count):
    return share(lambda at: (at, os.getpid()), range(count))


def large(share):
    return [len(one) for one in share(lambda _: bytes(3_000_000), range(4))]


def lost(share, how):
    def do(at):
        if share.__self__.is_second:
            if how == "killed":
                os.kill(os.getpid(), signal.SIGKILL)
            if how == "ends":
                os._exit(0)
            raise ValueError
        return at

    return [share(do, range(4)) for _ in range(2)]


def refuses(share, refused):
    def do(at):
        if at == refused:
            message = f"no {at}"
            raise ValueError(message)
        return at

    return share(do, range(4))


def hangs(share, folder):
    (Path(folder) / str(os.getpid())).touch()
    share(lambda _: time.sleep(1000 * share.__self__.is_second), range(2))


def leaves_a_stuck_one(share, folder):
    """Die while the second one is in C code that lets no other thread run, as Graphviz may be."""
    (Path(folder) / str(os.getpid())).touch()
    if share.__self__.is_second:
        ctypes.PyDLL(None).sleep(1000)
    while len(list(Path(folder).iterdir())) < 2:
        time.sleep(0.02)
    os._exit(3)
