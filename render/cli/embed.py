"""`archfolio embed`: what shows a drawing in a note, and the picture for it where the build has none like it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from archfolio.gallery.export import snippets
from archfolio.gallery.export.snippet_options import SnippetOptions, shown_width
from archfolio.render.base.errors import UsageProblem
from archfolio.render.cli import json_output
from archfolio.render.cli.built import (
    frame_address,
    load_build,
    locations,
    read_svg,
    snippet_for,
    tell_of_edits,
    url_option,
)
from archfolio.render.cli.completion import complete_view
from archfolio.render.cli.config import project_options
from archfolio.render.cli.options import direction_option, json_option, output_option, ratio_option, systems_option
from archfolio.render.notes.paths import relative_path
from archfolio.render.notes.select import resolve
from archfolio.render.notes.variants import Wishes, smallest_text, too_small, write_variant

if TYPE_CHECKING:
    from archfolio.render.notes.select import ResolvedView


@click.command("embed")
@click.argument("name", metavar="SYSTEM[/VIEW]", shell_complete=complete_view)
@click.option(
    "--for", "target", type=click.Choice(list(snippets.TARGETS)), required=True, help="Where it is to be shown."
)
@click.option("--width", type=click.IntRange(min=1), help="Width in pixels; refused where text would be under 9 px.")
@click.option("--step", type=click.IntRange(min=1), metavar="N", help="Only step N of the walkthrough is lit.")
@click.option("--only", default="", metavar="CLUSTER", help="Only one group, with what is in it.")
@direction_option
@ratio_option
@click.option("--title/--no-title", default=True, help="With its title; without where the note has a caption.")
@click.option("--dark", is_flag=True, help="A dark twin too; build with --dark.")
@click.option("--caption/--no-caption", default=None, help="With a caption; as is usual there by default.")
@click.option("--iframe", is_flag=True, help="A live frame instead of a picture (html).")
@click.option("--remote", is_flag=True, help="Show the published picture rather than the file.")
@click.option(
    "--note",
    type=click.Path(path_type=Path),
    help="Note, or its folder, from which paths are seen, there yet or not; this folder by default.",
)
@json_option
@output_option
@systems_option
@url_option
def embed_command(
    *,
    name: str,
    target: str,
    width: int | None,
    step: int | None,
    only: str,
    direction: str | None,
    ratio: tuple[int, int] | None,
    title: bool,
    dark: bool,
    caption: bool | None,
    iframe: bool,
    remote: bool,
    note: Path | None,
    as_json: bool,
    output: Path,
    systems: tuple[Path, ...],
    url: str | None,
) -> None:
    """Print what shows a drawing in a note, a document or a page.

    A step, a part, another direction or shape, or none of the title: that picture is written to the folder notes of
    the build.
    """
    settings, built = load_build(output, url)
    wishes = Wishes(step, only, direction or "", ratio, title)
    _refuse(target, wishes, dark=dark, iframe=iframe)
    resolved = resolve(built, name, built.moved)
    if not (direction or ratio):  # which draws the module as it is now
        tell_of_edits([resolved.system], systems)
    if wishes.any:
        resolved = write_variant(resolved, read_svg(output, resolved), wishes, output, systems, project_options())
    home = _folder_of(note).absolute()
    places = locations(output, settings, remote=remote)
    if iframe:
        text = snippets.iframe(resolved.view, frame_address(resolved, places, home), width)
        made = snippets.Snippet(target, snippets.TARGETS[target].title, text, "", ())
    else:
        _check_width(resolved, output, width)
        options = SnippetOptions(width=width, dark=dark, caption=caption)
        made = snippet_for(resolved, target, options, places, home)
    if as_json:
        files = [relative_path(home, output.absolute() / file.path) for file in made.files]
        click.echo(json_output.as_json(_output(resolved, target, made, files)))
        return
    click.echo(made.text)
    if made.hint:
        click.echo(made.hint, err=True)
    if not settings.notes.url and not iframe:
        click.echo("It does not link back: say where the gallery is published with --url.", err=True)


def _refuse(target: str, wishes: Wishes, *, dark: bool, iframe: bool) -> None:
    """Refuse what cannot be had together."""
    if iframe and target != "html":
        message = "only HTML has frames: use --for html with --iframe"
        raise UsageProblem(message)
    if wishes.any and (dark or iframe):
        message = "a picture made for a note follows its reader, and is no frame: leave out --dark and --iframe"
        raise UsageProblem(message)


def _output(resolved: ResolvedView, target: str, made: snippets.Snippet, files: list[str]) -> json_output.EmbedOutput:
    return json_output.EmbedOutput(
        command="embed", ok=True, name=resolved.full_name, target=target, text=made.text, hint=made.hint, files=files
    )


def _folder_of(note: Path | None) -> Path:
    """Return the folder that a note stands in, or will; a path without an ending is a folder."""
    if note is None:
        return Path()
    return note if note.is_dir() or not note.suffix else note.parent


def _check_width(resolved: ResolvedView, output: Path, width: int | None) -> None:
    """Refuse a width at which text cannot be read; where none is asked for, say so."""
    view = resolved.view
    smallest = smallest_text(read_svg(output, resolved))
    sentence = too_small(resolved.full_name, view, smallest, width or shown_width(view))
    if sentence and width:
        raise UsageProblem(sentence)
    if sentence:
        click.echo(f"note: {sentence}", err=True)
