"""`archfolio layouts`: search the best layout settings again, and record them beside the modules."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from archfolio.render.build.layout_all import place_all
from archfolio.render.capture.discover import discover, select
from archfolio.render.cli.completion import complete_slug
from archfolio.render.cli.options import systems_folder_option
from archfolio.render.cli.progress import print_failures, progress
from archfolio.render.layout import lockfile as recorded
from archfolio.render.layout.search import THOROUGH

if TYPE_CHECKING:
    from pathlib import Path

    from archfolio.render.base.errors import Failure


@click.command("layouts")
@click.argument("slugs", metavar="[SYSTEM]...", nargs=-1, shell_complete=complete_slug)
@systems_folder_option
@click.option("--fresh", is_flag=True, help="Search them anew, wherever their cards were.")
def layouts_command(slugs: tuple[str, ...], systems: Path, *, fresh: bool) -> None:
    """Record the layout of each view beside the modules, so that pictures stay what they were.

    A view without a record is searched thoroughly; one that was edited keeps its cards where they were, unless its
    direction or its aspect was changed. Where systems are named, the records of the others stay as they are.
    """
    old = recorded.load(systems)
    scripts = discover(systems)
    chosen = select(scripts, slugs)
    others = {script.slug for script in scripts} - {script.slug for script in chosen}
    found = {what: one for what, one in old.items() if what.partition("/")[0] in others}
    failures: list[Failure | None] = []
    with progress() as on_progress:
        for view in place_all(chosen, {} if fresh else old, THOROUGH):
            if view.graph is None or view.placed is None:
                failures.append(view.failure)
                found |= {what: old[what] for what in old if f"{what}/".startswith(f"{view.what}/")}
                continue
            found[view.what] = recorded.record_layout(view.graph, view.placed)
            on_progress(view.what)
    recorded.save(systems, found)
    print_failures(failure for failure in failures if failure)
    click.echo(systems / recorded.FOLDER)
    kept = sum(what.partition("/")[0] in others for what in found)
    click.echo(f"{len(found) - kept} layouts recorded.")
    sys.exit(1 if failures else 0)
