"""`[tool.archfolio]` in the nearest pyproject.toml gives options other defaults; the command line has the last word."""

from __future__ import annotations

import click
import pytest

from archfolio.render.base.errors import UsageProblem
from archfolio.render.cli import config
from archfolio.render.cli.commands import cli

COMMANDS = {name: cli.get_command(click.Context(cli), name) for name in cli.list_commands(click.Context(cli))}


def wrote(folder, text):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pyproject.toml").write_text(text, encoding="utf-8")
    return folder


def test_options_have_the_defaults_that_the_file_gives(tmp_path):
    wrote(tmp_path, '[tool.archfolio]\noutput = "gallery"\nscale = 3\ndark = true\nlegend = false\n')
    build = config.option_defaults(config.load_config(tmp_path), COMMANDS)["build"]
    assert build == {"output": str(tmp_path / "gallery"), "scale": 3, "dark": True, "legend": False}


def test_the_nearest_file_counts_and_folders_are_relative_to_it(tmp_path):
    wrote(tmp_path, '[tool.archfolio]\noutput = "far"\n')
    near = wrote(tmp_path / "near", '[tool.archfolio]\noutput = "out"\n')
    inner = near / "a/b"
    inner.mkdir(parents=True)
    assert dict(config.load_config(inner).values) == {"output": str(near / "out")}


def test_a_nearer_file_that_does_not_speak_of_us_hides_one_further_up(tmp_path):
    wrote(tmp_path, '[tool.archfolio]\noutput = "far"\n')
    assert config.load_config(wrote(tmp_path / "near", "[project]\n")) == config.ProjectConfig()


@pytest.mark.parametrize(
    "text",
    [
        "[tool.archfolio]\nscale = 3",
        "  [ tool . archfolio ]\nscale = 3",
        "['tool'.\"archfolio\"] # ours\nscale = 3",
        "[tool] # all\narchfolio = { scale = 3 }",
        "[tool]\narchfolio.scale = 3",
        "tool.archfolio.scale = 3",
        "tool = { archfolio = { scale = 3 } }",
        "[project]\nname = 'archfolio'\n[tool.ruff]\n[tool.archfolio]\nscale = 3",
    ],
)
def test_the_table_is_found_however_it_is_written(tmp_path, text):
    assert dict(config.load_config(wrote(tmp_path, text)).values) == {"scale": 3}


