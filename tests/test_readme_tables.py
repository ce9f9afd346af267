"""The tables of the README are made from the code; `make readme` rewrites them."""

import subprocess
import sys
from pathlib import Path

import pytest

from archfolio.render.cli.readme import updated_readme

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"


def test_the_tables_are_current(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)  # capture changes the folder
    text = README.read_text(encoding="utf-8")
    assert text == updated_readme(text), "run `make readme`"


def test_the_picture_is_current() -> None:
    picture = ROOT / "docs" / "recommendation-serving.svg"
    command = [sys.executable, "-m", "archfolio", "verify", str(picture)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stdout}{done.stderr}: run `make readme`"
