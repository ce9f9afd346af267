"""What we draw, kept as files that open: a change of the house style is a change of these, to be looked at.

Rewrite them with `make snapshots`.
"""

import re
from pathlib import Path

import pytest

from archfolio.render.build.draw import draw
from archfolio.render.build.job import Job
from archfolio.render.build.processes import workers
from archfolio.render.capture.discover import script
from archfolio.render.capture.module import capture
from archfolio.render.layout.dot_writer import dot
from archfolio.render.layout.draft import frame
from archfolio.render.layout.measure import size
from archfolio.render.layout.settings import CANDIDATES
from archfolio.render.paint.format import Format

HERE = Path(__file__).parent
SNAPSHOTS = HERE / "snapshots"
DRAWINGS = [("shop", "serving"), ("shop", "groups"), ("plain_script", "first-drawing"), ("plain_script", "own-name")]


@pytest.fixture(scope="module")
def drawings() -> dict[tuple[str, str], Job]:
    jobs = {}
    for module in dict.fromkeys(module for module, _ in DRAWINGS):
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(HERE)
            captured = capture(script(HERE / "tiny" / f"{module}.py"))
        for drawing in captured.drawings:
            style = "library" if drawing.graph.slug == "own-name" else "house"
            jobs[module, drawing.graph.slug] = Job(
                drawing.graph, drawing.dot, style, "bundled", (Format("svg"),), name=f"{module}/{drawing.graph.slug}"
            )
    return jobs


def compare(name: str, text: str, request: pytest.FixtureRequest) -> None:
    path = SNAPSHOTS / name
    if request.config.getoption("--rewrite-snapshots"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.is_file(), f"there is no {path.name}: run `make snapshots` and look at it"
    assert text == path.read_text(encoding="utf-8"), f"{path.name} changed: run `make snapshots` and look at it"


@pytest.mark.parametrize(("module", "view"), DRAWINGS)
def test_a_drawing_looks_as_it_did(module: str, view: str, drawings, request: pytest.FixtureRequest) -> None:
    with workers(1) as pool:  # as in a build: fontconfig is read once a process, and other tests may have had it read
        [(_, content)] = pool.draw(draw, drawings[module, view]).result().files
    compare(f"{module}-{view}.svg", content.decode(), request)


@pytest.mark.parametrize(("module", "view"), [("shop", "serving"), ("shop", "groups")])
def test_graphviz_is_told_the_same(module: str, view: str, drawings, request: pytest.FixtureRequest) -> None:
    text = dot(frame(size(drawings[module, view].graph)), CANDIDATES[0])
    assert not re.search(r"font|\.png", text), "Graphviz places boxes; it sees no font and no file"
    compare(f"{module}-{view}.dot", text, request)
