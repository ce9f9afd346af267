"""Icons as drawings need them: reduced to the size they are shown at, and checked against both grounds."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from render import style

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

PIXELS = int(style.ICON * 2)  # sharp at two device pixels a CSS pixel
COLOURS = 128
VANISHING = 0.5  # a plate where more than this share of an icon's ink ...
FAINT = 1.5  # ... has less than this contrast with the card


@dataclass(frozen=True, slots=True)
class Icon:
    """A small PNG, its name by content, and the grounds on which it needs a plate."""

    name: str
    png: bytes
    plate_on_light: bool
    plate_on_dark: bool


@cache
def icon(path: Path) -> Icon:
    """Reduce the icon in a file to a square of `PIXELS`, centred, with a palette.

    Raises OSError for a file that is not a picture.
    """
    with Image.open(path) as file:
        picture = file.convert("RGBA")
    picture.thumbnail((PIXELS, PIXELS), Image.Resampling.LANCZOS)
    square = Image.new("RGBA", (PIXELS, PIXELS), (0, 0, 0, 0))
    square.paste(picture, ((PIXELS - picture.width) // 2, (PIXELS - picture.height) // 2))
    out = io.BytesIO()
    reduced = square.quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    reduced.save(out, "PNG", optimize=True)
    png = out.getvalue()
    pixels = np.asarray(square, dtype=np.float64) / 255
    return Icon(
        name=hashlib.sha256(png).hexdigest()[:10],
        png=png,
        plate_on_light=_vanishes(pixels, style.CARD.light),
        plate_on_dark=_vanishes(pixels, style.CARD.dark),
    )


def _luminance(colour: NDArray[np.float64]) -> NDArray[np.float64]:
    """Relative luminance of sRGB colours in 0..1 (WCAG 2.2, "relative luminance")."""
    linear = np.where(colour <= 0.04045, colour / 12.92, ((colour + 0.055) / 1.055) ** 2.4)  # noqa: PLR2004
    return linear @ np.array([0.2126, 0.7152, 0.0722])


def _vanishes(pixels: NDArray[np.float64], ground: str) -> bool:
    """Tell whether most of the ink of an icon is too faint on a ground (contrast as in WCAG 2.2)."""
    under = np.array([int(ground[place : place + 2], 16) / 255 for place in (1, 3, 5)])
    alpha = pixels[..., 3]
    ink = alpha > 0.25  # noqa: PLR2004  softer pixels are edges and shadows
    if not ink.any():
        return False
    mixed = pixels[..., :3] * alpha[..., None] + under * (1 - alpha[..., None])
    bright, dark = _luminance(mixed[ink]), float(_luminance(under))
    contrast = (np.maximum(bright, dark) + 0.05) / (np.minimum(bright, dark) + 0.05)
    return float((contrast < FAINT).mean()) > VANISHING
