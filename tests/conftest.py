"""What several tests need: a folder of the miniature project, and the command line as a program."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from needs import missing

ROOT = Path(__file__).parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
TINY = Path(__file__).parent / "tiny"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite-snapshots", action="store_true", help="rewrite the snapshots instead of comparing")


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """Copy the miniature project, so that a test may change it."""
    return Path(shutil.copytree(TINY, tmp_path / "tiny", ignore=shutil.ignore_patterns("__pycache__")))


@pytest.fixture
def some(tiny: Path):
    """Keep only some modules of the miniature project."""

    def keep(*names: str) -> Path:
        for path in tiny.glob("*.py"):
            if path.stem not in names:
                path.unlink()
        return tiny

    return keep


@pytest.fixture(scope="module")
def pool():
    """Start processes for all builds of a file."""
    from archfolio.render.build.processes import workers  # noqa: PLC0415  it needs what draws, and the gallery's tests do not

    with workers(2) as pool:
        yield pool


@pytest.fixture(scope="module")
def built(pool, tmp_path_factory: pytest.TempPathFactory):
    """Build a project of two modules, to be copied."""
    from projects import BANK, SHOP, Project  # noqa: PLC0415  likewise

    project = Project(tmp_path_factory.mktemp("built"), pool)
    project.write("shop.py", SHOP)
    project.write("bank.py", BANK)
    project.build()
    return project


@pytest.fixture
def project(built, tmp_path: Path):
    """Copy a project that was built once."""
    shutil.copytree(built.folder, tmp_path, dirs_exist_ok=True)
    return type(built)(tmp_path, built.pool)


@pytest.fixture
def noted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write a project with a build and a note, and stand in it."""
    from note_project import write_project  # noqa: PLC0415  it needs what draws, and the gallery's tests do not

    write_project(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory):
    """Serve a project of two modules for all tests of a file."""
    from projects import BANK, SHOP  # noqa: PLC0415  they need what draws, and the gallery's tests do not
    from served_project import Served, serving  # noqa: PLC0415  likewise

    project = Served(tmp_path_factory.mktemp("served"))
    project.write("shop.py", SHOP)
    project.write("bank.py", BANK)
    with serving(project):
        yield project


@pytest.fixture
def archfolio(tmp_path: Path):
    """Run the command line as a program, in a folder of its own, and return what it said and how it ended."""

    def run(*arguments: str | Path, cwd: Path = tmp_path, **env: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "archfolio", *map(str, arguments)],
            cwd=cwd,
            env=os.environ | {"NO_COLOR": "1"} | env,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    return run


@pytest.fixture(scope="session")
def launch():
    """Start Chromium, as often as tests like; one Playwright serves them all, for it bears no second one."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        missing("no Chromium is installed")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as started:
        yield lambda **options: started.chromium.launch(executable_path=program, args=list(QUIET), **options)
