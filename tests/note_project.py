"""A project with a build and a note, and the commands for notes run in it."""

from pathlib import Path
from types import SimpleNamespace

import click
from click.testing import CliRunner
from note_builds import built, write_build

from archfolio.render.base.errors import Problem
from archfolio.render.cli.embed import embed_command
from archfolio.render.cli.export import export_command
from archfolio.render.cli.practice import practice_command
from archfolio.render.cli.sync import sync_command

NOTE = "# Note\n\n<!-- archfolio:begin shop/serving -->\n<!-- archfolio:end -->\n"


CONFIG = """
[tool.archfolio.notes]
url = "https://example.org/arch"
files = ["docs"]

[[tool.archfolio.sync]]
destination = "docs/assets"
select = ["shop"]
formats = ["svg", "png", "png-dark", "pdf"]
"""


def write_project(folder: Path) -> None:
    """Write a build, a configuration and a note."""
    write_build(folder / "site", built())
    (folder / "pyproject.toml").write_text(CONFIG)
    (folder / "docs").mkdir()
    (folder / "docs" / "a.md").write_text(NOTE)


def run(*arguments: str) -> SimpleNamespace:
    """Run a command that reads a build, as `main` does but for the last exit."""
    commands = click.Group(commands=[embed_command, sync_command, export_command, practice_command])
    done = CliRunner().invoke(commands, list(arguments))
    if isinstance(done.exception, Problem):
        return SimpleNamespace(code=done.exception.code, out=done.stdout, err=str(done.exception))
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return SimpleNamespace(code=done.exit_code, out=done.stdout, err=done.stderr)


def tree(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
