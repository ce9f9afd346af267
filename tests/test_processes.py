"""Worker processes: what a module starts ends with it, what it kills costs the others nothing, and nothing is left."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from left_running import assert_ends, running
from projects import BANK, SHOP, Project

from archfolio.render.build import fork_server, processes, worker
from archfolio.render.build.draw import place_view
from archfolio.render.build.module_records import DRAW
from archfolio.render.build.processes import TimedOut, WorkerFailed, Workers, workers
from archfolio.render.build.worker import serve_drawings
from archfolio.render.serve.watch import Watcher

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
ARCHFOLIO = (sys.executable, "-m", "archfolio")


def first(text):
    """Do something once all is imported, and then draw as ever."""
    before, at, after = SHOP.partition("@view")
    return f"{before}{text}\n{at}{after}"


SLEEP = "import subprocess; subprocess.Popen(['sleep', '98{0}'], start_new_session={new})"
DAEMON = (
    "import os, subprocess\n"
    "if os.fork() == 0:\n"
    "    os.setsid()\n"
    "    if os.fork() == 0:\n"
    "        os.execvp('sleep', ['sleep', '98{0}'])\n"
    "    os._exit(0)\n"
    "os.wait()"
)
STARTED = {
    "a child": SLEEP.format("01", new=False),
    "a session of its own": SLEEP.format("02", new=True),
    "a daemon": DAEMON.format("03"),
    "a daemon of one that dies": DAEMON.format("04") + "\nos._exit(3)",
    "a session of one that is killed": SLEEP.format("05", new=True) + "\nimport os\nos.kill(os.getpid(), 9)",
    "a session of one that hangs": SLEEP.format("06", new=True) + "\nimport time\ntime.sleep(1000)",
}


@pytest.mark.parametrize("case", STARTED)
def test_what_a_module_starts_does_not_outlive_it(case, tmp_path):
    project = Project(tmp_path)
    project.write("shop.py", first(STARTED[case]))
    project.write("bank.py", BANK)
    with workers(2, 3) as project.pool:
        report = project.build()
        assert "bank/serving" in project.drawn
        assert {failure.what for failure in report.failures} <= {"shop"}
        assert_ends(f"sleep\098{STARTED[case].partition(chr(57) + '8')[2][:2]}")


@pytest.mark.parametrize("case", ["a daemon of one that dies", "a session of one that is killed"])
def test_what_a_module_that_died_has_left_ends_though_no_other_runs(case, tmp_path):
    project = Project(tmp_path)
    project.write("shop.py", first(STARTED[case]))
    with workers(1, 3) as project.pool:
        assert [failure.what for failure in project.build().failures] == ["shop"]
        assert_ends(f"sleep\098{STARTED[case].partition(chr(57) + '8')[2][:2]}")


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_build_that_is_ended_leaves_neither_processes_nor_files(tmp_path, how):
    (tmp_path / "tmp").mkdir()
    project = Project(tmp_path)
    project.write("shop.py", first(SLEEP.format("11", new=True) + "\nimport time\ntime.sleep(1000)"))
    building = subprocess.Popen(
        [*ARCHFOLIO, "build", "--systems", str(project.systems), "-o", str(project.site)],
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env=os.environ | {"TMPDIR": str(tmp_path / "tmp")},
    )
    deadline = time.monotonic() + 20
    while not running("sleep\09811") and time.monotonic() < deadline:
        time.sleep(0.05)
    building.send_signal(how)
    building.wait(20)
    assert_ends("sleep\09811")
    deadline = time.monotonic() + 5
    while list((tmp_path / "tmp").iterdir()) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert list((tmp_path / "tmp").iterdir()) == []


def test_a_temporary_folder_with_a_long_path_will_do(tmp_path):
    deep = tmp_path / ("x" * 100)
    deep.mkdir()
    project = Project(tmp_path)
    project.write("shop.py", SHOP)
    done = subprocess.run(
        [*ARCHFOLIO, "build", "--systems", str(project.systems), "-o", str(project.site), "--no-png"],
        capture_output=True,
        text=True,
        env=os.environ | {"TMPDIR": str(deep)},
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


KILLS_ALL = "import os\nos.kill(os.getppid(), 9)\nimport time\ntime.sleep(0.3)"


@pytest.mark.slow
def test_a_module_that_kills_the_server_of_all_processes_costs_only_itself(tmp_path):
    project = Project(tmp_path)
    for number in range(6):
        project.write(f"shop_{number}.py", SHOP)
    project.write("killer.py", first(KILLS_ALL))
    with workers(3, 20) as project.pool:
        report = project.build()
        assert [failure.what for failure in report.failures] == ["killer"], report.failures
        assert "were killed" in report.failures[0].sentence
        assert sorted(project.drawn) == [f"shop-{number}/serving" for number in range(6)]
        (project.systems / "killer.py").unlink()
        project.build()
        assert project.tree() == project.clean_tree()


def test_where_nobody_can_ask_for_the_server_a_build_is_the_same(tmp_path, monkeypatch):
    monkeypatch.delattr(os, "waitid")  # as on macOS before Python 3.13
    project = Project(tmp_path)
    project.write("shop.py", SHOP)
    with workers(2) as project.pool:
        assert project.build().failures == []
        with pytest.raises(WorkerFailed, match="exit code 3"):
            project.pool.draw(os._exit, 3).result()
    assert project.drawn == ["shop/serving"]


def test_a_python_whose_processes_start_in_another_way_is_told_of_and_draws_all_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr(fork_server, "_UNDOCUMENTED", (*fork_server._UNDOCUMENTED, "forkserver.read_signed_int"))
    project = Project(tmp_path)
    project.write("shop.py", SHOP)
    said = (
        r"this Python has no multiprocessing\.forkserver\.read_signed_int, so .* start more slowly: upgrade archfolio"
    )
    with pytest.warns(RuntimeWarning, match=said):
        report = project.build()
    assert report.failures == []
    assert project.drawn == ["shop/serving"]


def test_this_python_starts_processes_from_servers_of_ours():
    with workers(1):
        assert fork_server.DRAWINGS.running()
        assert fork_server.MODULES.running()
        assert fork_server.DRAWINGS.running() != fork_server.MODULES.running()


def test_a_module_that_was_edited_while_it_ran_is_ended(tmp_path):
    project = Project(tmp_path)
    path = project.write("shop.py", first("import time\ntime.sleep(1000)"))
    with workers(2, 50) as project.pool:
        begun = time.monotonic()
        timer = threading.Timer(1.0, project.pool.end_modules, [lambda args: args[0].path == path])
        timer.start()
        report = project.build()
    assert time.monotonic() - begun < 20
    assert [failure.sentence for failure in report.failures] == ["could not be run: it was edited while it ran"]


def test_an_edit_is_told_at_once_also_while_nobody_waits_for_it(tmp_path):
    seen = threading.Event()
    with Watcher(lambda: [tmp_path], [], lambda _: seen.set()) as watcher:
        (tmp_path / "shop.py").write_text("x")
        assert seen.wait(10)
        assert watcher.pending
        assert watcher.wait(0) == {tmp_path / "shop.py"}
        assert not watcher.pending


class Slow(Workers):
    """Workers for whom drawing, and laying out with any but one setting, takes too long."""

    asked: list

    def draw_within(self, seconds, work, *args):
        self.asked.append(seconds)
        slow = work is DRAW or (work is place_view and args[1] != "close-reversed")
        return super().draw_within(seconds, *((time.sleep, 100) if slow else (work, *args)))


def test_all_that_is_tried_for_one_drawing_shares_its_time_and_ends_in_a_picture(tmp_path):
    project = Project(tmp_path)
    project.write("shop.py", SHOP)
    with workers(2, 3.0) as pool:
        project.pool = Slow(pool.modules, pool.drawings)
        project.pool.asked = []
        begun = time.monotonic()
        report = project.build()
        taken = time.monotonic() - begun
    assert report.failures == []
    [warning] = report.warnings
    assert "shop/serving: took too long to lay out: its cards stand in rows and its lines are straight" in str(warning)
    assert sum(project.pool.asked) <= 3.0
    assert taken < 9
    assert (project.site / "images/shop/serving.svg").is_file()
    project.pool = None
    project.build(force=True)
    assert project.tree() == project.clean_tree()


def test_a_drawing_that_nothing_can_lay_out_in_time_is_given_up_in_time(tmp_path):
    project = Project(tmp_path)
    project.write("shop.py", SHOP)
    with workers(2, 2.0) as pool:
        project.pool = Slow(pool.modules, pool.drawings)
        project.pool.asked = []
        project.pool.draw_within = lambda seconds, *_: pool.draw_within(seconds, time.sleep, 100)
        begun = time.monotonic()
        report = project.build()
    assert "cannot be laid out within 2 s: draw less in one view" in report.failures[0].sentence
    assert time.monotonic() - begun < 8


def test_work_that_hangs_is_told_from_work_that_dies():
    with workers(1, 0.5) as pool:
        with pytest.raises(TimedOut, match=r"longer than 0\.5 s"):
            pool.draw(time.sleep, 10).result()
        with pytest.raises(WorkerFailed, match="exit code 3"):
            pool.draw(os._exit, 3).result()
        with pytest.raises(WorkerFailed, match="exit code 255"):
            pool.draw(os._exit, 255).result()


def test_each_of_many_that_die_at_once_is_told_by_its_own_exit_code():
    with workers(8) as pool:
        works = [pool.run_module(os._exit, 3) for _ in range(100)]
        assert {str(work.exception()) for work in works} == {"its process died (exit code 3)"}


def test_a_recorded_layout_that_is_damaged_counts_as_none(tmp_path):
    project = Project(tmp_path)
    project.write("shop.py", SHOP)
    done = subprocess.run([*ARCHFOLIO, "layouts", "--systems", str(project.systems)], check=False, capture_output=True)
    assert done.returncode == 0, done.stderr
    record = project.systems / "_layouts/shop.json"
    text = record.read_text()
    spot = re.search(r'"shop":(\[[-\d,]+\])', text)[1]
    with workers(2) as project.pool:
        for whole, damaged in (
            ('"spots":', '"spots_of_old":'),
            ('"shop":[', '"elsewhere":['),
            (spot, "[]"),
            (spot, '["x",0,0,0]'),
            (spot, "[1e308,0,-1e308,0]"),
        ):
            assert whole in text
            record.write_text(text.replace(whole, damaged))
            report = project.build()
            assert report.failures == [], damaged
            assert (project.site / "images/shop/serving.svg").is_file()
        record.write_text(text.replace('"shop":', '"elsewhere":'))
        assert project.build().failures == []


def test_a_process_that_has_drawn_much_makes_room_for_another(monkeypatch):
    monkeypatch.setattr(processes, "_MOST", 3)
    with workers(1) as pool:
        drew = [pool.draw(os.getpid).result() for _ in range(9)]
    assert [drew.count(process) for process in dict.fromkeys(drew)] == [3, 3, 3]


def tell_and(end, tell):
    tell("one")
    tell("two")
    if end == "die":
        os._exit(3)
    while end == "go on":
        time.sleep(0.01)
        tell("more")
    return end


def test_what_is_told_is_heard_in_order_before_what_comes_of_it():
    heard = []
    with workers(1, 2) as pool:
        assert pool.run_module(tell_and, "return", hear=heard.append).result() == "return"
        assert heard == ["one", "two"]
        with pytest.raises(WorkerFailed, match="exit code 3"):
            pool.run_module(tell_and, "die", hear=heard.append).result()
        assert heard == ["one", "two"] * 2
        with pytest.raises(TimedOut):
            pool.run_module(tell_and, "go on", hear=heard.append).result(20)
        assert pool.run_module(os.getpid).result() > 0


def test_a_process_that_was_started_ahead_takes_the_next_module():
    with workers(1) as pool:
        pool.start_ahead().result()
        [ahead] = pool.modules._idle
        assert pool.run_module(os.getpid).result() == ahead._process.pid
        assert pool.run_module(os.getpid).result() != ahead._process.pid


def test_a_process_that_was_started_ahead_has_its_memory_to_itself():
    with workers(1) as pool:
        pool.start_ahead().result()
        ahead, usual = (pool.run_module(shared_with_the_server).result() for _ in range(2))
    assert ahead < usual / 4


def test_without_proc_a_process_that_was_started_ahead_serves_all_the_same(tmp_path):
    with workers(1) as pool:
        assert pool.run_module(copy_memory_without, tmp_path / "maps").result() == "went on"


def copy_memory_without(maps):
    worker._MAPS = maps
    worker._copy_memory()
    return "went on"


def shared_with_the_server():
    """Return the kB of memory that this process has in common with others and that no file is behind."""
    said = Path("/proc/self/smaps").read_text()
    return sum(map(int, re.findall(r"^Shared_Dirty: +(\d+) kB$", said, re.MULTILINE)))


def test_a_process_whose_answer_nobody_takes_any_more_ends_without_a_word(capfd):
    with workers(1):  # the servers go with them
        process = processes._Process(fork_server.DRAWINGS, serve_drawings)
        process._pipe.send((os.getpid, (), False))
        assert process._pipe.poll(20)
        process._pipe.close()  # as it is where the one who asked was killed
        process._process.join(20)
        assert process._process.exitcode == 0
    assert "Traceback" not in capfd.readouterr().err


def test_a_process_that_died_while_it_waited_for_a_module_costs_it_nothing():
    with workers(1) as pool:
        pool.start_ahead().result()
        [ahead] = pool.modules._idle
        os.kill(ahead._process.pid, signal.SIGKILL)
        ahead._process.join()
        assert pool.run_module(os.getpid).result() != ahead._process.pid


def test_a_place_that_is_left_early_is_not_left_once_more():
    free = threading.Semaphore(1)
    place = processes._Place(free)
    assert not free.acquire(blocking=False)
    place.leave()
    place.leave()
    assert free.acquire(blocking=False)
    assert not free.acquire(blocking=False)


@pytest.mark.parametrize(("shares", "processes_that_load"), [(3, 3), (20, 8)])
def test_no_more_processes_load_what_they_will_need_than_have_a_share_of_the_work(shares, processes_that_load):
    asked = []
    drawings = SimpleNamespace(count=8, seconds=1, submit=lambda work, *_: asked.append(work))
    Workers(None, drawings).load_ahead(os.getpid, shares)
    assert asked == [os.getpid] * processes_that_load
