"""`archfolio build` and `archfolio render`: the commands that draw."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import click

from archfolio.render.base.counted import counted
from archfolio.render.build.options import RenderOptions
from archfolio.render.cli.completion import complete_slug
from archfolio.render.cli.options import output_option, render_options, systems_option
from archfolio.render.cli.progress import print_failures, progress


@click.command("build")
@click.argument("slugs", metavar="[SYSTEM]...", nargs=-1, shell_complete=complete_slug)
@output_option
@systems_option
@click.option("--jobs", "-j", type=click.IntRange(min=1), help="Worker processes; all cores by default.")
@click.option("--force", is_flag=True, help="Draw everything again.")
@click.option("--why", is_flag=True, help="Say why each module is run again.")
@render_options
def build_command(
    slugs: tuple[str, ...],
    output: Path,
    systems: Path,
    jobs: int | None,
    force: bool,  # noqa: FBT001  click passes by keyword
    why: bool,  # noqa: FBT001
    **options: Any,
) -> None:
    """Draw the systems that changed, and assemble the gallery."""
    from archfolio.render.build import build  # noqa: PLC0415  help and errors come fast
    from archfolio.render.build.request import BuildRequest  # noqa: PLC0415

    request = BuildRequest(systems, output, slugs, RenderOptions(**options), force, jobs)
    with progress() as on_progress:
        report = build.build(request, on_progress)
    for reason in report.why if why else ():
        click.echo(f"why: {reason}", err=True)
    print_failures(report.failures)
    click.echo((output / "index.html").resolve())
    drawn = f"{report.drawn} drawn" if report.drawn else "nothing to draw"
    failed = f", {len(report.failures)} failed" if report.failures else ""
    formats = "SVG and PNG" if request.options.png else "SVG"
    pictures = f"{counted(report.systems, 'system')}, {counted(report.views, 'drawing')} in {formats}"
    click.echo(f"{pictures}: {drawn}, {counted(report.written, 'file')} written{failed}.")
    sys.exit(1 if report.failures else 0)


@click.command("render")
@click.argument(
    "scripts",
    metavar="SCRIPT...",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
)
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, file_okay=False),
    default=".",
    help="Folder to write; this one by default.",
)
@render_options
def render_command(scripts: tuple[Path, ...], output: Path, **options: Any) -> None:
    """Draw plain diagrams scripts, unchanged, as self-contained SVG and PNG."""
    from archfolio.render.build import scripts as plain  # noqa: PLC0415
    from archfolio.render.capture.discover import script  # noqa: PLC0415

    drawn = plain.render([script(path) for path in scripts], output.resolve(), RenderOptions(**options))
    for path in drawn.paths:
        click.echo(os.path.relpath(path))
    print_failures(drawn.failures)
    sys.exit(1 if drawn.failures else 0)
