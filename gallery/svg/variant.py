"""One of our drawings, changed for a note: a step lit, a part cut out, another heading or none, room for a slide.

From SVG to SVG; nothing moves, so that a reader who knows the drawing knows its variants.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from archfolio.gallery.svg.drawn import Drawn, read_drawn
from archfolio.gallery.svg.figures import SVG
from archfolio.gallery.svg.inline import XLINK, markup, parse, part, without

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from archfolio.gallery.manifest import View

_MARGIN = 24.0
TITLE_SIZE, CAPTION_SIZE = 18.0, 13.0
_LINE = 1.35  # heights of a line in its size
_GAP = 16.0  # between heading and drawing
_LETTER = 0.55  # width of a letter of Inter in its size, on average and a little more
_DIM, _DIM_NODE = "0.13", "0.38"  # of what a lit step does not touch
_INK, _MUTED = ("f-ink", "#16202c"), ("f-muted", "#546274")


@dataclass(frozen=True, slots=True)
class Heading:
    """The words above a drawing."""

    title: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What is wished: each field changes something, and all of them may be wished at once."""

    heading: Heading | None = None  # None leaves the drawing without one
    lit: frozenset[str] | None = None  # edges that stand out; None dims nothing
    members: frozenset[str] | None = None  # clusters and nodes that are shown; None shows all
    ratio: float | None = None  # width to height of the picture
    room_for: tuple[Heading, ...] = ()  # headings that could stand there, of which the highest has room


@dataclass(frozen=True, slots=True)
class ChangedDrawing:
    """The SVG, and its size in px."""

    svg: str
    width: float
    height: float


def change(svg: str, view: View, wished: Change) -> ChangedDrawing:
    """Return a drawing as it is wished. Raises ValueError for what is not one of our drawings."""
    drawn = read_drawn(svg)
    root = parse(svg)
    for name in ("data-hash", "data-view", "data-layout"):  # it is not the picture that was fingerprinted
        root.attrib.pop(name, None)
    without(root, part(root, "head"))
    if wished.members is not None:
        _keep(root, view, wished.members)
    if wished.lit is not None:
        _light(root, view, wished.lit)
    x0, y0, x1, y1 = _bounds(root, drawn, view, wished.members)
    lines = _wrapped(wished.heading, x1 - x0) if wished.heading else []
    y0 -= max((_height(_wrapped(one, x1 - x0)) for one in wished.room_for), default=_height(lines))
    x0, y0, x1, y1 = x0 - _MARGIN, y0 - _MARGIN, x1 + _MARGIN, y1 + _MARGIN
    if wished.ratio:
        x0, y0, x1, y1 = _padded(x0, y0, x1, y1, wished.ratio)
    _set_frame(root, x0, y0, x1 - x0, y1 - y0)
    if lines:
        root.append(_head(lines, x0 + _MARGIN, y0 + _MARGIN))
    return ChangedDrawing(written(root), x1 - x0, y1 - y0)


def written(root: ET.Element) -> str:
    """Write a drawing as a file."""
    return str(markup(root)).replace("<svg", f'<svg xmlns="{SVG}" xmlns:xlink="{XLINK}"', 1)


def members_of(view: View, cluster: str) -> frozenset[str]:
    """Return a cluster with all the clusters and nodes in it, by id."""
    inside = {cluster}
    for one in view.clusters:  # an outer one stands before those in it
        if one.parent in inside:
            inside.add(one.id)
    return frozenset(inside | {node.id for node in view.nodes if node.cluster in inside})


def _keep(root: ET.Element, view: View, members: Collection[str]) -> None:
    """Leave out what is not inside, and the edges that lead out."""
    edges = {edge.id for edge in view.edges if edge.tail in members and edge.head in members}
    unwanted = [*part(root, "legend")]
    for kind, key, kept in (
        ("cluster", "data-cluster", members),
        ("node", "data-node", members),
        ("edge", "data-edge", edges),
        ("label", "data-edge", edges),
    ):
        unwanted += [group for group in part(root, kind) if group.get(key) not in kept]
    without(root, unwanted)


def _light(root: ET.Element, view: View, lit: Collection[str]) -> None:
    """Dim what the lit edges do not touch."""
    ends = {end for edge in view.edges if edge.id in lit for end in (edge.tail, edge.head)}
    ends |= {node.id for node in view.nodes if node.cluster in ends}  # of a cluster that an edge ends at
    for kind in ("edge", "label"):
        for group in part(root, kind):
            if group.get("data-edge") not in lit:
                for element in inks(group):
                    element.set("opacity", _DIM)
    for group in part(root, "node"):
        if group.get("data-node") not in ends:
            group.set("opacity", _DIM_NODE)


