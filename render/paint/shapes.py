"""The few shapes that a drawing is made of. Coordinates are px within the group that holds the shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from archfolio.render.model.font import Typeface
from archfolio.render.model.geometry import Point
from archfolio.render.model.style import Colour

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from archfolio.render.model.font import Weight
    from archfolio.render.model.geometry import Box
    from archfolio.render.model.icons import Icon


_ORIGIN = Point(0, 0)
HALF_PIXEL = 0.5
"""px that a drawing is moved by: layouts lie on whole pixels, where a border of one pixel would smear over two."""


class Rect(NamedTuple):
    """A rectangle with rounded corners, or with only its left ones rounded (the accent of a card)."""

    box: Box
    radius: float
    fill: Colour
    stroke: Colour | None = None
    width: float = 0
    left_only: bool = False
    dashes: tuple[float, ...] = ()  # of its border


class Path(NamedTuple):
    """A line of cubic Bézier pieces, 3n + 1 points; with a fill it is closed."""

    points: tuple[Point, ...]
    stroke: Colour
    width: float
    dashes: tuple[float, ...] = ()
    fill: Colour | None = None


class Polygon(NamedTuple):
    """A closed shape of straight sides."""

    points: tuple[Point, ...]
    fill: Colour
    stroke: Colour
    width: float = 0


class Text(NamedTuple):
    """One line of text on its baseline; `anchor` is SVG's text-anchor, the family "" is ours."""

    text: str
    at: Point
    size: float
    weight: Weight
    fill: Colour
    anchor: str = "start"
    family: str = ""
    is_italic: bool = False
    decoration: str = ""  # CSS's text-decoration

    @property
    def face(self) -> Typeface:
        """The typeface that it is set in."""
        return Typeface(self.family, self.weight, self.is_italic)


class Image(NamedTuple):
    """An icon, scaled to a box."""

    icon: Icon
    box: Box


class Group(NamedTuple):
    """Shapes that belong together and are moved together. Class, title and data are for readers of the SVG."""

    name: str
    shapes: tuple[Shape, ...]
    at: Point = _ORIGIN
    title: str = ""
    link: str = ""
    data: tuple[tuple[str, str], ...] = ()


Shape = Rect | Path | Polygon | Text | Image | Group


def exchange_colours(shapes: Iterable[Shape], colours: Mapping[str, Colour]) -> tuple[Shape, ...]:
    """Return shapes with other colours in the places of those that have these names."""
    if not colours:
        return tuple(shapes)
    return tuple(_exchanged(shape, lambda colour: colours.get(colour.name, colour)) for shape in shapes)


def in_the_dark(shapes: Iterable[Shape]) -> tuple[Shape, ...]:
    """Return shapes in the colours that they have on a dark ground, whatever theme their reader has."""
    return tuple(_exchanged(shape, lambda colour: Colour("", colour.dark, colour.dark)) for shape in shapes)


def _exchanged(shape: Shape, of: Callable[[Colour], Colour]) -> Shape:
    match shape:
        case Group():
            return shape._replace(shapes=tuple(_exchanged(one, of) for one in shape.shapes))
        case Rect():
            return shape._replace(fill=of(shape.fill), stroke=shape.stroke and of(shape.stroke))
        case Path():
            return shape._replace(stroke=of(shape.stroke), fill=shape.fill and of(shape.fill))
        case Polygon():
            return shape._replace(fill=of(shape.fill), stroke=of(shape.stroke))
        case Text():
            return shape._replace(fill=of(shape.fill))
        case Image():
            return shape


def flat(shapes: Iterable[Shape]) -> Iterator[Shape]:
    """Yield shapes, each group before what is in it."""
    for shape in shapes:
        yield shape
        if isinstance(shape, Group):
            yield from flat(shape.shapes)


def texts(shapes: Iterable[Shape]) -> Iterator[Text]:
    """List the texts among shapes, and within their groups."""
    return (shape for shape in flat(shapes) if isinstance(shape, Text))
