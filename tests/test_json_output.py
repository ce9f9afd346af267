"""Commands speak to programs in one envelope, whose fields the types and the page of documents have."""

import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from check_shop import shop
from projects import SHOP

from archfolio.render.cli.commands import COMMANDS, cli
from archfolio.render.cli.json_output import OUTPUT_FORMAT, OUTPUTS, Output
from archfolio.render.cli.json_reference import PAGE, json_page

NOTE = "<!-- archfolio:begin shop/serving -->\n<!-- archfolio:end -->\n"
PLAIN = "from diagrams import Diagram, Node\nwith Diagram('Plain', show=False):\n    Node('a') >> Node('b')\n"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory):
    """Build a project with a system, a plain script and a note, and return its folder and what runs commands there."""
    folder = tmp_path_factory.mktemp("project")
    (folder / "systems").mkdir()
    (folder / "systems" / "shop.py").write_text(SHOP, encoding="utf-8")
    (folder / "plain.py").write_text(PLAIN, encoding="utf-8")
    (folder / "note.md").write_text(NOTE, encoding="utf-8")

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "archfolio", *arguments]
        env = os.environ | {"NO_COLOR": "1"}
        return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=300, check=False)

    assert run("build").returncode == 0
    return folder, run


CALLS = {
    "build": ["build"],
    "render": ["render", "plain.py", "--output", "drawn", "--no-png"],
    "check": ["check"],
    "check --explain": ["check", "--explain", "S1"],
    "verify": ["verify", "site/images/shop/serving.svg"],
    "embed": ["embed", "shop/serving", "--for", "github"],
    "sync": ["sync", "note.md", "--check"],
    "list": ["list"],
    "doctor": ["doctor"],
}


def test_every_command_with_json_has_its_fields_written_down() -> None:
    able = {
        name
        for name in COMMANDS
        if (command := cli.get_command(None, name)) and any("--json" in one.opts for one in command.params)
    }
    assert able == {name.partition(" ")[0] for name in OUTPUTS}
    assert CALLS.keys() == OUTPUTS.keys()


@pytest.mark.parametrize("name", CALLS)
def test_a_command_prints_one_document_of_its_type(project, name: str) -> None:
    _, run = project
    done = run(*CALLS[name], "--json")
    said = msgspec.json.decode(done.stdout, type=OUTPUTS[name], strict=True)
    assert (said.archfolio, said.command) == (OUTPUT_FORMAT, name)
    assert said.ok == (done.returncode == 0)
    assert list(msgspec.json.decode(done.stdout))[:3] == ["archfolio", "command", "ok"]


def test_a_failure_of_a_build_is_an_entry_with_file_and_line(project) -> None:
    folder, run = project
    module = folder / "systems" / "broken.py"
    module.write_text(SHOP.replace('request("asks")', '"asks"'), encoding="utf-8")
    try:
        done = run("build", "broken", "--json", "--output", "elsewhere")
    finally:
        module.unlink()
    said = msgspec.json.decode(done.stdout, type=OUTPUTS["build"])
    assert (done.returncode, said.ok) == (1, False)
    [failure] = said.failures
    assert (failure.what, failure.file, failure.line) == ("broken/serving", "systems/broken.py", 11)
    assert failure.sentence.startswith("an edge leads to a node or a group, and 'asks' is a text")
    assert "broken.py:11" in done.stderr


def test_a_sync_says_what_is_out_of_date_and_writes_nothing_when_it_is_asked_to_check(project) -> None:
    folder, run = project
    said = msgspec.json.decode(run("sync", "note.md", "--check", "--json").stdout, type=OUTPUTS["sync"])
    assert (said.ok, said.stale, said.written, said.blocks) == (False, ["note.md"], 0, 1)
    assert (folder / "note.md").read_text(encoding="utf-8") == NOTE
    (folder / "wrong.md").write_text(NOTE.replace("shop/serving", "shop/nothing"), encoding="utf-8")
    said = msgspec.json.decode(run("sync", "wrong.md", "--json").stdout, type=OUTPUTS["sync"])
    assert [(one.kind, one.file, one.line) for one in said.findings] == [("error", "wrong.md", 1)]


def test_an_unknown_field_is_refused_so_that_this_test_can_fail() -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(b'{"archfolio": 1, "command": "x", "ok": true, "more": 1}', type=Output)
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(b'{"archfolio": 2, "command": "x", "ok": true}', type=Output)


def test_the_page_of_fields_is_made_of_the_types() -> None:
    assert PAGE.read_text(encoding="utf-8") == json_page(), "run make readme"
    assert all(f"| `{name}` |" in json_page() for kind in OUTPUTS.values() for name in kind.__struct_fields__[3:])


def test_findings_of_a_check_are_records(project, tmp_path: Path) -> None:
    _, run = project
    (tmp_path / "shop.py").write_text(shop(('"Gathers"', '""')), encoding="utf-8")
    said = msgspec.json.decode(run("check", "--systems", str(tmp_path), "--json").stdout, type=OUTPUTS["check"])
    assert [(one.code, one.view, one.where) for one in said.findings] == [("S104", "serving", "online.finder")]