def inks(group: ET.Element) -> list[ET.Element]:
    """Return what of an edge or a label can be dimmed: of a label its words, whose ground goes on hiding the line."""
    return list(group.iter(f"{{{SVG}}}text")) if "label" in group.get("class", "") else [group]


def _bounds(
    root: ET.Element, drawn: Drawn, view: View, members: Collection[str] | None
) -> tuple[float, float, float, float]:
    """Return the box of what is shown: of the body and the legend, or of the members and their edges."""
    if members is None:
        left, top, width, height = (float(number) for number in root.get("data-body", "0 0 0 0").split())
        legend = [
            (one.x, one.y, one.x, one.y) for group in drawn.parts if group.kind == "legend" for one in group.texts
        ]
        wide = drawn.width - _MARGIN if legend else left + width
        bottom = drawn.height - _MARGIN if legend else top + height
        return min(left, _MARGIN), top, max(left + width, wide), max(top + height, bottom)
    edges = {edge.id for edge in view.edges if edge.tail in members and edge.head in members}
    boxes: list[tuple[float, float, float, float]] = []
    for one in drawn.parts:
        if one.id in (edges if one.kind in {"edge", "label"} else members):
            boxes += [(rect.x, rect.y, rect.x + rect.width, rect.y + rect.height) for rect in one.rects]
            boxes += [(x, y, x, y) for line in one.lines for x, y in line.points]
            boxes += [_text_box(text.x, text.y, text.text, text.size, text.anchor) for text in one.texts]
    if not boxes:
        return 0.0, 0.0, drawn.width, drawn.height
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


def _text_box(x: float, y: float, text: str, size: float, anchor: str) -> tuple[float, float, float, float]:
    width = len(text) * size * _LETTER
    left = x - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
    return left, y - size, left + width, y + size * (_LINE - 1)


def _padded(x0: float, y0: float, x1: float, y1: float, ratio: float) -> tuple[float, float, float, float]:
    """Widen or heighten a box to a ratio, with the box in its middle."""
    width, height = x1 - x0, y1 - y0
    more_width, more_height = max(height * ratio - width, 0.0), max(width / ratio - height, 0.0)
    return x0 - more_width / 2, y0 - more_height / 2, x1 + more_width / 2, y1 + more_height / 2


def _set_frame(root: ET.Element, x: float, y: float, width: float, height: float) -> None:
    """Show this part of the plane, on the drawing's ground."""
    root.set("viewBox", f"{x:g} {y:g} {width:g} {height:g}")
    root.set("width", f"{width:g}")
    root.set("height", f"{height:g}")
    ground = root.find(f"{{{SVG}}}rect")
    if ground is not None:
        for name, value in {"x": x, "y": y, "width": width, "height": height}.items():
            ground.set(name, f"{value:g}")


def _wrap(text: str, width: float, size: float) -> list[str]:
    """Break a text into lines of a width in px, by how wide letters are on average."""
    most = max(int(width / (size * _LETTER)), 1)
    lines: list[str] = []
    for word in text.split(" "):
        if lines and len(lines[-1]) + 1 + len(word) <= most:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _wrapped(heading: Heading, width: float) -> list[tuple[str, float, bool]]:
    """Return the lines of a heading: text, size, and whether it is the title."""
    lines = [(line, TITLE_SIZE, True) for line in _wrap(heading.title, width, TITLE_SIZE)]
    if heading.caption:
        lines += [(line, CAPTION_SIZE, False) for line in _wrap(heading.caption, width, CAPTION_SIZE)]
    return lines


def _height(lines: Iterable[tuple[str, float, bool]]) -> float:
    height = sum(size * _LINE for _, size, _ in lines)
    return height + _GAP if height else 0.0


def _head(lines: Iterable[tuple[str, float, bool]], x: float, y: float) -> ET.Element:
    group = ET.Element(f"{{{SVG}}}g", {"class": "head"})
    for line, size, is_title in lines:
        name, fill = _INK if is_title else _MUTED
        y += size * _LINE
        text = ET.SubElement(
            group,
            f"{{{SVG}}}text",
            {"x": f"{x:g}", "y": f"{y - size * (_LINE - 1):g}", "font-size": f"{size:g}", "class": name, "fill": fill},
        )
        if is_title:
            text.set("font-weight", "600")
        text.text = line
    return group
