"""`archfolio practice`: the practice questions of a system for other programs."""

from __future__ import annotations

import os
from pathlib import Path

import click

from archfolio.gallery.catalog import svg_path
from archfolio.gallery.manifest import read
from archfolio.gallery.practice.ladder import ladder
from archfolio.render.base.errors import EnvironmentProblem, UsageProblem
from archfolio.render.cli.options import output_option
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
def practice_command(slug: str, deck: Path, output: Path) -> None:
    """Write the practice questions of a system as a deck for Anki, with pictures."""
    from archfolio.gallery.export.anki import anki_deck  # noqa: PLC0415  help comes without it

    try:
        built = read(output)
    except FileNotFoundError as error:
        message = f"there is no build in {output}: run `archfolio build` first, or name its folder with --output"
        raise EnvironmentProblem(message) from error
    except ValueError as error:
        raise EnvironmentProblem(str(error)) from error
    system = resolve(built, slug, built.moved).system
    items = ladder(system)
    if not items:
        message = f"'{system.slug}' says nothing to be asked about: it has no decisions, failure modes or questions"
        raise UsageProblem(message)
    drawings = {view.slug: (output / svg_path(view)).read_text(encoding="utf-8") for view in system.views}
    try:
        deck.write_bytes(anki_deck(system, items, drawings))
    except OSError as error:
        message = f"{deck} cannot be written: {error.strerror}"
        raise EnvironmentProblem(message) from error
    click.echo(os.path.relpath(deck))
    click.echo(f"{len(items)} questions.", err=True)
