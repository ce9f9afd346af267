"""Cheat sheets with the figures put in: what a page prints as HTML and a painter as SVG and PDF."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archfolio.gallery import links, prose
from archfolio.gallery.catalog import quantities_by_name

if TYPE_CHECKING:
    from archfolio.gallery.catalog import Catalog
    from archfolio.gallery.manifest import System
    from archfolio.gallery.study import CheatSheet, SheetTable

_PROMISE = "{promise}"
_NONE = "\u2013"
_FORMULA = re.compile(r"\{(\w+):formula\}")


@dataclass(frozen=True, slots=True)
class FilledRow:
    """A row: its system, and what stands in its cells."""

    system: links.Link
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FilledTable:
    """A table."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[FilledRow, ...]
    note: str


@dataclass(frozen=True, slots=True)
class FilledSheet:
    """A sheet."""

    slug: str
    title: str
    sentence: str
    tables: tuple[FilledTable, ...]


def filled_sheets(catalog: Catalog) -> tuple[FilledSheet, ...]:
    """Fill every cheat sheet of the gallery; rows of systems that are not there are left out."""
    study = catalog.manifest.study
    return tuple(filled_sheet(sheet, catalog) for sheet in (study.cheat_sheets if study else ()))


def filled_sheet(sheet: CheatSheet, catalog: Catalog) -> FilledSheet:
    """Fill one."""
    tables = (_table(table, catalog) for table in sheet.tables)
    return FilledSheet(sheet.slug, sheet.title, sheet.sentence, tuple(table for table in tables if table.rows))


def _table(table: SheetTable, catalog: Catalog) -> FilledTable:
    rows = tuple(
        FilledRow(links.Link(system.title, links.system(system.slug)), tuple(_cell(cell, system) for cell in row.cells))
        for row in table.rows
        for system in [catalog.by_slug.get(row.system)]
        if system is not None
    )
    return FilledTable(table.title, tuple(table.heads), rows, table.note)


def _cell(text: str, system: System) -> str:
    figures = quantities_by_name(system)
    promise = f"{system.budget.promise:,g}\u202fms" if system.budget else _NONE

    def formula(match: re.Match[str]) -> str:
        quantity = figures.get(match[1])
        return quantity.formula if quantity else match[0]

    return prose.to_text(_FORMULA.sub(formula, text).replace(_PROMISE, promise), figures)
