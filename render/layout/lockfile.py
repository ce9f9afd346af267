"""Layouts that were found before: `_layouts/` beside the modules, so that a clean build need not lay out at all.

A search compares a dozen settings and more for each drawing. What it found is recorded in a file for each system, with
a hash of what was laid out; a drawing that has changed since is searched again. The settings are recorded, and
the layout that they led to: while the code that lays out is the same, that is drawn as it stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from archfolio.render.base import code_version, hashing
from archfolio.render.base.files import prune, write
from archfolio.render.layout.measure import size
from archfolio.render.model.geometry import Layout

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from archfolio.render.model.graph import Graph

FOLDER = "_layouts"


class Recorded(msgspec.Struct, frozen=True):
    """The best layout of a graph of this hash: the settings, and where they put everything with the code of a hash."""

    graph: str
    candidate: str
    code: str
    layout: msgspec.Raw  # see `read`; seldom needed by the process that reads the file

    @property
    def is_current(self) -> bool:
        """Tell whether the code that lays out would do the same today."""
        return self.code == code_version.layout_code()


def path(slug: str) -> str:
    """Return the file of a system, from the folder of modules."""
    return f"{FOLDER}/{slug}.json"


def of_system(folder: Path, slug: str) -> dict[str, Recorded]:
    """Read the layouts of a system, by "system/view"; none where there is no such file or a damaged one."""
    try:
        views = msgspec.json.decode((folder / path(slug)).read_bytes(), type=dict[str, Recorded])
    except (OSError, msgspec.DecodeError):
        return {}
    return {f"{slug}/{view}": one for view, one in views.items()}


def load(folder: Path) -> dict[str, Recorded]:
    """Read the layouts of a folder of modules, by "system/view"."""
    slugs = sorted(file.stem for file in (folder / FOLDER).glob("*.json"))
    return {what: one for slug in slugs for what, one in of_system(folder, slug).items()}


def save(folder: Path, layouts: Mapping[str, Recorded]) -> None:
    """Write the layouts of a folder of modules, a file for each system, and remove those of other systems.

    Raises EnvironmentProblem where that cannot be written.
    """
    systems: dict[str, dict[str, Recorded]] = {}
    for what in sorted(layouts):
        slug, _, view = what.partition("/")
        systems.setdefault(slug, {})[view] = layouts[what]
    for slug, views in systems.items():
        write(folder / path(slug), _encode(views))
    prune(folder, (path(file.stem) for file in (folder / FOLDER).glob("*.json") if file.stem not in systems))


def record(graph: Graph, layout: Layout) -> Recorded:
    """Record the layout of a graph."""
    return Recorded(
        graph=_hash(graph),
        candidate=layout.candidate,
        code=code_version.layout_code(),
        layout=msgspec.Raw(msgspec.json.encode(layout)),
    )


def recorded(layouts: Mapping[str, Recorded], what: str, graph: Graph) -> Recorded | None:
    """Return what is recorded for a drawing; None where it has changed or never was recorded."""
    known = layouts.get(what)
    return known if known and known.graph == _hash(graph) else None


def read(content: bytes) -> Layout:
    """Read a recorded layout.

    Raises msgspec.DecodeError where somebody has made something else of it.
    """
    return msgspec.json.decode(content, type=Layout)


def _hash(graph: Graph) -> str:
    """Hash what layout is given: sizes and connections; colours and words of the same width do not matter."""
    return hashing.digest(repr(size(graph)))


def _encode(views: Mapping[str, Recorded]) -> bytes:
    """Write layouts as JSON, a view a line."""
    rows = [f'  "{view}": {msgspec.json.encode(one).decode()}' for view, one in views.items()]
    return ("{\n" + ",\n".join(rows) + "\n}\n").encode()
