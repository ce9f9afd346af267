"""The library's own look: Graphviz's SVG is XML whatever an author writes, and its links lead to pages only."""

import re
from xml.etree import ElementTree as ET

import pytest

from archfolio.render.build.draw import ENGINES
from archfolio.render.capture.discover import script
from archfolio.render.capture.module import capture
from archfolio.render.paint.format import Format
from archfolio.render.paint.graphviz_style import draw_in_graphviz_style
from archfolio.render.paint.origin import Origin


@pytest.fixture
def svg_of(tmp_path, monkeypatch):
    """Draw one node with these attributes in the library's look."""
    monkeypatch.chdir(tmp_path)

    def draw(label="Log", title="Title", **attributes):
        path = tmp_path / "drawn.py"
        path.write_text(
            "from diagrams import Diagram\nfrom diagrams.onprem.queue import Kafka\n"
            f"with Diagram({title!r}, show=False):\n    Kafka({label!r}, **{attributes!r})\n"
        )
        [drawing] = capture(script(path)).drawings
        files, *_ = draw_in_graphviz_style(
            drawing.graph, drawing.dot, [Format("svg")], lambda _: Origin(), ENGINES["bundled"]()
        )
        return files[0][1].decode()

    return draw


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("A &word; B", "A &word; B"),
        ("caf&eacute; &amp; &nbsp;", "caf\u00e9 & \u00a0"),
        ("&#1; &#xFFFE; x", "\ufffd \ufffd x"),
        ("a & b <c>", "a & b <c>"),
    ],
)
@pytest.mark.parametrize("place", ["label", "title", "tooltip"])
def test_what_looks_like_an_entity_leaves_the_file_well_formed(text, shown, place, svg_of):
    root = ET.fromstring(svg_of(**{place: text}))
    if place == "label":
        assert shown in [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]


@pytest.mark.parametrize(
    ("link", "kept"),
    [
        ("https://example.org/?a=1&name;=2", True),
        ("page.html#part", True),
        ("mailto:somebody@example.org", True),
        ("javascript:alert(1)", False),
        ("JavaScript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("&#106;avascript:alert(1)", False),
        ("data:text/html,<script>alert(1)</script>", False),
        ("vbscript:x", False),
        ("file:///etc/passwd", False),
    ],
)
@pytest.mark.parametrize("attribute", ["URL", "href", "labelURL"])
def test_only_links_to_pages_and_addresses_stay_in_the_file(link, kept, attribute, svg_of):
    svg = svg_of(**{attribute: link})
    links = re.findall(r'<a [^>]*xlink:href="([^"]*)"', svg)
    assert bool(links) == (kept and attribute != "labelURL")
    assert "alert" not in svg
    assert "passwd" not in svg
    assert ">Log</text>" in svg


def test_fonts_are_no_cache_that_outlives_the_process(svg_of, monkeypatch):
    monkeypatch.setenv("HOME", "/nonexistent")
    monkeypatch.setenv("XDG_CACHE_HOME", "/nonexistent")
    assert ">Log</text>" in svg_of()
