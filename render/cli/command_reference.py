"""`docs/commands.md`: every command with its arguments and options, from the commands themselves."""

from __future__ import annotations

import inspect
from pathlib import Path

import click

from archfolio.render.cli.commands import COMMANDS, cli

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "commands.md"
_HEAD = """# Commands

Results go to stdout, talk to stderr. The exit code is 0 when done, 1 when a drawing failed or something was found,
2 for a wrong call, 3 when the machine lacks something, 130 after Ctrl-C. Options that a project always wants stand in
its `pyproject.toml`: see [Settings](settings.md). Made from the commands by `make readme`.
"""


def command_page() -> str:
    """Return the text of `docs/commands.md`."""
    context = click.Context(cli, info_name="archfolio")
    commands = ((name, cli.get_command(context, name)) for name in COMMANDS)
    return "\n".join([_HEAD, *(_section(name, command, context) for name, command in commands if command)])


def _section(name: str, command: click.Command, above: click.Context) -> str:
    context = click.Context(command, info_name=name, parent=above)
    usage = " ".join(["archfolio", name, *command.collect_usage_pieces(context)])
    rows = [_row(option, context) for option in command.params if isinstance(option, click.Option)]
    table = ["", "| option | meaning |", "|---|---|", *rows] if rows else []
    return "\n".join([f"## {name}\n", f"```\n{usage}\n```\n", inspect.cleandoc(command.help or ""), *table, ""])


def _row(option: click.Option, context: click.Context) -> str:
    names, said = (one.replace("|", "\\|") for one in option.get_help_record(context) or ("", ""))
    return f"| `{names}` | {said} |"


if __name__ == "__main__":
    PAGE.write_text(command_page(), encoding="utf-8")
