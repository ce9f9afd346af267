from xml.etree import ElementTree as ET

import pytest

from archfolio.gallery.svg.thumbnail import thumbnail


def test_a_thumbnail_keeps_names_and_icons_and_drops_what_is_too_small(movies, read_tiny):
    svg = thumbnail(read_tiny(movies.views[0].files[0].path))
    ET.fromstring(svg)
    text = svg.decode()
    assert ">Ranker<" in text
    assert "icon-cc33" in text
    assert "light-dark(" in text
    assert "multi-get" not in text
    assert "font-face" not in text
    assert "<title" not in text


def test_the_whole_drawing_is_in_the_picture():
    svg = thumbnail(
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" data-body="0 0 700 2000">'
        '<rect width="700" height="2000"/>'
        '<g class="node data" transform="translate(10 10)"><rect width="9" height="9"/></g>'
        '<g class="node data" transform="translate(10 1900)"><rect width="9" height="9"/></g></svg>'
    )
    x, y, width, height = map(float, ET.fromstring(svg).get("viewBox").split())
    assert (x, y) <= (0, 0)
    assert x + width >= 700
    assert y + height >= 2000
    assert width / height == pytest.approx(720 / 440)
    ground = ET.fromstring(svg)[0]
    assert float(ground.get("width")) == pytest.approx(width, abs=1)


def test_an_icon_that_nothing_uses_is_dropped():
    svg = thumbnail(
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" data-body="0 0 700 400">'
        '<defs><image id="icon-a" xlink:href="data:image/png;base64,AA"/>'
        '<image id="icon-b" xlink:href="data:image/png;base64,BB"/></defs>'
        '<g class="node data" transform="translate(10 10)"><use xlink:href="#icon-a"/></g></svg>'
    ).decode()
    assert "icon-a" in svg
    assert "icon-b" not in svg
