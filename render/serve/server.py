"""The built folder over HTTP, for this machine only: with the live script in its pages, which on disk is in none."""

from __future__ import annotations

import mimetypes
import sys
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from archfolio.render.base.errors import EnvironmentProblem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archfolio.render.serve.events import EventStream

HOST = "127.0.0.1"
EVENTS, SCRIPT = "/-/events", "/-/live.js"
_LIVE = Path(__file__).with_name("live.js")
_TAG = b'<script src="/-/live.js" defer></script>\n'
# The live script wraps what this one defines before others use it; on pages without it, it comes last.
_AFTER = b'element.js" defer></script>\n'


class SiteServer(ThreadingHTTPServer):
    """A server for one folder, on this machine only."""

    daemon_threads = True

    def __init__(self, folder: Path, events: EventStream, previews: Mapping[str, bytes], port: int = 0) -> None:
        """Listen on a port, any free one for 0. `previews` are pictures, by address, served before those on disk.

        Raises EnvironmentProblem where it is taken.
        """
        self.folder, self.events, self.previews = folder.resolve(), events, previews
        try:
            super().__init__((HOST, port), _Handler)
        except OSError as error:
            message = (
                f"cannot listen on port {port} ({error.strerror}): choose another with --port, or 0 for a free one"
            )
            raise EnvironmentProblem(message) from error

    @property
    def port(self) -> int:
        """The port that was taken."""
        return int(self.server_address[1])

    @property
    def address(self) -> str:
        """The URL of the index page."""
        return f"http://{HOST}:{self.port}/"

    def file(self, path: str) -> Path | None:
        """Return the file of an address; None where the folder has none that is public."""
        try:
            parts = [part for part in unquote(urlsplit(path).path).split("/") if part]
            if any(part.startswith(".") or "\\" in part or "\0" in part for part in parts):
                return None
            found = self.folder.joinpath(*parts)
            found = found / "index.html" if found.is_dir() else found
            return found if found.is_file() and found.resolve().is_relative_to(self.folder) else None
        except (OSError, ValueError):  # a name longer than the file system's are, or what is no address
            return None

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a page that was closed before its answer came; of anything else as Python does."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    server: SiteServer
    server_version = "archfolio"

    def do_GET(self) -> None:
        """Answer with a file, the live script, or the event stream."""
        # A page elsewhere may have its own name lead to this machine, and then read what is here: DNS rebinding.
        if self.headers.get("Host") not in {f"{name}:{self.server.port}" for name in (HOST, "localhost")}:
            self._send(HTTPStatus.MISDIRECTED_REQUEST, "text/plain", b"This server answers to 127.0.0.1 only.\n")
        elif self.path == EVENTS:
            self._send_events()
        elif self.path == SCRIPT:
            self._send(HTTPStatus.OK, "text/javascript", _LIVE.read_bytes())
        elif picture := self.server.previews.get(unquote(self.path.lstrip("/"))):
            self._send(HTTPStatus.OK, "image/svg+xml", picture)
        else:
            self._send_file()

    def do_HEAD(self) -> None:
        """Answer as to GET, without the content."""
        self.do_GET()

    def _send_file(self) -> None:
        status, file = HTTPStatus.OK, self.server.file(self.path)
        if file is None:
            status, file = HTTPStatus.NOT_FOUND, self.server.file("/404.html")
        try:
            content = file.read_bytes() if file else b"Not found.\n"
        except OSError:  # pruned a moment ago
            status, file, content = HTTPStatus.NOT_FOUND, None, b"Not found.\n"
        kind = (mimetypes.guess_type(file.name)[0] if file else None) or "text/plain"
        self._send(status, kind, with_live_script(content) if kind == "text/html" else content)

    def _send(self, status: HTTPStatus, kind: str, content: bytes) -> None:
        self.send_response(status)
        texts = kind.startswith("text/") or kind.endswith(("json", "xml"))
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if texts else kind)
        self.send_header("Content-Length", str(len(content)))
        self._send_common_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def _send_common_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.end_headers()

    def _send_events(self) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self._send_common_headers()
        if self.command == "HEAD":
            return
        for message in self.server.events.subscribe():
            try:
                self.wfile.write(message)
            except OSError:  # the page was closed
                return

    def log_message(self, *_: object) -> None:
        """Log no single requests."""


def with_live_script(page: bytes) -> bytes:
    """Return a page with the live script in it."""
    place = page.find(_AFTER)
    place = place + len(_AFTER) if place >= 0 else page.find(b"</head>")
    return page[:place] + _TAG + page[place:] if place >= 0 else page
