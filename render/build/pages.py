"""Render the pages of a build: those of many subjects in worker processes, those of a few in this one."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from archfolio.gallery import manifest
from archfolio.gallery.compiled_templates import hand_on_templates
from archfolio.gallery.site import files, files_of_subjects, precompile
from archfolio.render.base.errors import Problem
from archfolio.render.build.fork_server import shared_folder
from archfolio.render.build.processes import WorkerFailed, prefetch

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from concurrent.futures import Future

    from archfolio.gallery.site import SiteFile
from archfolio.render.build.processes import Workers

FEWEST = 4  # subjects from which on it pays to share them out: each worker reads the manifest first
MOST_TO_SHARE = 200  # subjects of a manifest that each worker may hold in memory
_IN_FLIGHT = 12  # subjects whose pages are being made, or wait to be written


@dataclass(frozen=True, slots=True)
class PageFiles:
    """Files of the site that show one subject, or the one file that shows several; or why they cannot be had."""

    subject: str  # its slug; none for a file that shows several
    paths: tuple[str, ...]
    files: list[tuple[str, bytes]]  # where each goes, and what is in it
    error: str = ""


def site(folder: Path, build: manifest.Manifest) -> Iterator[SiteFile]:
    """List the files of the site of a build whose pictures are in a folder."""
    return files(build, partial(_drawing, folder), read_icon=lambda path: (folder / path).read_bytes())


def _drawing(folder: Path, path: str) -> str:
    return (folder / path).read_text(encoding="utf-8")


def compile_ahead(said: manifest.Site) -> None:
    """Have a thread compile the templates that every site with a system needs, for the other processes too."""
    hand_on_templates(Path(shared_folder()))
    threading.Thread(target=precompile, args=(said,), daemon=True).start()


def loaded() -> None:
    """Do nothing: a process that is asked for it has loaded what makes pages."""


def make_pages(folder: Path, wanted: Iterable[SiteFile], stamp: str, pool: Workers | None) -> Iterator[PageFiles]:
    """Render files of a site, some at a time.

    The manifest is in the folder already, and `stamp` tells it from those that were there before. What keeps the pages
    of one subject from being made costs only these. Raises Problem for a page that shows several.
    """
    todo: dict[str, list[SiteFile]] = {}
    for file in wanted:
        todo.setdefault(file.subject, []).append(file)
    several = todo.pop("", [])
    if pool is None or len(todo) < FEWEST:
        yield from _of_several(several)
        yield from map(_make, todo, todo.values())
        return
    begun = prefetch(partial(_start, pool, folder, stamp), todo.values(), _IN_FLIGHT)
    first = next(begun)  # workers are busy while the pages that show several subjects are made here
    yield from _of_several(several)
    for share, work in chain([first], begun):
        try:
            yield work.result()
        except WorkerFailed:
            yield _make(share[0].subject, share)


def _of_several(wanted: Iterable[SiteFile]) -> Iterator[PageFiles]:
    for file in wanted:
        pages = _make("", [file])
        if pages.error:
            raise Problem(f"the page '{file.path}' could not be made: {pages.error}")
        yield pages


def _start(pool: Workers, folder: Path, stamp: str, share: list[SiteFile]) -> tuple[list[SiteFile], Future[PageFiles]]:
    paths = [file.path for file in share]
    return share, pool.draw(_make_by_path, folder, stamp, Path(shared_folder()), share[0].subject, paths)


def _make_by_path(folder: Path, stamp: str, templates: Path, subject: str, paths: Sequence[str]) -> PageFiles:
    hand_on_templates(templates)
    known = _site_of(folder, stamp)
    return _make(subject, [known[path] for path in paths])


@lru_cache(maxsize=1)
def _site_of(folder: Path, stamp: str) -> dict[str, SiteFile]:
    del stamp  # it is there to be remembered by
    return {file.path: file for file in files_of_subjects(manifest.read(folder), partial(_drawing, folder))}


def _make(subject: str, wanted: Sequence[SiteFile]) -> PageFiles:
    paths = tuple(file.path for file in wanted)
    try:
        return PageFiles(subject, paths, [(file.path, file.make()) for file in wanted])
    except Exception as error:  # noqa: BLE001  whatever it is, it is this subject's
        return PageFiles(subject, paths, [], f"{type(error).__name__}: {error}")
