"""Cheat sheets with the figures put in: what a page prints as HTML and a painter as SVG and PDF."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archfolio.gallery import links, prose
from archfolio.gallery.catalog import quantities_by_name
from archfolio.gallery.manifest import BuildingBlock, System

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archfolio.gallery.catalog import Catalog
    from archfolio.gallery.manifest import Subject
    from archfolio.gallery.sections import Quantity
    from archfolio.gallery.study import CheatSheet, SheetRow, SheetTable

_NONE = "\u2013"
_SECTION = re.compile(r"\{(\w+\.\w+)\}")


@dataclass(frozen=True, slots=True)
class FilledRow:
    """A row: its name, its system where it is of one, and what stands in its cells."""

    name: str
    system: tuple[links.Link, ...]
    cells: tuple[str, ...]

    @property
    def unlinked(self) -> tuple[str, ...]:
        """The name, where no system bears it."""
        return () if self.system else (self.name,)


@dataclass(frozen=True, slots=True)
class FilledTable:
    """A table of a sheet, and a note below it."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[FilledRow, ...]
    note: str


@dataclass(frozen=True, slots=True)
class FilledSheet:
    """A cheat sheet as it is printed: its quotes are figures."""

    slug: str
    title: str
    sentence: str
    tables: tuple[FilledTable, ...]


def filled_sheets(catalog: Catalog) -> tuple[FilledSheet, ...]:
    """Fill every cheat sheet of the gallery; rows of systems that are not there are left out."""
    study = catalog.manifest.study
    return tuple(filled_sheet(sheet, catalog) for sheet in (study.cheat_sheets if study else ()))


def filled_sheet(sheet: CheatSheet, catalog: Catalog) -> FilledSheet:
    """Fill the tables of a sheet; one without a row is left out."""
    tables = (_table(table, catalog) for table in sheet.tables)
    return FilledSheet(sheet.slug, sheet.title, sheet.sentence, tuple(table for table in tables if table.rows))


def _table(table: SheetTable, catalog: Catalog) -> FilledTable:
    rows = tuple(_row(row, catalog) for row in table.rows if not row.system or row.system in catalog.by_slug)
    return FilledTable(table.title, tuple(table.heads), rows, table.note)


def _row(row: SheetRow, catalog: Catalog) -> FilledRow:
    study, system = catalog.manifest.study, catalog.by_slug.get(row.system)
    said = {f"reference.{figure.name}": figure.shown for figure in (study.references if study else ())}
    if system is None:
        return FilledRow(row.name, (), tuple(_cell(cell, said, {}) for cell in row.cells))
    said |= _said(system)
    cells = tuple(_cell(cell, said, quantities_by_name(system)) for cell in row.cells)
    return FilledRow(row.name or system.title, (links.Link(system.title, links.page_of(system)),), cells)


def _cell(text: str, said: Mapping[str, str], figures: Mapping[str, Quantity]) -> str:
    quoted = _SECTION.sub(lambda match: said.get(match[1], _NONE), text)
    return prose.to_text(quoted, figures)


def _said(system: Subject) -> dict[str, str]:
    """Return what cells may quote of the sections of a system or a building block."""
    if isinstance(system, BuildingBlock):
        titles = {f"table.{number}": table.title for number, table in enumerate(system.tables, 1)}
        return titles | {
            f"options.{number}": ", ".join(option.name for option in table.options)
            for number, table in enumerate(system.tables, 1)
        }
    if not isinstance(system, System):
        return {}
    metrics = system.metrics
    said = {
        f"metric.{name}": items[0]
        for name, items in (("offline", metrics.offline), ("online", metrics.online), ("guardrail", metrics.guardrail))
        if items
    }
    for number, label in enumerate(system.labels, 1):
        said |= {f"label.{number}": label.event, f"window.{number}": label.window}
    if system.budget:
        seconds = system.budget.promise / 1000
        short = f"{system.budget.promise:g}\u202fms" if seconds < 1 else f"{seconds:g}\u202fs"
        said["budget.promise"] = short
    return said
