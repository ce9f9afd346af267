"""The small gallery in a real browser. Without one the tests are skipped, but not in CI."""

import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from needs import missing

from archfolio.gallery import manifest
from archfolio.gallery.site import assemble

ROOT = Path(__file__).parents[2]
TINY = ROOT / "tests" / "gallery" / "tiny"


@pytest.fixture(scope="session")
def chromium(launch):
    browser = launch()
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def node_modules():
    folder = ROOT / "node_modules"
    if not folder.is_dir():
        missing("node_modules is not there: run `make browser`")
    return folder


def build(folder, change=lambda gallery: gallery):
    shutil.copytree(TINY, folder, dirs_exist_ok=True)
    pages = assemble(change(manifest.read(TINY)), lambda path: (TINY / path).read_text(encoding="utf-8"))
    for path, content in pages.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return folder


@pytest.fixture(scope="session")
def site_of(tmp_path_factory):
    """Build the small gallery with its manifest changed."""
    return lambda change: build(tmp_path_factory.mktemp("changed"), change)


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    return build(tmp_path_factory.mktemp("web") / "sub" / "path")


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder as a host of static pages does: what is not there is answered with 404.html."""

    def log_message(self, *_):
        """Say nothing."""

    def send_error(self, code, message=None, explain=None):
        page = Path(self.directory, "sub", "path", "404.html")
        if code != http.HTTPStatus.NOT_FOUND:
            super().send_error(code, message, explain)
            return
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page.read_bytes())


@pytest.fixture(scope="session")
def served(site):
    """The address of the gallery on a server, below a path."""
    handler = functools.partial(Handler, directory=str(site.parents[1]))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/sub/path"
        server.shutdown()


@pytest.fixture
def visit(chromium, site):
    """Open a page of the gallery from disk. A complaint on the console or a request to another host fails the test."""
    contexts, complaints = [], []

    def open_page(path="index.html", *, base=None, expected=(), **context):
        context = {"viewport": {"width": 1280, "height": 900}, **context}
        contexts.append(chromium.new_context(**context))
        page = contexts[-1].new_page()
        base = base or site.as_uri()

        def complain(text):
            if not any(word in text for word in expected):
                complaints.append(text)

        page.on("console", lambda message: message.type in {"error", "warning"} and complain(message.text))
        page.on("pageerror", lambda error: complain(str(error)))
        page.on("request", lambda request: request.url.startswith((base, "data:")) or complain(request.url))
        page.goto(f"{base}/{path}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture(scope="session")
def gallery(tmp_path_factory):
    """Build the whole gallery; or take the one that GALLERY names, as it was built."""
    built = os.environ.get("GALLERY")
    if built:
        return Path(built)
    folder = tmp_path_factory.mktemp("gallery")
    command = [sys.executable, "-m", "archfolio", "build", "--output", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=900)
    return folder
