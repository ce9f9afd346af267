"""A made-up company's project: its own name, colours, words, kinds of edge, parts, glyph and font."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import fontpkg

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect width="24" height="24" fill="#be123c"/></svg>'
GLYPH = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" fill="none" stroke="#be123c" stroke-width="3">'
    '<path d="M24 6h16v16L22 40 8 26z"/><circle cx="32" cy="15" r="3"/></svg>'
)
SETTINGS = """\
[tool.archfolio]
output = "site"

[tool.archfolio.site]
title = "Acme Freight architecture"
wordmark = "Acme Freight"
logo = "brand/logo.svg"
lead = "How parcels find their price and their van."
footer = "Kept by the platform team."
accent = "#be123c"
repository = "https://example.org/acme/blob/main"

[tool.archfolio.vocabulary]
families = { pricing = "Pricing" }
tasks = { "price setting" = "set what a customer pays" }

[tool.archfolio.vocabulary.edges.lineage]
like = "batch"
colour = "#a21caf"
line = "dash-dot"
arrow = "diamond"
word = "data lineage"

[tool.archfolio.vocabulary.parts.partner]
colour = "#0369a1"
components = ["saas"]

[tool.archfolio.style]
radius = 2
card_width = 180

[tool.archfolio.style.palette]
ground = "#fffaf5"
"""
TARIFFS = '''"""Quote a parcel within 80 ms."""

from diagrams.onprem.client import Users
from diagrams.onprem.queue import Kafka
from diagrams.saas.chat import Slack

from archfolio import Concept, System, Tags, edge_kind, request, stream, view

lineage = edge_kind("lineage")


class TariffModel(Concept, glyph="../brand/tariff.svg", accent="model"):
    """Sets the price of a parcel from weight, way and load."""


SYSTEM = System(title="Tariffs", family="pricing", tags=Tags(task=["price setting"]))


@view("Serving")
def serving() -> None:
    """A quote in 80 ms."""
    shop, price = Users("Shops"), TariffModel("Tariff model with a long name")
    log, desk = Kafka("Quotes"), Slack("Partner desk")
    shop >> request("quote") >> price >> stream("quote") >> log >> lineage("hourly") >> desk
'''
BUILT_IN = Path(next(file.path for file in fontpkg.family("Inter").files if file.style == "italic"))


def write_acme(folder: Path, settings: str = SETTINGS) -> Path:
    """Write the project into a folder, and return that."""
    for name, text in {
        "pyproject.toml": settings,
        "brand/logo.svg": LOGO,
        "brand/tariff.svg": GLYPH,
        "systems/tariffs.py": TARIFFS,
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def write_font(folder: Path) -> str:
    """Put a font file into the project: one that is told from ours by its slant. Return its name for the settings."""
    path = folder / "brand" / "own.ttf"
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(BUILT_IN, path)
    return "brand/own.ttf"


def archfolio(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a folder."""
    return subprocess.run(
        [sys.executable, "-m", "archfolio", *arguments],
        cwd=folder,
        env=os.environ | {"NO_COLOR": "1"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def built(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Build, and fail where that fails."""
    done = archfolio(folder, "build", "--no-png", "--jobs", "2", *arguments)
    assert done.returncode == 0, done.stderr
    return done
