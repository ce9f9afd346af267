"""The package as people install it: from a wheel, beside a project whose files have names of ours."""

from __future__ import annotations

import contextlib
import email
import http.client
import os
import re
import shutil
import signal
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).parent.parent
SCRIPTS = ("search.js", "search-data.js", "viewer.js", "camera.js")
TRAP = "raise RuntimeError('a file of the project was taken for one of ours')\n"
TRAPS = (  # what stands in the working folder: names of our rooms, and of modules that everything imports
    *("render.py", "gallery/__init__.py", "systems/__init__.py", "archfolio.py", "diagrams.py"),
    *("types.py", "signal.py", "socket.py", "selectors.py", "tempfile.py", "json.py"),
)
OTHERS = ("3.11", "3.12", "3.13")


def unpack(sdist: Path, folder: Path) -> Path:
    with tarfile.open(sdist) as archive:
        if hasattr(tarfile, "data_filter"):  # since Python 3.11.4; Debian 12 has 3.11.2
            archive.extraction_filter = tarfile.data_filter
        archive.extractall(folder)  # noqa: S202  our own archive
    [root] = folder.iterdir()
    return root


def build(root: Path, target: Path, *kinds: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(target), *kinds]
    return subprocess.run(
        command, cwd=root, env=os.environ | environment, capture_output=True, text=True, check=False, timeout=120
    )


@pytest.fixture(scope="module")
def dist(tmp_path_factory):
    """Build an sdist and a wheel of what is here."""
    folder = tmp_path_factory.mktemp("dist")
    done = build(ROOT, folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def wheel(dist):
    return next(dist.glob("*.whl"))


def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_one_package_and_nothing_else_comes_into_site_packages(wheel):
    assert {name.partition("/")[0] for name in names(wheel)} == {"archfolio", "archfolio-0.1.0.dist-info"}


def test_what_an_index_shows_of_it_has_no_link_that_leads_nowhere(wheel):
    with zipfile.ZipFile(wheel) as archive:
        metadata = email.message_from_bytes(archive.read("archfolio-0.1.0.dist-info/METADATA"))
    shown = metadata.get_payload()
    assert "archfolio init" in shown
    assert [link for link in re.findall(r"\]\(([^)]+)\)", shown) if not link.startswith("https://")] == []


def test_a_wheel_has_what_the_repository_has_and_no_more(wheel):
    tracked = subprocess.run(
        ["git", "ls-files", "archfolio", "systems", "render", "gallery"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    ours = {path.removeprefix("archfolio/") for path in tracked if (ROOT / path).exists()}
    inside = {name.removeprefix("archfolio/") for name in names(wheel) if name.startswith("archfolio/")}
    assert ours - inside == set()
    assert [name for name in inside - ours if "__pycache__" in name] == []


def test_requirements_are_ranges(wheel):
    with zipfile.ZipFile(wheel) as archive:
        metadata = email.message_from_bytes(archive.read("archfolio-0.1.0.dist-info/METADATA"))
    required = metadata.get_all("Requires-Dist")
    assert required
    assert [one for one in required if "==" in one.partition(";")[0]] == []
    assert metadata["Requires-Python"] == ">=3.11"


def test_a_wheel_of_the_sdist_is_the_same(dist, wheel, tmp_path):
    root = unpack(next(dist.glob("*.tar.gz")), tmp_path / "source")
    done = build(root, tmp_path / "again", "-t", "wheel", PATH="/nowhere")
    assert done.returncode == 0, done.stderr
    [again] = (tmp_path / "again").iterdir()
    assert names(again) == names(wheel)


class Installed:
    """An environment that has the wheel, and a project beside it."""

    def __init__(self, folder: Path, python: str) -> None:
        self.bin = folder / "venv/bin"
        self.project = folder / "project"
        pip = ["--without-pip"] if python == sys.executable else []
        subprocess.run([python, "-m", "venv", *pip, str(folder / "venv")], check=True)
        for trap in TRAPS:
            path = self.project / trap
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(TRAP, encoding="utf-8")

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.bin / "archfolio", *arguments],
            cwd=self.project,
            env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """Install into an empty environment; what the wheel requires is lent from the one that runs the tests."""
    one = Installed(tmp_path_factory.mktemp("installed"), sys.executable)
    site = next((one.bin.parent / "lib").glob("python*/site-packages"))
    (site / "lent.pth").write_text(str(Path(pytest.__file__).parents[1]))
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "--python",
            one.bin / "python",
            "install",
            "--quiet",
            "--no-deps",
            "--no-index",
            wheel,
        ],
        check=True,
    )
    return one


