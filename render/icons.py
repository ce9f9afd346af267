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
INK = 0.35  # opacity; softer pixels are edges, shadows and tints
FAINT_ON_LIGHT = 1.2  # contrast with the card under which ink is not seen: a pale fill has an outline that helps it,
FAINT_ON_DARK = 1.9  # black on a dark card has not; both are far less than WCAG asks of text, for a logo is not read
MOST_FAINT = 0.6  # of an icon's ink may be faint: white inside an outline is no harm
LEAST_SEEN = 0.85  # of the area that an icon spans must be spanned by ink that is seen: no letters may get lost


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
        plate_on_light=_vanishes(pixels, style.CARD.light, FAINT_ON_LIGHT),
        plate_on_dark=_vanishes(pixels, style.CARD.dark, FAINT_ON_DARK),
    )


def _luminance(colour: NDArray[np.float64]) -> NDArray[np.float64]:
    """Relative luminance of sRGB colours in 0..1 (WCAG 2.2, "relative luminance")."""
    linear = np.where(colour <= 0.04045, colour / 12.92, ((colour + 0.055) / 1.055) ** 2.4)  # noqa: PLR2004
    luminance: NDArray[np.float64] = linear @ np.array([0.2126, 0.7152, 0.0722])
    return luminance


def _vanishes(pixels: NDArray[np.float64], ground: str, faint: float) -> bool:
    """Tell whether an icon is lost on a ground: nearly all of its ink, or a part that changes its shape."""
    under = np.array([int(ground[place : place + 2], 16) / 255 for place in (1, 3, 5)])
    alpha = pixels[..., 3]
    ink = alpha > INK
    if not ink.any():
        return False
    mixed = pixels[..., :3] * alpha[..., None] + under * (1 - alpha[..., None])
    bright, dark = _luminance(mixed), float(_luminance(under))
    seen = ink & ((np.maximum(bright, dark) + 0.05) / (np.minimum(bright, dark) + 0.05) >= faint)
    return float(seen.sum()) < (1 - MOST_FAINT) * float(ink.sum()) or _span(seen) < LEAST_SEEN * _span(ink)


def _span(mask: NDArray[np.bool_]) -> int:
    """Measure the area of the smallest upright rectangle around what is set."""
    if not mask.any():
        return 0
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    return int((rows[-1] - rows[0] + 1) * (columns[-1] - columns[0] + 1))
