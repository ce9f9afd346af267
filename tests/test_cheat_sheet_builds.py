"""Cheat sheets are printed in a process of their own while pages are made; one that is lost costs the sheets alone."""

from __future__ import annotations

import os

import pytest
from projects import SHOP, Project

from archfolio.gallery.links import sheet_file
from archfolio.render.base.errors import EnvironmentProblem
from archfolio.render.build.processes import Workers, workers

SHEETS = """
sentence = "Ways."

[[cheat_sheets]]
slug = "all"
title = "All systems"
sentence = "What each is for."
tables = [{title = "Uses", heads = ["System", "Use"], rows = [{system = "shop", cells = ["Buying"]}]}]
"""


@pytest.fixture
def project(tmp_path):
    with workers(2) as pool:
        project = Project(tmp_path, pool)
        project.write("shop.py", SHOP)
        project.write("study/sheets.toml", SHEETS)
        yield project


def sheet(project):
    [svg] = project.site.rglob("all.svg")
    return svg.read_text()


def test_a_sheet_is_printed_and_follows_its_file(project):
    assert project.build().failures == []
    assert "Buying" in sheet(project)
    project.edit("study/sheets.toml", "Buying", "Selling")
    project.build()
    assert "Selling" in sheet(project)
    assert project.tree() == project.clean_tree()


def dies(self, work, *args, draw=Workers.draw):
    return draw(self, os._exit, 3) if getattr(work, "name", "") == "print_sheets" else draw(self, work, *args)


@pytest.mark.parametrize("was_built", [True, False])
def test_a_process_that_dies_costs_only_the_sheets_until_the_next_build(project, monkeypatch, was_built):
    if was_built:
        project.build()
    project.edit("study/sheets.toml", "Buying", "Selling")
    project.edit("shop.py", "asks", "wants")
    with monkeypatch.context() as patched:
        patched.setattr(Workers, "draw", dies)
        [failure] = project.build().failures
    assert str(failure) == "study: its cheat sheets could not be printed: its process died (exit code 3)"
    assert ["Buying" in path.read_text() for path in project.site.rglob("all.svg")] == [True] * was_built
    assert "wants" in (project.site / "images/shop/serving.svg").read_text()
    assert project.build().failures == []
    assert project.tree() == project.clean_tree()


def test_a_file_of_somebody_elses_is_not_taken_for_a_sheet_that_could_not_be_printed(project, monkeypatch):
    foreign = project.site / sheet_file("all", "svg")
    foreign.parent.mkdir(parents=True)
    foreign.write_text("mine")
    with monkeypatch.context() as patched:
        patched.setattr(Workers, "draw", dies)
        assert len(project.build().failures) == 1
    with pytest.raises(EnvironmentProblem, match="is there and is not ours"):
        project.build()
    assert foreign.read_text() == "mine"
