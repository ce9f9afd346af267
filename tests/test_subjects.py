"""A module describes a system or a building block, in the folder or in a group of it; all share what views have."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from projects import SHOP, Project

from archfolio.gallery import manifest
from archfolio.render.base.errors import UsageProblem
from archfolio.render.capture.discover import discover

if TYPE_CHECKING:
    from pathlib import Path

BLOCK = '''
"""Keep requests waiting in one line.

A queue is short until it is not.
"""

from diagrams.onprem.client import Users
from diagrams.onprem.queue import Kafka

from archfolio import *

ESTIMATE = Estimate(rate=assume("Requests", 900, "request/s"), day=derive("Requests a day", "rate", "request/day"))
BLOCK = BuildingBlock(
    title="Queues",
    estimate=ESTIMATE,
    terms=[Term("Rate", "{rate} arrive.", MathFormula("Rate", r"\\lambda", "requests a second"))],
    calculators=[Calculator("Load", "How many a day?", ["day"], "{day} is a lot.")],
    tables=[DecisionTable("Which", ["Cost"], [Option("One line", ["{rate}"], "Work is short.")])],
    checklist=["Every queue has a bound"],
    anti_patterns=[AntiPattern("No bound", "It grows", "Bound it", "shop/serving")],
    questions=[FollowUp("mid", "How long?", "Not long.", "Long.", "line/Log")],
    charts=[Chart("charts/wait.svg", "Waiting", "At {rate}", "A line.", "charts/wait.py")],
    used_by=[UsedBy("shop/serving", "Its {rate} wait.")],
)


@view("The line")
def line():
    """{rate} stand in it."""
    Users("People", tooltip="Wait") >> request("{rate}") >> Kafka("Log", tooltip="Holds {rate}")
'''
CHART = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><path d="M0 0L4 4" stroke="currentColor"/></svg>'


@pytest.fixture
def project(tmp_path: Path, pool) -> Project:
    project = Project(tmp_path, pool)
    project.write("shop.py", SHOP)
    project.write("blocks/queues.py", BLOCK.lstrip())
    project.write("blocks/charts/wait.svg", CHART)
    return project


def touch(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("from archfolio import *\n", encoding="utf-8")
    return folder


def test_groups_follow_the_folders_own_modules_one_level_deep(tmp_path: Path) -> None:
    names = (
        "shop.py",
        "blocks/queues.py",
        "blocks/_shared.py",
        "blocks/charts/wait.py",
        "_old/bank.py",
        ".git/hook.py",
    )
    scripts = discover(touch(tmp_path, *names))
    assert [(script.slug, script.group, script.module) for script in scripts] == [
        ("shop", "", "shop.py"),
        ("queues", "blocks", "blocks/queues.py"),
    ]


def test_a_package_is_imported_from_and_is_no_group(tmp_path: Path) -> None:
    assert [one.slug for one in discover(touch(tmp_path, "shop.py", "common/__init__.py", "common/parts.py"))] == [
        "shop"
    ]


def test_what_does_not_speak_of_archfolio_is_left_alone_in_folders(tmp_path: Path) -> None:
    touch(tmp_path, "shop.py", "tests/test_shop.py")
    (tmp_path / "tests/test_shop.py").write_text("raise SystemExit(1)", encoding="utf-8")
    assert [one.slug for one in discover(tmp_path)] == ["shop"]


def test_a_plain_script_in_a_folder_is_drawn_and_what_only_helps_scripts_is_not(tmp_path: Path) -> None:
    touch(tmp_path, "shop.py", "legacy/first.py", "legacy/styles.py", "legacy/words.py")
    drawing = "from diagrams import Cluster, Diagram\n\nwith Diagram('First', show=False):\n    pass\n"
    (tmp_path / "legacy/first.py").write_text(drawing, encoding="utf-8")
    (tmp_path / "legacy/styles.py").write_text("from diagrams import Edge\nHOT = {'color': 'red'}\n", encoding="utf-8")
    (tmp_path / "legacy/words.py").write_text("DIAGRAM = 'a Diagram(x) of diagrams'\n", encoding="utf-8")
    assert [(one.slug, one.group) for one in discover(tmp_path)] == [("shop", ""), ("first", "legacy")]


def test_slugs_are_unique_over_all_groups(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match=r"'big_shop.py' and 'blocks/big-shop.py' have one address, 'big-shop'"):
        discover(touch(tmp_path, "big_shop.py", "blocks/big-shop.py"))


def test_a_block_is_built_beside_the_systems(project: Project) -> None:
    assert project.build().failures == []
    built = manifest.read(project.site)
    assert [one.slug for one in built.systems] == ["shop"]
    [block] = built.blocks
    assert (block.module.path, block.title, block.headline) == ("blocks/queues.py", "Queues", ["day"])
    assert block.views[0].edges[0].label == "900/s"
    assert block.charts[0].svg == CHART
    assert block.terms[0].formula
    assert block.questions[0].where.node == "log"
    page = (project.site / "blocks/queues.html").read_text(encoding="utf-8")
    assert '<a href="../systems/shop.html#view=serving">Shop, Serving</a>' in page
    assert (project.site / "embed/queues/line.html").is_file()
    assert (project.site / "images/queues/line.svg").is_file()
    shop = (project.site / "systems/shop.html").read_text(encoding="utf-8")
    assert '<a href="../blocks/queues.html">Queues</a>' in shop
    assert "Its 900/s wait." in shop


def test_nothing_is_done_twice_and_a_chart_is_an_input(project: Project) -> None:
    project.build()
    assert (report := project.build()).written == 0, report.why
    project.write("blocks/charts/wait.svg", CHART.replace("L4 4", "L2 4"))
    assert project.build().why == ["queues: uses blocks/charts/wait.svg, which changed"]
    assert "L2 4" in (project.site / "blocks/queues.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("chart", "says"),
    [
        (None, "cannot be read: run 'charts/wait.py', which writes it"),
        (CHART.replace("<path", "<script/><path"), "has a <script>: draw it of shapes and texts alone"),
        (CHART.replace("<path", f"<text>{'x' * 20_000}</text><path"), "draw it in at most 20,000"),
    ],
)
def test_a_chart_that_cannot_be_had_is_told(project: Project, chart: str | None, says: str) -> None:
    path = project.systems / "blocks/charts/wait.svg"
    path.unlink() if chart is None else path.write_text(chart, encoding="utf-8")
    [failure] = project.build().failures
    assert says in str(failure)
    assert "queues.py:21" in str(failure)


def test_list_names_the_group_and_the_title(project: Project, archfolio) -> None:
    done = archfolio("list", "--systems", project.systems, "--json")
    assert [(one["slug"], one["group"], one["title"]) for one in json.loads(done.stdout)["systems"]] == [
        ("shop", "", "Shop"),
        ("queues", "blocks", "Queues"),
    ]


def test_a_block_is_asked_for_what_it_lacks_and_what_it_points_to(project: Project, archfolio) -> None:
    done = archfolio("check", "queues", "--systems", project.systems, "--select", "S13")
    said = [line.partition("S13")[2] for line in done.stdout.splitlines()]
    assert sum(line.startswith("1 ") for line in said) == 5  # terms, checklist, anti-patterns, questions, uses
    assert not any(line.startswith("2 ") for line in said)
    project.write(
        "blocks/queues.py", BLOCK.lstrip().replace("shop/serving", "shop/srving").replace("line/Log", "line/Lg")
    )
    done = archfolio("check", "queues", "--systems", project.systems, "--select", "S132")
    found = [line for line in done.stdout.splitlines() if "S132" in line]
    assert len(found) == 3
    assert all("did you mean" in line for line in found)
