"""Tell a module that others import from one that was meant to draw."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from archfolio.render.capture.syntax import parsed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from archfolio.render.capture.discover import Script


def is_helper(script: Script) -> bool:
    """Return whether another module of its folder of systems, or of a group of that, imports a module."""
    neighbours = {*script.folder.glob("*.py"), *script.folder.glob("*/*.py")}
    return any(script.path.stem in _imported_names(other) for other in sorted(neighbours) if other != script.path)


def _imported_names(path: Path) -> set[str]:
    """Return every part of the names that a file imports: of `systems.common`, both."""
    try:
        text = path.read_bytes()
    except OSError:
        return set()
    tree = parsed(text) if b"import" in text else None
    return {part for name in _imports(tree) for part in name.split(".")} if tree else set()


def _imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
            yield from (alias.name for alias in node.names)
