"""Print the cheat sheets of a build as SVG and PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archfolio.gallery import links
from archfolio.render.base.errors import Failure
from archfolio.render.build.staleness import STUDY
from archfolio.render.paint.pdf import pdf
from archfolio.render.paint.sheet import Paper, PaperFull, PaperTable, compose_paper
from archfolio.render.paint.svg import svg

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archfolio.gallery.cheat_sheets import FilledSheet

_FOOT = "archfolio: computed from the systems' own estimates."


def print_sheets(sheets: Iterable[FilledSheet]) -> tuple[dict[str, bytes], list[Failure]]:
    """Return the files by path, and a failure for each sheet that is longer than a page."""
    files: dict[str, bytes] = {}
    failures: list[Failure] = []
    for sheet in sheets:
        try:
            scene = compose_paper(paper(sheet))
        except PaperFull as full:
            sentence = f"is {full.args[0]} px longer than a page: take out rows or shorten cells"
            failures.append(Failure(f"{STUDY}/{sheet.slug}", sentence))
            continue
        files[links.sheet_file(sheet.slug, "svg")] = svg(scene, sheet.slug).encode()
        files[links.sheet_file(sheet.slug, "pdf")] = pdf(scene)
    return files, failures


def paper(sheet: FilledSheet) -> Paper:
    """Return what a sheet has on its page."""
    tables = tuple(
        PaperTable(table.title, table.heads, tuple((row.name, *row.cells) for row in table.rows), table.note)
        for table in sheet.tables
    )
    return Paper(sheet.title, sheet.sentence, tables, _FOOT)
