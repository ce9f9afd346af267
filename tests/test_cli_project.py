"""The commands around a project: begin a system, list them, see what is missing, clear away, complete."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
import yaml
from pre_commit import clientlib
from projects import SHOP, Project

from archfolio.render.base.errors import EnvironmentProblem, UsageProblem
from archfolio.render.build.output_folder import remove
from archfolio.render.build.processes import workers
from archfolio.render.cli import doctor, main
from archfolio.render.cli.commands import COMMANDS, HELP, cli
from archfolio.render.cli.scaffold import scaffold

ARCHFOLIO = (sys.executable, "-c", "from archfolio.render.cli.main import main; main()")


def run(*arguments, folder, **environment):
    return subprocess.run(
        [*ARCHFOLIO, *map(str, arguments)],
        cwd=folder,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A project with one system of our own making and one new one, built."""
    with workers(2) as pool:
        project = Project(tmp_path_factory.mktemp("built"), pool)
        project.write("shop.py", SHOP)
        scaffold(project.systems, "spam-filter")
        report = project.build()
    assert report.failures == []
    return project


def test_a_new_system_draws(built):
    assert built.drawn == ["shop/serving", "spam-filter/overview"]
    page = (built.site / "systems/spam-filter.html").read_text(encoding="utf-8")
    for section in ("Spam filter", "Estimate", "Decisions", "Walkthrough"):
        assert section in page


@pytest.mark.parametrize(
    ("slug", "sentence"),
    [
        ("Spam Filter", "did you mean 'spam-filter'?"),
        ("../escape", "is no address"),
        ("", "is no address"),
        ("9lives", "is no address"),
        ("spam-filter", "is there already"),
    ],
)
def test_a_name_that_cannot_be_is_refused(built, slug, sentence):
    before = sorted(built.systems.iterdir())
    with pytest.raises(UsageProblem, match=sentence.replace("?", r"\?")):
        scaffold(built.systems, slug)
    assert sorted(built.systems.iterdir()) == before


