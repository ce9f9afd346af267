"""Files that the file system calls unchanged are not hashed again; everything else is, and so is all with --force."""

import os
import time

import pytest
from projects import BANK, SHOP, Project

from archfolio.render.base import hashing
from archfolio.render.build import file_stats
from archfolio.render.build.processes import workers


@pytest.fixture(scope="module")
def pool():
    with workers(2) as pool:
        yield pool


@pytest.fixture
def project(tmp_path, pool):
    project = Project(tmp_path, pool)
    project.write("shop.py", SHOP)
    project.write("bank.py", BANK)
    project.build()
    time.sleep(0.1)
    (project.site / file_stats.NAME).touch()  # as if the note had been taken now
    return project


@pytest.fixture
def hashed(monkeypatch):
    """Note which files are hashed."""
    seen = []
    original = hashing.hash_file
    monkeypatch.setattr(hashing, "hash_file", lambda path: seen.append(str(path)) or original(path))
    return seen


PICTURE = "images/shop/serving.svg"


def test_of_what_is_unchanged_only_the_modules_are_hashed(project, hashed):
    assert project.build().written == 0
    assert not [path for path in hashed if path.startswith(str(project.site))]


def damage(path):
    path.write_bytes(path.read_bytes().replace(b"asks", b"begs"))


def damage_and_hide_it(path):
    before = path.stat()
    damage(path)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def put_another_in_its_place(path):
    other = path.with_name("other")
    other.write_bytes(path.read_bytes().replace(b"asks", b"begs"))
    os.utime(other, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns))
    other.replace(path)


@pytest.mark.parametrize("change", [damage, damage_and_hide_it, put_another_in_its_place])
def test_a_change_of_the_same_size_is_seen_also_under_the_old_time(project, change):
    before = project.tree()
    change(project.site / PICTURE)
    project.build()
    assert project.tree() == before


def test_what_changed_a_moment_before_the_note_is_hashed(project):
    (project.site / file_stats.NAME).touch()
    (project.site / PICTURE).touch()
    os.utime(project.site / file_stats.NAME)
    assert file_stats.unchanged_files(project.site, [PICTURE]) == frozenset()


def test_force_reads_everything(project, hashed):
    project.build(force=True)
    assert str(project.site / PICTURE) in hashed


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{", b'{"a": 1}', b"\xff", b'{"images/shop/serving.svg": "x"}', b"null"]
)
def test_a_note_that_is_lost_or_damaged_costs_time_only(project, content):
    before = project.tree()
    (project.site / file_stats.NAME).write_bytes(content)
    assert project.build().written == 0
    damage(project.site / PICTURE)
    project.build()
    assert project.tree() == before
    (project.site / file_stats.NAME).unlink()
    assert project.build().written == 0


def test_a_site_that_was_copied_is_hashed_once_more_and_then_right(project, tmp_path):
    project.site.rename(tmp_path / "elsewhere")
    assert project.build(output=tmp_path / "elsewhere").written == 0
