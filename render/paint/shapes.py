"""The few shapes that a drawing is made of. Coordinates are px within the group that holds the shape."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archfolio.render.model.geometry import Point

if TYPE_CHECKING:
    from archfolio.render.model.font import Weight
    from archfolio.render.model.geometry import Box
    from archfolio.render.model.icons import Icon
    from archfolio.render.model.style import Colour


ORIGIN = Point(0, 0)


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle with rounded corners, or with only its left ones rounded (the accent of a card)."""

    box: Box
    radius: float
    fill: Colour
    stroke: Colour | None = None
    width: float = 0
    left_only: bool = False


@dataclass(frozen=True, slots=True)
class Path:
    """A line of cubic Bézier pieces, 3n + 1 points."""

    points: tuple[Point, ...]
    stroke: Colour
    width: float
    dashes: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Polygon:
    """A closed shape of straight sides."""

    points: tuple[Point, ...]
    fill: Colour
    stroke: Colour
    width: float = 0


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text on its baseline; `anchor` is SVG's text-anchor."""

    text: str
    at: Point
    size: float
    weight: Weight
    fill: Colour
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class Image:
    """An icon, scaled to a box."""

    icon: Icon
    box: Box


@dataclass(frozen=True, slots=True)
class Group:
    """Shapes that belong together and are moved together. Class, title and data are for readers of the SVG."""

    name: str
    shapes: tuple[Shape, ...]
    at: Point = ORIGIN
    title: str = ""
    data: tuple[tuple[str, str], ...] = ()


Shape = Rect | Path | Polygon | Text | Image | Group
