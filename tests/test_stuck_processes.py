"""A process in C code that does not return, as Graphviz may be, ends with the command that it works for."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from left_running import assert_ends, running
from projects import SHOP, begin_build

from archfolio.render.build.processes import workers
from archfolio.render.build.worker import children

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
STUCK = """
import ctypes, os, pathlib, subprocess
subprocess.Popen(["sleep", {seconds!r}])
pathlib.Path({folder!r}, str(os.getpid())).touch()
ctypes.PyDLL(None).sleep(1000)  # no other thread runs meanwhile
"""


def run_stuck(kind, code):
    """Run code in a process for drawings or for modules."""
    with workers(1) as pool:
        {"drawing": pool.draw, "module": pool.run_module}[kind](exec, code).result()


def start_stuck(kind, folder, seconds):
    """Start a command with a process that is stuck, and has started a `sleep`; return it, and that one's number."""
    code = STUCK.format(folder=str(folder), seconds=seconds)
    run = f"import test_stuck_processes; test_stuck_processes.run_stuck({kind!r}, {code!r})"
    command = subprocess.Popen([sys.executable, "-c", run], cwd=Path(__file__).parent)
    return command, number_in(folder)


def number_in(folder):
    """Wait for a file that is named after a process, and return its number."""
    deadline = time.monotonic() + 20
    while not (found := list(folder.iterdir())) and time.monotonic() < deadline:
        time.sleep(0.02)
    [name] = found
    return int(name.name)


@pytest.mark.parametrize(("kind", "seconds"), [("drawing", "9821"), ("module", "9822")])
def test_it_ends_with_all_that_it_started_where_the_command_is_killed(tmp_path, kind, seconds):
    command, process = start_stuck(kind, tmp_path, seconds)
    command.kill()
    command.wait()
    assert_ends(f"sleep\0{seconds}", process)


def test_a_drawing_ends_where_its_server_is_killed_as_well(tmp_path):
    command, process = start_stuck("drawing", tmp_path, "9823")
    for victim in (*children(command.pid), command.pid):
        os.kill(victim, signal.SIGKILL)
    command.wait()
    for orphan in running("sleep\09823"):  # of which nobody is left who knows it
        os.kill(orphan, signal.SIGKILL)
    assert_ends("", process)


def test_the_module_of_a_build_that_is_killed_ends_while_it_is_in_c_code(tmp_path):
    (tmp_path / "runs").mkdir()
    code = STUCK.format(folder=str(tmp_path / "runs"), seconds="9824")
    building = begin_build(tmp_path, SHOP + code, subprocess.DEVNULL)
    process = number_in(tmp_path / "runs")
    building.kill()
    building.wait()
    assert_ends("sleep\09824", process)
    deadline = time.monotonic() + 5
    while list((tmp_path / "tmp").iterdir()) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert list((tmp_path / "tmp").iterdir()) == []
