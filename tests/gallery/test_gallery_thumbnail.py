from xml.etree import ElementTree as ET

from archfolio.gallery.svg.thumbnail import thumbnail


def test_a_thumbnail_keeps_names_and_icons_and_drops_what_is_too_small(movies, read_tiny):
    svg = thumbnail(read_tiny(movies.views[0].files[0].path))
    ET.fromstring(svg)  # noqa: S314  our own
    text = svg.decode()
    assert ">Ranker<" in text
    assert "icon-cc33" in text
    assert "light-dark(" in text
    assert "multi-get" not in text
    assert "font-face" not in text
    assert "<title" not in text


def test_boxes_below_the_picture_are_dropped_with_their_icons():
    svg = thumbnail(
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" data-body="0 0 700 2000">'
        '<defs><image id="icon-a" xlink:href="data:image/png;base64,AA"/>'
        '<image id="icon-b" xlink:href="data:image/png;base64,BB"/></defs>'
        '<g class="node data" transform="translate(10 10)"><use xlink:href="#icon-a"/></g>'
        '<g class="node data" transform="translate(10 900)"><use xlink:href="#icon-b"/></g>'
        '<g class="edge" data-edge="e"><path d="M10 900C10 910 10 920 10 930"/></g></svg>'
    ).decode()
    assert "icon-a" in svg
    assert "icon-b" not in svg
    assert "<path" not in svg
