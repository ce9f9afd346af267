"""Modules that cannot be read, or whose runs are lost: folders, pipes, links to nowhere cost only themselves."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from projects import SHOP

from archfolio.render.build.lost_module import lost_module
from archfolio.render.build.processes import WorkerFailed
from archfolio.render.capture.discover import script

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="has neither pipes nor links")
MAKE = {
    "folder": (Path.mkdir, "is no file: remove it, or rename it with a leading underscore"),
    "pipe": (os.mkfifo, "is no file: remove it, or rename it with a leading underscore"),
    "link": (lambda path: path.symlink_to("/nowhere/at.py"), "cannot be read: no such file or directory"),
}


@pytest.fixture(params=MAKE)
def said(request, tmp_path: Path) -> str:
    """Put one beside a good module, and one where none is looked for; return what is said of the first."""
    make, sentence = MAKE[request.param]
    (tmp_path / "systems/group/below").mkdir(parents=True)
    (tmp_path / "systems/shop.py").write_text(SHOP)
    make(tmp_path / "systems/odd.py")
    make(tmp_path / "systems/group/below/odd.py")
    return sentence


def test_every_command_names_it_and_does_the_rest(archfolio, said: str, tmp_path: Path) -> None:
    built = archfolio("build", "--no-png")
    assert (built.returncode, "failed: " in built.stderr, said in built.stderr) == (1, True, True)
    assert (tmp_path / "site/images/shop/serving.svg").exists()
    checked = archfolio("check")
    assert (checked.returncode, said in checked.stdout, "shop.py" in checked.stdout) == (1, True, True)
    recorded = archfolio("layouts")
    assert (recorded.returncode, said in recorded.stderr) == (1, True)
    assert recorded.stdout.splitlines()[-1] == "1 layout recorded."
    assert (tmp_path / "systems/_layouts/shop.json").exists()
    listed = archfolio("list")
    assert (listed.returncode, [line.split()[0] for line in listed.stdout.splitlines()][-1]) == (0, "shop")


@pytest.mark.parametrize("rights", [0o000, 0o400, 0o100])
def test_a_group_without_rights_costs_only_itself(tmp_path: Path, rights: int) -> None:
    for path in ("systems/shop.py", "systems/closed/bank.py", "systems/open/bank.py", "systems/open/below/odd.py"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(SHOP)
    (tmp_path / "systems/open/below/odd.py").unlink()
    closed = tmp_path / "systems/closed", tmp_path / "systems/open/below"
    for folder in closed:
        folder.chmod(rights)
    try:
        built, checked, listed = (without_override(tmp_path, *command) for command in COMMANDS)
    finally:
        for folder in closed:
            folder.chmod(0o700)
    why = "closed: is a folder that cannot be read: permission denied; see its rights, or rename it"
    assert (built.returncode, built.stderr.count("failed: "), why in built.stderr) == (1, 1, True)
    assert {path.name for path in (tmp_path / "site/images").iterdir()} == {"bank", "shop"}
    assert (checked.returncode, checked.stdout.count("folder that cannot be read: permission denied")) == (1, 1)
    assert listed.returncode == 0
    assert {line.split()[0] for line in listed.stdout.splitlines()} == {"bank", "shop", "closed"}


COMMANDS = (["build", "--no-png"], ["check"], ["list"])


def without_override(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command as one whom rights hold back: root reads everything."""
    drop = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    if drop and not shutil.which(drop[0]):
        pytest.skip("root reads everything, and there is no setpriv")
    program = [*drop, sys.executable, "-m", "archfolio", *arguments]
    return subprocess.run(program, cwd=folder, capture_output=True, text=True, timeout=300, check=False)


def test_a_module_that_is_nested_deeper_than_python_goes_costs_only_itself(archfolio, tmp_path: Path) -> None:
    (tmp_path / "systems").mkdir()
    (tmp_path / "systems/deep.py").write_text(f"import os\nx = {'-' * 100_000}1\n")
    (tmp_path / "systems/common.py").write_text("import os\nfrom archfolio import batch\n")
    (tmp_path / "systems/shop.py").write_text(f"{SHOP}\nfrom common import batch\n")
    checked = archfolio("check")
    sentence = "is nested deeper than Python goes: take its longest expression apart"
    found = [line for line in checked.stdout.splitlines() if "E001" in line]
    assert found == [f"systems/deep.py:1: E001 {sentence}"]
    listed = archfolio("list")
    assert [line.split()[0] for line in listed.stdout.splitlines()] == ["common", "deep", "shop"]


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (WorkerFailed("its process died (signal 9)"), "could not be run: its process died (signal 9)"),
        (RuntimeError("cannot be handed on"), "could not be run: RuntimeError: cannot be handed on"),
    ],
)
def test_a_lost_run_leaves_the_text_and_the_reason(tmp_path: Path, error: Exception, sentence: str) -> None:
    path = tmp_path / "shop.py"
    path.write_text(SHOP)
    lost = lost_module(script(path), error)
    assert (lost.text, lost.drawings, lost.subject) == (SHOP, (), None)
    [failure] = lost.failures
    assert str(failure) == f"{path}: shop: {sentence}"
    path.unlink()
    assert lost_module(script(path), error).text == ""
