"""`archfolio serve`: edit, see."""

from __future__ import annotations

import os
import sys
import webbrowser
from typing import TYPE_CHECKING, Any

import click

from archfolio.render import serve as serving
from archfolio.render.build.options import RenderOptions
from archfolio.render.build.request import BuildRequest
from archfolio.render.cli.config import config_of
from archfolio.render.cli.options import output_option, render_options, systems_option
from archfolio.render.serve.loop import Restart

if TYPE_CHECKING:
    from pathlib import Path


@click.command("serve")
@output_option
@systems_option
@click.option(
    "--port", "-p", type=click.IntRange(0, 65535), default=0, help="Port on 127.0.0.1; a free one by default."
)
@click.option("--open", "open_page", is_flag=True, help="Open the gallery in the browser.")
@click.option("--jobs", "-j", type=click.IntRange(min=1), help="Worker processes; all cores by default.")
@render_options
@click.pass_context
def serve_command(
    context: click.Context,
    /,
    output: Path,
    systems: tuple[Path, ...],
    port: int,
    open_page: bool,  # noqa: FBT001
    jobs: int | None,
    **options: Any,
) -> None:
    """Build, serve on this machine, and draw again on every edit; open pages follow."""

    def begun(address: str) -> None:
        click.echo(address)
        sys.stdout.flush()
        if open_page:
            webbrowser.open(address)

    config = config_of(context)
    request = BuildRequest(
        systems,
        output,
        (),
        RenderOptions(**options, conventions=config.conventions),
        jobs=jobs,
        site=config.site,
        home=config.home,
    )
    try:
        serving.serve(request, port, lambda line: click.echo(line, err=True), begun)
    except Restart as restart:
        click.echo("our own code was edited; beginning again", err=True)
        arguments = [argument for argument in sys.orig_argv[1:] if argument != "--open"]
        same = ["--port", str(restart.port)]
        arguments += [] if arguments[-2:] == same else same
        os.execv(sys.executable, [sys.executable, *arguments])  # noqa: S606
