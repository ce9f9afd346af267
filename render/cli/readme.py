"""The tables of the README that are made from the code: systems, building blocks, commands with their options."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archfolio import BuildingBlock
from archfolio.render.capture.discover import discover
from archfolio.render.capture.module import Captured, capture
from archfolio.render.cli.commands import COMMANDS, cli
from archfolio.vocabulary import FAMILIES

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).parents[2]


def updated_readme(text: str) -> str:
    """Return the README with its tables made again."""
    captured = [capture(script) for script in discover(ROOT / "systems")]
    text = _with_table(text, "systems", _table("system", sorted((one for one in captured if one.system), key=_place)))
    blocks = [one for one in captured if isinstance(one.subject, BuildingBlock)]
    text = _with_table(text, "blocks", _table("building block", sorted(blocks, key=_position)))
    return _with_table(text, "commands", _commands())


def _with_table(text: str, name: str, table: str) -> str:
    block = f"<!-- {name}:begin -->\n{table}\n<!-- {name}:end -->"
    return re.sub(rf"<!-- {name}:begin -->.*<!-- {name}:end -->", lambda _: block, text, flags=re.DOTALL)


def _table(what: str, captured: Iterable[Captured]) -> str:
    return "\n".join([f"| {what} | in one sentence | views |", "|---|---|---|", *map(_row, captured)])


def _position(captured: Captured) -> int:
    return captured.subject.position if captured.subject else 0


def _place(captured: Captured) -> tuple[int, int]:
    assert captured.system  # noqa: S101  only systems are listed
    return list(FAMILIES).index(captured.system.family), captured.system.position


def _row(captured: Captured) -> str:
    path = f"systems/{captured.script.module}"
    views = ", ".join(drawing.graph.title.lower() for drawing in captured.drawings)
    return f"| [{captured.title}]({path}) | {captured.summary} | {views} |"


def _commands() -> str:
    rows = ["| command | what it does | options |", "|---|---|---|"]
    for name, path in COMMANDS.items():
        command = cli.get_command(click.Context(cli), name)
        assert command, path  # noqa: S101  a test holds that each is there
        context = click.Context(command, info_name=name)
        pieces = " ".join(piece for piece in command.collect_usage_pieces(context) if piece != "[OPTIONS]")
        does = command.get_short_help_str(200).replace("|", "\\|")
        options = [option for option in command.params if isinstance(option, click.Option)]
        flags = ", ".join(f"`{' '.join([*option.opts, *option.secondary_opts])}`" for option in options)
        rows.append(f"| `archfolio {name} {pieces}`".rstrip() + f" | {does} | {flags} |")
    return "\n".join(rows)


if __name__ == "__main__":
    readme = ROOT / "README.md"
    readme.write_text(updated_readme(readme.read_text(encoding="utf-8")), encoding="utf-8")
