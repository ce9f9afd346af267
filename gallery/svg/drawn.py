"""Read one of our own drawings back: from SVG to the parts that it is painted of, at their places on the whole drawing.

What other tools are given is drawn from this, so that it stands where our drawing has it.
"""

from __future__ import annotations

import base64
import math
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from archfolio.gallery.svg.figures import SVG
from archfolio.gallery.svg.inline import XLINK, parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree import ElementTree as ET

Coordinates = tuple[float, float]
_NUMBER = re.compile(r"-?\d*\.?\d+")
_COMMAND = re.compile(r"([MCLHVAZ])([^MCLHVAZ]*)")
_TRANSLATE = re.compile(r"translate\(([-\d.]+)[ ,]([-\d.]+)\)")
_SCALE = re.compile(r"scale\(([-\d.]+)[ ,]?([-\d.]*)\)")
_HEAD = 16.0  # px from where a line ends to the tip of its arrow head, at most
_HALF_A_PIXEL = 0.5
_PARALLEL = 1e-6  # px²: two tangents of less are
_ARC = 7  # numbers of an arc's command
_PARTS = {"cluster": "data-cluster", "edge": "data-edge", "node": "data-node", "label": "data-edge"}


@dataclass(frozen=True, slots=True)
class Ink:
    """How a shape is painted: colours as "#rrggbb", empty for none."""

    fill: str = ""
    stroke: str = ""
    width: float = 0.0
    dashes: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class DrawnRect:
    """A rectangle, perhaps with round corners."""

    x: float
    y: float
    width: float
    height: float
    radius: float
    ink: Ink


@dataclass(frozen=True, slots=True)
class DrawnPath:
    """A line of cubic pieces, 3n + 1 points, or a polygon, whose points are its corners."""

    points: tuple[Coordinates, ...]
    ink: Ink
    is_polygon: bool = False

    @property
    def corners(self) -> tuple[Coordinates, ...]:
        """Where the line turns and ends, its rounded corners made sharp."""
        return self.points if self.is_polygon else _corners(self.points)


@dataclass(frozen=True, slots=True)
class DrawnText:
    """One line of text on its baseline."""

    text: str
    x: float
    y: float
    size: float
    is_bold: bool
    anchor: str  # start, middle or end
    colour: str


@dataclass(frozen=True, slots=True)
class DrawnIcon:
    """A picture, as PNG."""

    png: bytes
    x: float
    y: float
    width: float
    height: float


DrawnShape = DrawnRect | DrawnPath | DrawnText | DrawnIcon


