"""Draw the outline of a node that is no card: from its shape and box to lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archfolio.render.model.bezier import ellipse, straight
from archfolio.render.model.geometry import Box, Point
from archfolio.render.model.node_style import NodeStyle, Outline
from archfolio.render.paint.shapes import Path, Rect, Shape

if TYPE_CHECKING:
    from collections.abc import Iterator

_CAP = 7.0  # px that the lid of a cylinder stands up
_FOLD = 12.0  # of the corner of a note
_DEPTH = 8.0  # of a box that is seen from above
_INSET = 4.0  # between two outlines of one node


def outline_shapes(look: NodeStyle, box: Box) -> Iterator[Shape]:
    """Draw the outline of a node, with its fill."""
    if look.outline is Outline.CARD:
        yield Rect(box, look.radius, look.fill, look.border, look.border_width, dashes=look.dashes)
        if look.is_double:
            yield Rect(_smaller(box), look.radius - 2, look.fill, look.border, look.border_width, dashes=look.dashes)
        return
    if look.outline is Outline.NONE:
        if look.fill.name or look.fill.light != "none":
            yield Rect(box, 4, look.fill, look.border, look.border_width, dashes=look.dashes)
        return
    yield from _outline(look, box)
    if look.is_double:
        yield from _outline(look, _smaller(box))


def _smaller(box: Box) -> Box:
    return Box(box.x0 + _INSET, box.y0 + _INSET, box.x1 - _INSET, box.y1 - _INSET)


def _outline(look: NodeStyle, box: Box) -> Iterator[Shape]:  # noqa: C901  one case for each shape
    x0, y0, x1, y1 = box
    middle = box.centre

    def filled(points: tuple[Point, ...]) -> Path:
        return Path(points, look.border, look.border_width, look.dashes, look.fill)

    def stroke(*corners: tuple[float, float]) -> Path:
        points = straight([Point(*corner) for corner in corners], is_closed=False)
        return Path(points, look.border, look.border_width, look.dashes)

    if corners := _corners(look.outline, box):
        turned = [(x, y0 + y1 - y) for x, y in corners] if look.is_inverted else corners
        yield filled(straight([Point(*corner) for corner in turned]))
    match look.outline:
        case Outline.ELLIPSE | Outline.CIRCLE:
            yield filled(ellipse(middle, box.width / 2, box.height / 2))
        case Outline.POINT:
            point = look.border if look.is_plain else look.fill
            yield Path(ellipse(middle, look.least.width / 2, look.least.height / 2), point, 1, fill=point)
        case Outline.CYLINDER:
            yield filled(_cylinder(box))
            lid = ellipse(Point(middle.x, y0 + _CAP), box.width / 2, _CAP)
            edge = look.ink if look.border == look.fill else look.border  # else it would not be seen
            yield Path(lid, edge, look.border_width, look.dashes, look.fill)
        case Outline.NOTE:
            yield stroke((x1 - _FOLD, y0), (x1 - _FOLD, y0 + _FOLD), (x1, y0 + _FOLD))
        case Outline.COMPONENT:
            for top in (y0 + 7, y1 - 15):
                yield Rect(Box(x0, top, x0 + 12, top + 8), 0, look.fill, look.border, look.border_width)
        case Outline.BOX3D:
            back = x1 - _DEPTH, y0 + _DEPTH
            yield stroke((x0, back[1]), back, (back[0], y1))
            yield stroke(back, (x1, y0))
        case Outline.UNDERLINE:
            yield stroke((x0, y1), (x1, y1))


def _corners(outline: Outline, box: Box) -> tuple[tuple[float, float], ...]:
    """Return the corners of an outline that is a polygon, as it stands upright; none of another."""
    x0, y0, x1, y1 = box
    x, y = box.centre
    lean = min(box.height * 0.4, box.width / 4)
    cut = min(box.width, box.height) * 0.29
    tab = x0 + min(40.0, box.width / 2)
    polygons = {
        Outline.DIAMOND: ((x, y0), (x1, y), (x, y1), (x0, y)),
        Outline.HEXAGON: ((x0 + lean, y0), (x1 - lean, y0), (x1, y), (x1 - lean, y1), (x0 + lean, y1), (x0, y)),
        Outline.OCTAGON: (
            *((x0 + cut, y0), (x1 - cut, y0), (x1, y0 + cut), (x1, y1 - cut)),
            *((x1 - cut, y1), (x0 + cut, y1), (x0, y1 - cut), (x0, y0 + cut)),
        ),
        Outline.PARALLELOGRAM: ((x0 + lean, y0), (x1, y0), (x1 - lean, y1), (x0, y1)),
        Outline.TRAPEZIUM: ((x0 + lean, y0), (x1 - lean, y0), (x1, y1), (x0, y1)),
        Outline.TRIANGLE: ((x, y0), (x1, y1), (x0, y1)),
        Outline.HOUSE: ((x, y0), (x1, y0 + 16), (x1, y1), (x0, y1), (x0, y0 + 16)),
        Outline.NOTE: ((x0, y0), (x1 - _FOLD, y0), (x1, y0 + _FOLD), (x1, y1), (x0, y1)),
        Outline.FOLDER: ((x0, y0), (tab, y0), (tab + 6, y0 + 8), (x1, y0 + 8), (x1, y1), (x0, y1)),
        Outline.COMPONENT: ((x0 + 6, y0), (x1, y0), (x1, y1), (x0 + 6, y1)),
        Outline.BOX3D: (
            *((x0, y0 + _DEPTH), (x0 + _DEPTH, y0), (x1, y0)),
            *((x1, y1 - _DEPTH), (x1 - _DEPTH, y1), (x0, y1)),
        ),
    }
    return polygons.get(outline, ())


def _cylinder(box: Box) -> tuple[Point, ...]:
    """Outline a cylinder: its sides, and the fronts of its lid and its bottom."""
    top = ellipse(Point(box.centre.x, box.y0 + _CAP), box.width / 2, _CAP)
    bottom = ellipse(Point(box.centre.x, box.y1 - _CAP), box.width / 2, _CAP)
    back, front = top[6:], bottom[:7]  # from the left over the top to the right; from the right below to the left
    right, left = front[0], back[0]
    return (*back, back[-1], right, right, *front[1:], front[-1], left, left)
