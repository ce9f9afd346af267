"""Files of pictures, of pixels or vectors: whether they can be read, and what is in them."""

from __future__ import annotations

import gzip
import io
import re
import zlib
from contextlib import suppress
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from pathlib import Path

_SMALL = 16  # px, of a picture that is only tried


def is_picture(path: Path) -> bool:
    """Return whether a file is a picture that can be drawn."""
    try:
        content = path.read_bytes()
        svg = vector(content)
        pixels_of(svg or content, _SMALL if svg else 0)
    except OSError:
        return False
    return True


def vector(content: bytes) -> bytes:
    """Return an SVG as text, unpacked where it is packed; nothing of what is no SVG."""
    if content.startswith(b"\x1f\x8b"):
        with suppress(OSError, EOFError, zlib.error):
            content = gzip.decompress(content)
    return content if re.search(rb"<svg[\s>]", content[:4096]) else b""


def pixels_of(content: bytes, width: int = 0) -> Image.Image:
    """Decode a picture; with a width it is a vector, and drawn so wide.

    Raises OSError.
    """
    if width:
        import resvg_py  # noqa: PLC0415  few icons are vectors

        try:
            content = bytes(resvg_py.svg_to_bytes(svg_string=content.decode(errors="replace"), width=width))
        except ValueError as wrong:
            raise OSError(str(wrong)) from wrong
    try:
        with Image.open(io.BytesIO(content)) as file:
            return file.convert("RGBA")
    except (Image.DecompressionBombError, SyntaxError, ValueError, EOFError) as wrong:  # as Pillow has it
        raise OSError(str(wrong)) from wrong
