"""The loop of `archfolio serve`: build, tell, wait for an edit."""

from __future__ import annotations

import dataclasses
import os
import secrets
import subprocess
import sys
import threading
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Self

from archfolio.render.base.errors import Problem
from archfolio.render.base.source_folders import AUTHORING, GALLERY, RENDER, is_ours
from archfolio.render.build import state
from archfolio.render.build.build import build
from archfolio.render.build.processes import workers
from archfolio.render.serve.events import Channel
from archfolio.render.serve.preview import preview
from archfolio.render.serve.server import Site
from archfolio.render.serve.watch import Ears

if TYPE_CHECKING:
    from collections.abc import Callable

    from archfolio.render.build.request import BuildReport, BuildRequest


class Restart(Exception):  # noqa: N818
    """Our own code was edited: begin again, on the same port."""

    def __init__(self, port: int) -> None:
        """Remember the port that pages know."""
        super().__init__(port)
        self.port = port


def serve(request: BuildRequest, port: int, said: Callable[[str], None], begun: Callable[[str], None]) -> None:
    """Serve until Ctrl-C. `said` hears how each build went, `begun` the address once it answers.

    Raises EnvironmentProblem where nothing can be served, and Restart after an edit of our own code.
    """
    request.output.mkdir(parents=True, exist_ok=True)
    channel = Channel()
    previews: dict[str, bytes] = {}
    session = _CapturedModule(request, channel, previews, said)
    with Site(request.output, channel, previews, port) as site, session:
        threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
        try:
            begun(site.address)
            session.run(site.port)
        finally:
            channel.close()
            site.shutdown()


class _CapturedModule:
    """Builds of one request, with workers that stay warm between them."""

    def __init__(
        self, request: BuildRequest, channel: Channel, previews: dict[str, bytes], said: Callable[[str], None]
    ) -> None:
        self._request, self._channel, self._previews, self._said = request, channel, previews, said
        self._stack = ExitStack()
        self._pool = self._stack.enter_context(workers(request.jobs, request.seconds))
        self._server = secrets.token_hex(8)  # by which a page knows that it talks to another one
        self._builds = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.__exit__(*error)  # type: ignore[arg-type]

    def run(self, port: int) -> None:
        with Ears(self._watched, [self._request.output]) as ears:
            while True:
                self._build()
                edited = ears.wait()
                if any(map(is_ours, edited)) and self._still_imports():
                    raise Restart(port)
                for path, picture in preview(self._request, edited, self._pool):
                    self._previews[path] = picture
                    self._channel.tell_picture(path)

    def _build(self) -> None:
        """Build, and tell how it went. What is wrong is told too, and waits for the next edit."""
        self._builds += 1
        try:
            report = build(self._request, self._drawn, self._pool)
        except (Problem, OSError) as problem:
            self._said(f"archfolio: {problem}")
            self._tell([], str(problem))
            return
        finally:
            self._previews.clear()
        self._request = dataclasses.replace(self._request, force=False)
        self._tell([dataclasses.asdict(failure) | {"text": str(failure)} for failure in report.failures])
        for line in _lines(report):
            self._said(line)

    def _tell(self, failures: list[dict[str, object]], problem: str = "") -> None:
        self._channel.tell_status(server=self._server, build=self._builds, failures=failures, problem=problem)

    def _drawn(self, what: str) -> None:
        path = f"images/{what}.svg"
        self._previews.pop(path, None)
        self._channel.tell_picture(path)

    def _watched(self) -> list[Path]:
        """List the folders that matter: of the modules, of what they read, and of our own code."""
        systems = self._request.systems.resolve()
        reads = {
            Path(os.path.normpath(systems / path)).parent
            for module in state.load_state(self._request.output).modules.values()
            for path in module.reads
        }
        known = [systems, RENDER, GALLERY, AUTHORING]
        elsewhere = [folder for folder in reads if not any(map(folder.is_relative_to, known)) and _is_project(folder)]
        return [*known, *elsewhere]

    def _still_imports(self) -> bool:
        """Try our own code in another process before this one gives way to it."""
        tried = subprocess.run(
            [sys.executable, "-c", "import archfolio.authoring, archfolio.render.cli.serve, archfolio.gallery.site"],
            capture_output=True,
            text=True,
            check=False,
        )
        if tried.returncode:
            last = tried.stderr.strip().rpartition("\n")[2]
            self._said(f"our own code does not load: {last}")
            self._tell([], f"our own code does not load: {last}")
        return tried.returncode == 0


def _is_project(folder: Path) -> bool:
    """Leave out installed packages, which change with their version only."""
    return "site-packages" not in folder.parts and folder != Path(folder.anchor)


def _lines(report: BuildReport) -> list[str]:
    failures = [str(failure) for failure in report.failures]
    done = f"{report.drawn} drawn, {report.written} files written"
    return [*report.why, *(f"failed: {failure}" for failure in failures), done] if report.written else failures
