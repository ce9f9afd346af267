"""The lock has everything that the project asks for, in versions that it allows."""

import tomllib
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent


def test_the_lock_has_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    locked = [Requirement(line) for line in lines if line and not line.startswith("#")]
    pinned = {one.name.replace("_", "-").lower(): one for one in locked}
    for wanted in map(Requirement, asked):
        found = pinned.get(wanted.name.replace("_", "-").lower())
        assert found is not None, f"{wanted.name} is not in the lock: run `make lock`"
        versions = [pin.version for pin in found.specifier]
        assert all(wanted.specifier.contains(version) for version in versions), f"{found}: run `make lock`"
