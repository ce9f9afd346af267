"""Drawings inside a page: only what draws is taken from the file, ids stay apart, icons and styles come once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET

from markupsafe import Markup

from archfolio.gallery.escaped import escaped
from archfolio.gallery.svg.figures import SVG, Quotes, bind
from archfolio.gallery.svg.shared_looks import share_looks

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

_NO_QUOTES = Quotes()
XLINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
_PREFIXES = {XLINK: "xlink:", _XML: "xml:"}
_DRAWS = frozenset(
    {
        "svg",
        "g",
        "a",
        "defs",
        "symbol",
        "use",
        "image",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "text",
        "tspan",
        "title",
        "desc",
        "style",
        "marker",
        "clipPath",
        "mask",
        "pattern",
        "linearGradient",
        "radialGradient",
        "stop",
    }
)
_ENDS = "--"  # between the ends of an edge in its name
_BARE = re.compile(r"[\w.:#%+/-]+")  # a value that HTML wants no quotes around
_SIDES = 4  # of a rectangle: x, y, width, height
_MARGIN = 24.0  # that a drawing keeps around it
_LINKS = ("#", "https://", "http://", "mailto:")  # that an author may give a node; another link goes, its node stays
_PICTURES = ("#", "data:image/png;", "data:image/svg+xml;", "data:image/jpeg;")
_REFERENCE = re.compile(r"url\(#([^)]+)\)")
_TWINS = re.compile(r"\.([\w-]+)\{(fill|stroke):light-dark\(([^,()]+),([^,()]+)\)\}")  # as `paint/svg.py` writes them
_SUPPORTED = "@supports(color:light-dark(#000,#fff))"
_OF_FILES = ("svg:root{color-scheme:light dark}", f"{_SUPPORTED}{{}}")  # in a page nothing is an SVG's root
_PIXELS = re.compile(r'(?<= xlink:href=")data:image/png;[^"]*')


class Twin(NamedTuple):
    """A colour of a class of shapes, for light and for dark pages."""

    name: str  # of the class
    paint: str  # fill or stroke
    light: str
    dark: str


@dataclass(frozen=True, slots=True)
class InlineDrawing:
    """A drawing without what it shares with others."""

    markup: Markup
    icons: tuple[tuple[str, Markup], ...]  # by id
    colours: tuple[Twin, ...]
    looks: tuple[tuple[str, str], ...]  # rules of classes, by class
    style: str  # what else its style sheets say


def parse(svg: str) -> ET.Element:
    """Read a drawing.

    Raises ValueError for a file that is not an SVG, or declares a document type.
    """
    if "<!DOCTYPE" in svg:
        message = "a drawing with a document type is not taken into a page"
        raise ValueError(message)
    try:
        root = ET.fromstring(svg)  # noqa: S314  without a document type there are no entities to expand
    except ET.ParseError as error:
        message = f"a drawing is not XML: {error}"
        raise ValueError(message) from error
    if root.tag != f"{{{SVG}}}svg":
        message = f"a drawing begins with <svg>, not <{root.tag}>"
        raise ValueError(message)
    return root


def part(root: ET.Element, name: str) -> tuple[ET.Element, ...]:
    """Find the groups of a class: "head", "body", "legend", "node", ..."""
    return tuple(group for group in root.iter(f"{{{SVG}}}g") if name in group.get("class", "").split())


def without(root: ET.Element, unwanted: Iterable[ET.Element]) -> None:
    """Take elements out of a drawing."""
    out = {id(element) for element in unwanted}
    for parent in list(root.iter()):
        for child in [child for child in parent if id(child) in out]:
            parent.remove(child)


def markup(element: ET.Element) -> Markup:
    """Write an element as it is, but for what runs or loads."""
    return _written(element, {})


@lru_cache(maxsize=32)  # a drawing is wanted twice: on the page of its subject, and as a script
def inline(svg: str, *, prefix: str, label: str, quoted: Quotes = _NO_QUOTES, has_sprite: bool = True) -> InlineDrawing:
    """Take a drawing into a page, without the title and caption that the page has too.

    One that has no sprite before it keeps how its shapes look. Raises ValueError for a file that is not an SVG, or
    declares a document type, or does not say what is quoted.
    """
    root = parse(svg)
    bind(root, quoted)
    # The page has these words; as a tooltip over the whole drawing a title is in the way.
    without(root, [*root.findall(f"{{{SVG}}}title"), *root.findall(f"{{{SVG}}}desc"), *part(root, "head")])
    root.attrib.pop("aria-labelledby", None)
    _crop(root)
    root.set("aria-label", label)
    root.attrib.setdefault("role", "img")  # without one a label names nothing
    icons = _take_icons(root)
    style = _take_styles(root)
    colours = tuple(Twin(*found) for found in _TWINS.findall(style))
    _lighten(root, colours)
    looks = share_looks(root) if has_sprite else {}
    _leave_out_ends(root)
    names = {element.get("id", ""): f"{prefix}--{element.get('id')}" for element in root.iter() if element.get("id")}
    drawn = _written(root, names, is_html=True)
    return InlineDrawing(drawn, icons, colours, tuple(looks.items()), _without_colours(style))


def sprite(drawings: Iterable[InlineDrawing], pictures: Mapping[str, str], root: str = "") -> Markup:
    """Gather what the drawings of a page share: each icon, colour and style once, to stand before all of them.

    `pictures` has the files of icons by id, which are the same on all pages; an icon without one stands here as data.
    """
    drawings = tuple(drawings)
    colours = {(twin.name, twin.paint): twin for drawing in drawings for twin in drawing.colours}
    looks = dict(look for drawing in drawings for look in drawing.looks)
    shared = "".join(f".{name}{{{rule}}}" for name, rule in looks.items())
    sheets = dict.fromkeys([_said(colours.values()) + shared, *(drawing.style for drawing in drawings)])
    icons = {
        name: _from_file(icon, pictures.get(name, ""), root) for drawing in drawings for name, icon in drawing.icons
    }
    styles = Markup("").join(Markup("<style>{}</style>").format(sheet) for sheet in sheets if sheet)
    return Markup('<svg class="sprite" width="0" height="0" aria-hidden="true">{}<defs>{}</defs></svg>').format(
        styles, Markup("").join(icons.values())
    )


def _from_file(icon: Markup, path: str, root: str) -> Markup:
    """Refer to the file of an icon in place of its pixels; one of lines is sharp at every size, and stays."""
    if not path:
        return icon
    return Markup(_PIXELS.sub(lambda _: escaped(root + path), icon))  # noqa: S704  the rest is as it was


def _crop(root: ET.Element) -> None:
    """Leave out the room that title and caption took."""
    body, box = ([float(part) for part in root.get(name, "").split()] for name in ("data-body", "viewBox"))
    if len(body) != _SIDES or len(box) != _SIDES:
        return
    top = max(body[1] - _MARGIN, box[1])
    height = box[1] + box[3] - top
    root.set("viewBox", f"{box[0]:g} {top:g} {box[2]:g} {height:g}")
    root.set("height", f"{height:g}")


def _take_icons(root: ET.Element) -> tuple[tuple[str, Markup], ...]:
    """Lift the icons, whose ids say their content, out of the drawing."""
    icons: list[tuple[str, Markup]] = []
    for defs in root.iter(f"{{{SVG}}}defs"):
        for child in [child for child in defs if child.get("id", "").startswith("icon-")]:
            defs.remove(child)
            icons.append((child.get("id", ""), markup(child)))
    return tuple(icons)


def _take_styles(root: ET.Element) -> str:
    """Lift the style sheets out of the drawing; the font is the page's."""
    sheets: list[str] = []
    for parent in list(root.iter()):
        for child in [child for child in parent if child.tag == f"{{{SVG}}}style"]:
            parent.remove(child)
            if child.get("class") != "font":
                sheets.append(child.text or "")
    return "\n".join(sheets)


