"""Where the program begins."""

from __future__ import annotations

import sys

from archfolio.render.cli.streams import open_streams

_HELP = frozenset({"-h", "--help"})


def main() -> None:
    """Run the command line, and exit.

    What `render` needs most is what its processes are forked from, so these begin to load before it does itself.
    """
    open_streams()
    if sys.argv[1:2] == ["render"] and len(sys.argv) > 2 and _HELP.isdisjoint(sys.argv):  # noqa: PLR2004
        from archfolio.render.build.fork_server import DRAWINGS, SCRIPTS, get_ready  # noqa: PLC0415

        get_ready(DRAWINGS, SCRIPTS)
    from archfolio.render.cli.commands import run_command_line  # noqa: PLC0415  it takes as long as they do

    run_command_line()
