"""Whatever happens to a build, the next one ends as a clean one would, and no good picture is lost."""

from __future__ import annotations

import errno
import itertools
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from projects import BANK, SHOP, Project

from archfolio.render.base.errors import EnvironmentProblem
from archfolio.render.base.lock import exclusive_lock
from archfolio.render.build import state
from archfolio.render.build.worker import children

ARCHFOLIO = (sys.executable, "-c", "from archfolio.render.cli.main import main; main()")
MANY_VIEWS = SHOP + "".join(
    SHOP[SHOP.index("@view") :].replace("serving", f"view_{number}").replace("Stock", f"Stock {number}")
    for number in range(6)
)


@pytest.fixture(scope="module")
def built(pool, tmp_path_factory):
    project = Project(tmp_path_factory.mktemp("built"), pool)
    project.write("shop.py", MANY_VIEWS)
    project.write("bank.py", BANK)
    project.build()
    return project


def assert_pictures_are_whole(project):
    for path in project.site.rglob("*.svg"):
        ET.fromstring(path.read_bytes())
    for path in project.site.rglob("*.png"):
        assert path.read_bytes().endswith(b"IEND\xaeB`\x82")


def start(project):
    """Begin a build in a process of its own, and in a session by which what it starts can be found."""
    command = [*ARCHFOLIO, "build", "--systems", str(project.systems), "-o", str(project.site), "-j", "2"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True)


def start_and_wait(project):
    """Begin a build, and wait until it has begun to start others, however busy the machine is, or is over."""
    building = start(project)
    deadline = time.monotonic() + 60
    while not children(building.pid) and building.poll() is None and time.monotonic() < deadline:
        time.sleep(0.005)
    return building


