"""Icons as drawings need them: reduced to the size they are shown at, and checked against both grounds."""

from __future__ import annotations

import hashlib
import io
import os
import pickle
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from archfolio.render.base import hashing
from archfolio.render.base.distinct import distinct
from archfolio.render.model import style
from archfolio.render.model.picture_files import cropped, pixels_of, vector
from archfolio.render.model.quantize import quantize

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from numpy.typing import NDArray

    from archfolio.render.base.share import Share

_SHARP = 2  # device pixels a CSS pixel at which an icon is sharp
PIXELS = int(style.ICON * _SHARP)  # of the usual one
COLOURS = 64  # at most
_UNSEEN = 64  # mean squared distance of its pixels, colours times alpha: off by 4 in each channel
_OPAQUE = 255
_LARGE = int(style.ICON_ALONE * _SHARP)  # pixels up to which they are enough
_INK = 0.35  # opacity; softer pixels are edges, shadows and tints
_FAINT_ON_LIGHT = 1.2  # contrast with the card under which ink is not seen: a pale fill has an outline that helps it,
_FAINT_ON_DARK = 1.9  # black on a dark card has not; both are far less than WCAG asks of text, for a logo is not read
_TINT = 0.2  # difference of the channels from which a colour is seen on white, however bright it is: yellow
# of the area that an icon spans must be spanned by ink that is seen on white: letters are, paper is not
_LEAST_SEEN = 0.85
_RIM = 2  # pixels around ink that is seen in which no other is missed on dark: soft edges, outlines
_MOST_LOST = 0.05  # of an icon's ink on dark; more are letters, or a part of a logo


@dataclass(frozen=True, slots=True)
class Icon:
    """A small PNG, its name by content, and the grounds on which it needs a plate; `svg` is what it was drawn from."""

    name: str
    png: bytes
    plate_on_light: bool
    plate_on_dark: bool
    svg: bytes = b""  # empty where it was made of pixels


def icon(path: Path, side: float = style.ICON) -> Icon:
    """Reduce the icon in a file to a square, centred, with a palette; `side` is the px that it is shown at.

    Raises OSError for a file that is not a picture.
    """
    return _known((path.read_bytes(), int(side * _SHARP)))


def make_icons(paths: Iterable[Path], share: Share) -> dict[Path, Icon]:
    """Reduce icons ahead, with somebody to share the work; return them by their files.

    Raises OSError for a file that is not a picture.
    """
    wanted = {path: (path.read_bytes(), PIXELS) for path in dict.fromkeys(paths)}
    missing = [one for one in dict.fromkeys(wanted.values()) if one not in _made]
    _made.update(zip(missing, share(_made_once, missing), strict=True))
    return {path: _made[one] for path, one in wanted.items()}


_made: dict[tuple[bytes, int], Icon] = {}  # by the content of their files, and their pixels


def _known(wanted: tuple[bytes, int]) -> Icon:
    if wanted not in _made:
        _made[wanted] = _made_once(wanted)
    return _made[wanted]


_handed_on: list[Path] = []  # the folder, if any, in which processes leave what they have made for each other


def hand_on(folder: Path) -> None:
    """Have the processes that are forked from this one reduce each icon once, and read in a folder what others have."""
    _handed_on[:] = [folder]


def _made_once(wanted: tuple[bytes, int]) -> Icon:
    """Reduce an icon, unless another process has done so."""
    if not _handed_on:
        return _icon(wanted)
    content, pixels = wanted
    file = _handed_on[0] / f"{hashing.digest(content)}-{pixels}.icon"
    with suppress(OSError):
        made: Icon = pickle.loads(file.read_bytes())  # noqa: S301  our own
        return made
    made = _icon(wanted)
    with suppress(OSError):  # the others make it themselves
        unfinished = file.with_suffix(f".{os.getpid()}")
        unfinished.write_bytes(pickle.dumps(made))
        unfinished.replace(file)
    return made


