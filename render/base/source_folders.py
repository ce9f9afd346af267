"""Where our own code lies: in a clone the rooms stand beside `archfolio/`, in an installation they are inside it."""

from __future__ import annotations

from pathlib import Path

import archfolio

RENDER = Path(__file__).resolve().parents[1]
GALLERY = RENDER.with_name("gallery")
EXAMPLES = RENDER.with_name("systems")
"""The nineteen systems that come with the project."""

AUTHORING = Path(archfolio.__file__).resolve().parent
"""What authors import: the Python files that stand directly in this folder, and `glyphs/`."""


def is_ours(path: Path) -> bool:
    """Return whether a file is code of ours; the systems that come with it are input, like anybody's."""
    inside = any(path.is_relative_to(folder) for folder in (RENDER, GALLERY, AUTHORING))
    return inside and not path.is_relative_to(EXAMPLES)
