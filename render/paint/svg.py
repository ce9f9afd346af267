"""Print a scene as one self-contained SVG: icons and font inside, no path, no address, light and dark."""

from __future__ import annotations

import base64
import re
import unicodedata
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

from archfolio.render.model.font import FALLBACKS, FAMILY, Weight, webfont
from archfolio.render.model.ids import printable
from archfolio.render.paint.origin import Origin
from archfolio.render.paint.shapes import Group, Image, Path, Polygon, Rect, Shape, Text

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
    parts = list(_flat(scene.shapes))
    width, height = _number(scene.size.width), _number(scene.size.height)
    body = " ".join(map(_number, (scene.body.x0, scene.body.y0, scene.body.width, scene.body.height)))
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" class="archfolio"'
        f'{origin.svg_attributes()} data-body="{body}" width="{width}" height="{height}"'
        f' viewBox="0 0 {width} {height}" role="img" aria-labelledby="{_text(slug)}-title {_text(slug)}-desc"'
        f' font-family="{FAMILY},{FALLBACKS}" text-rendering="geometricPrecision">',
        f'<title id="{_text(slug)}-title">{_text(scene.title)}</title>',
        f'<desc id="{_text(slug)}-desc">{_text(scene.description)}</desc>',
        f'<style class="font">{_faces(parts)}</style>',
        f'<style class="look">{_stylesheet(parts)}</style>',
        f"<defs>{''.join(_definitions(parts))}</defs>",
        *(_shape(shape) for shape in scene.shapes),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _flat(shapes: Iterable[Shape]) -> Iterator[Shape]:
    for shape in shapes:
        yield shape
        if isinstance(shape, Group):
            yield from _flat(shape.shapes)


def _text(value: str) -> str:
    return escape(printable(value))


@lru_cache(maxsize=1 << 14)  # a drawing has thousands of numbers, and many of them often
def _number(value: float) -> str:
    """Write a length to a hundredth of a pixel, as short as it gets."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _data(media: str, content: bytes) -> str:
    return f"data:{media};base64,{base64.b64encode(content).decode('ascii')}"


def _faces(parts: list[Shape]) -> str:
    """Embed just the glyphs that the texts use, in each typeface that is used."""
    used: dict[Typeface, set[str]] = {}
    for part in parts:
        if isinstance(part, Text):
            used.setdefault(part.face, set()).update(part.text)
    faces = []
    for face, characters in sorted(used.items()):
        content = webfont(frozenset(characters), face)
        if content:
            family = f"'{_css_name(face.family)}'" if face.family else FAMILY
            slant = "font-style:italic;" if face.is_italic else ""
            url = _data("font/woff2", content)
            faces.append(
                f"@font-face{{font-family:{family};font-weight:{face.weight};{slant}src:url({url})format('woff2')}}"
            )
    return "".join(faces)


def _css_name(family: str) -> str:
    """Keep of a family's name what needs no escape between quotation marks."""
    return re.sub(r"[^\w .-]", "", family)


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
        data = _data("image/svg+xml", icon.svg) if icon.svg else _data("image/png", icon.png)
        yield f'<image id="icon-{name}" {side} xlink:href="{data}"/>'