def _icon(wanted: tuple[bytes, int]) -> Icon:
    content, pixels = wanted
    svg = vector(content)
    picture = cropped(pixels_of(svg or content, 4 * pixels if svg else 0))
    scale = pixels / max(picture.size)
    width, height = (max(1, round(side * scale)) for side in picture.size)
    picture = picture.resize((width, height), Image.Resampling.LANCZOS)
    around = (0, 0, 0, 0) if pixels <= _LARGE else (255, 255, 255, 0)  # some PDF readers mix it into a picture's rim
    square = Image.new("RGBA", (pixels, pixels), around)
    square.paste(picture, ((pixels - picture.width) // 2, (pixels - picture.height) // 2))
    codes, places = _colours(square)
    png = _with_palette(codes, places) if pixels <= _LARGE else _png(square)
    name = hashlib.sha256(png).hexdigest()[:10]
    if pixels != PIXELS:  # what is missed does not hang on the size
        usual = _known((content, PIXELS))
        return Icon(name, png, usual.plate_on_light, usual.plate_on_dark, svg)
    colours = codes[:, None].view(np.uint8) / 255
    return Icon(
        name=name,
        png=png,
        plate_on_light=_needs_backing_on_light(colours, places, style.CARD.light),
        plate_on_dark=_needs_backing_on_dark(colours, places, style.CARD.dark),
        svg=svg,
    )


def _colours(picture: Image.Image) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """List the colours of a picture as 0xrrggbbaa, big-endian, each once, and number that of each pixel."""
    pixels = np.ascontiguousarray(np.asarray(picture)).view(">u4").ravel()
    codes = distinct(pixels)
    # This takes half the time of asking `np.unique` for them.
    return codes, np.searchsorted(codes, pixels).reshape(picture.size[::-1])


def _png(picture: Image.Image, **said: bytes) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True, **said)
    return out.getvalue()


def _with_palette(codes: NDArray[np.uint32], places: NDArray[np.int64]) -> bytes:
    """Write a picture with a palette of the colours that it needs, told apart as they look on black, and by alpha.

    Those that are not opaque come first, for the file names the alpha of no others.
    """
    areas = np.bincount(places.ravel())
    colours = codes[:, None].view(np.uint8)
    looks = colours.copy()
    looks[:, :3] = (colours[:, :3].astype(np.uint16) * colours[:, 3:] + 127) // 255
    everywhere = np.ones(len(codes), bool)
    taken, nearest = quantize(looks, areas.astype(np.float64), most=COLOURS, unseen=_UNSEEN, soft=everywhere)
    palette = colours[taken]
    order = np.argsort(palette[:, 3], kind="stable")
    numbers = np.argsort(order).astype(np.uint8)  # of each colour in that order
    reduced = Image.fromarray(numbers[nearest][places])
    palette = palette[order]
    reduced.putpalette(palette[:, :3].tobytes())
    return _png(reduced, transparency=palette[palette[:, 3] < _OPAQUE, 3].tobytes())


def _luminance(colour: NDArray[np.float64]) -> NDArray[np.float64]:
    """Relative luminance of sRGB colours in 0..1 (WCAG 2.2, "relative luminance")."""
    linear = np.where(colour <= 0.04045, colour / 12.92, ((colour + 0.055) / 1.055) ** 2.4)  # noqa: PLR2004  the standard's figures
    luminance: NDArray[np.float64] = linear @ np.array([0.2126, 0.7152, 0.0722])
    return luminance


def _mixed(colours: NDArray[np.float64], ground: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Lay colours on a ground: those that are seen then, and their contrast with the ground."""
    under = np.array([int(ground[place : place + 2], 16) / 255 for place in (1, 3, 5)])
    alpha = colours[:, 3:]
    mixed = colours[:, :3] * alpha + under * (1 - alpha)
    bright, dark = _luminance(mixed), float(_luminance(under))
    return mixed, (np.maximum(bright, dark) + 0.05) / (np.minimum(bright, dark) + 0.05)


def _needs_backing_on_light(colours: NDArray[np.float64], places: NDArray[np.int64], ground: str) -> bool:
    """Return whether an icon looks smaller on a light ground than it is, since white letters at its side are lost.

    `colours` are rows of red, green, blue and alpha, 0..1; `places` has the number of that of each pixel. White
    within what is seen, or all over the square, is no loss: it is the paper that a logo is on.
    """
    mixed, contrast = _mixed(colours, ground)
    is_ink = colours[:, 3] > _INK
    red, green, blue = mixed.T  # `ptp` over three numbers takes five times as long
    spread = np.maximum(np.maximum(red, green), blue) - np.minimum(np.minimum(red, green), blue)
    ink, seen = is_ink[places], (is_ink & ((contrast >= _FAINT_ON_LIGHT) | (spread >= _TINT)))[places]
    is_on_paper = (ink & ~seen)[[0, 0, -1, -1], [0, -1, 0, -1]].all()
    return not is_on_paper and _span(seen) < _LEAST_SEEN * _span(ink)


def _needs_backing_on_dark(colours: NDArray[np.float64], places: NDArray[np.int64], ground: str) -> bool:
    """Return whether a part of an icon is lost on dark: faint ink at its outside, away from ink that is seen."""
    is_ink = colours[:, 3] > _INK
    ink, seen = is_ink[places], (is_ink & (_mixed(colours, ground)[1] >= _FAINT_ON_DARK))[places]
    faint, most = ink & ~_grown(seen, _RIM), _MOST_LOST * float(ink.sum())
    if float(faint.sum()) <= most:  # wherever it is, which takes longest to find
        return False
    return float((faint & _outside(seen)).sum()) > most


def _span(mask: NDArray[np.bool_]) -> int:
    """Measure the area of the smallest upright rectangle around what is set."""
    if not mask.any():
        return 0
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    return int((rows[-1] - rows[0] + 1) * (columns[-1] - columns[0] + 1))


def _outside(wall: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Find what can be reached from the border without crossing a wall."""
    reached = np.ones((wall.shape[0] + 2, wall.shape[1] + 2), bool)
    free = np.pad(~wall, 1, constant_values=True)
    reached[1:-1, 1:-1] = False
    while True:
        further = free & _grown(reached, 1)
        if (further == reached).all():
            return reached[1:-1, 1:-1]
        reached = further


def _grown(mask: NDArray[np.bool_], steps: int) -> NDArray[np.bool_]:
    """Spread what is set to its neighbours above, below and beside it, so many times."""
    for _ in range(steps):
        spread = mask.copy()
        spread[1:] |= mask[:-1]
        spread[:-1] |= mask[1:]
        spread[:, 1:] |= mask[:, :-1]
        spread[:, :-1] |= mask[:, 1:]
        mask = spread
    return mask
