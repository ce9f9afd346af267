"""A small project in a temporary folder: modules to edit, a folder to build into, and what came out."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archfolio.render.build import file_stats
from archfolio.render.build.build import build
from archfolio.render.build.options import RenderOptions
from archfolio.render.build.request import BuildReport, BuildRequest

if TYPE_CHECKING:
    from archfolio.render.build.processes import Workers

SHOP = '''"""Sell a thing."""

from diagrams.onprem.queue import Kafka

from archfolio import request, view


@view("Serving")
def serving() -> None:
    """People buy."""
    Kafka("Shop") >> request("asks") >> Kafka("Stock")
'''
BANK = SHOP.replace("Sell a thing", "Keep money").replace("Shop", "Counter").replace("Stock", "Vault")
TINY = Path(__file__).parent / "tiny"


def begin_build(folder: Path, shop: str, stderr: int) -> subprocess.Popen[bytes]:
    """Begin to build a folder with one system, as a program whose temporary files are in the folder `tmp` there."""
    for name in ("systems", "tmp"):
        (folder / name).mkdir()
    (folder / "systems/shop.py").write_text(shop)
    return subprocess.Popen(
        [sys.executable, "-m", "archfolio", "build", "--systems", "systems"],
        cwd=folder,
        stderr=stderr,
        env=os.environ | {"TMPDIR": str(folder / "tmp")},
    )


@dataclass
class Project:
    """A folder of systems, built into a folder beside it."""

    folder: Path
    pool: Workers | None = None
    drawn: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.systems.mkdir(parents=True, exist_ok=True)

    @property
    def systems(self) -> Path:
        return self.folder / "systems"

    @property
    def site(self) -> Path:
        return self.folder / "site"

    def write(self, name: str, text: str) -> Path:
        path = self.systems / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def edit(self, name: str, old: str, new: str) -> None:
        text = (self.systems / name).read_text(encoding="utf-8")
        assert old in text
        self.write(name, text.replace(old, new))

    def build(self, *slugs: str, options: RenderOptions | None = None, **more: Any) -> BuildReport:
        """Build, and note in `drawn` what was drawn this time."""
        self.drawn = []
        request = BuildRequest(
            self.systems, more.pop("output", self.site), slugs, options or RenderOptions(), jobs=2, **more
        )
        return build(request, self.drawn.append, self.pool)

    def tree(self, folder: Path | None = None) -> dict[str, bytes]:
        """Read everything that was built; what the file system said of it is no part of that."""
        top = folder or self.site
        files = (path for path in top.rglob("*") if path.is_file() and path.name != file_stats.NAME)
        return {path.relative_to(top).as_posix(): path.read_bytes() for path in files}

    def clean_tree(self) -> dict[str, bytes]:
        """Build the same into a new folder, and read that."""
        other = self.folder / "clean"
        self.build(output=other)
        return self.tree(other)

    def assert_recovers(self) -> None:
        """Build again, and compare with a clean build."""
        self.build()
        assert self.tree() == self.clean_tree()
