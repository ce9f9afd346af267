"""`archfolio practice`: the practice questions of a system for other programs."""

from __future__ import annotations

import os
from pathlib import Path

import click

from archfolio.gallery.catalog import svg_path
from archfolio.gallery.practice.ladder import ladder
from archfolio.render.base.counted import counted
from archfolio.render.base.errors import UsageProblem
from archfolio.render.base.files import write
from archfolio.render.cli.built import read_build, tell_of_edits
from archfolio.render.cli.options import output_option, systems_folders_option
from archfolio.render.notes.select import resolve


@click.command("practice")
@click.argument("slug", metavar="SYSTEM")
@click.option(
    "--anki",
    "deck",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="Deck to write, such as fraud.apkg; import a later one with 'Update notes: always'.",
)
@output_option
@systems_folders_option
def practice_command(slug: str, deck: Path, output: Path, systems: tuple[Path, ...]) -> None:
    """Write the practice questions of a system as a deck for Anki, with pictures."""
    from archfolio.gallery.export.anki import anki_deck  # noqa: PLC0415  help comes without it

    built = read_build(output)
    system = resolve(built, slug, built.moved).system
    tell_of_edits([system], systems)
    items = ladder(system)
    if not items:
        message = f"'{system.slug}' says nothing to be asked about: it has no decisions, failure modes or questions"
        raise UsageProblem(message)
    drawings = {view.slug: (output / svg_path(view)).read_text(encoding="utf-8") for view in system.views}
    write(deck, anki_deck(system, items, drawings))
    click.echo(os.path.relpath(deck))
    click.echo(f"{counted(len(items), 'question')}.", err=True)
