"""Print what was measured as a table, and put it into the README."""

from __future__ import annotations

import math
import os
import platform
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bench.rows import Row

_GIB = 1024**3
_PLACE = re.compile(r"(<!-- bench:begin -->\n).*(<!-- bench:end -->)", re.DOTALL)


def table(rows: Iterable[Row], date: str) -> str:
    """Write the rows in Markdown, with the date and the size of the machine."""
    lines = [
        "| this | takes, of the time of | time | processor time | goal | largest process |",
        "|---|---|---|---|---|---|",
        *(_line(row) for row in rows),
        "",
        f"Measured on {date} by `make bench`, on {_machine()}.",
    ]
    return "\n".join(lines) + "\n"


def _line(row: Row) -> str:
    cpu = "" if math.isnan(row.cpu) else f"{row.cpu:.2f}"
    peak = "" if math.isnan(row.peak) else f"{row.peak:.0f} MB"
    return f"| {row.work} | {row.against} | {row.wall:.2f} | {cpu} | {row.goal} | {peak} |"


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / _GIB
    return f"{os.cpu_count()} cores and {memory:.0f} GiB, Python {platform.python_version()}"


def put(table: str, text: str) -> str:
    """Put a table between its markers in a text.

    Raises ValueError where the markers are not there.
    """
    if not _PLACE.search(text):
        message = "the text has no place for the table: <!-- bench:begin --> and <!-- bench:end -->"
        raise ValueError(message)
    return _PLACE.sub(lambda place: f"{place[1]}{table}{place[2]}", text)
