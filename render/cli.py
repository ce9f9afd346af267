"""The command line. stdout is the result, stderr is talk; exit 0 done, 1 something failed, 2 usage, 3 environment."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from render.cli_build import build, render
from render.cli_check import check, verify
from render.cli_layouts import layouts
from render.cli_notes import embed, export, sync
from render.cli_project import clean, completion, doctor, list_systems, new
from render.cli_serve import serve
from render.config import defaults
from render.errors import Problem

INTERRUPTED = 130


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="archfolio", message="%(prog)s %(version)s")
@click.pass_context
def cli(context: click.Context) -> None:
    """Draw machine-learning system architectures from code, and assemble the gallery."""
    if os.environ.get("NO_COLOR"):
        context.color = False
    context.default_map = defaults(Path.cwd(), cli.commands)


for _command in (
    build,
    render,
    check,
    verify,
    layouts,
    embed,
    sync,
    export,
    serve,
    new,
    list_systems,
    doctor,
    clean,
    completion,
):
    cli.add_command(_command)


def main() -> None:
    """Run the command line; a problem we can explain is one sentence, and Ctrl-C leaves whole what is whole."""
    try:
        cli(standalone_mode=False)
    except (click.exceptions.Abort, KeyboardInterrupt):
        click.echo("stopped; what was finished is kept", err=True)
        sys.exit(INTERRUPTED)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except Problem as problem:
        click.echo(f"archfolio: {problem}", err=True)
        sys.exit(problem.code)
