"""Print a scene as one self-contained SVG: icons and font inside, no path, no address, light and dark."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from archfolio.render.model.font import FALLBACKS, FAMILY, Weight
from archfolio.render.model.ids import printable
from archfolio.render.model.style import NOTHING
from archfolio.render.paint.embedded import css_family, data_url, font_face
from archfolio.render.paint.origin import Origin
from archfolio.render.paint.shapes import Group, Image, Path, Polygon, Rect, Shape, Text, flat

_LINK = re.compile(r"https?://|mailto:|[^:]+$", re.IGNORECASE)  # where a click may lead: no script

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archfolio.render.model.font import Typeface
    from archfolio.render.model.geometry import Box, Point
    from archfolio.render.model.icons import Icon
    from archfolio.render.model.style import Colour
    from archfolio.render.paint.scene import Scene


def svg(scene: Scene, slug: str, origin: Origin = Origin()) -> str:  # noqa: B008  a tuple
    """Print a scene. `slug` makes its ids its own on a page; `origin` is kept in it as data."""
    parts = list(flat(scene.shapes))
    usual = _usual(parts)
    width, height = _number(scene.size.width), _number(scene.size.height)
    body = " ".join(map(_number, (scene.body.x0, scene.body.y0, scene.body.width, scene.body.height)))
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
        f' class="archfolio{usual.classes}"{origin.svg_attributes()} data-body="{body}"'
        f' width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img"'
        f' aria-labelledby="{_text(slug)}-title {_text(slug)}-desc"'
        f' font-family="{FAMILY},{FALLBACKS}"{usual.attributes} text-rendering="geometricPrecision">',
        f'<title id="{_text(slug)}-title">{_text(scene.title)}</title>',
        f'<desc id="{_text(slug)}-desc">{_text(scene.description)}</desc>',
        f'<style class="font">{_faces(parts)}</style>',
        f'<style class="look">{_stylesheet(parts)}</style>',
        f"<defs>{''.join(_definitions(parts))}</defs>",
        *(_shape(shape, usual) for shape in scene.shapes),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


class _Usual(NamedTuple):
    """What most texts of a drawing have: it is said once, of the whole."""

    size: float = 0
    fill: Colour = NOTHING

    @property
    def classes(self) -> str:
        return f" f-{self.fill.name}" if self.fill.name else ""

    @property
    def attributes(self) -> str:
        return f' font-size="{_number(self.size)}" fill="{self.fill.light}"' if self.size else ""


def _usual(parts: Iterable[Shape]) -> _Usual:
    texts = [part for part in parts if isinstance(part, Text)]
    if not texts:
        return _Usual()
    [(size, _)] = Counter(text.size for text in texts).most_common(1)
    [(fill, _)] = Counter(text.fill for text in texts).most_common(1)
    return _Usual(size, fill)


def _text(value: str) -> str:
    return escape(printable(value))


@lru_cache(maxsize=1 << 14)  # a drawing has thousands of numbers, and many of them often
def _number(value: float) -> str:
    """Write a size to a hundredth of a pixel, as short as it gets."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


