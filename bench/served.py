"""The time from an edit to its picture in an open page: `archfolio serve` in one process, the page's part in ours."""

from __future__ import annotations

import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from bench.measure import environment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PATIENCE = 120.0  # seconds for the first build
_LOOK = 0.5  # seconds for which an author looks at a picture before the next edit


class Page:
    """What a page hears, and the pictures that it then asks for."""

    def __init__(self, address: str, events: IO[bytes]) -> None:
        """Listen."""
        self._address, self._events = address, events

    def hear(self, name: str) -> bytes:
        """Wait for the next event of a name and return what it says."""
        wanted = f"event: {name}\n".encode()
        while self._events.readline() != wanted:
            pass
        return self._events.readline()

    def seconds_to_picture(self, path: str, module: Path, text: str) -> float:
        """Write a module while the server is at rest, and wait until the picture at a path has come; seconds."""
        time.sleep(_LOOK)
        begin = time.perf_counter()
        module.write_text(text, encoding="utf-8")
        while path.encode() not in self.hear("picture"):
            pass
        with urllib.request.urlopen(f"{self._address}{path}") as picture:  # noqa: S310  our own server
            picture.read()
        took = time.perf_counter() - begin
        self.hear("status")  # the rest of the build: its pages
        return took


@contextmanager
def served(systems: Path, output: Path) -> Iterator[Page]:
    """Serve a folder of modules, with a page open, for as long as the block lasts."""
    command = (sys.executable, "-m", "archfolio", "serve", "--systems", str(systems), "--output", str(output))
    with subprocess.Popen(  # noqa: S603  our own program
        (*command, "--port", "0"), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment()
    ) as server:
        assert server.stdout  # noqa: S101  it is a pipe
        try:
            said = iter(server.stdout.readline, b"")
            address = next(word for line in said for word in line.decode().split() if word.startswith("http://"))
            with urllib.request.urlopen(f"{address}-/events", timeout=_PATIENCE) as events:  # noqa: S310  our own server
                page = Page(address, events)
                while b"failures" not in page.hear("status"):
                    pass
                yield page
        finally:
            server.terminate()
