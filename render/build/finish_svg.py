"""Finish an SVG that was changed after it was painted: glyphs for all that it says now, and its PNG.

The PNG is painted by resvg, which reads no embedded font: it is given the same one as a file.
"""

from __future__ import annotations

import re
import tempfile
from html import unescape
from pathlib import Path

from archfolio.render.model.font import FAMILY, Typeface, Weight, instance
from archfolio.render.paint.embedded import font_face

_FONT = re.compile(r'<style class="font">(.*?)</style>', re.DOTALL)
_FACE = re.compile(r"@font-face\{font-family:([^;]+);[^}]*\}")
_TEXT = re.compile(r"<(?:text|tspan)\b([^>]*)>([^<]*)")
_CSS_PIXELS = 96  # in an inch


def with_glyphs(svg: str) -> str:
    """Return an SVG whose embedded fonts have the glyphs of all of its texts; an author's own fonts stay."""
    others = "".join(face[0] for face in _FACE.finditer(_embedded(svg)) if face[1] != FAMILY)
    ours = "".join(font_face(face, characters) for face, characters in sorted(_used(svg).items()))
    return _FONT.sub(lambda _: f'<style class="font">{ours}{others}</style>', svg, count=1)


def _embedded(svg: str) -> str:
    found = _FONT.search(svg)
    return found[1] if found else ""


def png_of(svg: str, scale: float) -> bytes:
    """Paint an SVG with `scale` pixels to a CSS px."""
    import resvg_py  # noqa: PLC0415  asked for seldom

    with tempfile.TemporaryDirectory(prefix="archfolio-") as folder:
        files = []
        for number, (face, characters) in enumerate(sorted(_used(svg).items())):
            path = Path(folder, f"{number}.ttf")
            path.write_bytes(instance(frozenset(characters), face))
            files.append(str(path))
        painted = resvg_py.svg_to_bytes(
            svg_string=svg, font_files=files, skip_system_fonts=True, dpi=_CSS_PIXELS, zoom=scale, font_family=FAMILY
        )
    return bytes(painted)


def _used(svg: str) -> dict[Typeface, set[str]]:
    """Return the characters that an SVG's texts use, by the weight of our font."""
    used: dict[Typeface, set[str]] = {}
    for attributes, text in _TEXT.findall(svg):
        weight = Weight.SEMIBOLD if 'font-weight="600"' in attributes else Weight.REGULAR
        used.setdefault(Typeface("", weight), set()).update(unescape(text))
    return used
