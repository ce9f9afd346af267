"""`archfolio check` and `archfolio verify`: the commands that judge and change nothing."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archfolio.render.check import report, run
from archfolio.render.check import verify as pictures_of
from archfolio.render.check.codes import chosen
from archfolio.render.cli.completion import complete_slug
from archfolio.render.cli.options import systems_option
from archfolio.render.cli.progress import print_failures

if TYPE_CHECKING:
    from archfolio.render.check.verify import Verdict


@click.command("check")
@click.argument("slugs", metavar="[SYSTEM]...", nargs=-1, shell_complete=complete_slug)
@systems_option
@click.option("--pictures", is_flag=True, help="Lay every view out, too, and tell what cannot be read.")
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, file_okay=False),
    help="A build: are its pictures current and whole?",
)
@click.option("--select", metavar="CODE", multiple=True, help="Only codes that begin like this; may be repeated.")
@click.option("--ignore", metavar="CODE", multiple=True, help="No codes that begin like this; may be repeated.")
@click.option("--json", "as_json", is_flag=True, help="For programs: the same as --format json.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="For people, for programs, or as annotations of a GitHub workflow.",
)
def check_command(
    slugs: tuple[str, ...],
    systems: Path,
    pictures: bool,  # noqa: FBT001  click passes by keyword
    output: Path | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    as_json: bool,  # noqa: FBT001
    form: str,
) -> None:
    """Tell what to mend in systems before they are committed; exit 1 if there is anything.

    A comment '# archfolio: ignore[CODE]' silences a finding on its line. docs/checks.md explains the codes.
    """
    found = run.check(run.CheckRequest(systems, chosen(select, ignore), slugs, pictures, output))
    formats = {"text": report.format_text, "json": report.format_json, "github": report.format_github}
    click.echo(formats["json" if as_json else form](found))
    sys.exit(1 if found.findings else 0)


@click.command("verify")
@click.argument(
    "pictures",
    metavar="PICTURE...",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
)
@systems_option
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def verify_command(pictures: tuple[Path, ...], systems: Path, as_json: bool) -> None:  # noqa: FBT001
    """Say which view an SVG or PNG shows and whether it is current; exit 1 if one is not."""
    verified = pictures_of.verify(pictures, systems)
    print_failures(verified.failures)
    if as_json:
        click.echo(json.dumps([_record(verdict) for verdict in verified.verdicts], indent=2, ensure_ascii=False))
    else:
        for verdict in verified.verdicts:
            click.echo(f"{os.path.relpath(verdict.picture)}: {verdict.state}: {verdict.sentence}")
    sys.exit(0 if all(verdict.state == pictures_of.CURRENT for verdict in verified.verdicts) else 1)


def _record(verdict: Verdict) -> dict[str, str]:
    return {
        "picture": os.path.relpath(verdict.picture),
        "state": verdict.state,
        "system": verdict.system,
        "view": verdict.view,
        "sentence": verdict.sentence,
    }
