"""The loop of `archfolio serve`: build, publish, wait for an edit."""

from __future__ import annotations

import dataclasses
import os
import secrets
import subprocess
import sys
import threading
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Self

from archfolio.render.base import hashing
from archfolio.render.base.counted import counted
from archfolio.render.base.errors import Problem
from archfolio.render.base.project_file import FILE, nearest_project_file
from archfolio.render.base.source_folders import AUTHORING, GALLERY, RENDER, is_ours
from archfolio.render.build import state
from archfolio.render.build.build import build
from archfolio.render.build.processes import workers
from archfolio.render.capture.discover import Script, folders_of
from archfolio.render.serve.events import EventStream
from archfolio.render.serve.module_runs import LATE, PatientWorkers
from archfolio.render.serve.preview import LastBuild, last_build, preview
from archfolio.render.serve.server import SiteServer
from archfolio.render.serve.watch import UNKNOWN_PATH, Watcher

if TYPE_CHECKING:
    from collections.abc import Callable

    from archfolio.render.build.request import BuildReport, BuildRequest


class Restart(Exception):  # noqa: N818  no error: what is to be done
    """The server is to be started again, on the same port."""

    def __init__(self, port: int, why: str) -> None:
        """Keep the port that open pages know."""
        super().__init__(why)
        self.port, self.why = port, why


def serve(
    read_request: Callable[[], BuildRequest], port: int, log: Callable[[str], None], on_ready: Callable[[str], None]
) -> None:
    """Serve until Ctrl-C. `log` gets a line for each build, `on_ready` the address once it answers.

    `read_request` returns what is asked for, and is called again when the settings of the project are edited.
    Raises EnvironmentProblem where nothing can be served, and Restart after an edit of our own code, or of settings
    that the server itself hangs on.
    """
    request = read_request()
    request.output.mkdir(parents=True, exist_ok=True)
    events = EventStream()
    previews: dict[str, bytes] = {}
    loop = _ServeLoop(request, read_request, events, previews, log)
    with SiteServer(request.output, events, previews, port) as site, loop:
        threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
        try:
            on_ready(site.address)
            loop.run(site.port)
        finally:
            events.close()
            site.shutdown()


