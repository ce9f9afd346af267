"""Slugs of systems for the shell to complete, without running or importing a module."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from archfolio.render.base.source_folders import EXAMPLES
from archfolio.render.cli.options import SYSTEMS

if TYPE_CHECKING:
    import click
    from click.shell_completion import CompletionItem


def complete_slug(context: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """List the systems of the folder that the command line so far names."""
    from click.shell_completion import CompletionItem  # noqa: PLC0415  only a shell that completes needs it

    from archfolio.render.base.errors import Problem  # noqa: PLC0415
    from archfolio.render.capture.discover import discover  # noqa: PLC0415

    try:
        named = Path(context.params.get("systems") or SYSTEMS)
        scripts = discover(EXAMPLES if context.params.get("examples") else named)
    except Problem:
        return []
    return [CompletionItem(script.slug) for script in scripts if script.slug.startswith(incomplete)]