@lru_cache(maxsize=1 << 14)
def _place(value: float) -> str:
    """Write a coordinate to a tenth of a pixel: nobody sees where less would be."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def _faces(parts: list[Shape]) -> str:
    """Embed just the glyphs that the texts use, in each typeface that is used."""
    used: dict[Typeface, set[str]] = {}
    for part in parts:
        if isinstance(part, Text):
            used.setdefault(part.face, set()).update(part.text)
    return "".join(font_face(face, characters) for face, characters in sorted(used.items()))


def _paints(shape: Shape) -> Iterator[tuple[str, Colour]]:
    match shape:
        case Rect(fill=fill, stroke=stroke):
            yield "fill", fill
            if stroke:
                yield "stroke", stroke
        case Polygon(fill=fill, stroke=stroke, width=width):
            yield "fill", fill
            if width:
                yield "stroke", stroke
        case Path(stroke=stroke, fill=fill):
            yield "stroke", stroke
            if fill:
                yield "fill", fill
        case Text(fill=fill):
            yield "fill", fill


def _stylesheet(parts: list[Shape]) -> str:
    """Write the dark twin of each colour as a rule over the light one, which stands on the shapes themselves.

    A reader that does not know `light-dark()` or style sheets keeps the light drawing. A file of its own follows the
    reader's wish; inside a page the page decides.
    """
    rules = {
        f".{paint[0]}-{colour.name}{{{paint}:light-dark({_css(colour.light)},{_css(colour.dark)})}}": None
        for part in parts
        for paint, colour in _paints(part)
        if colour.name
    }
    return f"svg:root{{color-scheme:light dark}}@supports(color:light-dark(#000,#fff)){{{''.join(sorted(rules))}}}"


def _css(colour: str) -> str:
    return "transparent" if colour == "none" else colour


def _definitions(parts: list[Shape]) -> Iterator[str]:
    icons: dict[str, Icon] = {part.icon.name: part.icon for part in parts if isinstance(part, Image)}
    for name, icon in sorted(icons.items()):
        side = 'width="1" height="1"'
        data = data_url("image/svg+xml", icon.svg) if icon.svg else data_url("image/png", icon.png)
        yield f'<image id="icon-{name}" {side} xlink:href="{data}"/>'


def _shape(shape: Shape, usual: _Usual) -> str:
    match shape:
        case Group():
            return _group(shape, usual)
        case Rect():
            return _rect(shape)
        case Path():
            dashes = f' stroke-dasharray="{" ".join(map(_number, shape.dashes))}"' if shape.dashes else ""
            cap = ' stroke-linecap="round"' if shape.dashes and shape.dashes[0] < 2 else ""  # noqa: PLR2004  dots
            fill, close = ("", "Z") if shape.fill else (' fill="none"', "")
            width = _stroke_width(shape.width) if shape.width else ' stroke-width="0"'
            return f'<path d="{_curve(shape.points)}{close}"{fill}{_paint(shape)}{width}{dashes}{cap}/>'
        case Polygon():
            points = " ".join(f"{_place(point.x)},{_place(point.y)}" for point in shape.points)
            border = f'{_stroke_width(shape.width)} stroke-linejoin="round"' if shape.width else ""
            return f'<polygon points="{points}"{_paint(shape)}{border}/>'
        case Text():
            return _line_of_text(shape, usual)
        case Image():
            box = shape.box
            size = _number(box.width) if box.width == box.height else f"{_number(box.width)} {_number(box.height)}"
            move = f"translate({_place(box.x0)} {_place(box.y0)}) scale({size})"
            return f'<use xlink:href="#icon-{shape.icon.name}" transform="{move}"/>'


def _line_of_text(text: Text, usual: _Usual) -> str:
    size = f' font-size="{_number(text.size)}"' if text.size != usual.size else ""
    weight = f' font-weight="{text.weight}"' if text.weight != Weight.REGULAR else ""
    family = f' font-family="{css_family(text.family)},{FAMILY},{FALLBACKS}"' if text.family else ""
    slant = ' font-style="italic"' if text.is_italic else ""
    lines = f' text-decoration="{text.decoration}"' if text.decoration else ""
    paint = _paint(text) if text.fill != usual.fill else ""
    return (
        f'<text x="{_place(text.at.x)}" y="{_place(text.at.y)}"{size}{weight}{family}{slant}{lines}'
        f"{_anchor(text)}{paint}>{_text(text.text)}</text>"
    )


_OTHER_END = {"start": "end", "end": "start", "middle": "middle"}


def _anchor(text: Text) -> str:
    """Write where a text is held, and its direction: of one from right to left the start is at the right."""
    letters = (unicodedata.bidirectional(character) for character in text.text)
    is_right_to_left = next((kind for kind in letters if kind in ("L", "R", "AL")), "L") != "L"
    anchor = _OTHER_END[text.anchor] if is_right_to_left else text.anchor
    direction = ' direction="rtl"' if is_right_to_left else ""
    return direction + (f' text-anchor="{anchor}"' if anchor != "start" else "")


def _group(group: Group, usual: _Usual) -> str:
    data = "".join(f' data-{key}="{_text(value)}"' for key, value in group.data)
    move = f' transform="translate({_place(group.at.x)} {_place(group.at.y)})"' if group.at != (0, 0) else ""
    title = f"<title>{_text(group.title)}</title>" if group.title else ""
    inside = "\n".join(_shape(shape, usual) for shape in group.shapes)
    if _LINK.match(group.link):
        inside = f'<a xlink:href="{_text(group.link)}">{inside}</a>'
    return f'<g class="{group.name}"{data}{move}>{title}{inside}</g>'


def _rect(rect: Rect) -> str:
    box = rect.box
    dashes = f' stroke-dasharray="{" ".join(map(_number, rect.dashes))}"' if rect.dashes else ""
    paint = f"{_paint(rect)}{_stroke_width(rect.width)}{dashes}"
    if rect.left_only:
        return f'<path d="{_left_rounded(box, rect.radius)}"{paint}/>'
    corner = f' rx="{_number(rect.radius)}"' if rect.radius else ""
    return (
        f'<rect x="{_place(box.x0)}" y="{_place(box.y0)}" width="{_place(box.width)}"'
        f' height="{_place(box.height)}"{corner}{paint}/>'
    )


def _left_rounded(box: Box, radius: float) -> str:
    """Outline the sliver at the left of a card whose corners are rounder than the sliver is wide."""
    inset = radius - (radius**2 - (radius - box.width) ** 2) ** 0.5 if box.width < radius else 0.0
    x0, x1, r = _place(box.x0), _place(box.x1), _number(radius)
    return (
        f"M{x1} {_place(box.y0 + inset)}A{r} {r} 0 0 0 {x0} {_place(box.y0 + radius)}"
        f"V{_place(box.y1 - radius)}A{r} {r} 0 0 0 {x1} {_place(box.y1 - inset)}Z"
    )


def _stroke_width(width: float) -> str:
    return f' stroke-width="{_number(width)}"' if width not in (0, 1) else ""  # 1 is SVG's own


def _paint(shape: Shape) -> str:
    """Write the light colours as attributes, and the names of the colours as classes for the dark ones."""
    paints = list(_paints(shape))
    classes = " ".join(f"{paint[0]}-{colour.name}" for paint, colour in paints if colour.name)
    attributes = "".join(f' {paint}="{colour.light}"' for paint, colour in paints)
    return (f' class="{classes}"' if classes else "") + attributes


def _curve(points: tuple[Point, ...]) -> str:
    """Write cubic pieces; one that is level or upright, as most are, is a line, in a fifth of the text."""
    at, *rest = points
    written = f"M{_place(at.x)} {_place(at.y)}"
    command = "M"
    for first, second, end in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
        if at.y == first.y == second.y == end.y:
            command, piece = "H", f"H{_place(end.x)}"
        elif at.x == first.x == second.x == end.x:
            command, piece = "V", f"V{_place(end.y)}"
        else:
            numbers = " ".join(f"{_place(point.x)} {_place(point.y)}" for point in (first, second, end))
            command, piece = "C", f"{' ' if command == 'C' else 'C'}{numbers}"
        written += piece
        at = end
    return written
