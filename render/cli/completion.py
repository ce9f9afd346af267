"""What the shell completes: subjects, views of a build, pictures, codes; no module is run or imported for it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from archfolio.render.base.source_folders import EXAMPLES
from archfolio.render.cli.config import SITE
from archfolio.render.cli.options import SYSTEMS

if TYPE_CHECKING:
    from collections.abc import Iterable

    import click
    from click.shell_completion import CompletionItem


def complete_slug(context: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """List the systems of the folder that the command line so far names."""
    from archfolio.render.base.errors import Problem
    from archfolio.render.capture.discover import discover

    try:
        named = context.params.get("systems") or (Path(SYSTEMS),)
        scripts = discover(EXAMPLES if context.params.get("examples") else named)
    except Problem:
        return []
    return _items((script.slug for script in scripts), incomplete)


def complete_view(context: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """List the systems of a build; behind a slash, the views of the one before it."""
    from archfolio.gallery.manifest import read

    try:
        built = read(Path(context.params.get("output") or SITE))
    except (OSError, ValueError):
        return []
    if "/" not in incomplete:
        return _items((system.slug for system in built.systems), incomplete)
    names = (f"{system.slug}/{view.slug}" for system in built.systems for view in system.views)
    return _items(names, incomplete)


def complete_picture(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """List the pictures of the build here, and let the shell complete other files."""
    from click.shell_completion import CompletionItem

    pictures = sorted(Path(SITE, "images").glob("*/*.svg"))
    return [*_items((path.as_posix() for path in pictures), incomplete), CompletionItem(incomplete, type="file")]


def complete_code(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """List the codes of rules, each with what must hold."""
    from click.shell_completion import CompletionItem

    from archfolio.render.check.codes import CODES

    return [CompletionItem(code, help=doc) for code, doc in CODES.items() if code.startswith(incomplete.upper())]


def _items(names: Iterable[str], incomplete: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    return [CompletionItem(name) for name in names if name.startswith(incomplete)]
