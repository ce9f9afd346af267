"""Tell a module that others import from one that was meant to draw."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from archfolio.render.capture.syntax import parsed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from archfolio.render.capture.discover import Script

_IMPORT = re.compile(r"^[ \t]*(?:from[ \t]+(?P<module>[\w.]+)[ \t]+)?import[ \t]+(?P<names>.*)", re.MULTILINE)
_NAME = re.compile(r"\w+")


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
    if b"import" not in text:
        return set()
    if tree := parsed(text):
        return {part for name in _imports(tree) for part in name.split(".")}
    lines = _IMPORT.finditer(text.decode("utf-8", "replace"))  # as it is being edited: what it imports still helps it
    return {name for line in lines for name in _NAME.findall(f"{line['module']} {line['names']}")}


def _imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
            yield from (alias.name for alias in node.names)