def processes_of(session):
    """List the processes of a session that are still running."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session and fields[0] != "Z":
            found.append(int(stat.parent.name))
    return found


def assert_nobody_is_left(session):
    deadline = time.monotonic() + 10
    while (left := processes_of(session)) and time.monotonic() < deadline:
        time.sleep(0.05)
    for process in left:
        os.kill(process, signal.SIGKILL)
    assert left == []


def edit_by_turns(project, turn):
    project.write("shop.py", MANY_VIEWS.replace("asks", f"asks {turn % 2}"))


@pytest.mark.parametrize("times", [12, pytest.param(50, marks=pytest.mark.slow)])
def test_killed_at_random_moments(project, times):
    chance = random.Random(times)
    whole = 2.0  # seconds that a build takes, about
    for turn in range(times):
        edit_by_turns(project, turn)
        building = start(project)
        time.sleep(chance.uniform(0.1, whole))
        building.kill()
        building.communicate()
        assert_pictures_are_whole(project)
    assert_nobody_is_left(building.pid)
    project.assert_recovers()


def test_stopped_with_ctrl_c(project):
    edit_by_turns(project, 1)
    building = start_and_wait(project)
    time.sleep(1)
    building.send_signal(signal.SIGINT)
    _, said = building.communicate(timeout=20)
    if building.returncode == 0:
        pytest.skip("it was through before it was stopped")
    assert building.returncode == 130
    assert b"stopped; what was finished is kept" in said
    assert b"/render/" not in said  # a worker that was just being started may still complain of its parent
    assert_nobody_is_left(building.pid)
    assert_pictures_are_whole(project)
    project.assert_recovers()


def failing_at(call, error, monkeypatch):
    """Let one renaming of a file fail."""
    calls = itertools.count()
    replace = os.replace

    def faulty(source, target):
        if next(calls) == call:
            raise error
        replace(source, target)

    monkeypatch.setattr(os, "replace", faulty)


@pytest.mark.parametrize("call", [0, 1, 2, 9, 14, 15, 16, 17, 18])
def test_a_disk_that_is_full_at_some_file(project, call, monkeypatch):
    edit_by_turns(project, 1)
    with monkeypatch.context() as patched:
        failing_at(call, OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), patched)
        with pytest.raises(EnvironmentProblem, match="the disk is full; make room"):
            project.build()
    assert_pictures_are_whole(project)
    assert [path for path in project.tree() if path.endswith(".part")] == []
    project.assert_recovers()


def test_a_full_disk_and_then_the_edit_taken_back(project, monkeypatch):
    before = project.tree()
    edit_by_turns(project, 1)
    with monkeypatch.context() as patched:
        failing_at(15, OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), patched)
        with pytest.raises(EnvironmentProblem):
            project.build()
    project.write("shop.py", MANY_VIEWS)
    project.build()
    assert project.tree() == before


@pytest.mark.parametrize(
    ("reason", "fix"),
    [
        (errno.EROFS, "read-only file system; choose another folder"),
        (errno.EACCES, "permission denied; see its rights, or choose another folder"),
    ],
)
def test_an_output_folder_that_cannot_be_written(project, reason, fix, monkeypatch):
    before = project.tree()
    edit_by_turns(project, 1)
    with monkeypatch.context() as patched:
        failing_at(0, OSError(reason, os.strerror(reason)), patched)
        with pytest.raises(EnvironmentProblem, match=f": {fix}$"):
            project.build()
    assert project.tree() == before


def test_an_output_folder_that_is_a_file(tmp_path, pool):
    project = Project(tmp_path, pool)
    project.write("shop.py", SHOP)
    project.site.write_text("not a folder")
    with pytest.raises(EnvironmentProblem, match="choose another folder with --output"):
        project.build()


@pytest.mark.slow
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small disk")
def test_a_disk_that_is_really_full(project):
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", project.site], check=False)
    if mounted.returncode:
        pytest.skip("no disk can be mounted here")
    try:
        with pytest.raises(EnvironmentProblem, match="the disk is full"):
            project.build()
        subprocess.run(["mount", "-o", "remount,size=64m", project.site], check=True)
        project.assert_recovers()
    finally:
        subprocess.run(["umount", project.site], check=True)


@pytest.mark.parametrize("moment", [0, 0.1, 0.2, 0.3, 0.5])
def test_ctrl_c_ends_a_build_in_one_sentence(project, moment):
    edit_by_turns(project, 1)
    building = start_and_wait(project)
    time.sleep(moment)
    os.killpg(building.pid, signal.SIGINT)  # as a terminal does: to all processes
    said = building.communicate(timeout=60)[1]
    was_over = (building.returncode in (0, -signal.SIGINT), said) == (True, b"")
    assert was_over or (building.returncode, said.strip()) == (130, b"stopped; what was finished is kept")
    project.assert_recovers()


def test_two_builds_at_once_in_one_folder(project):
    edit_by_turns(project, 1)
    first, second = start(project), start(project)
    said = [building.communicate(timeout=60)[1] for building in (first, second)]
    assert (first.returncode, second.returncode) == (0, 0), said
    assert project.build().why == []
    assert project.tree() == project.clean_tree()


def test_a_build_waits_for_another_in_its_folder_and_says_so(project):
    edit_by_turns(project, 1)
    with exclusive_lock(project.site, lambda: None):
        building = start(project)
        said = building.stderr.readline()
        assert b"asks 1" not in (project.site / "images/shop/serving.svg").read_bytes()
    building.communicate(timeout=60)
    assert (building.returncode, said) == (0, b"another build is writing to this folder; waiting for it\n")
    assert b"asks 1" in (project.site / "images/shop/serving.svg").read_bytes()


def test_what_a_killed_build_left_half_written_is_cleared_away(project):
    before = project.tree()
    (project.site / ".archfolio.part").write_bytes(b"half")
    project.build()
    assert project.tree() == before


def test_a_clock_that_goes_backwards(project, monkeypatch):
    edit_by_turns(project, 1)
    os.utime(project.systems / "shop.py", (0, 0))
    for path in project.site.rglob("*"):
        os.utime(path, (2**31, 2**31))
    with monkeypatch.context() as patched:
        now = itertools.count(2**31, -1)
        patched.setattr(time, "time", lambda: float(next(now)))
        project.build()
    assert b"asks 1" in (project.site / "images/shop/serving.svg").read_bytes()
    assert project.tree() == project.clean_tree()


def test_a_state_that_points_outside_removes_nothing_there(project):
    outside = project.folder / "precious.txt"
    outside.write_text("mine")
    known = state.load_state(project.site)
    text = state.encode_state(known).replace(b'"404.html":', b'"../precious.txt": "0", "404.html":')
    (project.site / state.NAME).write_bytes(text)
    project.build()
    assert outside.read_text() == "mine"


def test_what_a_view_is_given_and_does_not_show_is_a_warning_as_check_says_it(archfolio, tmp_path):
    project = Project(tmp_path)
    given = SHOP.replace('Kafka("Shop")', 'Kafka("Shop", lable="till")')
    path = project.write("shop.py", given.replace('Kafka("Stock")', 'Kafka("Stock", shape="starr")'))
    line = 1 + given[: given.index("lable")].count("\n")
    first = "'Shop' asks for node lable, which is not drawn: write 'label', or leave it out"
    second = "'Stock' asks for node shape 'starr', which is not drawn: correct it, or leave it out"
    built = archfolio("build", "--no-png")
    assert (built.returncode, built.stderr.count("warning: ")) == (0, 2)
    assert f"warning: {path}:{line}: shop/serving: {first}" in built.stderr
    assert f"warning: {path}:{line}: shop/serving: {second}" in built.stderr
    assert "warning" not in archfolio("build", "--no-png", "--style", "library").stderr
    settings = tmp_path / "pyproject.toml"
    for said, count in (('ignore = ["M2,s11"]', 0), ('select = ["M"]', 0), ('select = ["S1"]', 2)):
        settings.write_text(f"[tool.archfolio.check]\n{said}\n")
        assert archfolio("build", "--no-png", "--force").stderr.count("warning: ") == count
    settings.unlink()
    shown = 'Kafka("Stock", shape="starr")'
    project.edit("shop.py", shown, f"{shown}  # archfolio: ignore[S111] kept for later")
    assert "warning" not in archfolio("build", "--no-png").stderr
