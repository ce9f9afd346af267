"""`archfolio serve`: edit, see."""

from __future__ import annotations

import os
import sys
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from archfolio.render import serve as serving
from archfolio.render.base.errors import UsageProblem
from archfolio.render.build.options import RenderOptions
from archfolio.render.build.request import BuildRequest
from archfolio.render.cli.config import load_config, option_defaults, with_place
from archfolio.render.cli.options import output_option, render_options, systems_option
from archfolio.render.serve.loop import Restart

if TYPE_CHECKING:
    from collections.abc import Mapping


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
    open_page: bool,
    jobs: int | None,
    **options: Any,
) -> None:
    """Build, serve on this machine, and draw again on every edit; open pages follow."""
    given = {"output": output, "systems": systems, "jobs": jobs, **options}

    def begun(address: str) -> None:
        click.echo(address)
        sys.stdout.flush()
        if open_page:
            webbrowser.open(address)

    try:
        serving.serve(lambda: _read_request(context, given), port, lambda line: click.echo(line, err=True), begun)
    except Restart as restart:
        click.echo(f"{restart.why}; beginning again", err=True)
        arguments = [argument for argument in sys.orig_argv[1:] if argument != "--open"]
        same = ["--port", str(restart.port)]
        arguments += [] if arguments[-2:] == same else same
        os.execv(sys.executable, [sys.executable, *arguments])  # noqa: S606  the program that runs here


def _read_request(context: click.Context, given: Mapping[str, Any]) -> BuildRequest:
    """Return what is asked for as the project's settings are now; the command line has the last word.

    Raises UsageProblem for a mistake in the settings.
    """
    config = load_config(Path.cwd())
    defaults = option_defaults(config, {"serve": serve_command})["serve"]
    try:
        fresh = serve_command.make_context("serve", [], parent=context.parent, default_map=defaults).params
    except click.BadParameter as error:
        raise UsageProblem(with_place(error)) from error
    said = {name for name in given if context.get_parameter_source(name) == ParameterSource.COMMANDLINE}
    said |= {"systems"} if context.params["examples"] else set()
    values = {name: given[name] if name in said else fresh[name] for name in given}
    output = values["output"].resolve()
    if any(folder.resolve().is_relative_to(output) for folder in values["systems"]):
        message = (
            f"'{values['output']}' holds the modules, and no edit is looked for in it: choose another with --output"
        )
        raise UsageProblem(message)
    return BuildRequest(
        systems=values.pop("systems"),
        output=values.pop("output"),
        jobs=values.pop("jobs"),
        options=RenderOptions(**values, conventions=config.conventions),
        site=config.site,
        home=config.home,
        warns=config.warns,
    )
