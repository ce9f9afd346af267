"""What the commands for notes share: a build, the settings of notes, where pictures and pages are, and snippets."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from archfolio.gallery import links
from archfolio.gallery.export.snippets import CannotShow, snippet
from archfolio.gallery.manifest import read
from archfolio.gallery.pages.embed import embed_path
from archfolio.render.base.errors import EnvironmentProblem, UsageProblem
from archfolio.render.notes.paths import Locations, relative_path
from archfolio.render.notes.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from archfolio.gallery.export.snippet_options import SnippetOptions
    from archfolio.gallery.export.snippets import Snippet
    from archfolio.gallery.manifest import Manifest, Subject
    from archfolio.render.notes.select import ResolvedView
    from archfolio.render.notes.settings import NotesTable

url_option = click.option("--url", help="Address where the gallery is published, for the link back.")


def load_build(output: Path, url: str | None) -> tuple[NotesTable, Manifest]:
    """Read the settings and the build."""
    settings = read_settings(Path.cwd())
    if url is not None:
        settings = msgspec.structs.replace(settings, notes=msgspec.structs.replace(settings.notes, url=url))
    return settings, read_build(output)


def read_build(output: Path) -> Manifest:
    """Read the manifest of a build. Raises EnvironmentProblem where there is none that can be read."""
    try:
        return read(output)
    except (FileNotFoundError, NotADirectoryError) as error:
        message = f"there is no build in '{output}': run archfolio build, or name its folder with --output"
        raise EnvironmentProblem(message) from error
    except ValueError as error:
        raise EnvironmentProblem(str(error)) from error


def tell_of_edits(subjects: Iterable[Subject], folders: Sequence[Path]) -> None:
    """Say on stderr which modules have been edited since they were built; those that cannot be read are passed over."""
    edited = []
    for module in (subject.module for subject in subjects):
        there = {}
        for path in (folder / module.path for folder in folders):
            with suppress(OSError):
                if path.is_file():  # a pipe would never end
                    there[path] = path.read_text(encoding="utf-8", errors="replace")
        if there and module.text not in there.values():
            edited.append(os.path.relpath(next(iter(there))))
    if edited:
        click.echo(
            f"edited since this build, which shows it as it was: {', '.join(edited)}; run archfolio build", err=True
        )


def locations(
    output: Path, settings: NotesTable, *, remote: bool, copies: Mapping[str, tuple[Path, ...]] | None = None
) -> Locations:
    """Return where pictures and pages are."""
    if remote and "://" not in settings.notes.url:
        message = "a published picture has an address: say where the gallery is with --url"
        raise UsageProblem(message)
    return Locations(output.absolute(), settings.notes.url, remote, copies)


def frame_address(resolved: ResolvedView, places: Locations, note: Path) -> str:
    """Return the address of the live page of a drawing, seen from a note's folder."""
    page = embed_path(resolved.system.slug, resolved.view.slug)
    return places.page(page, note) or relative_path(note, places.site / page)


def snippet_for(
    resolved: ResolvedView, target: str, options: SnippetOptions, places: Locations, folder: Path, *, link: bool = True
) -> Snippet:
    """Write what shows a drawing in a note that stands in a folder, with a link to its page.

    Raises UsageProblem where the target cannot show it so.
    """
    page = f"{links.page_of(resolved.system)}#{links.state(resolved.view.slug)}"
    seen = replace(
        options, page=places.page(page, folder) if link else "", place=lambda file: places.picture(file, folder)
    )
    try:
        return snippet(resolved.system, resolved.view, target, seen)
    except CannotShow as problem:
        raise UsageProblem(str(problem)) from problem


def read_svg(output: Path, resolved: ResolvedView) -> str:
    """Read the SVG of a view from a build. Raises EnvironmentProblem where it is not there."""
    path = next((file.path for file in resolved.view.files if file.format == "svg"), "")
    try:
        return (output / path).read_text(encoding="utf-8")
    except OSError as error:
        message = f"the build in '{output}' has no SVG of '{resolved.name}': build it again"
        raise EnvironmentProblem(message) from error