def _shape(shape: Shape) -> str:
    match shape:
        case Group():
            return _group(shape)
        case Rect():
            return _rect(shape)
        case Path():
            dashes = f' stroke-dasharray="{" ".join(map(_number, shape.dashes))}"' if shape.dashes else ""
            cap = ' stroke-linecap="round"' if shape.dashes and shape.dashes[0] < 2 else ""  # noqa: PLR2004  dots
            fill, close = ("", "Z") if shape.fill else (' fill="none"', "")
            return (
                f'<path d="{_curve(shape.points)}{close}"{fill}{_paint(shape)}'
                f' stroke-width="{_number(shape.width)}"{dashes}{cap}/>'
            )
        case Polygon():
            points = " ".join(f"{_number(point.x)},{_number(point.y)}" for point in shape.points)
            border = f'{_stroke_width(shape.width)} stroke-linejoin="round"' if shape.width else ""
            return f'<polygon points="{points}"{_paint(shape)}{border}/>'
        case Text():
            anchor = _anchor(shape)
            weight = f' font-weight="{shape.weight}"' if shape.weight != Weight.REGULAR else ""
            family = f" font-family=\"'{_css_name(shape.family)}',{FAMILY},{FALLBACKS}\"" if shape.family else ""
            slant = ' font-style="italic"' if shape.is_italic else ""
            lines = f' text-decoration="{shape.decoration}"' if shape.decoration else ""
            return (
                f'<text x="{_number(shape.at.x)}" y="{_number(shape.at.y)}" font-size="{_number(shape.size)}"'
                f"{weight}{family}{slant}{lines}{anchor}{_paint(shape)}>{_text(shape.text)}</text>"
            )
        case Image():
            box = shape.box
            move = f"translate({_number(box.x0)} {_number(box.y0)}) scale({_number(box.width)} {_number(box.height)})"
            return f'<use xlink:href="#icon-{shape.icon.name}" transform="{move}"/>'


_OTHER_END = {"start": "end", "end": "start", "middle": "middle"}


def _anchor(text: Text) -> str:
    """Write where a text is held, and its direction: of one from right to left the start is at the right."""
    letters = (unicodedata.bidirectional(character) for character in text.text)
    is_right_to_left = next((kind for kind in letters if kind in ("L", "R", "AL")), "L") != "L"
    anchor = _OTHER_END[text.anchor] if is_right_to_left else text.anchor
    direction = ' direction="rtl"' if is_right_to_left else ""
    return direction + (f' text-anchor="{anchor}"' if anchor != "start" else "")


def _group(group: Group) -> str:
    data = "".join(f' data-{key}="{_text(value)}"' for key, value in group.data)
    move = f' transform="translate({_number(group.at.x)} {_number(group.at.y)})"' if group.at != (0, 0) else ""
    title = f"<title>{_text(group.title)}</title>" if group.title else ""
    inside = "\n".join(_shape(shape) for shape in group.shapes)
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
        f'<rect x="{_number(box.x0)}" y="{_number(box.y0)}" width="{_number(box.width)}"'
        f' height="{_number(box.height)}"{corner}{paint}/>'
    )


def _left_rounded(box: Box, radius: float) -> str:
    """Outline the sliver at the left of a card whose corners are rounder than the sliver is wide."""
    inset = radius - (radius**2 - (radius - box.width) ** 2) ** 0.5 if box.width < radius else 0.0
    x0, x1, r = _number(box.x0), _number(box.x1), _number(radius)
    return (
        f"M{x1} {_number(box.y0 + inset)}A{r} {r} 0 0 0 {x0} {_number(box.y0 + radius)}"
        f"V{_number(box.y1 - radius)}A{r} {r} 0 0 0 {x1} {_number(box.y1 - inset)}Z"
    )


def _stroke_width(width: float) -> str:
    return f' stroke-width="{_number(width)}"' if width else ""


def _paint(shape: Shape) -> str:
    """Write the light colours as attributes, and the names of the colours as classes for the dark ones."""
    paints = list(_paints(shape))
    classes = " ".join(f"{paint[0]}-{colour.name}" for paint, colour in paints if colour.name)
    attributes = "".join(f' {paint}="{colour.light}"' for paint, colour in paints)
    return (f' class="{classes}"' if classes else "") + attributes


def _curve(points: tuple[Point, ...]) -> str:
    """Write cubic pieces; one that is level or upright, as most are, is a line, in a fifth of the text."""
    at, *rest = points
    written = f"M{_number(at.x)} {_number(at.y)}"
    command = "M"
    for first, second, end in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
        if at.y == first.y == second.y == end.y:
            command, piece = "H", f"H{_number(end.x)}"
        elif at.x == first.x == second.x == end.x:
            command, piece = "V", f"V{_number(end.y)}"
        else:
            numbers = " ".join(f"{_number(point.x)} {_number(point.y)}" for point in (first, second, end))
            command, piece = "C", f"{' ' if command == 'C' else 'C'}{numbers}"
        written += piece
        at = end
    return written
