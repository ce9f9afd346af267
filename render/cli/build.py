"""`archfolio build` and `archfolio render`: the commands that draw."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from archfolio.render.base.counted import counted
from archfolio.render.base.errors import UsageProblem
from archfolio.render.build.options import RenderOptions
from archfolio.render.cli.completion import complete_slug
from archfolio.render.cli.config import config_of
from archfolio.render.cli.options import SYSTEMS, json_option, output_option, render_options, systems_option
from archfolio.render.cli.progress import print_failures, print_warnings, progress


@click.command("build")
@click.argument("slugs", metavar="[SYSTEM]...", nargs=-1, shell_complete=complete_slug)
@output_option
@systems_option
@click.option("--jobs", "-j", type=click.IntRange(min=1), help="Worker processes; all cores by default.")
@click.option("--force", is_flag=True, help="Draw everything again.")
@click.option("--why", is_flag=True, help="Say why each module is run again.")
@json_option
@render_options
@click.pass_context
def build_command(
    context: click.Context,
    /,
    slugs: tuple[str, ...],
    output: Path,
    systems: tuple[Path, ...],
    jobs: int | None,
    force: bool,
    why: bool,
    as_json: bool,
    **options: Any,
) -> None:
    """Draw the systems that changed, and assemble the gallery."""
    from archfolio.render.build import build  # noqa: PLC0415  help and errors come fast
    from archfolio.render.build.request import BuildRequest  # noqa: PLC0415  likewise

    config = config_of(context)
    chosen = RenderOptions(**options, conventions=config.conventions)
    request = BuildRequest(
        systems, output, slugs, chosen, force, jobs, site=config.site, home=config.home, warns=config.warns
    )
    with progress() as on_progress:
        report = build.build(request, on_progress)
    for reason in report.why if why else ():
        click.echo(f"why: {reason}", err=True)
    print_warnings(report.warnings)
    print_failures(report.failures)
    if as_json:
        from archfolio.render.cli.drawn_json import print_build  # noqa: PLC0415  few ask for it

        print_build(report, output)
        sys.exit(1 if report.failures else 0)
    click.echo((output / "index.html").resolve())
    drawn = f"{report.drawn} drawn" if report.drawn else "nothing to draw"
    failed = f", {len(report.failures)} failed" if report.failures else ""
    formats = "SVG and PNG" if request.options.png else "SVG"
    pictures = f"{counted(report.systems, 'module')}, {counted(report.views, 'drawing')} in {formats}"
    click.echo(f"{pictures}: {drawn}, {counted(report.written, 'file')} written{failed}.")
    sys.exit(1 if report.failures else 0)


class _WithArguments(click.Command):
    """A command whose arguments after `--` are not its own, but those of the scripts that it runs."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Keep what stands after `--` for the scripts."""
        at = args.index("--") if "--" in args else len(args)
        ctx.meta[_ARGUMENTS] = args[at + 1 :]
        return super().parse_args(ctx, args[:at])


_ARGUMENTS = "archfolio.script_arguments"


class _ScriptPath(click.Path):
    """The path of a script; who names a folder is told what draws that."""

    def __init__(self) -> None:
        super().__init__(exists=True)
        self.name = "file"  # as the sentence about one that is not there calls it

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Return the path. Raises UsageProblem for a folder."""
        path = Path(os.fsdecode(super().convert(value, param, ctx)))
        if path.is_dir():
            raise UsageProblem(f"'{path}' is a folder{_what_draws(path, ctx)}")
        return path


def _what_draws(folder: Path, context: click.Context | None) -> str:
    """Return what to name, or to run, instead of a folder."""
    if not any(folder.glob("*.py")):
        return " without Python files: name a script"
    said = dict(config_of(context).values).get("systems") if context else None
    names = said if isinstance(said, list) else [SYSTEMS]
    quoted = shlex.quote(str(folder))
    is_of_systems = folder.resolve() in [Path(name).resolve() for name in names]
    build = "archfolio build" if is_of_systems else f"archfolio build --systems {quoted}"
    return f": draw its scripts with 'archfolio render {quoted}/*.py', or a gallery of them with '{build}'"


@click.command("render", cls=_WithArguments)
@click.argument("scripts", metavar="SCRIPT... [-- ARGUMENT...]", nargs=-1, required=True, type=_ScriptPath())
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, file_okay=False),
    default=".",
    help="Folder to write; this one by default.",
)
@click.option("--strict", is_flag=True, help="Exit with 1 where an icon, a font or another wish could not be honoured.")
@json_option
@render_options
@click.pass_context
def render_command(
    context: click.Context, /, scripts: tuple[Path, ...], output: Path, strict: bool, as_json: bool, **options: Any
) -> None:
    """Draw plain diagrams scripts, unchanged, as self-contained SVG and PNG.

    What stands after -- is the command line of the scripts.
    """
    from archfolio.render.build import scripts as plain  # noqa: PLC0415  help and errors come fast
    from archfolio.render.capture.discover import script  # noqa: PLC0415  likewise
    from archfolio.render.cli.drawn import print_paths  # noqa: PLC0415  likewise

    result = plain.render_scripts(
        [script(path) for path in scripts],
        output.resolve(),
        RenderOptions(**options, conventions=config_of(context).conventions),
        context.meta[_ARGUMENTS],
        is_scale_given=context.get_parameter_source("scale") is not ParameterSource.DEFAULT,
    )
    is_otherwise = result.warnings or any(diagram.not_honoured for diagram in result.diagrams)
    code = 1 if result.failures or (strict and is_otherwise) else 0
    if as_json:
        from archfolio.render.cli.drawn_json import print_scripts  # noqa: PLC0415  few ask for it

        print_scripts(result, ok=not code)
    else:
        print_paths(result)
    sys.exit(code)
