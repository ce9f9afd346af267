"""Every chart of a building block is what its script computes, byte by byte, and every script's chart is shown."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

BLOCKS = Path(__file__).parent.parent / "systems" / "blocks"
CHARTS = BLOCKS / "charts"
SCRIPTS = sorted(path for path in CHARTS.glob("*.py") if not path.name.startswith("_"))


@pytest.mark.slow
@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_a_script_writes_the_chart_that_is_shown(script: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(CHARTS, tmp_path / "charts", ignore=shutil.ignore_patterns("*.svg", "__pycache__"))
    command = [sys.executable, "-W", "error", folder / script.name]
    subprocess.run(command, cwd=tmp_path, check=True, timeout=120)
    assert sorted(path.name for path in folder.glob("*.svg")) == [f"{script.stem}.svg"]
    assert (folder / f"{script.stem}.svg").read_bytes() == (CHARTS / f"{script.stem}.svg").read_bytes(), (
        f"run {script.relative_to(BLOCKS.parent.parent)}"
    )


def test_every_chart_is_shown_by_a_block_and_made_by_a_script() -> None:
    said = "\n".join(path.read_text(encoding="utf-8") for path in BLOCKS.glob("*.py"))
    shown = {
        (file, script)
        for file, script in zip(*(re.findall(rf'"charts/(\w+)\.{end}"', said) for end in ("svg", "py")), strict=True)
    }
    assert shown == {(script.stem, script.stem) for script in SCRIPTS}
    assert {path.stem for path in CHARTS.glob("*.svg")} == {script.stem for script in SCRIPTS}
