"""What an import that fails was meant to be: where the class is, how the name is spelt, what has to be installed."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from archfolio import authoring
from archfolio.author_error import suggest
from archfolio.render.capture.node_classes import NodeClass, find_node_classes, node_modules
from archfolio.render.capture.syntax import parsed

if TYPE_CHECKING:
    from collections.abc import Iterator

_PACKAGES = ("archfolio", "diagrams")
_MOST = 3  # lines that are offered


def import_lines(name: str, module: str = "") -> list[str]:
    """Return the lines that import a name, the likeliest first: ours, then products, of one provider before others.

    A name that is spelt almost so counts too. `module` is where the author looked for it.
    """
    if name in authoring.__all__:
        return [f"from archfolio import {name}"]
    return [one.import_line for one in _likeliest(name, module)]


def explain_import(error: ImportError, text: str, line: int) -> str:
    """Return what an import should say; nothing for one that fails inside of what it imports."""
    statement = _statement(text, line)
    if statement is None or (isinstance(statement, ast.ImportFrom) and statement.level):
        return ""  # a relative import has a meaning of its own
    module, name = _imported(statement, error)
    package = module.partition(".")[0]
    if package not in _PACKAGES:
        return _no_package(package, error)
    return _no_name(module, name) if name else _no_module(module)


def _no_package(package: str, error: ImportError) -> str:
    if hint := suggest(package, _PACKAGES):
        return f"there is no package '{package}'{hint}"
    missing = (error.name or package).partition(".")[0]
    if missing != package or not isinstance(error, ModuleNotFoundError):
        return ""
    return f"there is no package '{package}' here: install it, put its file beside this one, or correct the name"


def _no_module(module: str) -> str:
    """Explain `import diagrams.onprem.kafka`."""
    last = module.rpartition(".")[2]
    found = [one for one in find_node_classes(last) if _same(one.name, last)]
    if found:
        return f"there is no module '{module}': write '{found[0].import_line}'"
    hint = suggest(module, sorted(node_modules())) or ": write 'from archfolio import ...', or a module of diagrams"
    return f"there is no module '{module}'{hint}"


def _no_name(module: str, name: str) -> str:
    """Explain `from diagrams.aws.queue import Kafka`, where either of the two may be wrong."""
    known = name in authoring.__all__ or any(one.name == name for one in find_node_classes(name))
    near = suggest(name, authoring.__all__)
    if near and not known and module.startswith("archfolio"):
        return f"{module} has no '{name}'{near}"
    lines = import_lines(name, module)
    if not lines:
        fix = f'draw it with Custom("{name}", "icon.png"), or find what there is with \'archfolio find WORD\''
        return f"{module} has no '{name}', nor has any module of diagrams: {fix}"
    found = lines[0].split()  # from MODULE import NAME
    if found[3] == name:
        return f"{name} is in {found[1]}, not in {module}: write {quoted_lines(lines)}"
    return f"{module} has no '{name}'; did you mean '{found[3]}'? Write {quoted_lines(lines)}"


def _same(name: str, other: str) -> bool:
    return name.casefold() == other.casefold()


def quoted_lines(lines: list[str]) -> str:
    """Quote lines of Python of which one is wanted: "'from a import A', or 'from b import A'"."""
    return ", or ".join(f"'{line}'" for line in lines)


def _likeliest(name: str, module: str) -> Iterator[NodeClass]:
    """Yield the classes that a name may mean, at most three: those beside where the author looked come first."""
    found = find_node_classes(name)
    exact = [one for one in found if one.name == name] or [one for one in found if _same(one.name, name)]
    provider = ".".join(module.split(".")[:2])

    def rank(one: NodeClass) -> tuple[bool, bool, bool]:
        return one.module != module, not one.module.startswith(provider), not one.module.startswith("diagrams.onprem")

    yield from sorted(exact or found, key=rank)[: _MOST if exact else 1]


def _statement(text: str, line: int) -> ast.Import | ast.ImportFrom | None:
    """Return the import that stands at a line of a module."""
    tree = parsed(text)
    for node in ast.walk(tree) if tree else ():
        if isinstance(node, ast.Import | ast.ImportFrom) and node.lineno <= line <= (node.end_lineno or node.lineno):
            return node
    return None


def _imported(statement: ast.Import | ast.ImportFrom, error: ImportError) -> tuple[str, str]:
    """Return the module of an import and the name that it has not; no name for `import a.b`."""
    if isinstance(statement, ast.Import):
        names = [one.name for one in statement.names]
        missing = error.name or ""
        return next((one for one in names if f"{one}.".startswith(f"{missing}.")), names[0]), ""
    names = [one.name for one in statement.names]
    return statement.module or "", next((one for one in names if f"'{one}'" in str(error)), names[0])