class _ServeLoop:
    """Builds of what is asked for, with workers that stay warm between them."""

    def __init__(
        self,
        request: BuildRequest,
        read_request: Callable[[], BuildRequest],
        events: EventStream,
        previews: dict[str, bytes],
        log: Callable[[str], None],
    ) -> None:
        self._read_request = read_request
        self._mistake = ""  # in the settings, for as long as it is there
        self._request, self._events, self._previews, self._log = request, events, previews, log
        self._stack = ExitStack()
        pool = self._stack.enter_context(workers(request.jobs, request.seconds, late=LATE))
        self._watcher = Watcher(self._watched, [request.output], self._end_edited_modules)
        self._pool = PatientWorkers(
            pool, lambda: self._watcher.pending, lambda script: self._watcher.report({script.path})
        )
        self._server = secrets.token_hex(8)  # by which a page knows that it talks to another one
        self._builds = 0
        self._settings = ""  # a hash of those that the last build went by

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.__exit__(*error)  # type: ignore[arg-type]

    def run(self, port: int) -> None:
        last = None
        with self._watcher:
            while True:
                if not self._pool.make_way:
                    self._build()
                    self._pool.start_ahead()  # now, for nobody waits
                    last = self._last_build()
                edited = self._watcher.wait()
                self._pool.take_up(edited)
                if any(map(is_ours, edited)) and self._still_imports():
                    raise Restart(port, "our own code was edited")
                if any(path.name in {FILE, UNKNOWN_PATH.name} for path in edited) or edited & {*self._request.files}:
                    self._read_settings(port)
                with suppress(Exception):  # what cannot be shown at once is left to the build, which says why
                    if last:
                        preview(last, edited, self._pool, self._show)

    def _read_settings(self, port: int) -> None:
        """Read what is asked for again; what was asked for stays while there is a mistake, which is told of."""
        try:
            request = self._read_request()
        except Problem as problem:
            self._mistake = str(problem)
            self._log(f"archfolio: {problem}")
            return
        self._mistake = ""
        if (request.output, request.jobs) != (self._request.output, self._request.jobs):
            raise Restart(port, "the settings say another output folder, or another number of processes")
        self._request = request

    def _last_build(self) -> LastBuild | None:
        """Look at what the build has left; None where the next one will say what is wrong with that."""
        try:
            return last_build(self._request)
        except (Problem, OSError, ValueError):
            return None

    def _show(self, path: str, picture: bytes) -> None:
        self._previews[path] = picture
        self._events.publish_picture(path)

    def _end_edited_modules(self, edited: set[Path]) -> None:
        """End the modules that run and were edited, or may import what was: a newer edit must not wait for them.

        Nor must the edit of a module wait for drawings.
        """
        self._pool.make_way_for({path for path in edited if path.suffix == ".py"})
        systems = [folder.resolve() for folder in folders_of(self._request.systems)]
        shared = any(
            path.suffix == ".py" and (path.parent not in systems or path.name.startswith("_")) for path in edited
        )

        def unwanted(args: tuple[object, ...]) -> bool:
            return shared or any(isinstance(script, Script) and script.path in edited for script in args)

        self._pool.end_modules(unwanted)

    def _build(self) -> None:
        """Build and publish the status, unless a newer edit has come; a problem is published too."""
        self._builds += 1
        try:
            report = build(self._request, self._on_drawn, self._pool)
            inputs = self._request.inputs()
            self._settings = hashing.digest(inputs.site, inputs.options)
        except Exception as error:  # noqa: BLE001  whatever an edit has done, the next one mends it
            expected = isinstance(error, Problem | OSError)
            sentence = str(error) if expected else f"the build failed: {type(error).__name__}: {error}"
            self._log(f"archfolio: {sentence}")
            self._publish_status([], sentence)
            return
        finally:
            self._previews.clear()
            self._pool.forget()
        self._request = dataclasses.replace(self._request, force=False)
        if self._watcher.pending or self._pool.make_way:
            return
        self._publish_status([dataclasses.asdict(failure) | {"text": str(failure)} for failure in report.failures])
        for line in _lines(report):
            self._log(line)

    def _publish_status(self, failures: list[dict[str, object]], problem: str = "") -> None:
        self._events.publish_status(
            server=self._server,
            build=self._builds,
            settings=self._settings,
            failures=failures,
            problem="\n".join(filter(None, (self._mistake, problem))),
        )

    def _on_drawn(self, what: str) -> None:
        path = f"images/{what}.svg"
        self._previews.pop(path, None)
        self._events.publish_picture(path)

    def _watched(self) -> list[Path]:
        """List what to watch: folders of modules, of what they read, of our own code; the settings, and their files."""
        systems = [folder.resolve() for folder in folders_of(self._request.systems)]
        modules = state.load_state(self._request.output).modules.values()
        paths = {Path(os.path.normpath(systems[0] / path)) for module in modules for path in module.reads}
        reads = {path if path.is_dir() else path.parent for path in paths}
        known = [*systems, RENDER, GALLERY, AUTHORING]
        elsewhere = [folder for folder in reads if not any(map(folder.is_relative_to, known)) and _is_project(folder)]
        settings = nearest_project_file(Path.cwd())
        return [*known, *elsewhere, *([settings] if settings else []), *self._request.files]

    def _still_imports(self) -> bool:
        """Import our own code in another process before this one is replaced by it."""
        imported = subprocess.run(
            [
                sys.executable,
                "-P",
                "-c",
                "import archfolio.authoring, archfolio.render.cli.serve, archfolio.gallery.site",
            ],
            capture_output=True,
            text=True,
            check=False,
        )
        if imported.returncode:
            last = imported.stderr.strip().rpartition("\n")[2]
            self._log(f"our own code does not load: {last}")
            self._publish_status([], f"our own code does not load: {last}")
        return imported.returncode == 0


def _is_project(folder: Path) -> bool:
    """Return whether a folder is a project's; installed packages change with their version only."""
    return "site-packages" not in folder.parts and folder != Path(folder.anchor)


def _lines(report: BuildReport) -> list[str]:
    failures = [str(failure) for failure in report.failures]
    warnings = [f"warning: {warning}" for warning in report.warnings]
    done = f"{report.drawn} drawn, {counted(report.written, 'file')} written"
    return (
        [*report.why, *warnings, *(f"failed: {failure}" for failure in failures), done] if report.written else failures
    )