@pytest.mark.parametrize("output", [".", "systems"])
def test_a_folder_that_holds_the_modules_is_served_from_nowhere(tmp_path, output):
    Project(tmp_path).write("shop.py", SHOP)
    done = run("serve", "-o", output, folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"'{output}' holds the modules, and no edit is looked for in it: choose another" in done.stderr


def test_new_names_a_folder_only_where_serve_would_not_find_it(tmp_path):
    (tmp_path / "pyproject.toml").write_text("[tool.archfolio]\nsystems = 'our systems'\n")
    assert run("new", "one", folder=tmp_path).stderr.endswith("with: archfolio serve\n")
    assert (tmp_path / "our systems/one.py").exists()
    assert run("new", "two", "--systems", "more of it", folder=tmp_path).stderr.endswith(
        "serve --systems 'more of it'\n"
    )


def test_new_says_what_it_wrote(tmp_path):
    done = run("new", "spam-filter", "--systems", ".", folder=tmp_path)
    assert (done.returncode, done.stdout) == (0, "spam_filter.py\n")
    assert "archfolio serve" in done.stderr
    again = run("new", "spam-filter", "--systems", ".", folder=tmp_path)
    assert (again.returncode, again.stdout) == (2, "")


def test_list_reads_modules_without_running_them(built):
    harm = built.write("harm.py", "raise SystemExit('ran')")
    broken = built.write("broken.py", "def broken(:")
    try:
        done = run("list", "--systems", built.systems, folder=built.folder)
        assert done.returncode == 0
        assert [line.split("  ")[0].strip() for line in done.stdout.splitlines()] == [
            "broken",
            "harm",
            "shop",
            "spam-filter",
        ]
        listed = json.loads(run("list", "--systems", built.systems, "--json", folder=built.folder).stdout)
        assert (listed["archfolio"], listed["command"], listed["ok"]) == (1, "list", True)
        assert listed["systems"][2:] == [
            {
                "slug": "shop",
                "group": "",
                "module": str(built.systems / "shop.py"),
                "title": "Shop",
                "summary": "Sell a thing.",
            },
            {
                "slug": "spam-filter",
                "group": "",
                "module": str(built.systems / "spam_filter.py"),
                "title": "Spam filter",
                "summary": "Answer a request with a score within 100 ms.",
            },
        ]
    finally:
        harm.unlink()
        broken.unlink()


def test_doctor_is_content_here(built):
    done = run("doctor", "--systems", built.systems, "-o", built.site, folder=built.folder)
    assert done.returncode == 0, done.stdout
    said = json.loads(run("doctor", "--json", "--systems", built.systems, folder=built.folder).stdout)
    assert said["ok"]
    assert [one["what"] for one in said["answers"]] == [
        "Python",
        "Packages",
        "Graphviz",
        "Font",
        "Systems",
        "Output",
        "dot program",
        "Browser",
    ]


def test_doctor_ends_with_three_where_something_is_missing(tmp_path):
    done = run("doctor", "--systems", "nowhere", folder=tmp_path)
    assert done.returncode == 3
    assert (
        "missing  Systems: none (there is no folder of systems at 'nowhere': begin one with 'archfolio new"
        in done.stdout
    )


def test_help_says_what_each_command_says_itself():
    context = click.Context(cli)
    said = {name: cli.get_command(context, name).get_short_help_str(200) for name in COMMANDS}
    assert said == HELP


def test_help_imports_no_command():
    code = "import sys; from archfolio.render.cli.main import main\ntry: main()\nfinally: print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code, "--help"], capture_output=True, text=True, check=False)
    assert "Draw the systems that changed" in done.stdout
    assert "archfolio.render.cli.sync" not in done.stdout.split()


def test_on_windows_it_says_where_it_runs(monkeypatch, capsys):
    monkeypatch.setattr(sys, "platform", "win32")
    with pytest.raises(SystemExit) as end:
        main.main()
    assert (end.value.code, capsys.readouterr().err) == (
        3,
        "archfolio: it runs on Linux and macOS: on Windows, run it in WSL\n",
    )


def test_doctor_knows_a_folder_that_cannot_be_made(tmp_path):
    (tmp_path / "file").write_text("no folder")
    answer = doctor._writable(tmp_path / "file/site")
    assert not answer.ok
    assert "choose another folder with --output" in answer.fix


def test_doctor_knows_a_package_that_is_missing(monkeypatch):
    monkeypatch.setattr(
        doctor,
        "requires",
        lambda _: ["click>=8", "no-such-package>=1; python_version>'3'", "no-such-extra; extra == 'x'"],
    )
    answer = doctor._packages()
    assert not answer.ok
    assert answer.found == "no-such-package is missing"


def test_clean_removes_what_we_wrote_and_nothing_else(built, tmp_path):
    site = tmp_path / "site"
    shutil.copytree(built.site, site)
    (site / "images/mine.txt").write_text("mine")
    done = run("clean", "-o", site, folder=tmp_path)
    assert done.returncode == 0
    assert sorted(path.relative_to(site).as_posix() for path in site.rglob("*")) == ["images", "images/mine.txt"]
    assert run("clean", "-o", site, folder=tmp_path).stdout == f"Nothing of ours in {site}.\n"


def test_clean_leaves_no_empty_folder(built, tmp_path):
    site = tmp_path / "site"
    shutil.copytree(built.site, site)
    count = sum(path.is_file() for path in site.rglob("*"))
    assert remove(site) == count
    assert not site.exists()


def test_clean_says_what_it_cannot_remove_and_goes_on_knowing_it(built, tmp_path, monkeypatch):
    site = tmp_path / "site"
    shutil.copytree(built.site, site)
    unlink = Path.unlink

    def refusing(path, *more, **options):
        if path.suffix == ".svg":
            raise PermissionError(path)
        unlink(path, *more, **options)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", refusing)
        with pytest.raises(EnvironmentProblem, match=r"cannot remove '.*\.svg' and \d+ more"):
            remove(site)
    assert remove(site) > 1
    assert not site.exists()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_printed_for_a_shell(shell, tmp_path):
    done = run("completion", shell, folder=tmp_path)
    assert done.returncode == 0
    assert "_ARCHFOLIO_COMPLETE" in done.stdout


@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
def test_the_script_for_bash_is_bash(tmp_path):
    script = run("completion", "bash", folder=tmp_path).stdout
    subprocess.run(["bash", "-n"], input=script, text=True, check=True)


def test_slugs_are_completed(built):
    words = f"archfolio build --systems {built.systems} sp"
    code = "from archfolio.render.cli.commands import cli; cli(prog_name='archfolio')"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ
        | {"_ARCHFOLIO_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(len(words.split()) - 1)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "plain,spam-filter\n"


def test_a_mistake_in_the_configuration_ends_with_two(tmp_path):
    (tmp_path / "pyproject.toml").write_text("[tool.archfolio]\nouput = 'x'\n")
    done = run("list", folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "did you mean 'output'?" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_command_line_beats_the_configuration(built, tmp_path):
    (tmp_path / "pyproject.toml").write_text("[tool.archfolio]\nsystems = 'nowhere'\n")
    assert run("list", folder=tmp_path).returncode == 3
    assert run("list", "--systems", built.systems, folder=tmp_path).returncode == 0


def test_check_has_nothing_against_a_new_system(tmp_path):
    scaffold(tmp_path, "spam-filter")
    done = run("check", "--systems", tmp_path, folder=tmp_path)
    assert done.returncode == 0, done.stdout


ROOT = Path(__file__).parent.parent


def test_the_hooks_for_pre_commit_are_hooks():
    hooks = clientlib.load_manifest(ROOT / ".pre-commit-hooks.yaml")
    for hook in hooks:
        program, command, *_ = hook["entry"].split()
        assert (program, command in COMMANDS) == ("archfolio", True)


def test_the_action_for_github_runs(built, tmp_path):
    """Run the steps that are ours, with the program that is here in the place of the one that the action installs."""
    program = tmp_path / "archfolio/bin/archfolio"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m archfolio "$@"\n')
    program.chmod(0o755)
    site = tmp_path / "site"
    shutil.copytree(built.site, site)
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    given = {"${{ inputs.systems }}": str(built.systems), "${{ inputs.output }}": str(site)}
    ours = [
        step for step in action["runs"]["steps"] if step["name" if "name" in step else "uses"] in ("Check", "Build")
    ]
    assert len(ours) == 2
    for step in ours:
        environment = {name: given[value] for name, value in step["env"].items()} | {"RUNNER_TEMP": str(tmp_path)}
        done = subprocess.run(
            ["bash", "-c", step["run"]], env=os.environ | environment, capture_output=True, text=True, check=False
        )
        assert done.returncode in ((0, 1) if step["name"] == "Check" else (0,)), done.stderr
        assert "Traceback" not in done.stderr
