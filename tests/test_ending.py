"""How a run ends whose streams are closed, full or broken, whose folder is gone, or that is told to stop."""

import os
import shlex
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from projects import SHOP, begin_build

ARCHFOLIO = f"{shlex.quote(sys.executable)} -m archfolio"


@pytest.fixture
def shell(tmp_path):
    """Run a line of a shell in a folder with a small system."""
    (tmp_path / "systems").mkdir()
    (tmp_path / "systems/shop.py").write_text(SHOP)

    def run(line, **more):
        done = subprocess.run(
            ["bash", "-c", line.replace("archfolio", ARCHFOLIO, 1)],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
            **more,
        )
        assert "Traceback" not in done.stderr
        assert "Exception" not in done.stderr
        return done

    return run


BUILD = "archfolio build --systems systems --no-png"


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_lead_nowhere(shell, closed, tmp_path):
    assert shell(f"{BUILD} {closed}").returncode == 0
    assert (tmp_path / "site/images/shop/serving.svg").read_bytes().startswith(b"<svg")
    assert shell(f"archfolio list {closed}").returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device")
def test_a_result_that_cannot_be_written_is_no_success(shell):
    done = shell("archfolio list --systems systems > /dev/full")
    assert (done.returncode, done.stderr) == (3, "archfolio: cannot write the result: no space left on device\n")
    assert shell("archfolio list --systems nowhere 2> /dev/full").returncode == 3


def test_a_reader_that_has_enough_ends_the_run_quietly(shell):
    done = shell("archfolio list --systems systems --json | true; echo ${PIPESTATUS[0]}")  # which is gone by then
    assert done.stdout == "141\n"
    assert done.stderr == ""


def test_a_working_folder_that_is_gone_is_a_sentence(shell):
    done = shell("mkdir gone && cd gone && rmdir ../gone && archfolio build")
    assert done.returncode in (2, 3)
    assert done.stderr.startswith(("archfolio: the working folder is gone", "archfolio: there is no folder"))


@pytest.mark.parametrize("option", ["--output", "--systems"])
def test_a_path_that_is_too_long_is_a_sentence(shell, option):
    done = shell(f"archfolio build --systems systems {option} {'x' * 5001}")
    assert done.returncode == 3
    assert "file name too long" in done.stderr.lower()
    assert len(done.stderr) < 5500


def test_a_path_that_is_not_utf8_is_printed_as_it_is(tmp_path):
    folder = os.fsencode(tmp_path) + b"/caf\xe9"
    Path(os.fsdecode(folder)).mkdir()
    for command, said in ((["new", "shop"], b"systems/shop.py"), (["build", "--no-png"], folder + b"/site/index.html")):
        done = subprocess.run(
            [sys.executable, "-m", "archfolio", *command], cwd=folder, capture_output=True, check=False, timeout=120
        )
        assert (done.returncode, done.stdout.splitlines()[0]) == (0, said), done.stderr


@pytest.mark.parametrize("module", ["multiprocessing", "click", "archfolio.render.cli.build"])
def test_ctrl_c_is_no_error_while_the_program_loads(module, tmp_path):
    (tmp_path / "tmp").mkdir()
    stop = f"""
        import os, signal, sys
        class Stop:
            def find_spec(name, *_):
                if name == {module!r}:
                    os.kill(os.getpid(), signal.SIGINT)
        sys.meta_path.insert(0, Stop)
        from archfolio.render.cli.main import main
        main()
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(stop), "render", "nowhere.py"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env=os.environ | {"TMPDIR": str(tmp_path / "tmp")},
    )
    assert done.returncode == 130
    assert done.stderr.strip() in {"stopped", "stopped; what was finished is kept"}
    assert list((tmp_path / "tmp").iterdir()) == []


FEW_PROCESSES = """
import os, sys
from multiprocessing import util
def refuse(*_):
    raise BlockingIOError(11, "Resource temporarily unavailable")
os.fork = util.spawnv_passfds = refuse
from archfolio.render.cli.main import main
main()
"""


@pytest.mark.parametrize("command", ["build --systems systems", "render systems/shop.py"])
def test_too_few_processes_are_a_sentence(tmp_path, command):
    (tmp_path / "systems").mkdir()
    (tmp_path / "systems/shop.py").write_text(SHOP)
    run = [sys.executable, "-c", FEW_PROCESSES, *command.split()]
    done = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)
    wanted = "archfolio: cannot start a process: there are too many; end some, or allow more with 'ulimit -u'\n"
    assert (done.returncode, done.stderr) == (3, wanted)


@pytest.mark.parametrize("command", ["render systems/shop.py", "build --systems systems"])
def test_too_few_open_files_are_a_sentence(shell, command):
    done = shell(f"ulimit -n 6; archfolio {command}")
    assert done.returncode == 3
    assert "too many open files" in done.stderr


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_as_ctrl_c_does_and_leaves_nothing(tmp_path, number):
    waits = f"import pathlib, time; pathlib.Path({str(tmp_path / 'runs')!r}).touch(); time.sleep(60)\n"
    building = begin_build(tmp_path, waits + SHOP, subprocess.PIPE)
    deadline = time.monotonic() + 60
    while not (tmp_path / "runs").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    building.send_signal(number)
    said = building.communicate(timeout=20)[1]
    assert (building.returncode, said.strip()) == (128 + number, b"stopped; what was finished is kept")
    assert list(tmp_path.rglob("*.part")) == []
    assert list((tmp_path / "tmp").iterdir()) == []
