"""What `archfolio serve` hears: saved files, not what editors and builds write beside them."""

from __future__ import annotations

import os
import sys
import threading
import time
from pathlib import Path

import pytest

from archfolio.render.serve.watch import Watcher

PATIENCE = 15.0


@pytest.mark.parametrize(
    "name",
    [".shop.py.swp", "shop.py~", "4913", "#shop.py#", ".#shop.py", "shop.py___jb_tmp___", "__pycache__/shop.pyc"],
)
def test_what_editors_keep_for_themselves_is_not_heard(tmp_path, name):
    (tmp_path / "__pycache__").mkdir()
    with Watcher(lambda: [tmp_path], []) as watcher:
        (tmp_path / name).write_text("temporary")
        assert watcher.wait(0.3) == set()
        (tmp_path / "shop.py").write_text("real")
        assert watcher.wait(PATIENCE) == {tmp_path / "shop.py"}


def test_what_is_built_beside_the_modules_is_not_heard(tmp_path):
    (tmp_path / "site").mkdir()
    with Watcher(lambda: [tmp_path], [tmp_path / "site"]) as watcher:
        (tmp_path / "site/index.html").write_text("built")
        assert watcher.wait(0.3) == set()


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are bytes")
def test_edits_are_heard_after_a_file_whose_name_cannot_be_written_down(tmp_path):
    with Watcher(lambda: [tmp_path], []) as watcher:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.py")).write_text("odd")
        assert watcher.wait(PATIENCE)
        time.sleep(1)  # until it watches again
        watcher.wait(0)
        (tmp_path / "shop.py").write_text("real")
        assert watcher.wait(PATIENCE) == {tmp_path / "shop.py"}


def test_a_saved_file_that_is_renamed_into_place_is_heard(tmp_path):
    target = tmp_path / "shop.py"
    target.write_text("old")
    with Watcher(lambda: [tmp_path], []) as watcher:
        fresh = tmp_path / "shop.tmp"
        fresh.write_text("new")
        fresh.rename(target)
        assert target in watcher.wait(PATIENCE)


def test_a_file_that_an_editor_empties_before_it_writes_it_is_edited_once(tmp_path):
    shop = tmp_path / "shop.py"
    shop.write_text("old")
    heard = []
    with Watcher(lambda: [tmp_path], [], lambda edited: heard.append((edited, shop.read_text()))) as watcher:
        with shop.open("w") as file:
            time.sleep(0.1)
            file.write("new")
        assert watcher.wait(PATIENCE) == {shop}
        assert watcher.wait(0.3) == set()
    assert heard == [({shop}, "new")]


def test_a_file_that_stays_empty_is_heard(tmp_path):
    with Watcher(lambda: [tmp_path], []) as watcher:
        (tmp_path / "shop.py").touch()
        assert watcher.wait(PATIENCE) == {tmp_path / "shop.py"}


def test_the_folders_are_looked_up_seldom_while_nothing_is_edited(tmp_path):
    """To know them the record of the last build is read."""
    asked = []
    with Watcher(lambda: asked.append(1) or [tmp_path], []):
        time.sleep(1.2)
    assert 2 <= len(asked) <= 4


def test_who_hears_of_an_edit_at_once_hears_it_before_anybody_works_on_it(tmp_path):
    """Else `serve` ended the run of a module that the edit itself had begun."""
    waits = []
    with Watcher(lambda: [tmp_path], [], lambda _: waits.append(watcher.pending)) as watcher:
        (tmp_path / "shop.py").write_text("real")
        assert watcher.wait(PATIENCE) == {tmp_path / "shop.py"}
    assert waits == [False]


def test_edits_that_are_reported_at_once_from_several_threads_are_all_heard(tmp_path):
    watcher = Watcher(lambda: [tmp_path], [])

    class Slow(set):
        """Paths that are slow to be added to others."""

        def __ror__(self, other):
            time.sleep(0.2)
            return other | set(self)

    reports = [threading.Thread(target=watcher.report, args=(Slow([number]),)) for number in range(4)]
    for one in reports:
        one.start()
    for one in reports:
        one.join()
    assert watcher.wait(0) == {0, 1, 2, 3}
