"""`archfolio sync`: keep pictures and marked blocks in notes right."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archfolio.gallery.export import snippets
from archfolio.gallery.export.snippet_options import SnippetOptions
from archfolio.render.base.counted import counted
from archfolio.render.base.errors import UsageProblem
from archfolio.render.base.lock import exclusive_lock
from archfolio.render.cli import json_output
from archfolio.render.cli.built import frame_address, load_build, locations, snippet_for, tell_of_edits, url_option
from archfolio.render.cli.options import json_option, output_option, systems_folders_option
from archfolio.render.notes import copies as copied
from archfolio.render.notes.diff import unified
from archfolio.render.notes.find import find_notes
from archfolio.render.notes.plan_note import Drawings
from archfolio.render.notes.sync import apply_sync, plan_sync

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from archfolio.gallery.manifest import Manifest
    from archfolio.render.notes.paths import Locations
    from archfolio.render.notes.plan_note import BlockOptions
    from archfolio.render.notes.select import ResolvedView
    from archfolio.render.notes.settings import NotesTable
    from archfolio.render.notes.sync import SyncPlan

_FOREIGN = "is not as it was written here: move it away, or use --force"


@click.command("sync")
@click.argument("notes", metavar="[NOTE]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--check", is_flag=True, help="Write nothing; print what is out of date as a diff, and exit 1.")
@click.option("--dry-run", is_flag=True, help="Write nothing; print what would be written.")
@click.option("--force", is_flag=True, help="Overwrite what was edited by hand.")
@json_option
@output_option
@systems_folders_option
@url_option
def sync_command(
    *,
    notes: tuple[Path, ...],
    check: bool,
    dry_run: bool,
    force: bool,
    as_json: bool,
    output: Path,
    systems: tuple[Path, ...],
    url: str | None,
) -> None:
    """Bring folders of pictures and marked blocks in notes in step with the build.

    Without a NOTE (a file or a folder) everything that pyproject.toml names.
    """
    with exclusive_lock(output if output.is_dir() else Path(), _tell_that_it_waits):
        settings, built = load_build(output, url)
        tell_of_edits(built.subjects, systems)
        if not (notes or settings.notes.files or settings.sync):
            message = (
                'there is nothing to sync: name notes, or write files = ["docs"] below [tool.archfolio.notes] in'
                " pyproject.toml, or a destination below [[tool.archfolio.sync]]"
            )
            raise UsageProblem(message)
        todo = _plan(settings, built, output, notes, force=force)
        _print_findings(todo)
        late = () if todo.errors or check or dry_run else apply_sync(todo)
        for path in late:
            click.echo(f"{_display_path(path)}: changed while it was read, and was left alone: run again", err=True)
        code = _exit_code(todo, late, check=check, dry_run=dry_run)
        written = () if todo.errors or check or dry_run else [path for path in todo.stale if path not in late]
        if as_json:
            click.echo(_sync_output(todo, len(written), ok=not code))
        else:
            _print_result(todo, written, check=check, dry_run=dry_run)
        sys.exit(code)


def _tell_that_it_waits() -> None:
    click.echo("another sync or build is at work on this build; waiting for it", err=True)


def _plan(settings: NotesTable, built: Manifest, output: Path, notes: tuple[Path, ...], *, force: bool) -> SyncPlan:
    copies = copied.copies(built, settings.sync)
    places = locations(output, settings, remote=settings.notes.remote, copies=copied.by_source(copies))
    return plan_sync(
        places.site,
        copies,
        () if notes else [Path(folder.destination) for folder in settings.sync],
        find_notes(notes or [Path(_display_path(Path(note))) for note in settings.notes.files]),
        Drawings(built, built.moved, _writer(places)),
        force=force,
    )


def _exit_code(todo: SyncPlan, late: tuple[Path, ...], *, check: bool, dry_run: bool) -> int:
    if todo.errors:
        return 1
    if check or dry_run:
        return 1 if check and not todo.idle else 0
    return 1 if todo.edited or todo.foreign or late else 0


def _print_result(todo: SyncPlan, written: Sequence[Path], *, check: bool, dry_run: bool) -> None:
    """Print what was done, or would be, as a person reads it."""
    if todo.errors:
        click.echo(f"{counted(len(todo.errors), 'mark')} cannot be followed; nothing was written.", err=True)
        return
    _print_diff(todo, stale=check or dry_run)
    if check or dry_run:
        what = "out of date" if check else "would be written or removed"
        click.echo(f"{_counts(todo)}; {counted(len(todo.stale), 'file')} {what}.", err=True)
        return
    click.echo("".join(f"{_display_path(path)}\n" for path in written), nl=False)
    click.echo(f"{_counts(todo)}; {counted(len(written), 'file')} written or removed.", err=True)


def _sync_output(todo: SyncPlan, written: int, *, ok: bool) -> str:
    told = (("error", todo.errors), ("moved", todo.moved), ("edited", todo.edited))
    findings = [
        json_output.NoteRecord(kind=kind, sentence=one.sentence, file=_display_path(one.path), line=one.line)
        for kind, found in told
        for one in found
    ]
    findings += [
        json_output.NoteRecord(kind="foreign", sentence=_FOREIGN, file=_display_path(path), line=0)
        for path in todo.foreign
    ]
    return json_output.as_json(
        json_output.SyncOutput(
            command="sync",
            ok=ok,
            notes=len(todo.read),
            blocks=todo.blocks,
            pictures=sum(len(folder.record.files) for folder in todo.folders),
            shown=todo.shown,
            stale=[_display_path(path) for path in todo.stale],
            written=written,
            findings=findings,
        )
    )


def _writer(places: Locations) -> Callable[[ResolvedView, BlockOptions, Path], str]:
    """Return what writes the body of a block."""

    def write(resolved: ResolvedView, asked: BlockOptions, folder: Path) -> str:
        note = folder.absolute()
        if asked.form == "mermaid":
            return snippets.mermaid_block(resolved.view, asked.target)
        if asked.form == "iframe":
            return snippets.iframe(resolved.view, frame_address(resolved, places, note), asked.width)
        options = SnippetOptions(width=asked.width, dark=asked.dark, caption=asked.form == "figure")
        return snippet_for(resolved, asked.target, options, places, note, link=asked.link).text

    return write


def _print_findings(todo: SyncPlan) -> None:
    """Print the findings that keep something from being written."""
    for finding in (*todo.errors, *todo.moved, *todo.edited):
        click.echo(str(finding), err=True)
    for path in todo.foreign:
        click.echo(f"{_display_path(path)}: {_FOREIGN}", err=True)


def _print_diff(todo: SyncPlan, *, stale: bool) -> None:
    """Print diffs: of everything that is out of date, or only of what a person's edit keeps from being written."""
    if not (stale or todo.edited):
        return
    for note in todo.notes:
        name = _display_path(note.path)
        if stale:
            click.echo(unified(name, note.before, note.after), nl=False)
        click.echo(unified(name, note.after, note.forced), nl=False)
    if stale:
        for folder in todo.folders:
            _print_paths("copy", folder.write)
            _print_paths("remove", folder.prune)


def _print_paths(what: str, paths: Iterable[Path]) -> None:
    for path in paths:
        click.echo(f"{what} {_display_path(path)}")


def _display_path(path: Path) -> str:
    """Name a file as seen from here where it is below, else in full."""
    here = Path.cwd()
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()


def _counts(todo: SyncPlan) -> str:
    pictures = sum(len(folder.record.files) for folder in todo.folders)
    shown = f", {counted(todo.shown, 'mark')} in code left alone" if todo.shown else ""
    numbers = counted(len(todo.read), "note"), counted(todo.blocks, "block"), counted(pictures, "picture")
    return ", ".join(numbers) + shown
