"""Modules that run under `archfolio serve`: each text once, and none is waited for so long that others are kept."""

from __future__ import annotations

import os
import sys
import threading
import time
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from projects import BANK

from archfolio.render.build.processes import Unwanted, WorkerFailed, Workers, finished, workers
from archfolio.render.capture.discover import script
from archfolio.render.capture.inputs import observe
from archfolio.render.model.palette import Conventions
from archfolio.render.serve.module_runs import LATE, PatientWorkers, StillRunning

PATIENCE = 15.0
RUN = partial(observe, conventions=Conventions(), on_drawing=repr)


def test_a_module_that_is_late_is_asked_again_when_it_has_ended(tmp_path):
    slow, hung = tmp_path / "slow.py", tmp_path / "hung.py"
    slow.write_text("import time\ntime.sleep(2)\n" + BANK)
    hung.write_text("import time\ntime.sleep(1000)\n")
    ended, told = [], threading.Semaphore(0)
    with workers(2, 4.0, late=LATE) as pool:
        patient = PatientWorkers(pool, lambda: True, lambda one: (ended.append(one.slug), told.release()))
        for one in (slow, hung):
            with pytest.raises(StillRunning, match="runs still"):
                patient.run_module(RUN, script(one)).result()
        assert told.acquire(timeout=PATIENCE)
        assert patient.run_module(RUN, script(slow)).result().captured.drawings
        assert told.acquire(timeout=PATIENCE)
        with pytest.raises(WorkerFailed, match="longer than 4 s"):
            patient.run_module(RUN, script(hung)).result()
    assert ended == ["slow", "hung"]


def test_a_module_that_runs_ends_when_another_text_of_it_is_run(tmp_path):
    path = tmp_path / "slow.py"
    path.write_text("import time\ntime.sleep(1000)\n")
    with workers(2, 30.0, late=LATE) as pool:
        late = []
        patient = PatientWorkers(pool, lambda: True, late.append)
        first = patient.run_module(RUN, script(path))
        with pytest.raises(StillRunning):
            first.result()
        path.write_text(BANK)
        assert patient.run_module(RUN, script(path)).result().captured.drawings
        with pytest.raises(WorkerFailed, match="edited while it ran"):
            first.result()
    assert late == []  # nobody wants to hear that the old text has ended


def test_an_edit_ends_drawings_until_it_is_taken_up(tmp_path):
    edited, mark = {tmp_path / "shop.py"}, tmp_path / "begun"
    with workers(1, 30.0) as pool:
        patient = PatientWorkers(pool, lambda: True, lambda _: None)
        begun, waiting = (patient.draw_within(30, os.system, f"touch '{mark}'; sleep 1000") for _ in range(2))
        while not mark.exists():
            time.sleep(0.01)
        patient.make_way_for(edited)
        new = patient.draw_within(30, time.sleep, 0)
        for work in (waiting, new, begun):
            with pytest.raises(Unwanted):
                finished(work, pytest.fail)  # it is drawn in no other way
        patient.take_up(edited)
        assert finished(patient.draw_within(30, abs, -1), pytest.fail) == 1


def test_no_run_is_kept_that_an_edit_ends_while_others_are_forgotten():
    class Pool:
        """Processes that never answer."""

        seconds = 1.0

        def submit(self, *_):
            return Future()

        def end_running(self, _):
            pass

    one, left = script(Path("shop.py")), []
    patient = PatientWorkers(Workers(Pool(), Pool()), lambda: True, lambda _: None)
    often = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for _ in range(10):
            for number in range(300):
                patient.run_module(RUN, replace(one, slug=str(number)))
            hearing = threading.Thread(target=patient.end_modules, args=[lambda _: True])
            hearing.start()
            while hearing.is_alive():
                patient.forget()
            patient.end_modules(left.append)
            assert left == []
    finally:
        sys.setswitchinterval(often)
