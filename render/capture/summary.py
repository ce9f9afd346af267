"""What a module is about, read from its text: nothing of it is run."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from archfolio.render.capture.discover import Script


class SystemSummary(TypedDict):
    """One system of a folder."""

    slug: str
    module: str
    title: str
    summary: str


def summarize(script: Script) -> SystemSummary:
    """Describe a module by its docstring and the title that it gives its System; what does not parse has neither."""
    title, summary = script.path.stem.replace("_", " ").strip().capitalize(), ""
    try:
        tree = ast.parse(script.path.read_bytes())
    except (SyntaxError, ValueError, OSError):
        return SystemSummary(slug=script.slug, module=str(script.path), title=title, summary=summary)
    paragraphs = (ast.get_docstring(tree) or "").split("\n\n")
    return SystemSummary(
        slug=script.slug,
        module=str(script.path),
        title=_said_title(tree) or title,
        summary=" ".join(paragraphs[0].split()),
    )


def _said_title(tree: ast.Module) -> str:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "System":
            for keyword in node.keywords:
                if keyword.arg == "title" and isinstance(keyword.value, ast.Constant):
                    return str(keyword.value.value)
    return ""
