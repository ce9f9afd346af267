"""A project decides what `archfolio check` asks of its systems; budgets and sources are written as it writes them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from acme import archfolio, write_acme
from check_shop import SHOP

from archfolio import AuthorError, Budget, Estimate, Source, bibliography

if TYPE_CHECKING:
    from pathlib import Path
    from subprocess import CompletedProcess


def codes(done) -> set[str]:
    return set(re.findall(r"\b([A-Z]\d{3})\b", done.stdout))


def checked(folder: Path, table: str, *arguments: str) -> CompletedProcess[str]:
    """Check the made-up company's system with a table of settings more."""
    write_acme(folder)
    path = folder / "pyproject.toml"
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{table}\n", encoding="utf-8")
    return archfolio(folder, "check", *arguments)


def asked(folder: Path, table: str, *arguments: str) -> set[str]:
    """Return the codes that are found then."""
    return codes(checked(folder, table, *arguments))


def test_without_settings_every_rule_is_asked(tmp_path: Path) -> None:
    assert {"S106", "S121", "S122"} <= asked(tmp_path, "")


def test_limits_are_the_projects(tmp_path: Path) -> None:
    found = asked(tmp_path, "[tool.archfolio.check.limits]\nfewest_nodes = 2\nmost_nodes = 30")
    assert "S106" not in found
    assert "S122" in found
    done = checked(tmp_path, "[tool.archfolio.check.limits]\nfewest_nodes = 2\nmost_nodes = 3")
    assert "S106" in codes(done)
    assert "to at most 3, or" in done.stdout


def test_sections_are_those_that_the_project_wants(tmp_path: Path) -> None:
    assert "S122" not in asked(tmp_path, "[tool.archfolio.check]\nsections = []")
    write_acme(tmp_path)
    path = tmp_path / "pyproject.toml"
    path.write_text(f"{path.read_text()}\n[tool.archfolio.check]\nsections = ['labels']\n", encoding="utf-8")
    said = archfolio(tmp_path, "check", "--select", "S122").stdout
    assert "the system has no 'labels', which this project wants: add it" in said
    assert "estimate" not in said


def test_select_and_ignore_of_the_project_give_way_to_the_command_line(tmp_path: Path) -> None:
    table = '[tool.archfolio.check]\nselect = ["S1"]\nignore = ["S12"]'
    found = asked(tmp_path, table)
    assert found
    assert all(code.startswith("S1") and not code.startswith("S12") for code in found)
    assert {code[0] for code in asked(tmp_path, table, "--select", "M")} <= {"M", "E"}


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ('select = ["S1"]\nignore = ["S99"]', "3: [tool.archfolio.check] ignore: no code begins with 'S99'"),
        ('select = ["S1,"]', "2: [tool.archfolio.check] select: 'S1,' holds an empty code"),
    ],
)
def test_a_code_of_the_project_that_is_none_is_told_with_its_line(tmp_path: Path, said: str, sentence: str) -> None:
    (tmp_path / "pyproject.toml").write_text(f"[tool.archfolio.check]\n{said}\n", encoding="utf-8")
    done = archfolio(tmp_path, "check")
    assert done.returncode == 2
    assert f"{tmp_path / 'pyproject.toml'}:{sentence}" in done.stderr


def test_a_section_that_no_system_has_is_a_mistake(tmp_path: Path) -> None:
    write_acme(tmp_path)
    (tmp_path / "pyproject.toml").write_text("[tool.archfolio.check]\nsections = ['decision']\n", encoding="utf-8")
    done = archfolio(tmp_path, "check")
    assert done.returncode == 2
    assert "pyproject.toml:2: [tool.archfolio.check] a system has no section 'decision'; did you mean 'decisions'?" in (
        done.stderr
    )


def test_check_looks_into_the_projects_build_once_there_is_one(tmp_path: Path) -> None:
    write_acme(tmp_path)
    first = archfolio(tmp_path, "check")
    assert first.returncode == 1, first.stderr
    assert "F" not in {code[0] for code in codes(first)}
    missing = archfolio(tmp_path, "check", "--select", "F")
    assert (missing.returncode, "there is no build in 'site'" in missing.stderr) == (3, True)
    archfolio(tmp_path, "build", "--no-png")
    assert archfolio(tmp_path, "check", "--select", "F").returncode == 0
    module = tmp_path / "systems/tariffs.py"
    module.write_text(module.read_text().replace('"Quotes"', '"All quotes"'), encoding="utf-8")
    stale = archfolio(tmp_path, "check")
    assert "F502 the picture of 'serving' is not current: run 'archfolio build tariffs -o site'" in stale.stdout


