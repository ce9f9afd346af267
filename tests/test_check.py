"""`archfolio check` as a person, a program and a workflow meet it."""

import ast
import json
import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from check_shop import SHOP, shop

from archfolio.render.check.codes import CODES, RULE_TEXTS
from archfolio.render.check.explain_rule import rules_page
from archfolio.render.check.finding import Finding
from archfolio.render.check.report import format_github, format_text, summary_sentence
from archfolio.render.check.run import CheckReport
from archfolio.render.cli import main

ROOT = Path(__file__).parent.parent
TEASED = Finding("S101", "50% of 'a, b:\nc': join it", "/nowhere/shop.py", 0, "shop", "serving", "a")


@pytest.fixture
def systems(tmp_path: Path) -> Path:
    """Make a folder with one system in which nothing is wrong, and one with three findings."""
    folder = tmp_path / "systems"
    folder.mkdir()
    (folder / "good.py").write_text(SHOP, encoding="utf-8")
    broken = shop(("promise=50", "promise=49"), ('"Gathers"', '""'), ("Orders within {wait}", "Orders"))
    (folder / "wrong.py").write_text(broken, encoding="utf-8")
    return folder


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """Run the command in this process, which is faster; return its exit code, its result and its talk."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["archfolio", "check", *map(str, arguments)])
        with pytest.raises(SystemExit) as end:
            main.main()
        return end.value.code, *capsys.readouterr()

    return run


def test_findings_are_lines_of_a_file_and_the_last_line_sums_up(archfolio, systems: Path) -> None:
    told = archfolio("check", "--systems", systems)
    *lines, last = told.stdout.splitlines()
    assert [line.split(": ")[1].split()[0] for line in lines] == ["S124", "S104", "M206"]
    assert all(line.startswith("systems/wrong.py:") for line in lines)
    assert last == "2 modules, 4 views: 3 findings to mend (structure 2, machine learning 1)."
    assert told.returncode == 1
    assert told.stderr == ""


def test_what_is_good_is_said_to_be_good(told, systems: Path) -> None:
    assert told("good", "--systems", systems) == (0, "1 module, 2 views: nothing to mend.\n", "")


def test_codes_can_be_chosen_and_a_program_reads_json(told, systems: Path) -> None:
    code, result, _ = told("--systems", systems, "--select", "S", "--ignore", "S12", "--json")
    answer = json.loads(result)
    [finding] = answer.pop("findings")
    assert code == 1
    assert answer == {
        "layouts": [],
        "archfolio": 1,
        "command": "check",
        "ok": False,
        "systems": 2,
        "views": 4,
        "summary": "2 modules, 4 views: 1 finding to mend (structure 1).",
    }
    lines = (systems / "wrong.py").read_text().splitlines()
    assert lines[finding.pop("line") - 1] == '        finder = Retriever("Finder", tooltip="")'
    assert finding == {
        "code": "S104",
        "rule": CODES["S104"],
        "sentence": "'Finder' does not say what it does here: give it a tooltip",
        "file": "systems/wrong.py",
        "system": "wrong",
        "view": "serving",
        "where": "online.finder",
    }


def test_a_workflow_reads_annotations(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("/")
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    annotation, summary = format_github(CheckReport((TEASED,), 1, 1)).splitlines()
    assert annotation == ("::error file=nowhere/shop.py,line=1,title=archfolio S101::50%25 of 'a, b:%0Ac': join it")
    assert summary == "1 module, 1 view: 1 finding to mend (structure 1)."


def test_an_annotation_is_seen_from_the_checkout_wherever_the_command_was_started(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "docs").mkdir()
    monkeypatch.chdir(tmp_path / "docs")
    inside = replace(TEASED, file=str(tmp_path / "docs/systems/shop.py"))
    for root, path in ((tmp_path, "docs/systems/shop.py"), (tmp_path / "elsewhere", "systems/shop.py")):
        monkeypatch.setenv("GITHUB_WORKSPACE", str(root))
        assert format_github(CheckReport((inside,), 1, 1)).startswith(f"::error file={path},line=1,")


def test_one_report_has_one_text() -> None:
    report = CheckReport((), 1, 0)
    assert format_text(report) == format_github(report) == summary_sentence(report)


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["--select", "S1,"], 2, "'S1,' holds an empty code: write one, or several with a comma between them"),
        (["--select", "M2O1"], 2, "did you mean 'M2"),
        (["--ignore", "Q"], 2, "codes begin with E, F, I, L, M, P, S"),
        (["goood"], 2, "did you mean 'good'?"),
        (["--format", "yaml"], 2, "'yaml' is not one of"),
        (["--systems", "nowhere"], 3, "there is no folder of systems at 'nowhere'"),
        (["-o", "nowhere"], 3, "run 'archfolio build --systems systems -o nowhere' first"),
    ],
)
def test_what_cannot_be_asked_is_said_in_one_sentence(told, systems: Path, arguments, code: int, says: str) -> None:
    ended, result, talk = told("--systems", systems, *arguments)
    assert (ended, result) == (code, "")
    assert says in talk


def test_a_module_that_dies_is_a_finding_and_the_others_are_checked(told, systems: Path) -> None:
    (systems / "hostile.py").write_text("import os\nos.abort()\n", encoding="utf-8")
    code, result, _ = told("--systems", systems, "--select", "M")
    assert code == 1
    assert "hostile.py:1: E001 could not be run: its process died" in result
    assert "wrong.py" in result


def test_the_page_of_rules_is_made_of_the_rules() -> None:
    page = (ROOT / "docs/checks.md").read_text(encoding="utf-8")
    assert page == rules_page(RULE_TEXTS.values()), "run make readme"
    assert [code for code, doc in CODES.items() if f"| [`{code}`](#{code.lower()}) | {doc} |" not in page] == []


@pytest.mark.parametrize("text", RULE_TEXTS.values(), ids=lambda text: text.code)
def test_a_rule_says_what_why_an_example_and_how_to_mend_it(text) -> None:
    assert all((text.doc, text.why, text.mending, text.wrong, text.right))
    assert text.wrong != text.right
    assert text.why.endswith((".", "]."))
    assert text.mending.endswith((".", ")."))
    if text.code[0] != "F":
        for code in (text.wrong, text.right):
            ast.parse(code.replace(", ...)", ")") + "\n    ..." * code.endswith(":"))


def test_explain_tells_a_rule_or_a_group_of_them(told) -> None:
    code, result, talk = told("--explain", "m201")
    assert (code, talk) == (0, "")
    assert result.startswith("M201: what is trained passes an evaluation gate before it is released\n\nWhy: ")
    assert "\nRight:\n\n    trainer >> batch(" in result
    assert "\nMend it: Put a `Gate`" in result
    assert result.endswith("https://developers.google.com/machine-learning/guides/rules-of-ml\n")
    assert max(map(len, result.splitlines())) <= 100
    code, result, _ = told("--explain", "M")
    assert [line[:4] for line in result.splitlines() if re.match("M2\\d\\d: ", line)] == [
        text for text in CODES if text[0] == "M"
    ]
    code, result, talk = told("--explain", "M299")
    assert (code, result) == (2, "")
    assert "did you mean 'M20" in talk
