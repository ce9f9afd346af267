"""A gallery of one's own: what `init` writes, that it works, and that it leaves what is there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import yaml
from acme import archfolio
from documented import DOCS, File, steps
from pre_commit import clientlib

from archfolio.render.cli.init import WORKFLOWS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("parcels")
    done = archfolio(folder, "init", "--first", "tariffs")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "systems/tariffs.py",
        "pyproject.toml",
        ".pre-commit-config.yaml",
        ".github/workflows/architecture.yml",
        ".gitignore",
    ]
    assert "See it, and edit it, with: archfolio serve --open" in done.stderr
    return folder


def test_the_first_system_is_good_to_commit_and_builds_under_the_projects_name(begun: Path) -> None:
    assert archfolio(begun, "check").returncode == 0
    assert archfolio(begun, "build", "--no-png").returncode == 0
    assert re.search(r"<h1>Parcels\d* architecture</h1>", (begun / "site/index.html").read_text(encoding="utf-8"))


def test_again_it_writes_nothing(begun: Path) -> None:
    before = {path: path.read_bytes() for path in begun.rglob("*") if path.is_file()}
    done = archfolio(begun, "init")
    assert (done.returncode, done.stdout) == (0, "")
    assert {path: path.read_bytes() for path in begun.rglob("*") if path.is_file()} == before


def test_a_first_system_that_is_asked_for_where_there_are_some_is_not_passed_over(begun: Path) -> None:
    asked = archfolio(begun, "init", "--first", "routing")
    assert (asked.returncode, asked.stdout) == (0, "")
    assert "systems has modules already: begin another with 'archfolio new routing'" in asked.stderr
    assert "archfolio new" not in archfolio(begun, "init").stderr
    assert "archfolio new" not in archfolio(begun, "init", "--first", "tariffs").stderr


@pytest.mark.parametrize("files", [("__init__.py", "solver.py"), ("core/__init__.py",), ("solver.py",)])
def test_a_package_of_the_projects_own_keeps_its_folder(tmp_path: Path, files: tuple[str, ...]) -> None:
    for name in files:
        path = tmp_path / "systems" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("def solve():\n    return 1\n", encoding="utf-8")
    done = archfolio(tmp_path, "init", "--pages", "none")
    assert done.stdout.splitlines()[0] == "architecture/first_system.py"
    said = "systems has Python files that draw nothing: it was left alone, and systems stand in architecture"
    assert said in done.stderr.splitlines()
    assert 'systems = "architecture"' in (tmp_path / "pyproject.toml").read_text(encoding="utf-8")
    assert archfolio(tmp_path, "check").returncode == 0
    again = archfolio(tmp_path, "init", "--pages", "none")
    assert (again.stdout, said in again.stderr) == ("", False)


def test_where_the_settings_name_such_a_package_it_says_what_to_change(tmp_path: Path) -> None:
    (tmp_path / "systems").mkdir()
    (tmp_path / "systems/solver.py").write_text("def solve():\n    return 1\n", encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text("[tool.archfolio]\npng = false\n", encoding="utf-8")
    done = archfolio(tmp_path, "init", "--pages", "none")
    assert "first_system" not in done.stdout
    assert "systems has Python files that draw nothing, so no system was written" in done.stderr
    (tmp_path / "pyproject.toml").write_text('[tool.archfolio]\nsystems = "architecture"\n', encoding="utf-8")
    again = archfolio(tmp_path, "init", "--pages", "none")
    assert again.stdout.splitlines() == ["architecture/first_system.py"]


def test_the_folder_of_systems_may_be_a_package_that_is_empty(tmp_path: Path) -> None:
    (tmp_path / "systems").mkdir()
    (tmp_path / "systems/__init__.py").touch()
    assert archfolio(tmp_path, "init").stdout.splitlines()[0] == "systems/first_system.py"


def test_what_is_there_stays_and_what_it_would_have_had_is_told(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "parcels"\n', encoding="utf-8")
    (tmp_path / ".pre-commit-config.yaml").write_text("repos: []\n", encoding="utf-8")
    (tmp_path / ".gitignore").write_text("*.log\n", encoding="utf-8")
    done = archfolio(tmp_path, "init", "--pages", "none")
    assert ".pre-commit-config.yaml is there already; what it would have had:" in done.stderr
    assert "entry: archfolio check" in done.stderr
    assert 'title = "Parcels architecture"' in (tmp_path / "pyproject.toml").read_text(encoding="utf-8")
    assert (tmp_path / ".pre-commit-config.yaml").read_text() == "repos: []\n"
    assert (tmp_path / ".gitignore").read_text() == "*.log\nsite/\n"
    said = (tmp_path / "pyproject.toml").read_text(encoding="utf-8")
    assert said.startswith('[project]\nname = "parcels"\n\n[tool.archfolio]\n')
    assert not (tmp_path / ".github").exists()
    assert archfolio(tmp_path, "check").returncode == 0


def test_the_hooks_that_it_writes_are_hooks(begun: Path) -> None:
    clientlib.load_config(begun / ".pre-commit-config.yaml")


def scripts_of(kind: str, text: str) -> list[str]:
    """Return the lines that a workflow runs in a shell."""
    workflow = yaml.safe_load(text)
    if kind == "gitlab":
        return list(workflow["pages"]["script"])
    return [step["run"] for step in workflow["jobs"]["build"]["steps"] if "run" in step]


@pytest.mark.parametrize(("kind", "output"), [("github", "site"), ("gitlab", "public")])
def test_a_workflow_publishes_from_a_throw_away_repository(tmp_path: Path, kind: str, output: str) -> None:
    """Run what the workflow runs in a clone, with the program that is here in the place of the one it installs."""
    origin, clone, programs = tmp_path / "origin", tmp_path / "clone", tmp_path / "bin"
    origin.mkdir()
    programs.mkdir()
    (programs / "pip").write_text('#!/bin/sh\ntest "$*" = "install archfolio"\n')
    (programs / "archfolio").write_text(f'#!/bin/sh\nexec {sys.executable} -m archfolio "$@"\n')
    for program in programs.iterdir():
        program.chmod(0o755)
    own = {
        "GIT_AUTHOR_NAME": "A",
        "GIT_AUTHOR_EMAIL": "a@e.org",
        "GIT_COMMITTER_NAME": "A",
        "GIT_COMMITTER_EMAIL": "a@e.org",
    }
    environment = os.environ | own | {"PATH": f"{programs}:{os.environ['PATH']}", "NO_COLOR": "1"}
    assert archfolio(origin, "init", "--pages", kind).returncode == 0
    git = "git init -q . && git add . && git commit -qm Begin && git clone -q . ../clone"
    subprocess.run(["bash", "-c", git], cwd=origin, env=environment, check=True)
    lines = scripts_of(kind, (clone / WORKFLOWS[kind][0]).read_text(encoding="utf-8"))
    assert lines[0] == "pip install archfolio"
    for line in lines:
        done = subprocess.run(
            ["bash", "-c", line], cwd=clone, env=environment, capture_output=True, text=True, check=False, timeout=300
        )
        assert done.returncode == 0, f"{line}\n{done.stderr}"
    assert (clone / output / "index.html").is_file()
    assert (clone / output / "images/first-system/overview.png").is_file()


def test_the_workflows_of_the_documentation_are_those_that_it_writes() -> None:
    shown = {step.name: step.text for step in steps("how-to/publish.md") if isinstance(step, File)}
    assert shown == dict(WORKFLOWS.values())
    hooks = (DOCS / "how-to/hooks.md").read_text(encoding="utf-8")
    assert "entry: archfolio sync" in hooks


@pytest.mark.parametrize(
    ("word", "line"),
    [
        ("kafka", "from diagrams.onprem.queue import Kafka"),
        ("Post-gres", "from diagrams.onprem.database import PostgreSQL"),
        ("ranker", "from archfolio import Ranker"),
        ("kafkka", "from diagrams.onprem.queue import Kafka"),
    ],
)
def test_find_prints_the_line_that_imports_a_node(tmp_path: Path, word: str, line: str) -> None:
    done = archfolio(tmp_path, "find", word)
    assert done.returncode == 0
    assert line in done.stdout.splitlines()
    assert "\033" not in done.stdout


def test_find_says_when_there_is_nothing_and_when_there_is_more(tmp_path: Path) -> None:
    nothing = archfolio(tmp_path, "find", "zzyzx")
    assert (nothing.returncode, nothing.stdout) == (2, "")
    assert "no class of nodes is called like 'zzyzx'" in nothing.stderr
    some = archfolio(tmp_path, "find", "data")
    assert re.search(r"\d+ more: --all lists them", some.stderr)
    assert len(archfolio(tmp_path, "find", "data", "--all").stdout.splitlines()) > len(some.stdout.splitlines())
