"""Of our code and of what it is built on, each picture hangs on what can change its bytes."""

from __future__ import annotations

import shutil
import sys

import pytest

from archfolio.render.base import code_version


def test_a_change_of_any_file_that_paints_changes_the_hash_of_what_paints(tmp_path, monkeypatch):
    copy = copied_code(tmp_path, monkeypatch) / "render"
    rooms = [path for room in ("model", "layout", "paint") for path in sorted((copy / room).rglob("*.py"))]
    paints, whole = code_version.painting_code.__wrapped__, code_version.all_code.__wrapped__
    for path in [*rooms, copy / "build/draw.py", copy / "base/counted.py"]:
        before = paints(), whole()
        with path.open("a") as file:
            file.write("# changed\n")
        assert paints() != before[0], path
        assert whole() != before[1], path


@pytest.mark.parametrize(
    "name",
    ["gallery/static/site.css", "archfolio/estimate.py", "render/build/to_manifest.py", "render/capture/module.py"],
)
def test_a_change_of_what_pictures_do_not_hang_on_changes_the_hash_of_the_whole_only(name, tmp_path, monkeypatch):
    copy = copied_code(tmp_path, monkeypatch)
    before = code_version.painting_code.__wrapped__(), code_version.all_code.__wrapped__()
    with (copy / name).open("a") as file:
        file.write("/* changed */\n")
    after = code_version.painting_code.__wrapped__(), code_version.all_code.__wrapped__()
    assert before[0] == after[0]
    assert before[1] != after[1]


def copied_code(folder, monkeypatch):
    """Copy our code, and have the copy hashed instead."""
    for name in ("RENDER", "GALLERY", "AUTHORING"):
        source = getattr(code_version, name)
        shutil.copytree(source, folder / source.name, ignore=shutil.ignore_patterns("__pycache__", "vendor"))
        monkeypatch.setattr(code_version, name, folder / source.name)
    return folder


def test_the_version_of_every_package_that_bytes_hang_on_is_known():
    assert [version for version in code_version.versions() if "missing" in version] == []


HASHES = (code_version.painting_code, code_version.encoders, code_version.all_code)


def hashes():
    """Compute the hashes anew, of what is installed now."""
    code_version._installed.cache_clear()
    code_version.versions.cache_clear()
    return [compute.__wrapped__() for compute in HASHES]


@pytest.mark.parametrize(
    ("package", "changes"),
    [
        ("fontpkg_inter", (True, False, True)),
        ("pillow", (True, False, True)),
        ("uharfbuzz", (True, False, True)),
        ("zlib_ng", (False, True, True)),
        ("pypdfium2", (False, True, True)),
        ("pygraphviz", (False, False, True)),  # pictures hang on the version that the engine says
        ("diagrams", (False, False, True)),
        ("jinja2", (False, False, True)),
        ("numpy", (False, False, True)),
        ("click", (False, False, False)),
    ],
)
def test_another_version_of_a_package_changes_the_hashes_that_hang_on_it(package, changes, tmp_path, monkeypatch):
    before = hashes()
    (tmp_path / f"{package}-99.dist-info").mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    after = hashes()
    monkeypatch.undo()
    hashes()
    assert tuple(one != other for one, other in zip(before, after, strict=True)) == changes


def test_pictures_do_not_hang_on_the_python_that_draws_them(monkeypatch):
    before = hashes()
    monkeypatch.setattr(sys, "version", "3.99.0 (of tomorrow)")
    after = hashes()
    monkeypatch.undo()
    hashes()
    assert before[:2] == after[:2]
    assert before[2] != after[2]