@dataclass(frozen=True, slots=True)
class DrawnPart:
    """A cluster, an edge, its label, a node, the heading or the legend."""

    kind: str  # cluster, edge, label, node, head or legend
    id: str  # of the node, edge or cluster
    shapes: tuple[DrawnShape, ...]

    @property
    def texts(self) -> tuple[DrawnText, ...]:
        """Its lines of text, from top to bottom."""
        return tuple(shape for shape in self.shapes if isinstance(shape, DrawnText))

    @property
    def lines(self) -> tuple[DrawnPath, ...]:
        """Its lines, without its filled shapes."""
        return tuple(shape for shape in self.shapes if isinstance(shape, DrawnPath) and not shape.ink.fill)

    @property
    def rects(self) -> tuple[DrawnRect, ...]:
        """Its rectangles, the outermost first."""
        return tuple(shape for shape in self.shapes if isinstance(shape, DrawnRect))

    @property
    def icons(self) -> tuple[DrawnIcon, ...]:
        """Its pictures."""
        return tuple(shape for shape in self.shapes if isinstance(shape, DrawnIcon))

    @property
    def route(self) -> tuple[Coordinates, ...]:
        """Where an edge runs, from box to box: the corners of its line, its ends at the tips of its arrow heads."""
        if not self.lines:
            return ()
        corners = list(self.lines[0].corners)
        tips = [shape.points[0] for shape in self.shapes if isinstance(shape, DrawnPath) and shape.is_polygon]
        for at in (0, -1):
            near = [tip for tip in tips if math.dist(tip, corners[at]) <= _HEAD]
            corners[at] = near[0] if near else corners[at]
        return tuple(corners)

    def moved(self, x: float, y: float) -> DrawnPart:
        """Return it at another place."""
        return replace(self, shapes=tuple(_moved_shape(shape, x, y) for shape in self.shapes))


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawing: its size, its ground, and its parts in the order in which they are painted."""

    width: float
    height: float
    ground: str
    parts: tuple[DrawnPart, ...]

    def of(self, kind: str) -> dict[str, DrawnPart]:
        """Return the parts of a kind by id; of several labels of one edge the first."""
        found: dict[str, DrawnPart] = {}
        for part in self.parts:
            if part.kind == kind:
                found.setdefault(part.id, part)
        return found


def _moved_shape(shape: DrawnShape, x: float, y: float) -> DrawnShape:
    if isinstance(shape, DrawnPath):
        return replace(shape, points=_shifted(shape.points, (x, y)))
    return replace(shape, x=shape.x + x, y=shape.y + y)


def read_drawn(svg: str) -> Drawn:
    """Read a drawing. Raises ValueError for what is not an SVG."""
    root = parse(svg)
    icons = {
        f"#{image.get('id')}": image.get(f"{{{XLINK}}}href", "")
        for image in root.iter(f"{{{SVG}}}image")
        if image.get("id")
    }
    ground = root.find(f"{{{SVG}}}rect")
    usual = _Usual(float(root.get("font-size", "12")), root.get("fill", "#000000"))
    width, height = (float(root.get(name, "0")) for name in ("width", "height"))
    parts = tuple(_parts(root, (0.0, 0.0), icons, usual))
    return Drawn(width, height, ground.get("fill", "#ffffff") if ground is not None else "#ffffff", parts)


class _Usual(NamedTuple):
    """What the texts have that do not say otherwise: size and colour."""

    size: float
    colour: str


def _parts(element: ET.Element, origin: Coordinates, icons: Mapping[str, str], usual: _Usual) -> Iterator[DrawnPart]:
    for group in element:
        names = group.get("class", "").split()
        if group.tag not in {f"{{{SVG}}}g", f"{{{SVG}}}a"}:
            continue
        at = _moved(group, origin)
        kind = next((name for name in names if name in _PARTS or name in {"head", "legend"}), "")
        if kind:
            yield DrawnPart(kind, group.get(_PARTS.get(kind, ""), ""), tuple(_shapes(group, at, icons, usual)))
        else:
            yield from _parts(group, at, icons, usual)


def _moved(element: ET.Element, origin: Coordinates) -> Coordinates:
    found = _TRANSLATE.search(element.get("transform", ""))
    return (origin[0] + float(found[1]), origin[1] + float(found[2])) if found else origin


def _shapes(group: ET.Element, origin: Coordinates, icons: Mapping[str, str], usual: _Usual) -> Iterator[DrawnShape]:
    for element in group:
        tag = element.tag.rpartition("}")[2]
        if tag in {"g", "a"}:
            yield from _shapes(element, _moved(element, origin), icons, usual)
        elif tag == "rect":
            x, y, width, height, radius = (
                float(element.get(name, "0")) for name in ("x", "y", "width", "height", "rx")
            )
            yield DrawnRect(origin[0] + x, origin[1] + y, width, height, radius, _ink(element))
        elif tag == "path":
            yield DrawnPath(_shifted(_points(element.get("d", "")), origin), _ink(element))
        elif tag == "polygon":
            numbers = [float(number) for number in _NUMBER.findall(element.get("points", ""))]
            points = tuple(zip(numbers[::2], numbers[1::2], strict=True))
            yield DrawnPath(_shifted(points, origin), _ink(element), is_polygon=True)
        elif tag == "text":
            yield DrawnText(
                "".join(element.itertext()),
                origin[0] + float(element.get("x", "0")),
                origin[1] + float(element.get("y", "0")),
                float(element.get("font-size", usual.size)),
                element.get("font-weight", "400") not in {"400", "normal"},
                element.get("text-anchor", "start"),
                element.get("fill", usual.colour),
            )
        elif tag == "use":
            yield from _icon(element, origin, icons)


def _icon(element: ET.Element, origin: Coordinates, icons: Mapping[str, str]) -> Iterator[DrawnIcon]:
    data = icons.get(element.get(f"{{{XLINK}}}href", ""), "")
    scale = _SCALE.search(element.get("transform", ""))
    if scale and data.startswith("data:image/png;base64,"):
        at = _moved(element, origin)
        width = float(scale[1])
        yield DrawnIcon(base64.b64decode(data.partition(",")[2]), *at, width, float(scale[2] or width))


def _ink(element: ET.Element) -> Ink:
    fill, stroke = (element.get(name, "none") for name in ("fill", "stroke"))
    dashes = tuple(float(number) for number in _NUMBER.findall(element.get("stroke-dasharray", "")))
    return Ink(
        "" if fill == "none" else fill,
        "" if stroke == "none" else stroke,
        float(element.get("stroke-width", "0" if stroke == "none" else "1")),
        dashes,
    )


def _shifted(points: tuple[Coordinates, ...], by: Coordinates) -> tuple[Coordinates, ...]:
    return tuple((x + by[0], y + by[1]) for x, y in points)


def _points(d: str) -> tuple[Coordinates, ...]:
    """Return the points of a path as cubic pieces; an arc, which only small corners have, is a straight one."""
    points: list[Coordinates] = []
    for command, rest in _COMMAND.findall(d):
        numbers = [float(number) for number in _NUMBER.findall(rest)]
        if command == "M":
            points.append((numbers[0], numbers[1]))
        elif command == "C":
            points.extend(zip(numbers[::2], numbers[1::2], strict=True))
        elif command == "A":
            _straight(points, (numbers[_ARC - 2], numbers[_ARC - 1]))
        elif command == "H":
            _straight(points, (numbers[0], points[-1][1]))
        elif command == "V":
            _straight(points, (points[-1][0], numbers[0]))
        elif command == "L":
            for x, y in zip(numbers[::2], numbers[1::2], strict=True):
                _straight(points, (x, y))
        elif points:
            _straight(points, points[0])
    return tuple(points)


def _straight(points: list[Coordinates], end: Coordinates) -> None:
    """Append a straight piece, its control points at its ends."""
    points += [points[-1], end, end]


def _corners(points: tuple[Coordinates, ...]) -> tuple[Coordinates, ...]:
    """Return where a line of straight pieces and rounded corners would turn if its corners were sharp."""
    found = [points[0]]
    for at in range(0, len(points) - 3, 3):
        start, first, second, end = points[at : at + 4]
        if not _is_straight(start, first, second, end):
            found.append(_crossing(start, first, second, end))
    found.append(points[-1])
    return tuple((round(x, 1), round(y, 1)) for x, y in dict.fromkeys(found))


def _is_straight(start: Coordinates, first: Coordinates, second: Coordinates, end: Coordinates) -> bool:
    """Return whether both control points lie on the line between the ends, to half a pixel."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = (dx * dx + dy * dy) ** 0.5 or 1.0
    return all(abs((x - start[0]) * dy - (y - start[1]) * dx) / length <= _HALF_A_PIXEL for x, y in (first, second))


def _crossing(start: Coordinates, first: Coordinates, second: Coordinates, end: Coordinates) -> Coordinates:
    """Return where the tangents at the two ends of a piece meet; its middle where they are parallel."""
    ax, ay = first[0] - start[0], first[1] - start[1]
    bx, by = end[0] - second[0], end[1] - second[1]
    cross = ax * by - ay * bx
    if abs(cross) < _PARALLEL:
        return (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    along = ((end[0] - start[0]) * by - (end[1] - start[1]) * bx) / cross
    return start[0] + along * ax, start[1] + along * ay
