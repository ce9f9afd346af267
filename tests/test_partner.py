"""Two processes for one drawing: it is the same as one makes, and nothing that befalls the second one is seen in it."""

import os
import subprocess
import sys
import time
from copy import deepcopy
from pathlib import Path

import pytest
from left_running import assert_ends, is_running
from reference import random_graph, reference_graphs

from archfolio.render.build import partner
from archfolio.render.build.partner import Partner
from archfolio.render.build.processes import TimedOut, WorkerFailed, workers
from archfolio.render.build.worker import InTwo
from archfolio.render.layout.engine import Bundled
from archfolio.render.layout.measure import size
from archfolio.render.layout.search import search

linux = pytest.mark.skipif(sys.platform != "linux", reason="sets on which cores a process runs, and looks at /proc")
FAN = """
from diagrams import Cluster, Diagram
from diagrams.aws.compute import EC2
from diagrams.aws.database import RDS
from diagrams.onprem.queue import Kafka
with Diagram("fan", show=False, direction="TB"):
    with Cluster("from"):
        sources = [EC2(f"source {n}") for n in range(4)]
    with Cluster("to"):
        sinks = [RDS("tables"), Kafka("events"), RDS("features")]
    for n, source in enumerate(sources):
        for m, sink in enumerate(sinks):
            if (n + m) % 3:
                source >> sink
    sinks[0] >> sources[3]
"""


def pictures(folder, cores):
    """Draw a script on so many cores, and return the contents of its files."""
    (folder / "fan.py").write_text(FAN)
    command = [sys.executable, "-m", "archfolio", "render", "fan.py", "-o", f"on{cores}"]
    allowed = sorted(os.sched_getaffinity(0))[:cores]
    subprocess.run(command, cwd=folder, check=True, timeout=60, preexec_fn=lambda: os.sched_setaffinity(0, allowed))
    return {path.name: path.read_bytes() for path in (folder / f"on{cores}").iterdir()}


@linux
def test_a_drawing_is_the_same_on_one_core_and_on_two(tmp_path):
    assert pictures(tmp_path, 1) == pictures(tmp_path, 2)


def handed_on(do, items):
    """Do something with each of some things; of every second one a copy is returned, as it comes from a process."""
    return [deepcopy(do(one)) if at % 2 else do(one) for at, one in enumerate(items)]


@pytest.mark.parametrize(
    "graph",
    [*reference_graphs()[3::40], random_graph(4), random_graph(5), random_graph(21)],
    ids=lambda graph: graph.slug,
)
def test_a_search_finds_the_same_with_what_another_process_has_found(graph):
    alone, shared = (search(size(graph), Bundled(), **way) for way in ({}, {"share": handed_on}))
    assert (shared.layout, shared.spots, shared.faults) == (alone.layout, alone.spots, alone.faults)


def asked(name, *args, seconds=30):
    """Have a function of `work_in_two.py` done in two processes."""
    with workers(1) as pool:
        return pool.draw_within(seconds, InTwo("work_in_two", name), *args).result()


needs_two_cores = pytest.mark.skipif(partner._cores() < 2, reason="nobody to share with")


@needs_two_cores
def test_each_of_two_processes_does_every_second_part():
    done = asked("numbers", 5)
    assert [at for at, _ in done] == [0, 1, 2, 3, 4]
    processes = [process for _, process in done]
    assert len({*processes}) == 2
    assert processes == [*processes[:2] * 2, processes[0]]


def test_one_part_is_done_without_a_word_to_the_other():
    assert [at for at, _ in asked("numbers", 1)] == [0]


def test_parts_may_be_larger_than_what_fits_into_a_pipe():
    assert asked("large") == [3_000_000] * 4


@pytest.mark.parametrize("how", ["killed", "raises", "ends"])
def test_what_the_second_one_does_not_do_is_done_by_the_first(how):
    assert asked("lost", how) == [[0, 1, 2, 3], [0, 1, 2, 3]]


@pytest.mark.parametrize("at", [0, 1])
def test_what_raises_in_one_raises_as_it_does_without_the_other(at):
    with pytest.raises(ValueError, match=f"no {at}"):
        asked("refuses", at)


def both(folder):
    """Wait until both processes of `hangs` have written down their numbers, and return them."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        found = [int(path.name) for path in folder.glob("[0-9]*")]
        if len(found) == 2:
            return found
        time.sleep(0.02)
    raise AssertionError(found)


@linux
@needs_two_cores
def test_of_a_drawing_that_takes_too_long_neither_process_is_left(tmp_path):
    with pytest.raises(TimedOut):
        asked("hangs", tmp_path, seconds=5)
    assert_ends("", *both(tmp_path))


@linux
@needs_two_cores
def test_neither_process_is_left_where_the_one_that_waits_for_them_is_killed(tmp_path):
    code = f"import test_partner; test_partner.asked('hangs', {str(tmp_path)!r}, seconds=60)"
    with subprocess.Popen([sys.executable, "-c", code], cwd=Path(__file__).parent) as waiting:
        processes = both(tmp_path)
        assert all(map(is_running, processes))
        waiting.kill()
    assert_ends("", *processes)


@linux
@needs_two_cores
def test_the_second_one_is_not_left_where_the_first_died(tmp_path):
    with pytest.raises(WorkerFailed, match="exit code 3"):
        asked("leaves_a_stuck_one", tmp_path)
    assert_ends("", *both(tmp_path))


@needs_two_cores
def test_once_it_is_answered_the_second_process_is_gone_and_more_can_be_asked():
    with workers(1) as pool:
        first, second = (process for _, process in pool.draw(InTwo("work_in_two", "numbers"), 2).result())
        assert pool.draw(os.getpid).result() == first
        assert not Path(f"/proc/{second}").exists()


@pytest.mark.parametrize(("where", "name"), [(os, "fork"), (partner, "Pipe")])
def test_where_there_can_be_no_second_process_the_first_does_all(monkeypatch, where, name):
    def refuse():
        raise BlockingIOError

    monkeypatch.setattr(partner, "_cores", lambda: 2)
    monkeypatch.setattr(where, name, refuse)
    alone = Partner()
    assert alone.share(lambda at: (at, os.getpid()), range(2)) == [(0, os.getpid()), (1, os.getpid())]
    alone.end()
