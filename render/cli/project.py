"""`archfolio new`, `list`, `doctor`, `clean` and `completion`: the commands around a project."""

from __future__ import annotations

import os
import shlex
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource
from click.shell_completion import get_completion_class

from archfolio.render.base.counted import counted
from archfolio.render.base.errors import EnvironmentProblem
from archfolio.render.build.output_folder import remove
from archfolio.render.capture.discover import discover
from archfolio.render.capture.summary import summarize
from archfolio.render.cli import json_output
from archfolio.render.cli.doctor import examine
from archfolio.render.cli.options import json_option, output_option, systems_folders_option, systems_option
from archfolio.render.cli.scaffold import scaffold

if TYPE_CHECKING:
    from pathlib import Path

_VARIABLE = "_ARCHFOLIO_COMPLETE"  # by which click is asked for completions


@click.command("new")
@click.argument("slug")
@systems_folders_option
@click.pass_context
def new_command(context: click.Context, /, slug: str, systems: tuple[Path, ...]) -> None:
    """Write the module of a small new system that has every section, to begin with."""
    path = scaffold(systems[0], slug)
    click.echo(os.path.relpath(path))
    given = context.get_parameter_source("systems") is ParameterSource.COMMANDLINE
    where = f" --systems {shlex.quote(os.path.relpath(systems[0]))}" if given else ""
    click.echo(f"Edit it, and see it with: archfolio serve{where}", err=True)


@click.command("list")
@systems_option
@json_option
def list_command(systems: tuple[Path, ...], as_json: bool) -> None:
    """List the systems of a folder, without running their modules."""
    entries = [summarize(script) for script in discover(systems)]
    if as_json:
        systems_found = [json_output.SystemRecord(**one) for one in entries]
        click.echo(json_output.as_json(json_output.ListOutput(command="list", ok=True, systems=systems_found)))
        return
    width = max(len(one["slug"]) for one in entries)
    for one in entries:
        click.echo(f"{one['slug']:<{width}}  {one['summary'] or one['title']}".rstrip())


@click.command("doctor")
@output_option
@systems_option
@json_option
def doctor_command(output: Path, systems: tuple[Path, ...], as_json: bool) -> None:
    """Tell whether everything that drawing needs is here; exit 3 where something is missing."""
    answers = list(examine(output, systems))
    lacking = [answer for answer in answers if not answer.ok and answer.needed]
    if as_json:
        records = [json_output.AnswerRecord(**asdict(one)) for one in answers]
        click.echo(json_output.as_json(json_output.DoctorOutput(command="doctor", ok=not lacking, answers=records)))
    else:
        for one in answers:
            mark = "ok" if one.ok else "missing" if one.needed else "without"
            click.echo(f"{mark:<8} {one.what}: {one.found}{'' if one.ok else f' ({one.fix})'}")
    sys.exit(EnvironmentProblem.code if lacking else 0)


@click.command("clean")
@output_option
def clean_command(output: Path) -> None:
    """Remove what a build wrote to a folder, and nothing else."""
    count = remove(output)
    click.echo(f"{counted(count, 'file')} removed from {output}." if count else f"Nothing of ours in {output}.")


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion_command(context: click.Context, shell: str) -> None:
    """Print what makes a shell complete commands, options and systems.

    For bash: archfolio completion bash > ~/.local/share/bash-completion/completions/archfolio
    """
    kind = get_completion_class(shell)
    assert kind is not None  # noqa: S101  click has all three
    click.echo(kind(context.find_root().command, {}, "archfolio", _VARIABLE).source())
