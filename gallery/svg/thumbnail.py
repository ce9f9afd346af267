"""The picture on a card: the upper part of a drawing, with names and icons, without what is too small to read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archfolio.gallery.svg.inline import SVG, XLINK, markup, parse, part, without

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

WIDTH, HEIGHT = 720, 440  # of the drawing at 100 %; a card shows it at half size
_MARGIN = 16.0
_NUMBER = re.compile(r"-?[\d.]+")
_ROUNDED = {"d", "points", "x", "y"}  # to whole pixels of the drawing, which are half ones here
_SEEN = 24.0  # of a box at least, from its corner
_CARD = 160.0  # as wide as most boxes are
_PLACE = re.compile(r"translate\(([-\d.]+)[ ,]+([-\d.]+)\)")


def thumbnail(svg: str) -> bytes:
    """Cut a thumbnail out of a drawing: its own SVG, which follows the reader's theme as the drawing does."""
    root = parse(svg)
    left, top, wide, high = _body(root)
    width = max(wide + 2 * _MARGIN, WIDTH * 0.75)
    height = width * HEIGHT / WIDTH
    x, y = left - _MARGIN, top - _MARGIN
    if high < height - 2 * _MARGIN:  # a low drawing stands in the middle
        y = top + high / 2 - height / 2
    if wide < width - 2 * _MARGIN:  # and so does a narrow one
        x = left + wide / 2 - width / 2
    root.set("viewBox", f"{x:g} {y:g} {width:g} {height:g}")
    root.set("width", str(WIDTH))
    root.set("height", str(HEIGHT))
    small = [text for text in root.iter(f"{{{SVG}}}text") if text.get("font-weight") != "600"]
    titles = list(root.iter(f"{{{SVG}}}title"))
    fonts = [style for style in root.iter(f"{{{SVG}}}style") if style.get("class") == "font"]
    outside = [node for node in part(root, "node") if not _stands_in(node, x - left, y - top, width, height)]
    outside += [line for line in (*part(root, "edge"), *part(root, "cluster")) if _top(line) > y - top + height]
    without(root, [*small, *titles, *fonts, *outside, *part(root, "head"), *part(root, "legend"), *part(root, "label")])
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


def _stands_in(node: ET.Element, left: float, top: float, width: float, height: float) -> bool:
    """Tell whether enough of a box to be recognised is in the picture."""
    place = _PLACE.search(node.get("transform", ""))
    if not place:
        return True
    x, y = float(place[1]), float(place[2])
    return left - _CARD <= x <= left + width - _SEEN and y <= top + height - _SEEN


def _top(group: ET.Element) -> float:
    """Find how far up an arrow or a cluster reaches; infinitely far where it cannot be told."""
    heights = [float(rect.get("y", "0")) for rect in group.iter(f"{{{SVG}}}rect")]
    for path in group.iter(f"{{{SVG}}}path"):
        heights += [float(number) for number in _NUMBER.findall(path.get("d", ""))[1::2]]
    return min(heights, default=float("-inf"))


def _unused_icons(root: ET.Element) -> list[ET.Element]:
    used = {use.get(f"{{{XLINK}}}href") for use in root.iter(f"{{{SVG}}}use")}
    return [image for image in root.iter(f"{{{SVG}}}image") if image.get("id") and f"#{image.get('id')}" not in used]