def _without_colours(style: str) -> str:
    """Return what a style sheet says beside its colours, and to pages."""
    rest = _TWINS.sub("", style)
    for of_files in _OF_FILES:
        rest = rest.replace(of_files, "")
    return rest.strip()


def _lighten(root: ET.Element, colours: Iterable[Twin]) -> None:
    """Take from the shapes the light colours that their classes have too.

    In a file they serve readers without style sheets; in pages they would be a tenth of a drawing.
    """
    light = {(twin.name, twin.paint): twin.light for twin in colours}
    if not light:
        return
    for element in root.iter():
        for name in element.get("class", "").split():
            for paint in ("fill", "stroke"):
                colour = light.get((name, paint), "")
                if colour and element.get(paint, "").replace("none", "transparent") == colour:
                    del element.attrib[paint]


def _leave_out_ends(root: ET.Element) -> None:
    """Take from edges where they lead where their name says it: `element.js` puts it back, for other scripts."""
    for element in root.iter(f"{{{SVG}}}g"):
        ends = (element.get("data-tail", ""), element.get("data-head", ""))
        if all(ends) and element.get("data-edge", "").split(_ENDS) == list(ends):
            del element.attrib["data-tail"], element.attrib["data-head"]


def _said(colours: Collection[Twin]) -> str:
    """Write a style sheet of colours: the light ones, which every browser knows, and over them the pairs."""
    if not colours:
        return ""
    light = "".join(f".{twin.name}{{{twin.paint}:{twin.light}}}" for twin in colours)
    pairs = "".join(f".{twin.name}{{{twin.paint}:light-dark({twin.light},{twin.dark})}}" for twin in colours)
    return f"{light}{_SUPPORTED}{{{pairs}}}"


