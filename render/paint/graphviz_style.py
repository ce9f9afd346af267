"""The library's own look: Graphviz draws, and its SVG is made to stand alone.

Used where an author has dressed nodes or the whole graph by hand, which only Graphviz can honour in full, and for
`--style library`. Text is laid out and displayed with the packaged font here too.
"""

from __future__ import annotations

import hashlib
import html
import os
import re
from functools import cache
from multiprocessing.util import get_temp_dir
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from archfolio.render.base.files import write
from archfolio.render.layout.engine import LayoutFailed
from archfolio.render.model.font import FALLBACKS, FAMILY, Typeface, Weight, instance
from archfolio.render.model.font_files import font_folders, is_here, packaged_folders, parse_name
from archfolio.render.model.ids import printable
from archfolio.render.paint.embedded import data_url, font_face

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from archfolio.render.layout.engine import Engine
    from archfolio.render.model.graph import Graph
    from archfolio.render.paint.format import Format
    from archfolio.render.paint.origin import Origin

_IMAGE = re.compile(
    r'<image xlink:href="([^"]*)" width="([\d.]+)px" height="([\d.]+)px"([^>]*?)x="([^"]+)" y="([^"]+)"/>'
)
_SIZE = re.compile(r'<svg width="([\d.]+)pt" height="([\d.]+)pt"')
_DOT_LINK = re.compile(r'\b(\w*(?:URL|href))\s*=\s*("(?:[^"\\]|\\.)*"|[^\s,;\]>]+)', re.IGNORECASE | re.DOTALL)
_SCHEMES = frozenset({"http", "https", "mailto"})
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")  # RFC 3986, section 3.1
_ENTITY = re.compile(r"&#?\w+;")
_POINT = 4 / 3  # CSS pixels


@cache
def _fonts() -> None:
    """Point fontconfig, which is read once a process, at the packaged font; what it lacks the machine's may have.

    The folder is the one that processes of a build have in common; it goes with the last of them.
    """
    folder = Path(get_temp_dir()) / "fonts"
    characters = frozenset(map(chr, (*range(0x20, 0x250), *range(0x370, 0x530), *range(0x2000, 0x2300))))
    for weight in Weight:
        write(folder / f"{weight}.ttf", instance(characters, Typeface("", weight)))
    config = folder / "fonts.conf"
    folders = "".join(f"<dir>{html.escape(str(one))}</dir>" for one in (folder, *font_folders(), *packaged_folders()))
    write(config, f"<fontconfig>{folders}<cachedir>{folder}</cachedir></fontconfig>".encode())
    os.environ["FONTCONFIG_FILE"] = str(config)


_STRING = r'"(?:[^"\\]|\\.)*"'  # in which nothing is an attribute
_SETTING = re.compile(rf"\b((?:label)?fontname|dpi|resolution)=({_STRING}|[^\s\]\",;<>]+)|{_STRING}")
_FACE = re.compile(r'\b(face=)"([^"]*)"', re.IGNORECASE)
_FIRST_LINE = re.compile(r'(\b(?:x|head|tail)?label=")(?=\n|\\[nlr])')


def _prepared(dot: str) -> str:
    """Name only fonts that can be had, ours for all others; and begin no label with a newline, which kills Graphviz."""

    def name(said: str) -> str:
        family = parse_name(said).family
        return said if family and is_here(family) else FAMILY

    def setting(match: re.Match[str]) -> str:
        if match[1] is None:
            return match[0]
        return f'{match[1]}="{name(match[2].strip(chr(34)))}"' if match[1].endswith("fontname") else ""

    dot = _SETTING.sub(setting, dot)
    dot = _FACE.sub(lambda match: f'{match[1]}"{name(match[2])}"', dot)
    return _FIRST_LINE.sub(r"\1 ", dot)


def draw_in_graphviz_style(
    graph: Graph, dot: str, formats: Sequence[Format], origin: Callable[[Format], Origin], engine: Engine
) -> tuple[tuple[tuple[Format, bytes], ...], float, float]:
    """Draw DOT with Graphviz in the library's look: return a file for each format, and width and height in CSS pixels.

    `origin` returns what a file of a format is to say of itself.

    Raises LayoutFailed where Graphviz refuses.
    """
    _fonts()
    dot = _prepared(_DOT_LINK.sub(_without_unsafe_link, dot))
    text = _well_formed(engine.draw(dot, "svg").decode())
    width, height = (float(value) * _POINT for value in _SIZE.search(text).groups())  # type: ignore[union-attr]
    files = []
    for wanted in formats:
        if wanted.format == "svg":
            content = _standalone(text, graph, origin(wanted)).encode()
        elif wanted.format == "png":
            content = origin(wanted).in_png(engine.draw(_at_scale(dot, wanted.scale), "png"))
        else:
            content = engine.draw(dot, wanted.format)
        files.append((wanted, content))
    return tuple(files), round(width, 2), round(height, 2)


