"""Lay out what a node shows: from `Node` to a card, its lines broken and its size known."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from archfolio.render.model import style
from archfolio.render.model.author import INCH, parse_number
from archfolio.render.model.geometry import Point, Size
from archfolio.render.model.label import RichLabel, Span, is_html, plain_label, read_label
from archfolio.render.model.look import CARD_WIDTH
from archfolio.render.model.name import joint, name_length
from archfolio.render.model.node_style import LIBRARY_SIZE, Outline, c4_of, node_style
from archfolio.render.model.record import Cell, record
from archfolio.render.model.rich_text import POINTS, TextLine, broken, replace_size

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from archfolio.render.model.graph import Node
    from archfolio.render.model.label import Line
    from archfolio.render.model.node_style import NodeStyle
    from archfolio.render.model.rich_text import TextStyle

_C4_MEASURE = 190.0  # px of a line of a description
RULE_GAP = 6.0  # px around the line between two fields of a record
_RECORDS = frozenset({"record", "mrecord"})
_JUNCTION = Size(24.0, 24.0)  # of what shows nothing, or a dot, and is there for its lines, which meet in its middle
_ICON_GAP = style.CARD_PADDING
_LIBRARY_SIDE = 1.4  # inches of the library's icons
_LEAST_ROOM, _MOST_ROOM = 24.0, 480.0  # px that an author's width or height may leave an icon
_WIDE = 1.6  # width by height of a logo from which it is no square
_WIDEST = 2.2  # times as wide as a square icon is one at most
_BESIDE = 80.0  # px up to which text stands beside a picture; it is below a larger one


@dataclass(frozen=True, slots=True)
class Card:
    """The lines of a node, the room that they and an icon take side by side, and the size of all.

    `shift` is how far what it shows stands off the middle of its outline.
    """

    lines: tuple[TextLine, ...]
    icon: Size  # of what is seen of it; 0 by 0: there is none
    text: Size
    size: Size
    is_centred: bool
    shift: Point
    first_muted: int  # the lines from here on are details
    cells: tuple[Cell, ...] = ()  # of a record, which has no other lines

    @property
    def content(self) -> Size:
        """The room of icon and text."""
        return _together(self.icon, self.text)

    @property
    def is_stacked(self) -> bool:
        """Return whether the text is below the icon."""
        return max(self.icon) > _BESIDE


def card(node: Node) -> Card:
    """Lay out a node."""
    return _card(node, _proportions(node))  # read each time: a file may change while we run


def _proportions(node: Node) -> Size | None:
    """Return width and height of a picture that is drawn in its own proportions; None for an icon, which is square."""
    is_own = node.component.startswith("custom.") or dict(node.attrs).keys() & {"width", "height"}
    if node.icon is None or not is_own:
        return None
    from archfolio.render.model.picture_files import proportions  # noqa: PLC0415  few pictures are their author's own

    return proportions(node.icon)


@cache
def _card(node: Node, proportions: Size | None) -> Card:
    look = node_style(node)
    if _is_record(node):
        cells, room = record(node.markup, look.detail, style.DETAIL_MEASURE)
        size = Size(_even(max(room.width, look.least.width)), _even(max(room.height, look.least.height)))
        no_icon, middle = Size(0, 0), Point(0, 0)
        return Card((), no_icon, room, size, is_centred=True, shift=middle, first_muted=0, cells=cells)
    lines, first_muted = _lines(node, look)
    picture = _icon_size(node, proportions, is_alone=not lines)
    has_icon = picture.width > 0
    rules = sum(line.rule for line in lines)
    text = Size(
        max((line.width for line in lines), default=0.0), sum(line.height for line in lines) + rules * 2 * RULE_GAP
    )
    outer, shift = _around(look.outline, _together(picture, text), look, has_icon=has_icon, has_text=bool(lines))
    size = Size(_even(max(outer.width, look.least.width)), _even(max(outer.height, look.least.height)))
    if look.outline is Outline.CIRCLE:
        size = Size(max(size), max(size))
    is_centred = look.outline is not Outline.CARD or not has_icon
    return Card(lines, picture, text, size, is_centred, shift, first_muted)


def _icon_size(node: Node, proportions: Size | None, *, is_alone: bool) -> Size:
    """Return the size of the icon of a node, 0 by 0 where there is none: one that is all that is seen is larger."""
    usual = style.ICON_ALONE if is_alone else style.ICON
    if proportions is not None:
        return _fitted(proportions, dict(node.attrs), usual)
    if node.icon is not None or node.lost_icon:
        return Size(usual, usual)
    c4 = c4_of(node)
    return Size(style.ICON, style.ICON) if c4 and c4.glyph == "person" else Size(0, 0)


def _fitted(proportions: Size, attrs: Mapping[str, str], usual: float) -> Size:
    """Return the size, in whole px, at which a picture fits its room as large as can be.

    That is usually a square. A wide logo gets the area of one, as logos in a row do, or it would be a mere line.
    """
    ratio = proportions.width / proportions.height
    is_wide = ratio >= _WIDE
    if not is_wide and not attrs.keys() & {"width", "height"}:
        return Size(usual, usual)
    across = usual * min(ratio**0.5, _WIDEST) if is_wide else usual
    width = _icon_room(parse_number(attrs, "width", _LIBRARY_SIDE), across)
    height = _icon_room(parse_number(attrs, "height", _LIBRARY_SIDE), usual)
    scale = min(width / proportions.width, height / proportions.height)
    return Size(max(round(proportions.width * scale), 1), max(round(proportions.height * scale), 1))


def _icon_room(inches: float, usual: float) -> float:
    """Return the px that an author's width or height leaves a picture.

    An inch more than the library gives is an inch more of ours, for what is made large is there to be read. Ours are
    small as it is: one of less than the library's size is smaller than usual only where that is less than ours.
    """
    room = min(usual, inches * INCH) + max(inches - _LIBRARY_SIDE, 0) * INCH
    return min(max(room, _LEAST_ROOM), _MOST_ROOM)


def has_own_size(node: Node) -> bool:
    """Return whether the icon of a node has the size that its author gave it."""
    laid_out, attrs = card(node), dict(node.attrs)
    usual = style.ICON if laid_out.lines else style.ICON_ALONE
    is_as_asked = all(parse_number(attrs, key, _LIBRARY_SIDE) * INCH == usual for key in ("width", "height"))
    return node.icon is not None and (is_as_asked or laid_out.icon != (usual, usual))


def _together(picture: Size, text: Size) -> Size:
    """Return the room of an icon and the text beside it, or below it where it is large."""
    if not picture.width:
        return text
    gap = _ICON_GAP if text.width else 0.0
    if max(picture) > _BESIDE:
        return Size(max(picture.width, text.width), picture.height + gap + text.height)
    return Size(picture.width + gap + text.width, max(picture.height, text.height))


def shows_part(node: Node) -> bool:
    """Return whether a card says, by the colour of its left border, which part of a system it is."""
    look, laid_out = node_style(node), card(node)
    return look.outline is Outline.CARD and look.is_plain and not look.dashes and bool(laid_out.lines)


def is_junction(node: Node) -> bool:
    """Return whether a node is there for its lines only: a point, or words without a frame that are none."""
    return node_style(node).outline is Outline.POINT or is_blank(node)


def is_blank(node: Node) -> bool:
    """Return whether a node shows nothing at all."""
    return node_style(node).outline is Outline.NONE and card(node).size == _JUNCTION


def _is_record(node: Node) -> bool:
    """Return whether a node is a record with fields."""
    shape = dict(node.attrs).get("shape", "").lower()
    return shape in _RECORDS and node.icon is None and bool(node.markup) and not is_html(node.markup)


def _lines(node: Node, look: NodeStyle) -> tuple[tuple[TextLine, ...], int]:
    """Break the label of a node into lines; also return which of them is the first that is a detail."""
    attrs = dict(node.attrs)
    if look.outline is Outline.POINT:
        return (), 0
    if c4 := c4_of(node):
        name = broken(plain_label(c4.name), look.name, style.NAME_MEASURE)
        kind = broken(plain_label(f"[{c4.kind}]" if c4.kind else ""), look.detail, _C4_MEASURE)
        return (*name, *kind, *broken(plain_label(c4.text), look.detail, _C4_MEASURE)), len(name)
    if is_html(node.markup):
        base = replace_size(look.detail, LIBRARY_SIZE * POINTS * look.name.size / style.NAME_SIZE)
        lines = broken(read_label(node.markup), base, style.DETAIL_MEASURE * 2)
        return lines, len(lines)
    said = read_label(node.markup) if node.markup else plain_label(node.label)
    lines_said = tuple(line for line in said.lines if line.text.strip())
    measure = parse_number(attrs, CARD_WIDTH, style.NAME_MEASURE)
    more_measure = measure + style.DETAIL_MEASURE - style.NAME_MEASURE
    length = name_length([line.text for line in lines_said])
    name = _name(lines_said[:length], look.name, measure)
    more = broken(RichLabel(lines_said[length:]), look.detail, more_measure)
    beside = broken(read_label(attrs.get("xlabel", "")), look.detail, more_measure)
    return (*name, *more, *beside), len(name)


def _name(said: Sequence[Line], base: TextStyle, measure: float) -> tuple[TextLine, ...]:
    """Set a name on one line, where it fits; else as its author broke it, and where that does not fit."""
    whole = said[:1]
    for before, line in pairwise(said):
        space = Span(joint(before.text, line.text))
        whole = (replace(before, spans=(*whole[0].spans, space, *line.spans)),)
    on_one_line = broken(RichLabel(tuple(whole)), base)
    fits = len(said) > 1 and on_one_line[0].width <= measure
    return on_one_line if fits else broken(RichLabel(tuple(said)), base, measure)


def _card_around(inside: Size, look: NodeStyle, *, has_icon: bool, has_text: bool) -> Size:
    """Return the size of a card around what it holds."""
    w, h = inside
    if has_icon and not has_text:
        return Size(w + 2 * style.CARD_PADDING, h + 2 * style.CARD_PADDING)
    across = style.ACCENT_WIDTH + style.CARD_PADDING + w + style.CARD_END if has_icon else w + 2 * style.CARD_END
    least = style.CARD_HEIGHT if has_icon or look.is_plain else 40.0
    return Size(max(across, style.CARD_MIN_WIDTH), max(h + 2 * style.CARD_PADDING, least))


def _around(  # noqa: C901, PLR0911, PLR0912  one case for each outline
    outline: Outline, inside: Size, look: NodeStyle, *, has_icon: bool, has_text: bool
) -> tuple[Size, Point]:
    """Return the size of an outline around what it holds, and how far that stands off its middle."""
    w, h = inside
    down = -1 if look.is_inverted else 1
    match outline:
        case Outline.CARD:
            return _card_around(inside, look, has_icon=has_icon, has_text=has_text), Point(0, 0)
        case Outline.NONE:
            return Size(w + 8, h + 6) if has_text or has_icon else _JUNCTION, Point(0, 0)
        case Outline.UNDERLINE:
            return Size(w + 12, h + 10), Point(0, 0)
        case Outline.ELLIPSE:
            return Size(w * 1.3 + 16, h * 1.4 + 12), Point(0, 0)
        case Outline.CIRCLE:
            side = (w**2 + h**2) ** 0.5 + 14
            return Size(side, side), Point(0, 0)
        case Outline.DIAMOND:
            return Size(w * 1.6 + 16, h * 2.7 + 8), Point(0, 0)
        case Outline.CYLINDER:
            return Size(max(w + 28, 72), h + 40), Point(0, 6)
        case Outline.HEXAGON:
            return Size(w + h * 0.8 + 16, h + 22), Point(0, 0)
        case Outline.OCTAGON:
            return Size(w + 28, h + 26), Point(0, 0)
        case Outline.PARALLELOGRAM | Outline.TRAPEZIUM:
            return Size(w + h * 0.9 + 24, h + 20), Point(0, 0)
        case Outline.TRIANGLE:
            return Size(w * 2 + 20, h * 2 + 24), Point(0, down * (h / 2 + 2))
        case Outline.HOUSE:
            return Size(w + 28, h + 38), Point(0, down * 7)
        case Outline.FOLDER:
            return Size(max(w + 28, 72), h + 30), Point(0, 5)
        case Outline.COMPONENT:
            return Size(w + 40, h + 24), Point(5, 0)
        case Outline.BOX3D:
            return Size(w + 36, h + 32), Point(-4, 4)
        case Outline.NOTE:
            return Size(w + 34, h + 22), Point(-4, 0)
        case Outline.POINT:
            return _JUNCTION, Point(0, 0)


def _even(value: float) -> float:
    """Round up to an even number: centres and borders then fall on whole pixels."""
    return float(-(-value // 2) * 2)
