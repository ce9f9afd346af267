"""`archfolio layouts`: search the best layout settings again, and record them beside the modules."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from render.cli_options import systems_option
from render.talk import progress, tell_failures

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@systems_option
def layouts(systems: Path) -> None:
    """Search the best layout of every view again, and record it beside the modules, so that builds need no search."""
    from render import layouts as recorded  # noqa: PLC0415
    from render.discover import discover  # noqa: PLC0415
    from render.placing import place_all  # noqa: PLC0415
    from render.write import write  # noqa: PLC0415

    choices, failures = {}, []
    with progress() as told:
        for view in place_all(discover(systems)):
            if view.graph is None or view.placed is None:
                failures.append(view.failure)
                continue
            choices[view.what] = recorded.choice(view.graph, view.placed.layout.candidate)
            told(view.what)
    path = systems / recorded.NAME
    write(path, recorded.encode(choices))
    tell_failures(failure for failure in failures if failure)
    click.echo(path)
    click.echo(f"{len(choices)} layouts recorded.")
    sys.exit(1 if failures else 0)
