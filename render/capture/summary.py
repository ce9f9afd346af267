"""What a module is about, read from its text: nothing of it is run."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
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
    title, summary, group = script.path.stem.replace("_", " ").strip().capitalize(), "", script.group
    try:
        tree = ast.parse(script.path.read_bytes() if script.path.is_file() else b"")  # a pipe would never end
    except (SyntaxError, ValueError, OSError):
        return SystemSummary(slug=script.slug, group=group, module=str(script.path), title=title, summary=summary)
    paragraphs = (ast.get_docstring(tree) or "").split("\n\n")
    return SystemSummary(
        slug=script.slug,
        group=group,
        module=str(script.path),
        title=_said_title(tree) or title,
        summary=" ".join(paragraphs[0].split()),
    )


def _said_title(tree: ast.Module) -> str:
    """Return the title in `SYSTEM = System(title="...")`, or in the constant of another kind of subject."""
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call(keywords=said)) if name.isupper():
                for keyword in said:
                    if keyword.arg == "title" and isinstance(keyword.value, ast.Constant):
                        return str(keyword.value.value)
    return ""
