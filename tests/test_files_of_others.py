"""What others have put into the output folder is neither changed nor removed, and stops a build that would."""

from __future__ import annotations

import re

import pytest
from projects import SHOP, Project

from archfolio.render.base.errors import EnvironmentProblem


def test_files_of_others_are_never_touched(project):
    (project.site / "images/shop/notes.txt").write_text("mine")
    (project.site / "CNAME").write_text("example.org")
    (project.systems / "shop.py").unlink()
    project.build()
    assert (project.site / "images/shop/notes.txt").read_text() == "mine"
    assert (project.site / "CNAME").read_text() == "example.org"


def test_a_file_of_others_that_stands_in_the_way_is_refused(tmp_path, pool):
    project = Project(tmp_path, pool)
    project.write("shop.py", SHOP)
    project.site.mkdir()
    (project.site / "index.html").write_text("my homepage")
    for _ in range(2):  # not by the second try either
        with pytest.raises(EnvironmentProblem, match=r"index\.html' is there and is not ours"):
            project.build()
        assert (project.site / "index.html").read_text() == "my homepage"
    (project.site / "index.html").unlink()
    project.build()
    assert project.tree() == project.clean_tree()


@pytest.mark.parametrize(
    "path",
    ["index.html", "manifest.json", "404.html", "static", "systems/shop.html", "images/shop/serving.svg", "images"],
)
def test_a_folder_in_which_a_file_of_others_stands_in_the_way_is_left_as_it_was(tmp_path, pool, path):
    project = Project(tmp_path, pool)
    project.write("shop.py", SHOP)
    theirs = project.site / path
    theirs.parent.mkdir(parents=True)
    theirs.write_text("mine")
    with pytest.raises(EnvironmentProblem, match=rf"{re.escape(path)}' is there and is not ours"):
        project.build()
    assert project.tree() == {path: b"mine"}


def test_a_file_of_others_in_the_way_of_a_later_build_costs_none_of_the_earlier_ones(tmp_path, pool):
    project = Project(tmp_path, pool)
    project.write("shop.py", SHOP)
    project.build()
    before = project.tree()
    project.write("bank.py", SHOP)
    (project.site / "systems/bank.html").write_text("mine")
    with pytest.raises(EnvironmentProblem, match=r"systems/bank\.html' is there and is not ours"):
        project.build()
    state = ".archfolio.json"
    assert project.tree() | {state: b""} == before | {"systems/bank.html": b"mine", state: b""}
    (project.site / "systems/bank.html").unlink()
    project.build()
    assert project.tree() == project.clean_tree()


def test_a_manifest_of_others_does_not_make_their_folder_ours(tmp_path, pool):
    project = Project(tmp_path, pool)
    project.write("shop.py", SHOP)
    project.site.mkdir()
    (project.site / "manifest.json").write_text('{"name": "my app", "icons": []}')
    with pytest.raises(EnvironmentProblem, match=r"manifest\.json' is there and is not ours"):
        project.build()


def test_a_build_whose_state_was_lost_is_still_ours(project):
    before = project.tree()
    (project.site / ".archfolio.json").unlink()
    project.build()
    assert project.tree() == before
