"""The command line. stdout is the result, stderr is talk; exit 0 done, 1 something failed, 2 usage, 3 environment."""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path

import click

from archfolio.render.cli.config import option_defaults
from archfolio.render.cli.ending import run_to_the_end

COMMANDS = {
    "build": "archfolio.render.cli.build:build_command",
    "render": "archfolio.render.cli.build:render_command",
    "serve": "archfolio.render.cli.serve:serve_command",
    "check": "archfolio.render.cli.check:check_command",
    "verify": "archfolio.render.cli.check:verify_command",
    "embed": "archfolio.render.cli.notes:embed_command",
    "sync": "archfolio.render.cli.notes:sync_command",
    "export": "archfolio.render.cli.notes:export_command",
    "new": "archfolio.render.cli.project:new_command",
    "list": "archfolio.render.cli.project:list_command",
    "doctor": "archfolio.render.cli.project:doctor_command",
    "clean": "archfolio.render.cli.project:clean_command",
    "completion": "archfolio.render.cli.project:completion_command",
    "layouts": "archfolio.render.cli.layouts:layouts_command",
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
        context.default_map = option_defaults(Path.cwd(), {called: command})


def main() -> None:
    """Run the command line, and exit."""
    run_to_the_end(lambda: cli(standalone_mode=False))
