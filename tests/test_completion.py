"""What the shell completes, without running a module."""

from pathlib import Path

import click
import pytest
from click.shell_completion import ShellComplete
from note_builds import built, write_build

from archfolio.render.cli.commands import cli


@pytest.fixture
def completed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Complete the last word of a command line, in a folder with a build of two systems and their modules."""
    monkeypatch.chdir(tmp_path)
    write_build(tmp_path / "site", built())
    (tmp_path / "systems").mkdir()
    for name in ("shop", "news"):
        (tmp_path / "systems" / f"{name}.py").write_text("raise SystemExit('nobody runs this')\n")

    def run(*words: str) -> list[str]:
        *before, last = words
        complete = ShellComplete(cli, {}, "archfolio", "_ARCHFOLIO_COMPLETE")
        return [item.value for item in complete.get_completions(before, last)]

    return run


@pytest.mark.parametrize("command", ["embed", "export"])
def test_a_system_and_behind_a_slash_its_views(completed, command: str) -> None:
    assert completed(command, "s") == ["shop"]
    assert completed(command, "shop/") == ["shop/serving", "shop/training"]
    assert completed(command, "news/t") == ["news/training"]
    assert completed(command, "--output", "elsewhere", "s") == []


@pytest.mark.parametrize("command", ["build", "check", "layouts"])
def test_a_module_of_the_folder(completed, command: str) -> None:
    assert completed(command, "") == ["news", "shop"]
    assert completed(command, "sh") == ["shop"]


def test_a_picture_of_the_build(completed) -> None:
    found = completed("verify", "site/images/shop/s")
    assert found[0] == "site/images/shop/serving.svg"


def test_a_code_of_a_rule(completed) -> None:
    found = completed("check", "--explain", "m20")
    assert found[:2] == ["M201", "M202"]
    assert all(code.startswith("M20") for code in found)


def test_formats_and_targets_are_click_s_own(completed) -> None:
    assert "pptx" in completed("export", "shop", "--format", "p")
    assert completed("embed", "shop", "--for", "obs") == ["obsidian"]
    assert isinstance(cli, click.Group)
