"""Files of pictures, of pixels or vectors: whether they can be read, and what is in them."""

from __future__ import annotations

import gzip
import io
import re
import zlib
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING

from PIL import Image

from archfolio.render.model.geometry import Size

if TYPE_CHECKING:
    from pathlib import Path

_SMALL = 16  # px, of a picture that is only tried
_MEASURED = 72  # px, of one whose proportions are wanted
_LEAST_FILLED = 0.6  # of its side, by what an icon shows
_MARGIN = 0.15  # of what is shown, left around it by a cut


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


def proportions(path: Path) -> Size:
    """Return width and height of what an icon shows of the picture in a file, in pixels of the file's.

    Raises OSError for a file that is not a picture.
    """
    return _proportions(path.read_bytes())


@cache
def _proportions(content: bytes) -> Size:
    svg = vector(content)
    return Size(*(pixels_of(svg, _MEASURED) if svg else cropped(pixels_of(content))).size)


def cropped(picture: Image.Image) -> Image.Image:
    """Cut off most of the margin of an icon that is lost in it; the margin of others is how they are balanced."""
    box = picture.getchannel("A").getbbox()
    if box is None:
        return picture
    side = max(box[2] - box[0], box[3] - box[1])
    if side >= _LEAST_FILLED * max(picture.size):
        return picture
    edge = side * _MARGIN
    return picture.crop((round(box[0] - edge), round(box[1] - edge), round(box[2] + edge), round(box[3] + edge)))
