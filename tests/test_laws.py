"""The laws that keep the shape of the project; ARCHITECTURE.md says why."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SCRIPTS = {ROOT / "systems" / "_glyphs" / "render.py"}  # run by hand, never imported
MODULES = sorted({path for top in ("systems", "render", "gallery") for path in (ROOT / top).rglob("*.py")} - SCRIPTS)


def address(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def top(path: Path) -> str:
    return path.relative_to(ROOT).parts[0]


def imported(path: Path) -> set[str]:
    """List the modules that a file imports, whatever the depth at which it does."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def is_system(path: Path) -> bool:
    return top(path) == "systems" and not path.name.startswith("_")


def kind_and_name(name: str) -> tuple[int, str]:
    """Order names as the linter does: constants, classes, functions."""
    return (0 if name.isupper() and len(name) > 1 else 1 if name[0].isupper() else 2), name


def packages(path: Path) -> set[str]:
    return {name.partition(".")[0] for name in imported(path)}


@pytest.mark.parametrize("path", MODULES, ids=address)
def test_imports_go_one_way(path: Path) -> None:
    if top(path) == "systems":
        assert not packages(path) & {"render", "gallery"}
    if top(path) == "gallery":
        assert not packages(path) & {"systems", "diagrams", "graphviz", "pygraphviz"}
        ours = {name for name in imported(path) if name.startswith("render.")}
        assert all(name.startswith("render.manifest") for name in ours)
    if top(path) == "render" and not path.name.startswith(("cli", "pipeline")):
        assert "gallery" not in packages(path)


def test_importing_everything_draws_prints_and_writes_nothing(tmp_path: Path) -> None:
    names = [address(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".") for path in MODULES]
    code = f"import {', '.join(names)}"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("path", MODULES, ids=address)
def test_files_fit_in_one_sitting(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


@pytest.mark.parametrize("path", [path for path in MODULES if is_system(path)], ids=address)
def test_a_system_imports_its_nodes_in_order(path: Path) -> None:
    """The linter leaves the imports of systems alone, for those of our own names are ordered by theme."""
    imports = [node for node in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(node, ast.ImportFrom)]
    nodes = [node for node in imports if node.module and node.module.partition(".")[0] == "diagrams"]
    modules = [node.module for node in nodes]
    assert modules == sorted(set(modules))
    for names in ([alias.name for alias in node.names] for node in imports):
        assert names == sorted(names, key=kind_and_name)
    assert imports[: len(nodes)] == nodes


@pytest.mark.parametrize("path", MODULES, ids=address)
def test_every_public_name_says_what_it_is(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = (ast.FunctionDef, ast.ClassDef)
    public = [node for node in tree.body if isinstance(node, documented) and not node.name.startswith("_")]
    assert ast.get_docstring(tree)
    assert [node.name for node in public if not ast.get_docstring(node)] == []
