"""The library's own look: Graphviz draws, and its SVG is made to stand alone.

Used where an author has dressed nodes or the whole graph by hand, which only Graphviz can honour in full, and for
`--style library`. Text is laid out and displayed with the packaged font here too.
"""

from __future__ import annotations

import base64
import hashlib
import html
import os
import re
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from archfolio.render.base.files import write
from archfolio.render.model.font import FALLBACKS, FAMILY, Weight, instance, webfont

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archfolio.render.layout.engine import Engine
    from archfolio.render.model.graph import Graph
    from archfolio.render.paint.format import Format

_IMAGE = re.compile(
    r'<image xlink:href="([^"]*)" width="([\d.]+)px" height="([\d.]+)px"([^>]*?)x="([^"]+)" y="([^"]+)"/>'
)
_SIZE = re.compile(r'<svg width="([\d.]+)pt" height="([\d.]+)pt"')
_POINT = 4 / 3  # CSS pixels


@cache
def _fonts() -> None:
    """Point fontconfig, which is read once a process, at a folder with nothing but the packaged font."""
    folder = Path(platformdirs.user_cache_dir("archfolio")) / f"fonts-{version('fontpkg-inter')}"
    characters = frozenset(map(chr, (*range(0x20, 0x250), *range(0x370, 0x530), *range(0x2000, 0x2300))))
    for weight in Weight:
        write(folder / f"{weight}.ttf", instance(characters, weight))
    config = folder / "fonts.conf"
    write(config, f"<fontconfig><dir>{folder}</dir><cachedir>{folder}</cachedir></fontconfig>".encode())
    os.environ["FONTCONFIG_FILE"] = str(config)


def draw_in_graphviz_style(
    graph: Graph, dot: str, formats: Sequence[Format], fingerprint: str, engine: Engine
) -> tuple[tuple[tuple[Format, bytes], ...], float, float]:
    """Have Graphviz draw DOT in the library's look: return a file for each format, and width and height in CSS pixels.

    Raises LayoutFailed where Graphviz refuses.
    """
    _fonts()
    dot = dot.replace("fontname=Sans-Serif", f"fontname={FAMILY}").replace('"Sans-Serif"', FAMILY)
    text = engine.draw(dot, "svg").decode()
    width, height = (float(value) * _POINT for value in _SIZE.search(text).groups())  # type: ignore[union-attr]
    files = []
    for wanted in formats:
        if wanted.format == "svg":
            content = _standalone(text, graph, fingerprint).encode()
        elif wanted.format == "png":
            content = engine.draw(_at_scale(dot, wanted.scale), "png")
        else:
            content = engine.draw(dot, wanted.format)
        files.append((wanted, content))
    return tuple(files), round(width, 2), round(height, 2)


def _at_scale(dot: str, scale: float) -> str:
    """Ask for more pixels: Graphviz counts 96 to the inch."""
    head, brace, rest = dot.partition("{")
    return f"{head}{brace}\n\tgraph [dpi={96 * scale:g}]{rest}"


def _standalone(text: str, graph: Graph, fingerprint: str) -> str:
    """Embed icons, once each, and font; drop comments and the document type; say what it shows."""
    from archfolio.render.model.alt_text import describe  # noqa: PLC0415

    icons: dict[str, str] = {}

    def use(match: re.Match[str]) -> str:
        path, width, height, _, x, y = match.groups()
        content = Path(html.unescape(path)).read_bytes()
        name = hashlib.sha256(content).hexdigest()[:10]
        media = "image/jpeg" if content.startswith(b"\xff\xd8") else "image/png"
        data = base64.b64encode(content).decode("ascii")
        icons[name] = f'<image id="icon-{name}" width="1" height="1" xlink:href="data:{media};base64,{data}"/>'
        return f'<use xlink:href="#icon-{name}" transform="translate({x} {y}) scale({width} {height})"/>'

    text = _IMAGE.sub(use, text)
    text = re.sub(r"<\?xml.*?\?>|<!DOCTYPE.*?>|<!--.*?-->", "", text, flags=re.DOTALL)
    characters = frozenset("".join(re.findall(r">([^<]+)<", html.unescape(text)))) - {"\n"}
    url = base64.b64encode(webfont(characters, Weight.REGULAR)).decode("ascii")
    face = f"@font-face{{font-family:{FAMILY};src:url(data:font/woff2;base64,{url})format('woff2')}}"
    slug, mark = html.escape(graph.slug), f' data-hash="{fingerprint}"' if fingerprint else ""
    head = (
        f'<title id="{slug}-title">{html.escape(graph.title)}</title>'
        f'<desc id="{slug}-desc">{html.escape(describe(graph))}</desc>'
        f'<style class="font">{face}</style><defs>{"".join(icons[name] for name in sorted(icons))}</defs>'
    )
    text = re.sub(
        r"<svg ([^>]*)>",
        lambda match: (
            f'<svg class="archfolio" data-view="{slug}"{mark} role="img"'
            f' aria-labelledby="{slug}-title {slug}-desc" {match[1]}>{head}'
        ),
        text,
        count=1,
    )
    lines = [line for line in text.splitlines() if line.strip()]
    return "\n".join(lines).replace(f'font-family="{FAMILY}"', f'font-family="{FAMILY},{FALLBACKS}"') + "\n"
