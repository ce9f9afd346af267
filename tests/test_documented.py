"""The tutorial and the how-to's are followed to the letter."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from documented import DOCS, File, follow

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return an environment in which `archfolio` is that of this repository."""
    folder = tmp_path_factory.mktemp("bin")
    path = folder / "archfolio"
    path.write_text(f'#!/bin/sh\nexec {sys.executable} -m archfolio "$@"\n', encoding="utf-8")
    path.chmod(0o755)
    return os.environ | {"PATH": f"{folder}:{os.environ['PATH']}", "NO_COLOR": "1"}


@pytest.fixture(scope="module")
def tutorial(tmp_path_factory: pytest.TempPathFactory, program: dict[str, str]) -> Path:
    """Follow the tutorial, and return the folder in which its company is."""
    folder = tmp_path_factory.mktemp("acme-freight")
    done = follow("tutorial.md", folder, program)
    assert [step.name for step in done if isinstance(step, File)] == [
        *("systems/tariffs.py", "systems/routing.py", "systems/doors.py", "pyproject.toml")
    ]
    return folder


@pytest.mark.slow
def test_the_tutorial_makes_a_gallery_of_three_systems(tutorial: Path) -> None:
    index = (tutorial / "site/index.html").read_text(encoding="utf-8")
    assert "<h1>Acme Freight architecture</h1>" in index
    for slug in ("tariffs", "routing", "doors"):
        assert (tutorial / f"site/images/{slug}/serving.svg").is_file()


def test_every_page_of_the_documentation_is_in_its_contents() -> None:
    contents = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    pages = {path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md") if path.name != "package.md"}
    assert [page for page in sorted(pages) if f": {page}" not in contents] == []
