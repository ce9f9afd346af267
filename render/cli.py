"""The command line. stdout is the result, stderr is talk; exit 0 done, 1 something failed, 2 usage, 3 environment."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from render.errors import Problem
from render.look import Look

if TYPE_CHECKING:
    from collections.abc import Callable

    from render.errors import Failure

SYSTEMS = Path(__file__).parent.parent / "systems"

_look_options = [
    click.option("--engine", type=click.Choice(["bundled", "dot"]), default="bundled", help="Graphviz: our own, or the system's dot."),
    click.option("--style", type=click.Choice(["auto", "house", "library"]), default="auto", help="House style, or the library's own look; auto keeps what an author dressed."),
    click.option("--scale", type=click.FloatRange(0.25, 8), default=2, show_default=True, help="Pixels of the PNG a CSS pixel."),
    click.option("--title/--no-title", default=True, help="Title and caption in the drawing."),
    click.option("--legend/--no-legend", default=True, help="Legend in the drawing."),
    click.option("--pdf", is_flag=True, help="Write a PDF too."),
    click.option("--dark", is_flag=True, help="Write a dark PNG too; the SVG follows its reader anyway."),
]  # fmt: skip


def _with_look(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed(_look_options):
        command = option(command)
    return command


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="archfolio", message="%(prog)s %(version)s")
@click.pass_context
def cli(context: click.Context) -> None:
    """Draw machine-learning system architectures from code, and assemble the gallery."""
    if os.environ.get("NO_COLOR"):
        context.color = False


@cli.command()
@click.argument("slugs", metavar="[SYSTEM]...", nargs=-1)
@click.option("--output", "-o", type=click.Path(path_type=Path, file_okay=False), default="site", show_default=True, help="Folder to write.")
@click.option("--systems", type=click.Path(path_type=Path), default=SYSTEMS, help="Folder of modules; ours by default.")
@click.option("--jobs", "-j", type=click.IntRange(min=1), help="Worker processes; all cores by default.")
@click.option("--force", is_flag=True, help="Draw everything again.")
@click.option("--why", is_flag=True, help="Say why each module is run again.")
@_with_look
def build(slugs: tuple[str, ...], output: Path, systems: Path, jobs: int | None, force: bool, why: bool, **look: Any) -> None:  # noqa: FBT001
    """Draw the systems that changed, and assemble the gallery."""
    from render.pipeline import Request, build as make  # noqa: PLC0415  help and errors come fast

    request = Request(systems, output, slugs, Look(**look), force, jobs)
    with _progress() as told:
        report = make(request, told)
    if why:
        for reason in report.why:
            click.echo(f"why: {reason}", err=True)
    _tell(report.failures)
    click.echo((output / "index.html").resolve())
    failed = f", {len(report.failures)} failed" if report.failures else ""
    drawn = f"{report.drawn} drawn" if report.drawn else "nothing to draw"
    click.echo(f"{report.systems} systems, {report.views} drawings in SVG and PNG: {drawn}, {report.written} files written{failed}.")
    sys.exit(1 if report.failures else 0)


@cli.command("render")
@click.argument("scripts", metavar="SCRIPT...", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--output", "-o", type=click.Path(path_type=Path, file_okay=False), default=".", help="Folder to write; this one by default.")
@_with_look
def render_scripts(scripts: tuple[Path, ...], output: Path, **look: Any) -> None:
    """Draw plain diagrams scripts, unchanged, as self-contained SVG and PNG."""
    from render.discover import script  # noqa: PLC0415
    from render.scripts import render  # noqa: PLC0415

    drawn = render([script(path) for path in scripts], output.resolve(), Look(**look))
    for path in drawn.paths:
        click.echo(os.path.relpath(path))
    _tell(drawn.failures)
    sys.exit(1 if drawn.failures else 0)


class _progress:  # noqa: N801  reads as a block
    """Count drawings on one line of a terminal; say nothing where nobody watches."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()
        self._count = 0

    def __enter__(self) -> Callable[[str], None]:
        return self._tell

    def _tell(self, what: str) -> None:
        self._count += 1
        if self._shown:
            click.echo(f"\r\x1b[K{self._count} drawn: {what}", nl=False, err=True)

    def __exit__(self, *_: object) -> None:
        if self._shown and self._count:
            click.echo("\r\x1b[K", nl=False, err=True)


def _tell(failures: list[Failure]) -> None:
    for failure in failures:
        if failure.traceback:
            click.echo(failure.traceback.rstrip(), err=True)
        click.echo(click.style("failed: ", fg="red") + str(failure), err=True)


def main() -> None:
    """Run the command line; a problem we can explain is one sentence, and Ctrl-C leaves what is whole whole."""
    try:
        cli(standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("stopped; what was finished is kept", err=True)
        sys.exit(130)
    except KeyboardInterrupt:
        click.echo("stopped; what was finished is kept", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except Problem as problem:
        click.echo(f"archfolio: {problem}", err=True)
        sys.exit(problem.code)
