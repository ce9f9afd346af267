"""`archfolio init`: from an empty folder to a gallery of one's own. What is there already is never overwritten."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from string import Template

import click
from click.core import ParameterSource

from archfolio.render.base.files import write
from archfolio.render.capture.discover import draws_nothing
from archfolio.render.cli.config import SITE, load_config
from archfolio.render.cli.options import SYSTEMS
from archfolio.render.cli.scaffold import module_of, scaffold

PYPROJECT, HOOKS, IGNORED = "pyproject.toml", ".pre-commit-config.yaml", ".gitignore"
_TABLE = "[tool.archfolio"
_FIRST = "first-system"
_ELSEWHERE = "architecture"  # where systems go if the project has a package of its own in their folder

_SETTINGS = Template("""\
[tool.archfolio]
output = "site"
systems = "$systems"

[tool.archfolio.site]
title = "$title"
""")

_LOCAL_HOOKS = """\
repos:
  - repo: local
    hooks:
      - id: archfolio-check
        name: archfolio check
        entry: archfolio check
        language: system
        files: (\\.py|pyproject\\.toml)$
        pass_filenames: false
"""

_GITHUB = """\
name: architecture
on:
  push:
    branches: [main]
  pull_request:
permissions:
  contents: read
  pages: write
  id-token: write
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.13"
      - run: pip install archfolio
      - run: archfolio check --format github
      - run: archfolio build --output site
      - uses: actions/upload-pages-artifact@v3
        with:
          path: site
  publish:
    if: github.ref == 'refs/heads/main'
    needs: build
    runs-on: ubuntu-latest
    environment:
      name: github-pages
    steps:
      - uses: actions/deploy-pages@v4
"""

_GITLAB = """\
pages:
  image: python:3.13
  script:
    - pip install archfolio
    - archfolio check
    - archfolio build --output public
  artifacts:
    paths: [public]
  rules:
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
"""
WORKFLOWS = {"github": (".github/workflows/architecture.yml", _GITHUB), "gitlab": (".gitlab-ci.yml", _GITLAB)}


@dataclass(frozen=True, slots=True)
class Left:
    """A file that was there already, and what one may add to it."""

    path: Path
    text: str


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=".")
@click.option("--first", default=_FIRST, show_default=True, metavar="SLUG", help="Name of the first system.")
@click.option(
    "--pages",
    type=click.Choice([*WORKFLOWS, "none"]),
    default="github",
    show_default=True,
    help="Where the gallery is published from: a workflow for it.",
)
@click.pass_context
def init_command(context: click.Context, /, folder: Path, first: str, pages: str) -> None:
    """Begin a gallery in a repository: a first system, settings, a hook, a workflow that publishes it."""
    folder.mkdir(parents=True, exist_ok=True)
    left: list[Left] = []
    systems = _folder_of_systems(folder)
    has_modules = any(not path.name.startswith(("_", ".")) for path in systems.glob("*.py"))
    written = [] if has_modules or draws_nothing(systems) else [scaffold(systems, first)]
    begun = bool(written)
    written += _settings(folder, systems.name)
    files = [(HOOKS, _LOCAL_HOOKS), *([WORKFLOWS[pages]] if pages in WORKFLOWS else [])]
    for name, text in files:
        path = folder / name
        if not path.exists():
            write(path, text.encode())
            written.append(path)
        elif path.read_text(encoding="utf-8") != text:
            left.append(Left(path, text))
    written += _ignore(folder / IGNORED)
    for path in written:
        click.echo(os.path.relpath(path))
    for one in left:
        click.echo(f"{os.path.relpath(one.path)} is there already; what it would have had:\n\n{one.text}", err=True)
    is_asked_for = context.get_parameter_source("first") is ParameterSource.COMMANDLINE
    if told := _about_systems(folder, systems, first if is_asked_for else "", begun=begun):
        click.echo(told, err=True)
    into = "" if folder == Path() else f"cd {folder} && "
    click.echo(f"See it, and edit it, with: {into}archfolio serve --open", err=True)


def _folder_of_systems(folder: Path) -> Path:
    """Return where systems stand: as the settings say; without any, not in a package that is the project's own."""
    path = folder / PYPROJECT
    if path.exists() and _TABLE in path.read_text(encoding="utf-8"):
        named = dict(load_config(folder).values).get("systems")
        return Path(named[0]) if isinstance(named, list) else folder / SYSTEMS
    return folder / (_ELSEWHERE if draws_nothing(folder / SYSTEMS) else SYSTEMS)


def _about_systems(folder: Path, systems: Path, asked: str, *, begun: bool) -> str:
    """Return what stands where a first system would, or would have; "" where there is nothing to say."""
    own, there = os.path.relpath(folder / SYSTEMS), os.path.relpath(systems)
    if begun:
        is_elsewhere = systems == folder / _ELSEWHERE and draws_nothing(folder / SYSTEMS)
        said = f"{own} has Python files that draw nothing: it was left alone, and systems stand in {there}"
        return said if is_elsewhere else ""
    if draws_nothing(systems):
        return (
            f"{there} has Python files that draw nothing, so no system was written: name another folder"
            f' with systems = "{_ELSEWHERE}" below [tool.archfolio] in {PYPROJECT}, and run this again'
        )
    if asked and not module_of(systems, asked).exists():
        return f"{there} has modules already: begin another with 'archfolio new {asked}'"
    return ""


def _settings(folder: Path, systems: str) -> list[Path]:
    """Write the settings to begin with, below what pyproject.toml says; nothing where it speaks of us already."""
    path = folder / PYPROJECT
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    if _TABLE in before:
        return []
    name = (_project_name(before) or folder.resolve().name).replace("-", " ").replace("_", " ").strip().capitalize()
    said = _SETTINGS.substitute(systems=systems, title=f"{name} architecture".replace('"', ""))
    write(path, f"{before.rstrip()}\n\n{said}".lstrip("\n").encode())
    return [path]


def _project_name(text: str) -> str:
    """Return what a pyproject.toml calls its project; "" where it says nothing, or cannot be read."""
    try:
        name = tomllib.loads(text).get("project", {}).get("name", "")
    except (tomllib.TOMLDecodeError, AttributeError):
        return ""
    return name if isinstance(name, str) else ""


def _ignore(path: Path) -> list[Path]:
    """Have git ignore what is built."""
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    if not {SITE, f"{SITE}/"}.isdisjoint(before.splitlines()):
        return []
    write(path, f"{before.rstrip()}\n{SITE}/\n".lstrip("\n").encode())
    return [path]