@pytest.mark.parametrize(("unit", "promise", "ms"), [("s", 5, 5000), ("ms", 80, 80), ("us", 250, 0.25)])
def test_a_budget_is_written_in_its_unit(unit: str, promise: float, ms: float) -> None:
    budget = Budget("p99", promise=promise, stages={"All": promise}, unit=unit)
    assert budget.promised(Estimate()) == pytest.approx(ms)


def test_a_budget_is_shown_in_its_unit(tmp_path: Path) -> None:
    write_acme(tmp_path)
    module = tmp_path / "systems/tariffs.py"
    said = 'family="pricing", budget=Budget("p99", promise=5, stages={"Read": 1.25, "Write": 3}, unit="s"),'
    text = module.read_text().replace('family="pricing",', said).replace("import Concept,", "import Budget, Concept,")
    module.write_text(text, encoding="utf-8")
    assert archfolio(tmp_path, "build", "--no-png").returncode == 0
    page = (tmp_path / "site/systems/tariffs.html").read_text(encoding="utf-8")
    assert '<span data-budget="total">4.25</span> s</b> of <span data-budget="promise">5</span> s promised' in page
    assert "0.75\u202fs headroom" in page
    assert "5\u202fs</dd>" in (tmp_path / "site/index.html").read_text(encoding="utf-8")


def test_a_budget_knows_three_units() -> None:
    with pytest.raises(AuthorError, match="'min' is not a unit of a budget"):
        Budget("p99", promise=1, stages={"All": 1}, unit="min")


@pytest.mark.parametrize(
    ("citation", "parts"),
    [
        ('A. Author, "A Title", RecSys 2016', ("A. Author", "A Title", "RecSys", 2016)),
        ('RFC 9110, "HTTP Semantics"', ("RFC 9110", "HTTP Semantics", "", 0)),
        ('RFC 9110, "HTTP Semantics", 2022', ("RFC 9110", "HTTP Semantics", "", 2022)),
        ('"Van load", Acme wiki', ("", "Van load", "Acme wiki", 0)),
        ('"Van load"', ("", "Van load", "", 0)),
    ],
)
def test_a_source_may_be_an_rfc_or_a_page_of_a_wiki(citation: str, parts: tuple[object, ...]) -> None:
    source = Source(citation, "https://example.org/page")
    assert (source.authors, source.title, source.venue, source.year) == parts
    [listed] = bibliography(f"\n{citation}\n    https://example.org/page what it is used for")
    assert listed.title == parts[1]


@pytest.mark.parametrize(("style", "told"), [("house", 1), ("library", 0)])
def test_what_the_house_style_does_not_draw_is_asked_of_drawings_in_it(tmp_path: Path, style: str, told: int) -> None:
    (tmp_path / "systems").mkdir()
    text = SHOP.replace('tooltip="Gathers"', 'tooltip="Gathers", shape="star"')
    (tmp_path / "systems/shop.py").write_text(text, encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text(f'[tool.archfolio.style]\nbase = "{style}"\n', encoding="utf-8")
    assert archfolio(tmp_path, "check", "--select", "S111").stdout.count("S111") == told


@pytest.mark.parametrize(
    ("written", "fix"),
    [
        ('tooltp="Gathers"', "write 'tooltip', or leave it out"),
        ('width="3"', "which is not drawn: leave it out"),
        ('labelloc="t"', "which is not drawn: leave it out"),
        ('imagepos="tc"', "which is not drawn: leave it out"),
        ('colorscheme="svg"', "which is not drawn: leave it out"),
        ('pencolor="red"', "which is not drawn: leave it out"),
        ('shape="starr"', "correct it, or leave it out"),
    ],
)
def test_a_name_that_graphviz_has_is_not_taken_for_a_misspelt_one(tmp_path: Path, written: str, fix: str) -> None:
    (tmp_path / "systems").mkdir()
    text = SHOP.replace('tooltip="Gathers"', f'tooltip="Gathers", {written}')
    (tmp_path / "systems/shop.py").write_text(text, encoding="utf-8")
    [told] = [line for line in archfolio(tmp_path, "check").stdout.splitlines() if "S111" in line]
    assert told.endswith(fix)


def test_what_graphviz_places_is_not_asked_what_the_house_style_draws(tmp_path: Path) -> None:
    (tmp_path / "systems").mkdir()
    text = SHOP.replace('tooltip="Gathers"', 'tooltip="Gathers", shape="star", pos="0,0!"')
    (tmp_path / "systems/shop.py").write_text(text, encoding="utf-8")
    assert "S111" not in archfolio(tmp_path, "check", "--select", "S111").stdout
