"""What an SVG holds inside itself: files as data, and fonts cut to the glyphs that its texts use."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING

from archfolio.render.model.font import FAMILY, webfont

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archfolio.render.model.font import Typeface


def data_url(media: str, content: bytes) -> str:
    """Write a file of a media type as an address that holds it."""
    return f"data:{media};base64,{base64.b64encode(content).decode('ascii')}"


def css_family(family: str) -> str:
    """Write the name of a family, "" for ours; of an author's what needs no escape between quotation marks."""
    plain = re.sub(r"[^\w .-]", "", family)
    return f"'{plain}'" if family else FAMILY


def font_face(face: Typeface, characters: Iterable[str]) -> str:
    """Write the rule that embeds these characters of a typeface; nothing where its licence forbids that."""
    content = webfont(frozenset(characters), face)
    slant = "font-style:italic;" if face.is_italic else ""
    source = f"src:url({data_url('font/woff2', content)})format('woff2')"
    return (
        f"@font-face{{font-family:{css_family(face.family)};font-weight:{int(face.weight)};{slant}{source}}}"
        if content
        else ""
    )
