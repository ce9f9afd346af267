"""What npm installs to check the pages with is locked, and pages load nothing of it."""

import json
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_version_is_exact():
    package = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    assert "dependencies" not in package
    assert all(version[0].isdigit() for version in package["devDependencies"].values())


def test_the_lock_names_no_registry():
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    assert [name for name, package in lock["packages"].items() if "resolved" in package] == []
    assert all(package.get("integrity") for name, package in lock["packages"].items() if name)
