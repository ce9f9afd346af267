"""What the documents say is true."""

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from archfolio.render.cli.commands import cli

ROOT = Path(__file__).parent.parent
DOCUMENTS = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def commands(group: click.Group) -> list[tuple[str, click.Command]]:
    return [(name, group.get_command(click.Context(group), name)) for name in group.list_commands(click.Context(group))]


@pytest.mark.parametrize(("name", "command"), commands(cli), ids=[name for name, _ in commands(cli)])
def test_every_command_and_option_is_in_the_readme(name: str, command: click.Command) -> None:
    assert f"`archfolio {name}" in README
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert all(option in README for option in parameter.opts + parameter.secondary_opts), parameter.opts


def test_the_thirty_lines_work_when_pasted(tmp_path: Path) -> None:
    [code] = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)
    folder = tmp_path / "my-systems"
    folder.mkdir()
    (folder / "shop_search.py").write_text(code)
    [command] = re.findall(r"run `archfolio (build --systems my-systems [^`]*)`", README)
    done = subprocess.run(
        [sys.executable, "-m", "archfolio", *command.split()], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "my-site/images/shop-search/serving.svg").is_file()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_file_that_a_document_names_is_there(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)[^)]*\)", text) if "://" not in link]
    files = re.findall(r"`((?:systems|render|gallery|tests|docs)/[\w./-]+\w)`", text)
    shown = re.findall(r"^`([\w./-]+)`:$", text, flags=re.MULTILINE)  # files that a page has one write
    made = {"systems/your_system.py", "systems/your-system.html", "systems/common.py", *shown}
    named = {*links, *files} - made
    assert [name for name in named if not (document.parent / name).exists() and not (ROOT / name).exists()] == []


def test_every_target_of_the_makefile_is_explained() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z-]+):", makefile, flags=re.MULTILINE)
    said = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert [target for target in targets if f"make {target}" not in said] == []
