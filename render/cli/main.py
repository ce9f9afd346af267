"""Where the program begins."""

from __future__ import annotations

import sys
from contextlib import suppress

from archfolio.render.cli.streams import open_streams, print_any_path

_HELP = frozenset({"-h", "--help"})
_STOPPED = 130  # what shells make of Ctrl-C


def main() -> None:
    """Run the command line, and exit.

    What `render` needs most is what its processes are forked from, so these begin to load before it does itself.
    """
    open_streams()
    try:
        if sys.argv[1:2] == ["render"] and sys.argv[2:] and _HELP.isdisjoint(sys.argv):
            from archfolio.render.build.fork_server import DRAWINGS, SCRIPTS, get_ready_by_fork  # noqa: PLC0415  it waits for `render`

            with suppress(OSError):  # who needs them asks for them again, and says what is wrong
                get_ready_by_fork(DRAWINGS, SCRIPTS)
        print_any_path()  # which is of this process alone
        from archfolio.render.cli.commands import run_command_line  # noqa: PLC0415  it takes as long as they do

        run_command_line()
    except KeyboardInterrupt:  # before there is anybody to answer it, or after
        with suppress(OSError):
            sys.stderr.write("\nstopped\n")
        sys.exit(_STOPPED)
