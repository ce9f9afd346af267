"""A walkthrough as an animated picture, for what shows no moving SVG: GIF, and APNG with all of its colours.

From the pictures of its steps, as SVG, to bytes; the same pictures give the same bytes.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from archfolio.render.build.finish_svg import png_of, with_glyphs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_COLOURS = 255  # of a GIF, which keeps one for what is transparent
_EXACT = 128  # of them that are not mixed: those of the largest areas
_FORMATS = {"gif": "GIF", "apng": "PNG"}


def animate(pictures: Sequence[str], kind: str, seconds: float, scale: float = 1.0) -> bytes:
    """Return pictures of one size as a GIF or APNG that shows each for some seconds, for ever."""
    frames = [Image.open(io.BytesIO(png_of(with_glyphs(picture), scale))).convert("RGB") for picture in pictures]
    if kind == "gif":
        palette = _palette(_stacked(frames))
        frames = [_mapped(frame, palette) for frame in frames]
    out = io.BytesIO()
    milliseconds = round(seconds * 1000)
    frames[0].save(
        out, _FORMATS[kind], save_all=True, append_images=frames[1:], duration=milliseconds, loop=0, optimize=False
    )
    return out.getvalue()


def _palette(picture: Image.Image) -> NDArray[np.int64]:
    """Return colours for all frames, red, green and blue: those of the largest areas, and others for icons."""
    counted = picture.getcolors(picture.width * picture.height) or []
    largest = [colour for _, colour in sorted(counted, key=lambda one: (-one[0], one[1]))[:_EXACT]]
    rest = picture.quantize(_COLOURS - len(largest), dither=Image.Dither.NONE).getpalette() or []
    channels = [channel for colour in largest if isinstance(colour, tuple) for channel in colour]
    return np.array([*channels, *rest][: _COLOURS * 3], np.int64).reshape(-1, 3)


def _mapped(frame: Image.Image, palette: NDArray[np.int64]) -> Image.Image:
    """Give each pixel the nearest colour of a palette. Pillow's own search is near, and greys a white ground."""
    pixels = np.asarray(frame, np.int64)
    codes = pixels[..., 0] << 16 | pixels[..., 1] << 8 | pixels[..., 2]
    colours, which = np.unique(codes, return_inverse=True)
    parts = np.stack((colours >> 16, colours >> 8 & 0xFF, colours & 0xFF), axis=1)
    distances = ((parts[:, None, :] - palette[None, :, :]) ** 2).sum(axis=2)
    indices = distances.argmin(axis=1).astype(np.uint8)[which].reshape(codes.shape)
    mapped = Image.fromarray(indices, "P")
    mapped.putpalette(palette.astype(np.uint8).tobytes())
    return mapped


def _stacked(frames: Sequence[Image.Image]) -> Image.Image:
    """Return the first frames one above the other, from which a palette for all of them is chosen."""
    some = frames[:3]
    stack = Image.new("RGB", (some[0].width, sum(frame.height for frame in some)))
    top = 0
    for frame in some:
        stack.paste(frame, (0, top))
        top += frame.height
    return stack
