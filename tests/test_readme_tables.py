"""The tables of the README are made from the code; `make readme` rewrites them."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from archfolio import authoring
from archfolio.render.cli.authoring_reference import EXAMPLES, MODULES, PAGE, authoring_page, names_of
from archfolio.render.cli.readme import updated_readme

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"


def test_the_tables_are_current(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)  # capture changes the folder
    text = README.read_text(encoding="utf-8")
    assert text == updated_readme(text), "run `make readme`"


@pytest.mark.parametrize(("picture", "systems"), [("recommendation-serving.svg", "systems"), ("flow.svg", "docs")])
def test_a_picture_of_the_documents_is_current(picture: str, systems: str) -> None:
    command = [sys.executable, "-m", "archfolio", "verify", str(ROOT / "docs" / picture), "--systems", systems]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stdout}{done.stderr}: run `make readme`"


def test_the_authoring_reference_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == authoring_page(), "run `make readme`"


def test_the_authoring_reference_has_every_name() -> None:
    assert sorted(name for module in MODULES for name in names_of(module)) == sorted(authoring.__all__)


@pytest.mark.parametrize("module", MODULES)
def test_an_example_of_the_authoring_reference_runs_and_uses_every_name(module: str, tmp_path: Path) -> None:
    example = EXAMPLES / f"{module}.py"
    captured = subprocess.run([sys.executable, str(example)], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert captured.returncode == 0, captured.stderr
    words = set(re.findall(r"\w+", example.read_text(encoding="utf-8")))
    concepts = {name for name in names_of("concepts") if name in authoring.CONCEPTS}
    assert [name for name in names_of(module) if name not in words | concepts] == []
