"""What `archfolio render` prints: the files on stdout, what was not honoured and what failed on stderr."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from archfolio.render.cli.progress import print_failures, print_warnings

if TYPE_CHECKING:
    from archfolio.render.build.scripts import ScriptsResult


def print_paths(result: ScriptsResult) -> None:
    """Print a file a line, and on stderr what there is to say of them."""
    for path in result.paths:
        click.echo(os.path.relpath(path))
    for diagram in result.diagrams:
        if diagram.not_honoured:
            click.echo(f"not honoured in '{diagram.what}': {', '.join(diagram.not_honoured)}", err=True)
    print_warnings(result.warnings)
    print_failures(result.failures)