def test_only_builds_go_to_the_output_folder(tmp_path):
    wrote(tmp_path, '[tool.archfolio]\noutput = "gallery"\nscale = 1\n')
    defaults = config.option_defaults(config.load_config(tmp_path), COMMANDS)
    assert "output" in defaults["serve"]
    assert "output" in defaults["clean"]
    assert defaults["render"] == {"scale": 1}


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ('ouput = "x"', "there is no key 'ouput' in [tool.archfolio]; did you mean 'output'?"),
        ("colour = 1", "there is no key 'colour' in [tool.archfolio]; there are: output, systems"),
        ('scale = "big"', "'scale' in [tool.archfolio] is a number, not 'big'"),
        ("scale = true", "'scale' in [tool.archfolio] is a number, not True"),
        ("pdf = 1", "'pdf' in [tool.archfolio] is true or false, not 1"),
        ("output = 1", "'output' in [tool.archfolio] is a text, not 1"),
        ("scale =", "is not TOML"),
        ("systems = []", "'systems' in [tool.archfolio] names no folder"),
        ("systems = [1]", "'systems' in [tool.archfolio] names no folder, or what is no text"),
        ('site = "x"', "'site' in [tool.archfolio] is a table: write [tool.archfolio.site] above its keys"),
        ("site = 1", "[tool.archfolio.site]"),
    ],
)
def test_a_mistake_in_the_file_is_one_sentence(tmp_path, line, sentence):
    wrote(tmp_path, f"[tool.archfolio]\n{line}\n")
    with pytest.raises(UsageProblem) as caught:
        config.load_config(tmp_path)
    assert sentence in str(caught.value)
    assert "pyproject.toml" in str(caught.value)
    assert caught.value.code == 2


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("jobs = 0", "'jobs' in [tool.archfolio]: 0 is not in the range x>=1"),
        ('engine = "neato"', "'engine' in [tool.archfolio]: 'neato' is not one of 'bundled', 'dot'"),
    ],
)
def test_a_value_that_an_option_refuses_is_told_where_it_is_written(archfolio, tmp_path, line, sentence):
    wrote(tmp_path, f"[tool.archfolio]\npng = false\n{line}\n")
    done = archfolio("build")
    assert (done.returncode, done.stderr) == (2, f"archfolio: {tmp_path / 'pyproject.toml'}:3: {sentence}\n")
    option = f"--{line.split()[0]}"
    assert f"Invalid value for '{option}'" in archfolio("build", option, "none").stderr  # as it was typed


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"[tool.archfolio]\n\nscale =\n", 3),
        (b"[tool.archfolio\n", 1),
        (b"[tool.archfolio]\noutput = [\n", 2),
        (b"[tool.archfolio]\n# caf\xe9\n", 2),
    ],
)
def test_what_is_no_toml_is_told_with_its_line(tmp_path, content, line):
    (tmp_path / "pyproject.toml").write_bytes(content)
    with pytest.raises(UsageProblem) as caught:
        config.load_config(tmp_path)
    assert str(caught.value).startswith(f"{tmp_path / 'pyproject.toml'}:{line}: this is not TOML: ")
    assert "(at" not in str(caught.value)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"[tool]\narchfolio = 3\n", "'archfolio' in [tool] is a table: write [tool.archfolio] above its keys"),
        (b"[[tool.archfolio]]\n", "'archfolio' in [tool] is a table"),
        (b"# caf\xe9\n[tool.archfolio]\n", "is not TOML: it is not UTF-8"),
    ],
)
def test_what_is_no_table_or_no_text_is_one_sentence(tmp_path, content, sentence):
    (tmp_path / "pyproject.toml").write_bytes(content)
    with pytest.raises(UsageProblem) as caught:
        config.load_config(tmp_path)
    assert sentence in str(caught.value)


@pytest.mark.parametrize("content", [b"tool = 3\n", b"# caf\xe9\n[tool.ruff]\n", b"\xff\xfe\0"])
def test_a_file_that_does_not_speak_of_us_is_nobodys_mistake(tmp_path, content):
    (tmp_path / "pyproject.toml").write_bytes(content)
    read = config.load_config(tmp_path)
    assert (read.values, read.given) == ((), None)


def test_every_key_is_an_option_of_build(tmp_path):
    names = {option.name for option in COMMANDS["build"].params}
    assert set(config._KINDS) <= names
    assert config.load_config(tmp_path) == config.ProjectConfig()


@pytest.mark.parametrize(
    "table",
    [
        *("tool.archflio", "tool.archfolio-", "tool.Archfolio", "tool.arch-folio", "tool.arcfolio.site"),
        *("tools.archfolio", "archfolio", "archfolio.site", 'tool."archfollio"', "[tool.archfolios.site]"),
    ],
)
def test_a_table_whose_name_is_misspelt_is_told_with_its_line(tmp_path, table):
    wrote(tmp_path, f'[project]\nname = "shop"\n\n[{table}] # ours\noutput = "out"\n')
    with pytest.raises(UsageProblem) as caught:
        config.load_config(tmp_path)
    said = ".".join(name.strip('[]"') for name in table.split(".") if "site" not in name)
    line = f"{tmp_path / 'pyproject.toml'}:4: "
    assert str(caught.value) == f"{line}there is no table [{said}]; did you mean [tool.archfolio]?"


@pytest.mark.parametrize("name", ["ruff", "archon", "portfolio", "architecture", "arch", "foliant", "coverage.run"])
def test_tables_of_other_tools_are_not_taken_for_misspelt(tmp_path, name):
    assert config.load_config(wrote(tmp_path, f"[tool.{name}]\n[[tool.{name}s.x]]\n")) == config.ProjectConfig()
