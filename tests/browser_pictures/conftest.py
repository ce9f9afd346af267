"""Drawings in a real browser. Without one the tests are skipped, but not in CI."""

import os
from dataclasses import dataclass
from pathlib import Path

import measure
import pytest

from archfolio.render.build.draw import draw
from archfolio.render.build.job import Job
from archfolio.render.build.processes import workers
from archfolio.render.capture.discover import discover
from archfolio.render.capture.module import capture
from archfolio.render.layout import lockfile
from archfolio.render.model.font import Typeface, instance
from archfolio.render.model.graph import Graph
from archfolio.render.paint.format import Format

ROOT = Path(__file__).parents[2]
ONE_FONT = "<fontconfig><dir>{0}</dir><cachedir>{0}</cachedir></fontconfig>"


@dataclass(frozen=True)
class Drawn:
    graph: Graph
    svg: str


@pytest.fixture(scope="session")
def fontless(tmp_path_factory):
    """An environment in which programs find no letter on the machine: Chromium wants one font, which has a space."""
    folder = tmp_path_factory.mktemp("fonts")
    (folder / "space.ttf").write_bytes(instance(frozenset(" "), Typeface()))
    config = folder / "fonts.conf"
    config.write_text(ONE_FONT.format(folder), encoding="utf-8")
    return os.environ | {"FONTCONFIG_FILE": str(config)}


@pytest.fixture(scope="session")
def chromium(launch, fontless):
    browser = launch(env=fontless)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def reader(chromium):
    return measure.Reader(chromium.new_page())


@pytest.fixture(scope="session")
def drawer():
    """Draw graphs, given by name, in the house style: several at a time."""
    with workers() as pool:

        def draw_all(graphs, known=None):
            works = {}
            for name, graph in graphs.items():
                job = Job(graph, "", "house", "bundled", (Format("svg"),), recorded=(known or {}).get(name))
                works[name] = pool.draw(draw, job)
            return {name: Drawn(graphs[name], work.result().files[0][1].decode()) for name, work in works.items()}

        yield draw_all


@pytest.fixture(scope="session")
def graphs():
    """The graph of every view of every system of the repository."""
    with workers() as pool:
        runs = {script.slug: pool.run_module(capture, script) for script in discover(ROOT / "systems")}
        captured = {slug: run.result() for slug, run in runs.items()}
    return {
        f"{slug}/{drawing.graph.slug}": drawing.graph
        for slug, module in captured.items()
        for drawing in module.drawings
    }


@pytest.fixture(scope="session")
def drawings(graphs, drawer):
    """Every view of every system, drawn with the layout that was recorded."""
    return drawer(graphs, lockfile.load(ROOT / "systems"))


@pytest.fixture(scope="session")
def seen(drawings, reader):
    """What the browser makes of them."""
    return {name: reader.read(drawn.svg) for name, drawn in drawings.items()}
