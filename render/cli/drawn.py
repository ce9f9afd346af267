"""What `archfolio render` prints: the files on stdout, what was not honoured and what failed on stderr; or JSON."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from archfolio.render.cli import json_output
from archfolio.render.cli.progress import print_failures

if TYPE_CHECKING:
    from archfolio.render.build.scripts import ScriptsResult


def print_paths(result: ScriptsResult) -> None:
    """Print a file a line, and on stderr what there is to say of them."""
    for path in result.paths:
        click.echo(os.path.relpath(path))
    for diagram in result.diagrams:
        if diagram.not_honoured:
            click.echo(f"not honoured in '{diagram.what}': {', '.join(diagram.not_honoured)}", err=True)
    for warning in result.warnings:
        click.echo(click.style("warning: ", fg="yellow") + str(warning), err=True)
    print_failures(result.failures)


def print_json(result: ScriptsResult, *, ok: bool) -> None:
    """Print all of it as one JSON document."""
    diagrams = [
        json_output.RenderedDiagram(
            diagram=diagram.what,
            script=os.path.relpath(diagram.script),
            style=diagram.style,
            files=[os.path.relpath(path) for path in diagram.paths],
            not_honoured=list(diagram.not_honoured),
        )
        for diagram in result.diagrams
    ]
    output = json_output.RenderOutput(
        command="render",
        ok=ok,
        diagrams=diagrams,
        warnings=json_output.troubles(result.warnings),
        failures=json_output.troubles(result.failures),
    )
    click.echo(json_output.as_json(output))
    print_failures(result.failures)
