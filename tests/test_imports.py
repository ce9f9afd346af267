"""A module imports as people write it, in a folder of systems, in its groups and in a notebook."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from acme import archfolio

from archfolio.render.base.errors import UsageProblem
from archfolio.render.capture.discover import discover

if TYPE_CHECKING:
    from pathlib import Path

VIEW = '''

@view("Serving")
def serving() -> None:
    """People buy."""
    Kafka(NAME) >> request("asks") >> Kafka("Stock")
'''
HEAD = '"""Sell."""\n\nfrom diagrams.onprem.queue import Kafka\n\nfrom archfolio import request, view\n'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name, text in {
        "pyproject.toml": "",
        "systems/_shared.py": 'NAME = "Shared"\n',
        "systems/common.py": 'NAME = "Common"\n',
        "names/__init__.py": 'NAME = "Root"\n',
        "src/acme/__init__.py": 'NAME = "Source"\n',
        "systems/team/_own.py": 'NAME = "Own"\n',
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def labels(folder: Path) -> set[str]:
    return set(re.findall(r"<g class=\"node [^>]*><title>([^<:]+)", (folder / "out/serving.svg").read_text()))


@pytest.mark.parametrize(
    ("module", "line", "name"),
    [
        ("systems/shop.py", "from _shared import NAME", "Shared"),
        ("systems/shop.py", "from ._shared import NAME", "Shared"),
        ("systems/shop.py", "from . import _shared\nNAME = _shared.NAME", "Shared"),
        ("systems/shop.py", "from systems._shared import NAME", "Shared"),
        ("systems/shop.py", "from systems.common import NAME", "Common"),
        ("systems/shop.py", "from names import NAME", "Root"),
        ("systems/shop.py", "from acme import NAME", "Source"),
        ("systems/team/shop.py", "from ._own import NAME", "Own"),
        ("systems/team/shop.py", "from .._shared import NAME", "Shared"),
        ("systems/team/shop.py", "from systems.common import NAME", "Common"),
        ("systems/team/shop.py", "from common import NAME", "Common"),
    ],
)
def test_an_import_finds_what_it_names(project: Path, module: str, line: str, name: str) -> None:
    (project / module).write_text(f"{HEAD}{line}\n{VIEW}", encoding="utf-8")
    done = archfolio(project, "render", module, "--output", "out", "--no-png")
    assert done.returncode == 0, done.stderr
    assert labels(project) == {name, "Stock"}


@pytest.mark.parametrize(
    "line", ["from ..common import NAME", "from ...common import NAME", "from top.common import NAME"]
)
def test_a_package_is_whole_where_there_is_no_repository_around_it(tmp_path: Path, line: str) -> None:
    script = tmp_path / "top/inner/deep/shop.py"
    script.parent.mkdir(parents=True)
    for folder in (tmp_path / "top", tmp_path / "top/inner", script.parent):
        (folder / "__init__.py").touch()
    (tmp_path / "top/common.py").write_text('NAME = "Top"\n', encoding="utf-8")
    (tmp_path / "top/inner/common.py").write_text('NAME = "Inner"\n', encoding="utf-8")
    script.write_text(f"{HEAD}{line}\n{VIEW}", encoding="utf-8")
    done = archfolio(tmp_path, "render", "top/inner/deep/shop.py", "--output", "out", "--no-png")
    assert done.returncode == 0, done.stderr
    assert labels(tmp_path) == {"Inner" if line.startswith("from ..common") else "Top", "Stock"}


def test_a_module_that_others_import_need_not_draw(project: Path) -> None:
    (project / "systems/shop.py").write_text(f"{HEAD}from systems.common import NAME\n{VIEW}", encoding="utf-8")
    done = archfolio(project, "build", "--no-png")
    assert done.returncode == 0, done.stderr
    assert "1 module, 1 drawing" in done.stdout
    (project / "systems/common.py").write_text('NAME = "Other"\n', encoding="utf-8")
    assert "shop: uses common.py, which changed" in archfolio(project, "build", "--no-png", "--why").stderr
    (project / "systems/bank.py").write_text(f'{HEAD}NAME = "Bank"\n{VIEW}', encoding="utf-8")
    why = archfolio(project, "build", "--no-png", "--why").stderr
    assert "common: uses the list of what is in its folder, which changed" in why


def test_a_module_is_a_helper_still_while_who_imports_it_is_being_edited(project: Path) -> None:
    broken = f"{HEAD}from systems.common import (\n    NAME,\n)\n{VIEW}".replace('request("asks")', 'request("asks"')
    (project / "systems/shop.py").write_text(broken, encoding="utf-8")
    done = archfolio(project, "build", "--no-png")
    assert done.returncode == 1
    assert "shop: is not Python" in done.stderr
    assert "common" not in done.stderr


@pytest.mark.parametrize("helper", ["systems/_shared.py", "src/acme/__init__.py"])
def test_what_a_helper_raises_is_told_with_its_place(project: Path, helper: str) -> None:
    (project / helper).write_text("def name():\n    return {}['shop']\n", encoding="utf-8")
    line = "from acme import name" if "acme" in helper else "from _shared import name"
    (project / "systems/shop.py").write_text(f"{HEAD}{line}\n\nNAME = name()\n{VIEW}", encoding="utf-8")
    (project / "systems/common.py").unlink()
    done = archfolio(project, "check")
    place = os.path.relpath(project / helper, project / "systems")
    assert f"shop.py:8: E001 KeyError: 'shop', at {place}:2" in done.stdout


def test_no_place_in_what_a_compiled_library_was_made_of_is_told(tmp_path: Path, archfolio) -> None:
    (tmp_path / "script.py").write_text("exec(compile('1 / 0', 'numpy/random/bit_generator.pyx', 'exec'))\n")
    done = archfolio("render", "script.py", "-o", "out")
    assert done.stderr.endswith("script.py:1: script: ZeroDivisionError: division by zero\n")


def test_a_module_that_nobody_imports_is_missed_a_drawing(project: Path) -> None:
    (project / "systems/shop.py").write_text(f'{HEAD}NAME = "Shop"\n{VIEW}', encoding="utf-8")
    done = archfolio(project, "build", "--no-png")
    assert done.returncode == 1
    assert "common: draws nothing" in done.stderr


def test_in_a_notebook_a_view_shows_itself_by_the_name_of_its_module(project: Path) -> None:
    (project / "systems/shop.py").write_text(f"{HEAD}from ._shared import NAME\n{VIEW}", encoding="utf-8")
    code = "from systems import shop; data, _ = shop.serving._repr_mimebundle_(); print(data['image/svg+xml'])"
    done = subprocess.run([sys.executable, "-c", code], cwd=project, capture_output=True, text=True, check=False)
    assert 'data-view="shop/serving"' in done.stdout, done.stdout + done.stderr
    assert "Shared" in done.stdout


def test_several_folders_of_systems_make_one_gallery(project: Path) -> None:
    (project / "systems/shop.py").write_text(f"{HEAD}from ._shared import NAME\n{VIEW}", encoding="utf-8")
    (project / "systems/common.py").unlink()
    other = project / "teams/risk"
    other.mkdir(parents=True)
    (other / "score.py").write_text(f'{HEAD}NAME = "Score"\n{VIEW}', encoding="utf-8")
    (project / "pyproject.toml").write_text('[tool.archfolio]\nsystems = ["systems", "teams/risk"]\n', encoding="utf-8")
    assert "2 modules, 2 drawings" in archfolio(project, "build", "--no-png").stdout
    assert "nothing to draw" in archfolio(project, "build", "--no-png").stdout
    said = archfolio(project, "list", "--systems", "teams/risk", "--systems", "systems").stdout
    assert [line.split()[0] for line in said.splitlines()] == ["score", "shop"]
    assert "Draw what changed with: archfolio build shop score" in archfolio(project, "layouts").stderr
    assert (other / "_layouts/score.json").is_file()
    assert (project / "systems/_layouts/shop.json").is_file()
    assert "score: uses ../teams/risk/_layouts/score.json" in archfolio(project, "build", "--no-png", "--why").stderr


def test_a_drawing_that_stands_too_deep_is_not_left_out_in_silence(project: Path) -> None:
    deep = project / "systems/team/deeper"
    deep.mkdir()
    (deep / "numbers.py").write_text("ONE = 1\nMORE = range(2, 9)\n", encoding="utf-8")
    discover(project / "systems")
    (deep / "shop.py").write_text(f'{HEAD}NAME = "Shop"\n{VIEW}', encoding="utf-8")
    with pytest.raises(UsageProblem, match=r"'team/deeper/shop\.py' stands two folders deep"):
        discover(project / "systems")


def test_systems_of_a_subfolder_stand_under_its_name(project: Path) -> None:
    (project / "systems/common.py").unlink()
    (project / "systems/team/shop.py").write_text(f"{HEAD}from ._own import NAME\n{VIEW}", encoding="utf-8")
    archfolio(project, "build", "--no-png")
    assert re.search(r"<h2[^>]*>Team <", (project / "site/index.html").read_text())
    (project / "pyproject.toml").write_text('[tool.archfolio.site]\ngroups = { team = "The team" }\n')
    assert "nothing to draw" in archfolio(project, "build", "--no-png").stdout
    assert re.search(r"<h2[^>]*>The team <", (project / "site/index.html").read_text())


def test_a_plain_script_is_drawn_from_its_recorded_layout_as_a_build_does(project: Path) -> None:
    (project / "systems/common.py").unlink()
    (project / "systems/shop.py").write_text(f"{HEAD}from ._shared import NAME\n{VIEW}", encoding="utf-8")
    archfolio(project, "layouts")
    archfolio(project, "build", "--no-png")
    archfolio(project, "render", "systems/shop.py", "--output", "out", "--no-png")
    assert (project / "out/serving.svg").read_bytes() == (project / "site/images/shop/serving.svg").read_bytes()
