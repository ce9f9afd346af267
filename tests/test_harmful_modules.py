"""A module may do to its process whatever it likes: the others are built, and no good picture is lost."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from PIL import Image
from projects import BANK, SHOP

from archfolio.render.build import state
from archfolio.render.build.processes import Workers, workers

UNRECORDED = """
import msgspec
from archfolio.render.build import module_capture

recorded = module_capture.record_subject
module_capture.record_subject = lambda *said: msgspec.structs.replace(recorded(*said), summary=object())
"""


def test_a_module_that_cannot_be_recorded_costs_only_itself(project):
    good = project.tree()
    project.write("bank.py", BANK + UNRECORDED)
    [failure] = project.build().failures
    assert (failure.what, failure.sentence.partition(":")[0]) == ("bank", "could not be recorded")
    left = project.tree()
    assert {path for path in good if left.get(path) != good[path]} <= {state.NAME, "manifest.json"}
    project.write("bank.py", BANK)
    project.assert_recovers()


HARMFUL = {
    "exits.py": "import sys; sys.exit(3)",
    "exits_hard.py": "import os; os._exit(3)",
    "aborts.py": "import os; os.abort()",
    "kills_itself.py": "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
    "raises_oddly.py": "raise KeyboardInterrupt",
    "closes_all.py": "import os; os.closerange(3, 200)",
    "sleeps.py": "import time; time.sleep(1000)",
    "spins.py": "while True: pass",
}
ODD = {
    "prints.py": "print('to stdout'); import sys; sys.stderr.write('to stderr')\n",
    "closes_stdout.py": "import sys; sys.stdout = sys.stderr = None\n",
    "chdirs.py": "import os; os.chdir('/')\n",
    "forks.py": "import os, time\nif os.fork() == 0:\n    time.sleep(1000)\n",
    "forks_on.py": "import os\nos.fork()\n",
    "localized.py": "import locale; locale.setlocale(locale.LC_ALL, 'C.UTF-8')\n",
    "recurses.py": "import sys; sys.setrecursionlimit(50_000)\n",
    "path.py": "import sys; sys.path.clear(); sys.modules.pop('os', None)\n",
}


def odd(text):
    """Do something odd once all is imported, and then draw as ever."""
    before, _, after = SHOP.partition("@view")
    return f"{before}{text}\n@view{after}"


def test_modules_that_do_harm_cost_only_themselves(project):
    for name, text in HARMFUL.items():
        project.write(name, text)
    for name, text in ODD.items():
        project.write(name, odd(text))
    project.pool = None
    report = project.build(seconds=7)
    failed = sorted(failure.what.replace("-", "_") + ".py" for failure in report.failures)
    assert failed == sorted(HARMFUL)
    assert sorted(project.drawn) == sorted(f"{Path(name).stem.replace('_', '-')}/serving" for name in ODD)
    slugs = [Path(name).stem.replace("_", "-") for name in ODD]
    pictures = [Image.open(project.site / f"images/{slug}/serving.png").convert("RGB").tobytes() for slug in slugs]
    assert len(set(pictures)) == 1
    for name in (*HARMFUL, *ODD):
        (project.systems / name).unlink()
    project.assert_recovers()


def test_a_module_that_turns_harmful_keeps_its_last_picture(project):
    good = (project.site / "images/bank/serving.png").read_bytes()
    project.write("bank.py", "import os; os.abort()")
    report = project.build()
    assert [str(failure.sentence) for failure in report.failures] == ["could not be run: its process died (signal 6)"]
    assert (project.site / "images/bank/serving.png").read_bytes() == good
    assert "Counter" in (project.site / "systems/bank.html").read_text(encoding="utf-8")
    project.write("bank.py", BANK)
    project.assert_recovers()


def test_what_a_module_prints_is_talk_and_no_result(project, archfolio):
    project.write("shop.py", odd(ODD["prints.py"]))
    done = archfolio("build", "--no-png")
    assert done.returncode == 0, done.stderr
    assert "to stdout" not in done.stdout
    assert "to stderr" in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("nodes", [400, 2000])
def test_a_module_with_very_many_nodes(project, nodes):
    body = f"    for number in range({nodes}):\n        Kafka(f'Node {{number}}')\n"
    project.write("huge.py", SHOP + body)
    report = project.build()
    assert {failure.what for failure in report.failures} <= {"huge/serving"}
    (project.systems / "huge.py").unlink()
    project.assert_recovers()


class Troubled(Workers):
    """Workers of which the first that is to draw comes to grief."""

    grief: tuple = ()

    def draw_within(self, seconds, work, *args):
        first, self.grief = self.grief, ()
        return super().draw_within(seconds, *(first or (work, *args)))


@pytest.mark.parametrize("grief", [(os.abort,), (os._exit, 1), (time.sleep, 60)], ids=["aborts", "exits", "hangs"])
def test_a_drawing_whose_process_comes_to_grief_is_tried_in_other_ways(project, grief):
    project.edit("shop.py", "asks", "asks again")
    with workers(2, 6 if grief[0] is time.sleep else 60) as crew:
        project.pool = Troubled(crew.modules, crew.drawings)
        project.pool.grief = grief
        report = project.build()
    assert report.failures == []
    assert bool(report.warnings) == (grief[0] is time.sleep)
    project.pool = None
    if report.warnings:
        project.build(force=True)
    project.assert_recovers()
