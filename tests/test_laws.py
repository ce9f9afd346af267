"""The laws that keep the shape of the project; ARCHITECTURE.md says why."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from projects import SHOP, Project

ROOT = Path(__file__).parent.parent
SCRIPTS = {ROOT / "archfolio" / "glyphs" / "render.py"}  # run by hand, never imported
MODULES = sorted(
    {path for top in ("archfolio", "systems", "render", "gallery") for path in (ROOT / top).rglob("*.py")} - SCRIPTS
)


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


def dotted(path: Path) -> str:
    """Return the name by which a file is imported."""
    name = address(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    return name if top(path) == "archfolio" else f"archfolio.{name}"


def is_system(path: Path) -> bool:
    return top(path) == "systems"


ROOMS = {  # each room, and the rooms that it may import; a file is of the room that is nearest above it
    "archfolio": (),
    "archfolio/__main__.py": ("render/cli",),
    "systems": ("archfolio",),
    "gallery": (),
    "gallery/svg": ("gallery",),
    "gallery/practice": ("gallery",),
    "gallery/export": ("gallery", "gallery/svg", "gallery/practice"),
    "gallery/pages": ("gallery", "gallery/svg", "gallery/export", "gallery/practice"),
    "gallery/site.py": ("gallery", "gallery/svg", "gallery/pages", "gallery/export", "gallery/practice"),
    "render/base": ("archfolio",),
    "render/model": ("render/base",),
    "render/capture": ("archfolio", "render/base", "render/model"),
    "render/layout": ("render/base", "render/model"),
    "render/paint": ("render/base", "render/model", "render/layout"),
    "render/check/__init__.py": (),
    "render/check/finding.py": (),
    "render/check/view_rules.py": ("render/model", "render/check/finding.py"),
    "render/check/ignores.py": ("archfolio", "render/check/finding.py"),
    "render/check/part_kinds.py": ("render/model",),
    "render/check/system_graph.py": (
        *("render/model", "render/capture", "render/check/view_rules.py", "render/check/part_kinds.py"),
    ),
    "render/check/ml_rules.py": (
        *("render/model", "render/capture", "render/check/finding.py", "render/check/system_graph.py"),
        *("render/check/part_kinds.py", "render/check/__init__.py"),
    ),
    "render/build": (
        *("archfolio", "gallery", "gallery/site.py", "render/check/ml_rules.py"),  # what a mistake is shown to break
        *("render/check/view_rules.py", "render/check/ignores.py"),  # what is given and not drawn
        *("render/base", "render/model", "render/capture", "render/layout", "render/paint"),
    ),
    "render/check": (
        *("archfolio", "gallery", "render/check/__init__.py", "render/check/finding.py", "render/check/view_rules.py"),
        *("render/check/system_graph.py", "render/check/part_kinds.py", "render/check/ml_rules.py"),
        "render/check/ignores.py",
        *("render/base", "render/model", "render/capture", "render/layout", "render/build"),
    ),
    "render/notes": ("gallery", "gallery/svg", "gallery/export", "render/base", "render/build"),
    "render/serve": ("gallery", "render/base", "render/model", "render/capture", "render/layout", "render/build"),
    "render/cli": (
        *("archfolio", "gallery", "gallery/svg", "gallery/export", "gallery/pages", "gallery/practice"),
        *("render/base", "render/model", "render/capture"),
        *("render/layout", "render/build", "render/check", "render/notes", "render/serve"),
        *("render/check/__init__.py", "render/check/finding.py"),
    ),
}


def room_of(path: str) -> str:
    """Return the room of a file, by its path from the root; nothing for what is not ours."""
    return max((room for room in ROOMS if path == room or path.startswith(f"{room}/")), key=len, default="")


def file_of(name: str) -> str:
    """Return the file of one of our modules, or of the module that has a name; nothing for what is not ours."""
    root, *inner = name.split(".")
    if root != "archfolio":
        return ""
    for parts in (inner, inner[:-1]):
        for base in (ROOT, ROOT / "archfolio"):
            path = base.joinpath(*parts)
            for file in (path.with_suffix(".py") if parts else None, path / "__init__.py"):
                if file and file.is_file():
                    return address(file)
    message = f"{name} is no module of ours"
    raise AssertionError(message)


@pytest.mark.parametrize("path", MODULES, ids=address)
def test_imports_go_one_way(path: Path) -> None:
    room = room_of(address(path))
    for name in imported(path):
        other = room_of(file_of(name))
        assert other in {"", room, *ROOMS[room]}, (
            f"{address(path)} imports {name}; {room} may import only {ROOMS[room]}"
        )


def test_rooms_stand_on_each_other_without_a_circle() -> None:
    left = {room: set(below) for room, below in ROOMS.items()}
    while free := [room for room, below in left.items() if not below & left.keys()]:
        for room in free:
            del left[room]
    assert left == {}


def test_importing_everything_draws_prints_and_writes_nothing(tmp_path: Path) -> None:
    names = [dotted(path) for path in MODULES if path.stem != "__main__"]
    code = f"import {', '.join(names)}"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")
    assert list(tmp_path.iterdir()) == []


HEAVY = ("numpy", "PIL", "diagrams", "uharfbuzz", "pygraphviz")


@pytest.mark.parametrize("names", ["build.build, archfolio.render.build.systems", "build.scripts"])
def test_what_hands_out_work_loads_nothing_that_draws(names: str) -> None:
    code = f"import sys, archfolio.render.{names}; print(*sorted(sys.modules.keys() & {{*{HEAVY}}}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def said_and_loaded_by_a_build(folder: Path) -> list[str]:
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from archfolio.render.build.build import build\n"
        "from archfolio.render.build.request import BuildRequest\n"
        "build(BuildRequest(Path('systems'), Path('site')), print)\n"
        f"print(*sorted(sys.modules.keys() & {{*{HEAVY}}}))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.split()


def test_a_first_build_loads_nothing_that_draws_but_graphviz_for_its_version(tmp_path: Path) -> None:
    Project(tmp_path).write("shop.py", SHOP)
    assert said_and_loaded_by_a_build(tmp_path) == ["shop/serving", "pygraphviz"]


def test_an_edit_loads_nothing_that_draws(tmp_path: Path) -> None:
    shop = Project(tmp_path)
    shop.write("shop.py", SHOP)
    assert shop.build().failures == []
    shop.edit("shop.py", "asks", "asks for")
    assert said_and_loaded_by_a_build(tmp_path) == ["shop/serving"]


@pytest.mark.parametrize("path", [path for path in MODULES if not is_system(path)], ids=address)
def test_machinery_is_read_at_one_go(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


NOQA = re.compile(r"# (?:ruff: )?noqa(?P<reason>: [A-Z]+\d+(?:, [A-Z]+\d+)*  \S)?")


@pytest.mark.parametrize("top", ["archfolio", "systems", "render", "gallery", "bench", "docs", "tests"])
def test_whatever_a_rule_of_style_is_not_followed_for_is_said(top: str) -> None:
    without = [
        f"{address(path)}:{number}"
        for path in sorted((ROOT / top).rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        for found in NOQA.finditer(line)
        if not found["reason"]
    ]
    assert without == [], "write the reason behind the code of the rule, after two blanks"


@pytest.mark.parametrize("path", MODULES, ids=address)
def test_every_public_name_says_what_it_is(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = (ast.FunctionDef, ast.ClassDef)
    public = [node for node in tree.body if isinstance(node, documented) and not node.name.startswith("_")]
    assert ast.get_docstring(tree)
    assert [node.name for node in public if not ast.get_docstring(node)] == []


RECORDS = {
    "gallery/manifest.py",
    "gallery/sections.py",
    "gallery/study.py",
}  # a record bears the name of what it records
RECORDED = ("archfolio/", "render/model/")
TWO_MEANINGS: set[str] = set()  # names to be told apart yet: the list may only shrink


def public_names(path: Path) -> set[str]:
    """Return the public classes and functions that a file defines."""
    kinds = (ast.ClassDef, ast.FunctionDef)
    body = ast.parse(path.read_text(encoding="utf-8")).body
    return {node.name for node in body if isinstance(node, kinds) and not node.name.startswith("_")}


def test_a_public_name_has_one_meaning() -> None:
    files: dict[str, set[str]] = {}
    for path in (path for path in MODULES if not is_system(path)):
        for name in public_names(path):
            files.setdefault(name, set()).add(address(path))
    several = {}
    for name, found in files.items():
        others = found - RECORDS
        recorded = len(found) == len(others) + 1 and all(one.startswith(RECORDED) for one in others)
        if len(found) > 1 and not (recorded and len(others) == 1):
            several[name] = sorted(found)
    assert {name: found for name, found in several.items() if name not in TWO_MEANINGS} == {}
    assert TWO_MEANINGS - several.keys() == set(), "these have one meaning now: take them out of the list"