@pytest.fixture(scope="module")
def built(installed):
    """Begin a system and build it."""
    begun = installed.run("new", "spam-filter")
    assert (begun.returncode, begun.stdout) == (0, "systems/spam_filter.py\n"), begun.stderr
    done = installed.run("build")
    assert done.returncode == 0, done.stderr
    assert "RuntimeError" not in done.stderr
    return installed.project / "site"


def test_a_folder_without_systems_is_told_how_to_begin(installed, tmp_path):
    done = subprocess.run(
        [installed.bin / "archfolio", "build"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 3
    assert "'archfolio new NAME'" in done.stderr
    assert "--examples" in done.stderr


def test_a_project_with_names_of_ours_is_built(built):
    assert (built / "images/spam-filter/overview.svg").is_file()
    assert (built / "images/spam-filter/overview.png").is_file()


def test_pages_carry_their_search_and_zoom(built):
    for script in SCRIPTS:
        assert len(list(built.rglob(script))) == 1


def test_what_is_misspelt_is_found(built, launch):
    browser = launch()
    try:
        page = browser.new_page()
        page.goto(f"{built.as_uri()}/index.html#q=spamm")
        page.locator(".card:visible h3").wait_for()
        assert page.locator(".card:visible h3").all_inner_texts() == ["Spam filter"]
    finally:
        browser.close()


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize("command", [("check",), ("check", "--pictures"), ("check", "-o", "site"), ("doctor",)])
def test_commands_that_judge_work(installed, command):
    done = installed.run(*command)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.usefixtures("built")
def test_a_picture_is_recognized(installed):
    done = installed.run("verify", "site/images/spam-filter/overview.svg", "site/images/spam-filter/overview.png")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.usefixtures("built")
def test_list_lists_the_projects_own(installed):
    assert installed.run("list").stdout.startswith("spam-filter  ")
    assert installed.run("list", "--examples").stdout.count("\n") >= 19


def test_our_systems_are_within_reach(installed):
    done = installed.run("build", "autocomplete-typeahead", "--examples", "-o", "examples", "--no-png")
    assert done.returncode == 0, done.stderr
    assert list((installed.project / "examples/images").iterdir())


@pytest.mark.usefixtures("built")
def test_it_serves(installed):
    with subprocess.Popen(
        [installed.bin / "archfolio", "serve"],
        cwd=installed.project,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        try:
            address = urlsplit(process.stdout.readline().strip())
            connection = http.client.HTTPConnection(address.netloc, timeout=30)
            connection.request("GET", "/index.html")
            page = connection.getresponse().read()
            connection.close()
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(30)
    assert b"Spam filter" in page


def pythons() -> dict[str, str]:
    """Find the Pythons of this machine, by their versions."""
    found = {}
    for version in OTHERS:
        managed = sorted((Path.home() / ".pyenv/versions").glob(f"{version}.*/bin/python"))
        for program in (shutil.which(f"python{version}"), *map(str, managed)):
            with contextlib.suppress(OSError, subprocess.CalledProcessError):
                subprocess.run([program or "", "-c", "import venv, ensurepip"], check=True, capture_output=True)
                found.setdefault(version, program)
    return found


@pytest.fixture(scope="module")
def drawn():
    """Return what each Python has drawn so far: pictures and manifest."""
    return {}


@pytest.mark.slow  # a whole environment for each Python
@pytest.mark.parametrize("version", OTHERS)
def test_every_python_installs_and_draws_it(version, wheel, drawn, tmp_path):
    python = pythons().get(version)
    if python is None:
        pytest.skip(f"there is no Python {version} here")
    one = Installed(tmp_path, python)
    subprocess.run([one.bin / "python", "-m", "pip", "install", "--quiet", wheel], check=True)
    assert one.run("new", "spam-filter").returncode == 0
    for command in (("build",), ("check", "--pictures", "-o", "site"), ("list", "--examples")):
        done = one.run(*command)
        assert done.returncode == 0, done.stdout + done.stderr
    site = one.project / "site"
    files = (*site.glob("images/*/*"), site / "manifest.json")
    drawn[version] = {path.relative_to(site).as_posix(): path.read_bytes() for path in files}


@pytest.mark.slow
def test_all_pythons_draw_the_same_under_the_same_hash(drawn):
    if len(drawn) < 2:
        pytest.skip("there is but one Python here")
    first, *others = drawn.values()
    assert any(path.endswith(".svg") for path in first)
    assert [path for path in first for other in others if first[path] != other[path]] == []
