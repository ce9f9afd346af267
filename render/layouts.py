"""Layout settings that were chosen before: `_layouts.json` beside the modules, so that a clean build lays out once.

A search compares a dozen settings and more for each drawing. What it found is recorded under the drawing's address,
with a hash of what was laid out; a drawing that has changed since is searched again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from render import state
from render.size import size

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from render.graph import Graph

NAME = "_layouts.json"


class Choice(msgspec.Struct, frozen=True):
    """The settings that were best for a graph of this hash."""

    graph: str
    candidate: str


def load(folder: Path) -> dict[str, Choice]:
    """Read the choices of a folder of modules, by "system/view"; none where there is no such file or a damaged one."""
    try:
        return msgspec.json.decode((folder / NAME).read_bytes(), type=dict[str, Choice])
    except (OSError, msgspec.DecodeError):
        return {}


def choice(graph: Graph, candidate: str) -> Choice:
    """Record settings for a graph."""
    return Choice(graph=_hash(graph), candidate=candidate)


def chosen(choices: Mapping[str, Choice], what: str, graph: Graph) -> str:
    """Return the name of the settings recorded for a drawing, or "" where it has changed or never was recorded."""
    known = choices.get(what)
    return known.candidate if known and known.graph == _hash(graph) else ""


def _hash(graph: Graph) -> str:
    """Hash what layout is given: sizes and connections; colours and words of the same width do not matter."""
    return state.digest(repr(size(graph)))


def encode(choices: Mapping[str, Choice]) -> bytes:
    """Write choices as JSON, a drawing a line."""
    rows = [f'  "{what}": {msgspec.json.encode(choices[what]).decode()}' for what in sorted(choices)]
    return ("{\n" + ",\n".join(rows) + "\n}\n").encode()
