"""What a module is about, read from its text: nothing of it is run."""

from __future__ import annotations

import ast
import inspect
from typing import TYPE_CHECKING, TypedDict

from archfolio.render.capture.syntax import parsed

if TYPE_CHECKING:
    from pathlib import Path

    from archfolio.render.capture.discover import Script


class SystemSummary(TypedDict):
    """One module of a folder of systems."""

    slug: str
    group: str
    module: str
    title: str
    summary: str


def summarize(script: Script) -> SystemSummary:
    """Describe a module by its docstring and the title that it gives its subject; what does not parse has neither."""
    tree = _tree(script.path)
    summary, _ = summary_and_problem((tree and ast.get_docstring(tree)) or "")
    return SystemSummary(
        slug=script.slug,
        group=script.group,
        module=str(script.path),
        title=_said_title(tree) or script.title,
        summary=summary,
    )


def summary_and_problem(docstring: str) -> tuple[str, tuple[str, ...]]:
    """Split a docstring into its summary and its other paragraphs, each on one line."""
    doc = inspect.cleandoc(docstring)
    paragraphs = [" ".join(paragraph.split()) for paragraph in doc.split("\n\n") if paragraph.strip()]
    return (paragraphs[0], tuple(paragraphs[1:])) if paragraphs else ("", ())


def _tree(path: Path) -> ast.Module | None:
    """Parse a module; None for what is no file, since a pipe would never end, or cannot be read."""
    try:
        return parsed(path.read_bytes()) if path.is_file() else None
    except OSError:
        return None


def _said_title(tree: ast.Module | None) -> str:
    """Return the title in `SYSTEM = System(title="...")`, or in the constant of another kind of subject."""
    for node in tree.body if tree else ():
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call(keywords=said)) if name.isupper():
                for keyword in said:
                    if keyword.arg == "title" and isinstance(keyword.value, ast.Constant):
                        return str(keyword.value.value)
    return ""
