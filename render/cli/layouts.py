"""`archfolio layouts`: search the best layout settings again, and record them beside the modules."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from archfolio.render.cli.options import systems_folder_option
from archfolio.render.cli.progress import print_failures, progress

if TYPE_CHECKING:
    from pathlib import Path

    from archfolio.render.base.errors import Failure


@click.command("layouts")
@systems_folder_option
@click.option("--force", is_flag=True, help="Search all of them again.")
def layouts_command(systems: Path, *, force: bool) -> None:
    """Search the best layout of each view that changed, and record it beside the modules, so that builds need not."""
    from archfolio.render.build.layout_all import place_all  # noqa: PLC0415
    from archfolio.render.capture.discover import discover  # noqa: PLC0415
    from archfolio.render.layout import lockfile as recorded  # noqa: PLC0415

    old = recorded.load(systems)
    fresh: dict[str, recorded.Recorded] = {}
    failures: list[Failure | None] = []
    with progress() as on_progress:
        for view in place_all(discover(systems), {} if force else old, thoroughly=True):
            if view.graph is None or view.placed is None:
                failures.append(view.failure)
                fresh |= {what: old[what] for what in old if f"{what}/".startswith(f"{view.what}/")}
                continue
            fresh[view.what] = recorded.record(view.graph, view.placed.layout)
            on_progress(view.what)
    recorded.save(systems, fresh)
    print_failures(failure for failure in failures if failure)
    click.echo(systems / recorded.FOLDER)
    click.echo(f"{len(fresh)} layouts recorded.")
    sys.exit(1 if failures else 0)
