"""Layouts that were found before: `_layouts/` beside the modules, so that pictures stay what they were.

A file for each system says of each view where its cards stood: before the last stages of the search (`search.redrawn`
leads from there to the layout, without Graphviz), and after them. While the view is the same, it is drawn from the
first; when it has been edited, it is laid out again with its cards where they were (`resume`). Both in whole px, so
that the files are small and their changes can be read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from archfolio.render.base import hashing
from archfolio.render.base.files import prune, write
from archfolio.render.model.geometry import Spacing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from archfolio.render.layout.placed import Placed
    from archfolio.render.model.graph import Graph

FOLDER = "_layouts"


class Recorded(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where the cards of a graph of this hash stood, by id (an empty group stands for itself)."""

    graph: str
    held: bool  # were they held near the second half of their spots: after an edit
    spots: dict[str, tuple[int, int, int, int]]
    rankdir: str = "TB"
    aspect: str = "auto"

    def is_start_of(self, graph: Graph) -> bool:
        """Return whether a graph may begin where this one stood: an author who turns a view wants it to change."""
        return (self.rankdir, self.aspect) == (graph.rankdir, graph.aspect)

    def is_of(self, graph: Graph) -> bool:
        """Return whether a graph is laid out as the one that was recorded."""
        return self.graph == _hash(graph)


def path(slug: str) -> str:
    """Return the file of a system, from the folder of modules."""
    return f"{FOLDER}/{slug}.json"


def home_of(module: Path) -> Path:
    """Return the folder beside or above a module that has recorded layouts; without any, that of the module."""
    around = (folder for folder in module.parents[:2] if (folder / FOLDER).is_dir())
    return next(around, module.parent)


def of_system(folder: Path, slug: str) -> dict[str, Recorded]:
    """Read the layouts of a system, by "system/view"; none where there is no such file or a damaged one."""
    try:
        views = msgspec.json.decode((folder / path(slug)).read_bytes(), type=dict[str, Recorded])
    except (OSError, msgspec.DecodeError):
        return {}
    return {f"{slug}/{view}": one for view, one in views.items()}


def load(*folders: Path) -> dict[str, Recorded]:
    """Read the layouts of folders of modules, by "system/view"."""
    slugs = ((folder, file.stem) for folder in folders for file in sorted((folder / FOLDER).glob("*.json")))
    return {what: one for folder, slug in slugs for what, one in of_system(folder, slug).items()}


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


def record_layout(graph: Graph, placed: Placed) -> Recorded:
    """Record the layout of a graph."""
    return Recorded(_hash(graph), placed.held, placed.spots, graph.rankdir, graph.aspect)


def _hash(graph: Graph) -> str:
    """Hash what layout is given: sizes and connections; colours and words of the same width do not matter."""
    from archfolio.render.layout.measure import size  # noqa: PLC0415  who only reads layouts measures nothing

    sized = size(graph)
    spacing = repr(sized.spacing) if sized.spacing != Spacing() else ""  # the usual one leaves hashes as they were
    return hashing.digest(repr(sized) + spacing)


def _encode(views: Mapping[str, Recorded]) -> bytes:
    """Write layouts as JSON, a view a line."""
    rows = [f'  "{view}": {msgspec.json.encode(one).decode()}' for view, one in views.items()]
    return ("{\n" + ",\n".join(rows) + "\n}\n").encode()
