import json
from pathlib import Path

import pytest

from archfolio.gallery import vendor

ROOT = Path(__file__).parents[2]


@pytest.fixture
def npm(monkeypatch):
    """Stand in for npm: lay out the packages that were asked for, and remember what was run."""
    ran = []

    def run(command, *, cwd, **_):
        ran.append(command[command.index("--loglevel=error") + 1 :])
        if ran[-1][0] == "ci":
            assert Path(cwd, "package-lock.json").is_file()
            for source in [*vendor.FILES, *vendor.LARGE]:
                file = Path(cwd, "node_modules", source)
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(source, encoding="utf-8")
        if "terser" in ran[-1]:
            Path(ran[-1][-1]).write_text("small", encoding="utf-8")

    monkeypatch.setattr(vendor.subprocess, "run", run)
    return ran


def test_libraries_come_in_locked_versions_and_run_no_script_of_theirs(npm, tmp_path):
    vendor.install(ROOT, tmp_path)
    assert npm[0][:2] == ["ci", "--ignore-scripts"]
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "minisearch.LICENSE.txt",
        "minisearch.min.js",
        "panzoom.LICENSE.txt",
        "panzoom.min.js",
    ]


def test_every_version_is_exact():
    package = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    versions = [*package["dependencies"].values(), *package["devDependencies"].values()]
    assert all(version[0].isdigit() for version in versions)


def test_the_lock_names_no_registry():
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    assert [name for name, package in lock["packages"].items() if "resolved" in package] == []
    assert all(package.get("integrity") for name, package in lock["packages"].items() if name)
