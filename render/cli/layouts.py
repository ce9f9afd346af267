"""`archfolio layouts`: search the best layout settings again, and record them beside the modules."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from archfolio.render.base.counted import counted
from archfolio.render.build.layout_all import place_all
from archfolio.render.capture.discover import discover, folders_of, select
from archfolio.render.cli.completion import complete_slug
from archfolio.render.cli.config import config_of
from archfolio.render.cli.options import systems_folders_option
from archfolio.render.cli.progress import print_failures, progress
from archfolio.render.layout import lockfile as recorded
from archfolio.render.layout.effort import THOROUGH

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from archfolio.render.base.errors import Failure


@click.command("layouts")
@click.argument("slugs", metavar="[SYSTEM]...", nargs=-1, shell_complete=complete_slug)
@systems_folders_option
@click.option("--fresh", is_flag=True, help="Search them anew, wherever their cards were.")
@click.pass_context
def layouts_command(
    context: click.Context, /, slugs: tuple[str, ...], systems: tuple[Path, ...], *, fresh: bool
) -> None:
    """Record the layout of each view beside the modules, so that pictures stay what they were.

    A view without a record is searched thoroughly; one that was edited keeps its cards where they were, unless its
    direction or its aspect was changed. Where systems are named, the records of the others stay as they are.
    """
    folders, scripts = folders_of(systems), discover(systems)
    old = recorded.load(*folders)
    chosen = select(scripts, slugs)
    others = {script.slug for script in scripts} - {script.slug for script in chosen}
    found = {what: one for what, one in old.items() if what.partition("/")[0] in others}
    failures: list[Failure | None] = []
    with progress() as on_progress:
        for view in place_all(chosen, {} if fresh else old, THOROUGH, config_of(context).conventions):
            if view.graph is None or view.placed is None:
                failures.append(view.failure)
                found |= {what: old[what] for what in old if f"{what}/".startswith(f"{view.what}/")}
                continue
            found[view.what] = recorded.record_layout(view.graph, view.placed)
            on_progress(view.what)
    for folder in folders:
        here = {script.slug for script in scripts if script.folder == folder.resolve()}
        recorded.save(folder, {what: one for what, one in found.items() if what.partition("/")[0] in here})
    print_failures(failure for failure in failures if failure)
    click.echo("\n".join(str(folder / recorded.FOLDER) for folder in folders))
    kept = sum(what.partition("/")[0] in others for what in found)
    click.echo(f"{counted(len(found) - kept, 'layout')} recorded.")
    resumed = sum(one.held for what, one in found.items() if what.partition("/")[0] not in others)
    if resumed:
        click.echo(f"{resumed} of them keep cards where they were before an edit; --fresh searches anew.", err=True)
    changed = dict.fromkeys(what.partition("/")[0] for what in found if found[what] != old.get(what))
    if changed:
        click.echo(f"Draw what changed with: {' '.join(['archfolio build', *_named(changed)])}", err=True)
    sys.exit(1 if failures else 0)


_MOST_NAMED = 5  # systems in a command that one would paste


def _named(slugs: Collection[str]) -> Collection[str]:
    """Name systems as arguments of a command; none, which stands for all of them, where they are many."""
    return slugs if len(slugs) <= _MOST_NAMED else ()
