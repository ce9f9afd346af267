"""Scripts as strangers write them, drawn in this process."""

from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from archfolio.render.capture.discover import script
from archfolio.render.capture.module import Captured, capture
from archfolio.render.layout.engine import Bundled
from archfolio.render.layout.measure import size
from archfolio.render.layout.search import layout
from archfolio.render.model.alt_text import describe
from archfolio.render.model.drawing import Drawing
from archfolio.render.model.geometry import Layout
from archfolio.render.paint.scene import Scene, compose
from archfolio.render.paint.shapes import Group, Shape, Text, texts
from archfolio.render.paint.svg import svg

IMPORTS = (
    "from diagrams import Cluster, Diagram, Edge, Node\n"
    "from diagrams.custom import Custom\n"
    "from diagrams.onprem.compute import Server\n"
)


@dataclass
class Drawn:
    """One drawing, from its graph to its SVG."""

    drawing: Drawing
    layout: Layout
    scene: Scene

    @property
    def graph(self):
        return self.drawing.graph

    def groups(self, kind: str) -> list[Group]:
        """List the groups of a class, "node", "edge", "cluster", "label" or "head"."""
        return list(_groups(self.scene.shapes, kind))

    def shapes(self, kind: str, sort: type) -> list[Shape]:
        return [shape for group in self.groups(kind) for shape in group.shapes if isinstance(shape, sort)]

    @property
    def texts(self) -> list[Text]:
        return list(texts(self.scene.shapes))

    @property
    def words(self) -> list[str]:
        return [text.text for text in self.texts]

    @property
    def svg(self) -> str:
        text = svg(self.scene, "x")
        ET.fromstring(text)
        return text


def _groups(shapes, kind):
    for shape in shapes:
        if isinstance(shape, Group):
            if kind in shape.name.split():
                yield shape
            yield from _groups(shape.shapes, kind)


@pytest.fixture
def captured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Capture a script of a few lines, in this process."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))

    def run(body: str, *arguments: str, imports: str = IMPORTS, paint=None) -> Captured:
        path = tmp_path / "module.py"
        path.write_text(imports + body, encoding="utf-8")
        return capture(script(path), arguments, paint)

    return run


@pytest.fixture
def drawn(captured):
    """Draw the only diagram of a script."""

    def run(body: str, imports: str = IMPORTS) -> Drawn:
        result = captured(body, imports=imports)
        assert result.failures == ()
        [drawing] = result.drawings
        graph = drawing.graph
        placed = layout(size(graph), Bundled())
        return Drawn(drawing, placed, compose(graph, placed, describe(graph)))

    return run


@pytest.fixture
def block(drawn):
    """Draw the body of one `with Diagram(...)` block."""

    def run(body: str, **settings: object) -> Drawn:
        said = "".join(f", {key}={value!r}" for key, value in settings.items())
        inside = "".join(f"    {line}\n" for line in body.splitlines())
        return drawn(f"with Diagram('Drawing', show=False{said}):\n{inside}")

    return run