def _written(element: ET.Element, names: dict[str, str], *, is_html: bool = False) -> Markup:
    pieces: list[str] = []
    _write(element, names, pieces, is_html=is_html)
    return Markup("".join(pieces))  # noqa: S704  each piece is escaped


def _write(element: ET.Element, names: dict[str, str], into: list[str], *, is_html: bool) -> None:
    """Write an element as HTML wants it: no prefixes but xlink's, nothing that runs or loads.

    HTML needs no quotes around most values; a file, which is XML, does.
    """
    space, _, tag = str(element.tag).rpartition("}")
    if space != f"{{{SVG}" or tag not in _DRAWS:
        return
    into.append(f"<{tag}")
    into.extend(_attribute(tag, key, value, names, is_html=is_html) for key, value in element.attrib.items())
    if not element.text and not len(element):
        into.append("/>" if not is_html or into[-1].endswith(('"', tag)) else " />")  # else the value would end in /
        return
    into.append(">")
    if element.text:
        into.append(escaped(element.text))
    for child in element:
        _write(child, names, into, is_html=is_html)
        if child.tail:
            into.append(escaped(child.tail))
    into.append(f"</{tag}>")


def _attribute(tag: str, key: str, value: str, names: dict[str, str], *, is_html: bool) -> str:
    """Write an attribute; nothing for one that runs or loads. XML lets no sign into a name that HTML would mistake."""
    name, local = _attribute_name(key)
    if not name:
        return ""
    if local == "href":
        if not value.startswith(_LINKS if tag == "a" else _PICTURES):
            return ""
        if value.startswith("#"):
            value = f"#{names.get(value[1:], value[1:])}"
    elif local == "id":
        value = names.get(value, value)
    elif "url(" in value:
        value = _REFERENCE.sub(lambda match: f"url(#{names.get(match[1], match[1])})", value)
    return f" {name}={value}" if is_html and _BARE.fullmatch(value) else f' {name}="{escaped(value)}"'


@lru_cache(maxsize=256)  # a hundred thousand attributes have a few dozen names
def _attribute_name(key: str) -> tuple[str, str]:
    """Return the name of an attribute in HTML, and without its prefix; none for one that runs, or of another kind."""
    space, _, name = key.rpartition("}")
    prefix = _PREFIXES.get(space.removeprefix("{"), "")
    return ("", "") if (space and not prefix) or name.lower().startswith("on") else (f"{prefix}{name}", name)
