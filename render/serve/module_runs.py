"""What runs under `serve`: no module, and no drawing, is waited for so long that an edit is kept from its picture."""

from __future__ import annotations

import threading
from concurrent.futures import Future, wait
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar, cast

from archfolio.render.base.hashing import hash_file
from archfolio.render.build.processes import Unwanted, WorkerFailed, Workers
from archfolio.render.capture.discover import Script

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from archfolio.render.build.processes import Hear

T = TypeVar("T")

PATIENCE = 5.0  # s after which a build does without a module that runs
LATE = 16  # modules that may go on running while others take their places
HURRY = 1.0  # s, where a newer edit waits; also what a drawing has then, for most are done by then
_GLANCE = 0.05  # s after which it is seen that a newer edit waits


class StillRunning(WorkerFailed):
    """A module has not ended yet, and goes on running."""


@dataclass
class _Run:
    """A module that runs or has run, as its text was then."""

    work: Callable[..., object]
    args: tuple[object, ...]
    text: str  # hash
    future: Future[object]
    late: bool = False  # a build has done without it
    taken: bool = False  # a build has had its result


class _Awaited(Future[T]):
    """The result of a run, for one who asks for it."""

    def __init__(self, get: Callable[[], T]) -> None:
        super().__init__()
        self._get = get

    def result(self, timeout: float | None = None) -> T:
        """Return what the module said. Raises StillRunning where it takes too long."""
        del timeout
        return self._get()


class PatientWorkers(Workers):
    """Workers that run a text of a module once, for whoever asks, and let nobody wait for it for long.

    A result that comes late is kept for the build that `on_late` asks for; it is called with the module.
    """

    def __init__(self, pool: Workers, is_edited: Callable[[], bool], on_late: Callable[[Script], None]) -> None:
        """Let the processes of a pool work; `is_edited` says whether a newer edit waits."""
        super().__init__(pool.modules, pool.drawings)
        self._is_edited, self._on_late = is_edited, on_late
        self._runs: dict[Script, _Run] = {}
        self._drawing: dict[Future[object], tuple[object, ...]] = {}  # what is to be drawn, or is, and with what
        self._edited: set[Path] = set()
        self._lock = threading.Lock()  # edits are heard, and modules end, in other threads than that of builds

    def run_module(self, work: Callable[..., T], *args: object, hear: Hear | None = None) -> Future[T]:
        """Run a module, if it does not run already with this text: then nothing is heard of what it told.

        The `result` raises StillRunning where it takes too long.
        """
        script = next(arg for arg in args if isinstance(arg, Script))
        text = hash_file(script.path)
        known = self._runs.get(script)
        if known and (known.work, known.args, known.text) == (work, args, text):
            return _Awaited(lambda: cast("T", self._result(known)))
        run = _Run(work, args, text, self.modules.submit(work, args, self.seconds, hear))
        with self._lock:
            self._runs[script] = run
        if known:  # of another text: nobody has heard of the edit yet
            super().end_modules(lambda those: those is known.args)
        run.future.add_done_callback(partial(self._tell, script, run))
        return _Awaited(lambda: cast("T", self._result(run)))

    def end_modules(self, unwanted: Callable[[tuple[object, ...]], bool]) -> None:
        """End the modules that run and are no longer wanted, and forget what they said."""
        with self._lock:
            self._runs = {script: run for script, run in self._runs.items() if not unwanted(run.args)}
        super().end_modules(unwanted)

    @property
    def make_way(self) -> bool:
        """Whether nothing is drawn, because there are edits that nobody has taken up."""
        return bool(self._edited)

    def make_way_for(self, edited: set[Path]) -> None:
        """Draw nothing more until these edits are taken up; what is being drawn has a moment to be done."""
        with self._lock:
            self._edited |= edited
            drawing = list(self._drawing.items())
        begun = [args for work, args in drawing if not work.cancel()]
        if begun:
            late = threading.Timer(HURRY, self.drawings.end_running, [lambda args: any(args is one for one in begun)])
            late.daemon = True
            late.start()

    def take_up(self, edited: set[Path]) -> None:
        """Draw again."""
        with self._lock:
            self._edited -= edited

    def draw_within(self, seconds: float, work: Callable[..., T], *args: object) -> Future[T]:
        """Submit work that runs Graphviz, and may take so long. Its `result` raises Unwanted where an edit waits."""
        drawn = Future[T]()
        with self._lock:
            if self._edited:
                drawn.set_exception(Unwanted())
                return drawn
            running = self.drawings.submit(work, args, seconds)
            self._drawing[cast("Future[object]", running)] = args

        def pass_on(done: Future[T]) -> None:
            self._drawing.pop(cast("Future[object]", done), None)
            error = Unwanted() if done.cancelled() else done.exception()
            if error:
                drawn.set_exception(error)
            else:
                drawn.set_result(done.result())

        running.add_done_callback(pass_on)
        return drawn

    def forget(self) -> None:
        """Forget what a build has had: what else a module reads may change before it is asked for again."""
        with self._lock:
            self._runs = {script: run for script, run in self._runs.items() if not run.taken}

    def _result(self, run: _Run) -> object:
        while not run.future.done():
            ran = self.modules.seconds_of(run.args)
            if ran > (HURRY if self._is_edited() else PATIENCE):
                with self._lock:
                    run.late = not run.future.done()
                if run.late:
                    self.modules.let_another_run(run.args)
                    message = f"it runs still, after {ran:.0f} s; what it draws is shown once it has ended"
                    raise StillRunning(message)
            wait([run.future], _GLANCE)
        run.taken = True
        return run.future.result()

    def _tell(self, script: Script, run: _Run, _: Future[object]) -> None:
        with self._lock:
            late = run.late
        if late and self._runs.get(script) is run:
            self._on_late(script)
