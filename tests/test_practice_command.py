"""`archfolio practice`: a deck of questions from a build, written whole or not at all."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest
from note_project import run
from placed_view import site

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("genanki")


def practice(deck: Path, *more: str):
    return run("practice", "shop", "--anki", str(deck), *(more or ("--output", str(site()))))


def test_a_deck_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = practice(tmp_path / "decks/shop.apkg")
    assert (done.code, done.out) == (0, "decks/shop.apkg\n")
    assert done.err.endswith(" questions.\n")
    with zipfile.ZipFile(tmp_path / "decks/shop.apkg") as deck:
        assert "collection.anki2" in deck.namelist()


def test_where_there_is_no_build_it_says_what_every_command_says(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("")
    for folder in ("nowhere", "file/below"):
        done = practice(tmp_path / "shop.apkg", "--output", folder)
        exported = run("export", "shop", "--format", "dot", "--output", folder)
        assert (done.code, done.err) == (exported.code, exported.err)
        assert (done.code, done.err.partition(":")[0]) == (3, f"there is no build in '{folder}'")


@pytest.mark.parametrize("command", [("practice", "shop", "--anki"), ("export", "shop", "--format", "dot", "--to")])
def test_what_cannot_be_written_is_a_sentence_without_an_option_that_would_not_help(tmp_path: Path, command) -> None:
    (tmp_path / "file").write_text("")
    done = run(*command, str(tmp_path / "file/x"), "--output", str(site()))
    assert (done.code, done.err.startswith("cannot write '")) == (3, True)
    assert "--output" not in done.err
