"""The command line. stdout is the result, stderr is talk; exit 0 done, 1 something failed, 2 usage, 3 environment."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path

import click
from click.core import ParameterSource

from archfolio.render.base.errors import EnvironmentProblem, UsageProblem
from archfolio.render.cli.config import load_config, option_defaults, with_place
from archfolio.render.cli.ending import run_to_the_end

COMMANDS = {
    "build": "archfolio.render.cli.build:build_command",
    "render": "archfolio.render.cli.build:render_command",
    "serve": "archfolio.render.cli.serve:serve_command",
    "check": "archfolio.render.cli.check:check_command",
    "verify": "archfolio.render.cli.check:verify_command",
    "embed": "archfolio.render.cli.embed:embed_command",
    "sync": "archfolio.render.cli.sync:sync_command",
    "export": "archfolio.render.cli.export:export_command",
    "practice": "archfolio.render.cli.practice:practice_command",
    "init": "archfolio.render.cli.init:init_command",
    "new": "archfolio.render.cli.project:new_command",
    "find": "archfolio.render.cli.find:find_command",
    "list": "archfolio.render.cli.project:list_command",
    "doctor": "archfolio.render.cli.project:doctor_command",
    "clean": "archfolio.render.cli.project:clean_command",
    "completion": "archfolio.render.cli.project:completion_command",
    "layouts": "archfolio.render.cli.layouts:layouts_command",
}

HELP = {  # what each is for; here too, so that help comes without importing them
    "build": "Draw the systems that changed, and assemble the gallery.",
    "render": "Draw plain diagrams scripts, unchanged, as self-contained SVG and PNG.",
    "serve": "Build, serve on this machine, and draw again on every edit; open pages follow.",
    "check": "Tell what to mend in systems before they are committed; exit 1 if there is anything.",
    "verify": "Say which view an SVG or PNG shows and whether it is current; exit 1 if one is not.",
    "embed": "Print what shows a drawing in a note, a document or a page.",
    "sync": "Bring folders of pictures and marked blocks in notes in step with the build.",
    "export": "Print a drawing for other tools: as text, as slides, or as a picture that moves.",
    "practice": "Write the practice questions of a system as a deck for Anki, with pictures.",
    "init": "Begin a gallery in a repository: a first system, settings, a hook, a workflow that publishes it.",
    "new": "Write the module of a small new system that has every section, to begin with.",
    "find": "Find the class of nodes for a product or an idea: how it is imported, and its icon.",
    "list": "List the systems of a folder, without running their modules.",
    "doctor": "Tell whether everything that drawing needs is here; exit 3 where something is missing.",
    "clean": "Remove what a build wrote to a folder, and nothing else.",
    "completion": "Print what makes a shell complete commands, options and systems.",
    "layouts": "Record the layout of each view beside the modules, so that pictures stay what they were.",
}


class Commands(click.Group):
    """The commands by name; only the one that is called is imported, so that an unchanged build ends in a blink."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands, those that draw first."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command; None for a name that is none."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table of commands."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(HELP.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is called, or say which one may have been meant."""
        if args and args[0] not in COMMANDS:
            import difflib  # noqa: PLC0415  mistakes are rare

            for near in difflib.get_close_matches(args[0], COMMANDS, n=1):
                ctx.fail(f"No such command '{args[0]}'; did you mean '{near}'?")
        return super().resolve_command(ctx, args)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="archfolio", message="%(prog)s %(version)s")
@click.pass_context
def cli(context: click.Context) -> None:
    """Draw machine-learning system architectures from code, and assemble the gallery."""
    if os.environ.get("NO_COLOR"):
        context.color = False
    called = context.invoked_subcommand
    command = cli.get_command(context, called) if called else None
    if called and command:
        context.obj = config = load_config(Path.cwd())
        context.default_map = option_defaults(config, {called: command})


def run_command_line() -> None:
    """Run the command that was asked for, and exit."""
    run_to_the_end(_run)


def _run() -> None:
    if sys.platform == "win32":  # processes are forked and ended in groups, and folders are locked
        message = "it runs on Linux and macOS: on Windows, run it in WSL"
        raise EnvironmentProblem(message)
    try:
        cli(standalone_mode=False)
    except click.BadParameter as error:
        name = error.param.name if error.param else None
        if error.ctx and name and error.ctx.get_parameter_source(name) == ParameterSource.DEFAULT_MAP:
            raise UsageProblem(with_place(error)) from error
        raise