def _without_unsafe_link(match: re.Match[str]) -> str:
    """Leave a link out that is neither a page nor an address to write to: it may run, or read files."""
    link = "".join(html.unescape(match[2]).strip('"').split())
    scheme = _SCHEME.match(printable(link).lstrip("\ufffd"))
    return match[0] if not scheme or scheme[1].lower() in _SCHEMES else f'{match[1]}=""'


def _well_formed(text: str) -> str:
    """Return Graphviz's SVG as XML: what an author wrote as "&name;" it takes for an entity, and hands on.

    Raises LayoutFailed where it is not XML even so.
    """
    text = printable(_ENTITY.sub(_character, text))
    try:
        ET.fromstring(re.sub(r"<!DOCTYPE.*?>", "", text, count=1, flags=re.DOTALL))  # noqa: S314  no entities are left
    except ET.ParseError as error:
        message = f"Graphviz wrote an SVG that is not XML ({error}): look for odd signs in labels and attributes"
        raise LayoutFailed(message) from error
    return text


def _character(match: re.Match[str]) -> str:
    """Return an entity as XML has it: its five own, a character, or as it was typed where HTML has none either."""
    if match[0] in ("&amp;", "&lt;", "&gt;", "&quot;", "&apos;"):
        return match[0]
    known = html.unescape(match[0])
    return html.escape(known)


def _families(text: str) -> list[str]:
    """List the families that an SVG names, ours first as ""."""
    said = {parse_name(html.unescape(name)).family for name in re.findall(r'font-family="([^",]*)', text)}
    return sorted(family for family in {"", *said} if is_here(family))


def _at_scale(dot: str, scale: float) -> str:
    """Ask for more pixels: Graphviz counts 96 to the inch."""
    head, brace, rest = dot.partition("{")
    return f"{head}{brace}\n\tgraph [dpi={96 * scale:g}]{rest}"


def _standalone(text: str, graph: Graph, origin: Origin) -> str:
    """Embed icons, once each, and font; drop comments and the document type; say what it shows."""
    from archfolio.render.model.alt_text import describe  # noqa: PLC0415  most drawings are asked for in the house style

    icons: dict[str, str] = {}

    def use(match: re.Match[str]) -> str:
        path, width, height, _, x, y = match.groups()
        content = Path(html.unescape(path)).read_bytes()
        name = hashlib.sha256(content).hexdigest()[:10]
        media = "image/jpeg" if content.startswith(b"\xff\xd8") else "image/png"
        icons[name] = f'<image id="icon-{name}" width="1" height="1" xlink:href="{data_url(media, content)}"/>'
        return f'<use xlink:href="#icon-{name}" transform="translate({x} {y}) scale({width} {height})"/>'

    text = _IMAGE.sub(use, text)
    text = re.sub(r"<\?xml.*?\?>|<!DOCTYPE.*?>|<!--.*?-->", "", text, flags=re.DOTALL)
    characters = frozenset("".join(re.findall(r">([^<]+)<", html.unescape(text)))) - {"\n"}
    faces = "".join(font_face(Typeface(family), characters) for family in _families(text))
    slug = html.escape(graph.slug)
    head = (
        f'<title id="{slug}-title">{html.escape(graph.title)}</title>'
        f'<desc id="{slug}-desc">{html.escape(describe(graph))}</desc>'
        f'<style class="font">{faces}</style><defs>{"".join(icons[name] for name in sorted(icons))}</defs>'
    )
    text = re.sub(
        r"<svg ([^>]*)>",
        lambda match: (
            f'<svg class="archfolio"{origin.svg_attributes()} role="img"'
            f' aria-labelledby="{slug}-title {slug}-desc" {match[1]}>{head}'
        ),
        text,
        count=1,
    )
    lines = [line for line in text.splitlines() if line.strip()]
    return "\n".join(lines).replace(f'font-family="{FAMILY}"', f'font-family="{FAMILY},{FALLBACKS}"') + "\n"
