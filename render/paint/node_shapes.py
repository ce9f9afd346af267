"""Draw a node: its outline or card, its icon or what stands for one, its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archfolio.render.model import style
from archfolio.render.model.bezier import circle, straight
from archfolio.render.model.card import RULE_GAP, card, shows_part
from archfolio.render.model.font import Weight, width
from archfolio.render.model.geometry import Box, Point
from archfolio.render.model.icons import Icon, icon
from archfolio.render.model.look import part_colour
from archfolio.render.model.name import name_of
from archfolio.render.model.node_style import Outline, c4_of, node_style
from archfolio.render.model.record import PADDING
from archfolio.render.paint.outlines import outline_shapes
from archfolio.render.paint.shapes import HALF_PIXEL, Group, Image, Path, Polygon, Rect, Shape, Text
from archfolio.render.paint.text_shapes import text_shapes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archfolio.render.model.card import Card
    from archfolio.render.model.geometry import Size
    from archfolio.render.model.graph import Node, Revision
    from archfolio.render.model.node_style import NodeStyle
    from archfolio.render.model.style import Colour

_TAB_ASIDE = 8.0  # px from the tab of a revision to the card's right border
_TAB_PADDING = 6.0
_LETTER = 18.0  # px of the letter that stands for a picture


_DOT = 4.0  # px of the radius of the dot of a junction


def node_group(node: Node, box: Box, busy: Sequence[Box] = (), dot: Colour | None = None) -> Group:
    """Draw a node in its box; `busy` are the boxes of arrow heads and labels, which the tab of a revision keeps off.

    `dot` is the colour of the dot that says that lines meet in its middle, as in a circuit diagram.
    """
    name = name_of(node.label)
    attrs = dict(node.attrs)
    return Group(
        " ".join(filter(None, ("node", node.accent, node.revision))),
        (*_shapes(node, box, busy), *([Path(circle(box.centre, _DOT), dot, 0, fill=dot)] if dot else [])),
        title=f"{name}: {node.role}" if node.role else name,
        link=attrs.get("URL") or attrs.get("href") or "",
        data=(("node", node.id),),
    )


def _shapes(node: Node, box: Box, busy: Sequence[Box]) -> Iterator[Shape]:
    look, laid_out = node_style(node), card(node)
    if look.is_hidden:
        return
    yield from outline_shapes(look, box)
    if shows_part(node):
        yield Rect(_sliver(box), look.radius + HALF_PIXEL, part_colour(node.accent), left_only=True)
    middle = Point(box.centre.x + laid_out.shift.x, box.centre.y + laid_out.shift.y)
    picture = laid_out.icon
    top = middle.y - picture.height / 2
    if laid_out.is_stacked:
        left, top = middle.x - picture.width / 2, middle.y - laid_out.content.height / 2
    elif look.outline is not Outline.CARD or not picture.width:
        left = middle.x - laid_out.content.width / 2
    elif laid_out.lines:
        left = box.x0 + style.ACCENT_WIDTH + style.CARD_PADDING + max(box.width - laid_out.size.width, 0) // 2
    else:
        left = middle.x - picture.width / 2
    if picture.width:
        yield from _icon(node, look, Point(round(left), round(top)), picture)
        left += picture.width + style.CARD_PADDING
    if laid_out.is_stacked:
        left = middle.x - laid_out.text.width / 2
        middle = Point(middle.x, middle.y + (laid_out.content.height - laid_out.text.height) / 2)
    yield from _record(look, laid_out, box)
    yield from _text(look, laid_out, left, middle, box)
    if node.revision:
        yield from _revision_tab(node.revision, box, busy)


def _revision_tab(revision: Revision, card: Box, busy: Sequence[Box]) -> Iterator[Shape]:
    """Draw the tab with sign and word that tells what became of a card, at the first of its corners that is free."""
    mark = style.REVISIONS[revision]
    said = f"{mark.sign} {revision}"
    wide = round(width(said, style.REVISION_SIZE, Weight.SEMIBOLD)) + 2 * _TAB_PADDING
    left, right = card.x0 + _TAB_ASIDE, card.x1 - _TAB_ASIDE - wide
    half = style.TAB_HEIGHT / 2
    places = [Box(x, y - half, x + wide, y + half) for x in (right, left) for y in (card.y0, card.y1)]
    box = min(places, key=lambda place: sum(map(place.meets, busy)))
    yield Rect(box, mark.radius, style.CARD, mark.colour, 1.2, dashes=mark.dashes and (3, 2))
    baseline = box.y0 + (style.TAB_HEIGHT + style.REVISION_SIZE * 0.72) / 2  # 0.72 em: the height of a capital
    yield Text(said, Point(box.centre.x, baseline), style.REVISION_SIZE, Weight.SEMIBOLD, mark.colour, "middle")


def _record(look: NodeStyle, laid_out: Card, box: Box) -> Iterator[Shape]:
    """Draw the fields of a record, with lines between them."""
    across, down = (box.width - laid_out.text.width) / 2, (box.height - laid_out.text.height) / 2
    for cell in laid_out.cells:
        x0, y0 = box.x0 + across + cell.box.x0, box.y0 + down + cell.box.y0
        right, bottom = x0 + cell.box.width, y0 + cell.box.height
        border = style.CARD_BORDER if look.border == style.NOTHING else look.border
        if cell.box.x0 > 0:
            yield Path(straight((Point(x0, y0), Point(x0, bottom)), is_closed=False), border, 1)
        if cell.box.y0 > 0:
            yield Path(straight((Point(x0, y0), Point(right, y0)), is_closed=False), border, 1)
        y = (y0 + bottom - sum(line.height for line in cell.lines)) / 2
        for line in cell.lines:
            x, anchor = {"left": (x0 + PADDING[0], "start"), "right": (right - PADDING[0], "end")}.get(
                line.align, ((x0 + right) / 2, "middle")
            )
            yield from text_shapes(line, Point(x, y), anchor, look.ink, look.fill)
            y += line.height


def _text(look: NodeStyle, laid_out: Card, left: float, middle: Point, box: Box) -> Iterator[Shape]:
    y = middle.y - laid_out.text.height / 2
    has_centre = laid_out.is_stacked or (laid_out.is_centred and not laid_out.icon.width)
    for number, line in enumerate(laid_out.lines):
        if line.rule:
            rule = Point(box.x0, y + RULE_GAP), Point(box.x1, y + RULE_GAP)
            yield Path(straight(rule, is_closed=False), look.border, 1)
            y += 2 * RULE_GAP
        align = line.align or ("middle" if has_centre else "left")
        x = {"left": left, "middle": left + laid_out.text.width / 2, "right": left + laid_out.text.width}[align]
        ink = look.ink if number < laid_out.first_muted else look.muted
        anchor = {"left": "start", "middle": "middle", "right": "end"}[align]
        yield from text_shapes(line, Point(x, y), anchor, ink, look.fill)
        y += line.height


def _sliver(box: Box) -> Box:
    """Place the accent over the left border of a card, outer edge on outer edge."""
    x0 = box.x0 - HALF_PIXEL
    return Box(x0, box.y0 - HALF_PIXEL, x0 + style.ACCENT_WIDTH, box.y1 + HALF_PIXEL)


def _icon(node: Node, look: NodeStyle, at: Point, shown: Size) -> Iterator[Shape]:
    if node.icon is not None:
        yield from _picture(icon(node.icon, max(shown)), at, shown)
    elif node.lost_icon:
        yield from _letter(node, at) if node.label.strip() else _no_picture(at, shown.width)
    elif c4_of(node):
        yield from _person(look, at)


def _picture(picture: Icon, at: Point, shown: Size) -> Iterator[Shape]:
    """Draw an icon, a square of which nothing is seen above and below what is wide, or beside what is high."""
    x, y = at.x - HALF_PIXEL, at.y - HALF_PIXEL  # whole pixels again
    ground = Box(x - 2, y - 2, x + shown.width + 2, y + shown.height + 2)
    side = max(shown)
    left, top = x - (side - shown.width) // 2, y - (side - shown.height) // 2
    if picture.plate_on_light:
        yield Rect(ground, style.PLATE_RADIUS, style.PLATE_ON_LIGHT)
    if picture.plate_on_dark:
        yield Rect(ground, style.PLATE_RADIUS, style.PLATE_ON_DARK)
    yield Image(picture, Box(left, top, left + side, top + side))


def _letter(node: Node, at: Point) -> Iterator[Shape]:
    """Draw a tile with the first letter of a name, for a picture that could not be had."""
    tile = Box(at.x, at.y, at.x + style.ICON, at.y + style.ICON)
    letter = next((character for character in name_of(node.label) if character.isalnum()), "?").upper()
    baseline = tile.centre.y + _LETTER * 0.36  # half the height of a capital
    yield Rect(tile, style.PLATE_RADIUS, style.TILE)
    yield Text(letter, Point(tile.centre.x, baseline), _LETTER, Weight.SEMIBOLD, style.MUTED, "middle")


def _no_picture(at: Point, side: float) -> Iterator[Shape]:
    """Draw a tile with a landscape, for a picture that could not be had and stands without a name."""

    def inside(x: float, y: float) -> Point:
        return Point(at.x + x * side, at.y + y * side)

    yield Rect(Box(at.x, at.y, at.x + side, at.y + side), style.PLATE_RADIUS, style.TILE)
    yield Path(circle(inside(0.66, 0.34), 0.07 * side), style.MUTED, 0, fill=style.MUTED)
    hills = ((0.2, 0.74), (0.42, 0.42), (0.55, 0.6), (0.63, 0.52), (0.8, 0.74))
    yield Polygon(tuple(inside(*corner) for corner in hills), style.MUTED, style.MUTED, 0)


def _person(look: NodeStyle, at: Point) -> Iterator[Shape]:
    """Draw a head over shoulders."""
    x = at.x + style.ICON / 2
    yield Path(circle(Point(x, at.y + 11), 7), look.ink, 0, fill=look.ink)
    left, right, top, bottom = x - 13, x + 13, at.y + 20, at.y + 33
    shoulders = (
        *(Point(left, bottom), Point(left, top + 2), Point(x - 8, top), Point(x, top)),
        *(Point(x + 8, top), Point(right, top + 2), Point(right, bottom)),
        *(Point(right, bottom), Point(left, bottom), Point(left, bottom)),
    )
    yield Path(shoulders, look.ink, 0, fill=look.ink)
