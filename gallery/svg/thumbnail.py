"""The picture on a card: a whole drawing, small: its shape, its parts and icons, without what is too small to read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archfolio.gallery.svg.figures import SVG
from archfolio.gallery.svg.inline import XLINK, markup, parse, part, without

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

WIDTH, HEIGHT = 720, 440  # of the drawing at 100 %; a card shows it at half size
_MARGIN = 16.0
_NUMBER = re.compile(r"-?[\d.]+")
_ROUNDED = {"d", "points", "x", "y"}  # to whole pixels of the drawing, which are half ones here


def thumbnail(svg: str) -> bytes:
    """Render a thumbnail of a drawing: its own SVG, which follows the reader's theme as the drawing does."""
    root = parse(svg)
    left, top, wide, high = _body(root)
    width = max(wide + 2 * _MARGIN, (high + 2 * _MARGIN) * WIDTH / HEIGHT, WIDTH * 0.75)
    height = width * HEIGHT / WIDTH
    x, y = left + wide / 2 - width / 2, top + high / 2 - height / 2
    root.set("viewBox", f"{x:g} {y:g} {width:g} {height:g}")
    root.set("width", str(WIDTH))
    root.set("height", str(HEIGHT))
    small = [text for text in root.iter(f"{{{SVG}}}text") if text.get("font-weight") != "600"]
    titles = list(root.iter(f"{{{SVG}}}title"))
    fonts = [style for style in root.iter(f"{{{SVG}}}style") if style.get("class") == "font"]
    without(root, [*small, *titles, *fonts, *part(root, "head"), *part(root, "legend"), *part(root, "label")])
    ground = root.find(f"{{{SVG}}}rect")
    if ground is not None:  # to the borders of the card
        for name, value in {"x": x, "y": y, "width": width, "height": height}.items():
            ground.set(name, f"{value:g}")
    without(root, _unused_icons(root))
    for element in root.iter():
        for name in [name for name in element.attrib if name.startswith(("data-", "aria-"))]:
            del element.attrib[name]
        for name in _ROUNDED & element.attrib.keys():
            element.set(name, _NUMBER.sub(lambda number: str(round(float(number[0]))), element.get(name, "")))
    spaces = f'<svg xmlns="{SVG}" xmlns:xlink="{XLINK}"'
    return str(markup(root)).replace("<svg", spaces, 1).encode()


def _body(root: ET.Element) -> tuple[float, float, float, float]:
    """Find where the boxes stand: x, y, width, height."""
    text = root.get("data-body") or root.get("viewBox") or f"0 0 {WIDTH} {HEIGHT}"
    left, top, width, height = (float(number) for number in text.split())
    return left, top, width, height


def _unused_icons(root: ET.Element) -> list[ET.Element]:
    used = {use.get(f"{{{XLINK}}}href") for use in root.iter(f"{{{SVG}}}use")}
    return [image for image in root.iter(f"{{{SVG}}}image") if image.get("id") and f"#{image.get('id')}" not in used]
