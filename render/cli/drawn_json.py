"""What `archfolio build --json` and `archfolio render --json` print: one JSON document each."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from archfolio.render.cli import json_output
from archfolio.render.cli.progress import print_failures

if TYPE_CHECKING:
    from pathlib import Path

    from archfolio.render.build.request import BuildReport
    from archfolio.render.build.scripts import ScriptsResult


def print_build(report: BuildReport, output: Path) -> None:
    """Print what a build did."""
    click.echo(
        json_output.as_json(
            json_output.BuildOutput(
                command="build",
                ok=not report.failures,
                index=os.path.relpath(output / "index.html"),
                systems=report.systems,
                views=report.views,
                drawn=report.drawn,
                written=report.written,
                why=list(report.why),
                warnings=json_output.troubles(report.warnings),
                failures=json_output.troubles(report.failures),
            )
        )
    )


def print_scripts(result: ScriptsResult, *, ok: bool) -> None:
    """Print what was drawn of scripts, and what failed on stderr too."""
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
