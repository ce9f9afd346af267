"""A person with nothing but the wheel, following nothing but the documentation, has a gallery, notes and slides."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import threading
import urllib.request
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pypdfium2
import pytest
from documented import follow
from needs import missing

ROOT = Path(__file__).parent.parent
PAGES = ("tutorial.md", "how-to/look.md", "how-to/hooks.md", "how-to/publish.md")
PATH = "/team/architecture/"


@pytest.fixture(scope="module")
def person(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Install the wheel into an environment of its own, beside what it requires, and return how to run it."""
    folder = tmp_path_factory.mktemp("person")
    build = [sys.executable, "-m", "hatchling", "build", "-d", str(folder), "-t", "wheel"]
    subprocess.run(build, cwd=ROOT, capture_output=True, check=True, timeout=300)
    [wheel] = folder.glob("*.whl")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / "venv"], check=True, timeout=300)
    python = folder / "venv/bin/python"
    [site] = (folder / "venv/lib").glob("python*/site-packages")
    install = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", wheel]
    subprocess.run(install, check=True, timeout=300, capture_output=True)
    # What the wheel requires; the path alone, so that the repository itself is not found.
    (site / "required.pth").write_text(sysconfig.get_paths()["purelib"], encoding="utf-8")
    said = subprocess.run(
        [python, "-c", "import archfolio; print(archfolio.__file__)"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.startswith(str(folder))
    own = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org"}
    own |= {"GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.org", "NO_COLOR": "1"}
    return os.environ | own | {"PATH": f"{folder / 'venv/bin'}:{os.environ['PATH']}"}


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory, person: dict[str, str]) -> Path:
    """Follow the pages of the documentation in a repository."""
    folder = tmp_path_factory.mktemp("acme-freight")
    subprocess.run(["git", "init", "--quiet", "--initial-branch", "main"], cwd=folder, check=True)
    for page in PAGES:
        follow(page, folder, person)
    return folder


def run(folder: Path, environment: dict[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=300
    )


pytestmark = pytest.mark.slow


def test_the_gallery_has_the_companys_systems_name_kinds_and_glyph(company: Path) -> None:
    manifest = json.loads((company / "site/manifest.json").read_text(encoding="utf-8"))
    assert {one["slug"] for one in manifest["systems"]} == {"tariffs", "routing", "doors", "lineage"}
    assert manifest["site"]["title"] == "Acme Freight architecture"
    assert "own.TariffModel" in {one["key"] for one in manifest["components"]}
    lineage = (company / "site/images/lineage/serving.svg").read_text(encoding="utf-8")
    assert 'class="edge lineage"' in lineage
    assert ">data lineage</text>" in lineage
    assert "<h1>Acme Freight architecture</h1>" in (company / "site/index.html").read_text(encoding="utf-8")


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing of requests."""


@pytest.fixture
def published(company: Path, tmp_path: Path):
    """Serve the gallery below a path, as Pages do, and return its address."""
    shutil.copytree(company / "site", tmp_path / PATH.strip("/"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=tmp_path))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}{PATH}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_below_a_path_every_link_of_every_page_leads_somewhere(published: str) -> None:
    seen: dict[str, int] = {}
    waiting = [published, f"{published}404.html"]
    while waiting:
        address = urlsplit(waiting.pop())._replace(fragment="").geturl()
        if address in seen:
            continue
        with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310  our own server
            seen[address] = answer.status
            kind, text = answer.headers.get_content_type(), answer.read()
        if kind == "text/html":
            said = text.decode("utf-8")
            links = re.findall(r'\b(?:href|src)="([^"#][^"]*)"', said)
            links = [link for link in links if not re.match(r"(?:https?|mailto|data):", link)]
            assert not [link for link in links if link.startswith("/")], address
            waiting += [urljoin(address, link) for link in links] if not address.endswith("404.html") else []
    assert set(seen.values()) == {200}
    assert len(seen) > 60
    assert all(urlsplit(address).path.startswith(PATH) for address in seen)


def test_the_hooks_keep_pictures_and_two_notes_in_step(company: Path, person: dict[str, str]) -> None:
    hooks = [sys.executable, "-m", "pre_commit", "run", "--all-files"]
    assert run(company, person, "git", "add", ".").returncode == 0
    before = run(company, person, *hooks)
    assert before.returncode == 0, before.stdout + before.stderr
    module = company / "systems/tariffs.py"
    module.write_text(
        module.read_text(encoding="utf-8").replace('"Quote cache"', '"Cache of quotes"'), encoding="utf-8"
    )
    stopped = run(company, person, *hooks)
    assert stopped.returncode == 1, stopped.stdout
    assert "files were modified by this hook" in stopped.stdout
    assert "Cache of quotes" in (company / "site/images/tariffs/serving.svg").read_text(encoding="utf-8")
    assert run(company, person, "git", "add", ".").returncode == 0
    again = run(company, person, *hooks)
    assert again.returncode == 0, again.stdout + again.stderr
    assert run(company, person, "archfolio", "sync", "--check").returncode == 0
    for note in ("docs/pricing.md", "docs/vans.md"):
        said = (company / note).read_text(encoding="utf-8")
        [picture] = re.findall(r"\(([^)]+\.(?:svg|png))\)|src=\"([^\"]+\.(?:svg|png))\"", said)
        assert (company / "docs" / "".join(picture)).is_file()


def test_a_walkthrough_is_presented_from_libreoffice(company: Path, person: dict[str, str], tmp_path: Path) -> None:
    office = shutil.which("soffice") or missing("LibreOffice")
    home = f"-env:UserInstallation=file://{tmp_path}/profile"
    shown = run(
        company, person, office, home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), "walk.pptx"
    )
    assert shown.returncode == 0, shown.stderr
    with pypdfium2.PdfDocument(tmp_path / "walk.pdf") as slides:
        texts = [" ".join(page.get_textpage().get_text_range().split()) for page in slides]
    assert any("A shop asks" in text for text in texts)
    assert any("earn more to be released" in text for text in texts)
    assert len(texts) >= 3
