"""Paint a scene as PNG: PDFium paints what `pdf.py` prints, and a palette makes a small file of it."""

from __future__ import annotations

import math
import struct
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from zlib_ng import zlib_ng

from archfolio.render.base.distinct import distinct
from archfolio.render.base.errors import UsageProblem
from archfolio.render.model import style
from archfolio.render.model.quantize import quantize
from archfolio.render.paint.pdf import Rgba, pdf_for_raster, rgba
from archfolio.render.paint.shapes import Rect

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from archfolio.render.paint.format import Theme
    from archfolio.render.paint.scene import Scene

MOST_PIXELS = 200_000_000
USUAL_SCALE = 4  # at most; what is asked for beyond is not meant
COLOURS = 256  # at most
_BAND = 1 << 19  # px that are painted at once: 2 MB, as much as a processor's cache holds
COMPRESSION = 6  # zlib-ng's own choice: 9 saves 7 % more in eight times the time
_UNSEEN = 150  # mean squared distance in RGB over all that is no flat area: off by 7 in each channel
_FLAT = 1 / 1000  # of a picture, from which the area of a colour is a ground, a card or a panel
_INCH = 0.0254  # m
_CSS_PIXELS = 96  # in an inch
_PALETTE = 3  # PNG's colour type
_BEFORE = 0  # stands before each row: what is painted is opaque
_NO_FILTER = 0  # PNG's filter type
_SLOT_BITS, _SPREAD = 18, 0x9E3779B1  # 2^32 by the golden ratio, as in Knuth's multiplicative hashing


def png(scene: Scene, scale: float = 2, theme: Theme = "light") -> bytes:
    """Paint a scene with `scale` pixels to a CSS px.

    Raises UsageProblem for a picture that is too large to be meant.
    """
    width, height = _pixels(scene, scale)
    ground = rgba(style.GROUND, theme) or Rgba(255, 255, 255)
    document = pdf_for_raster(_above_ground(scene, theme, ground), theme, scale)
    picture = _rasterize(document, width, height, ground)
    palette, rows = _quantize(picture)
    density = round(scale * _CSS_PIXELS / _INCH)
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, _PALETTE, 0, 0, 0)),
            _chunk(b"sRGB", b"\0"),
            _chunk(b"pHYs", struct.pack(">IIB", density, density, 1)),
            _chunk(b"PLTE", palette),
            _chunk(b"IDAT", rows),
            _chunk(b"IEND", b""),
        )
    )


def fitting_scale(scene: Scene, scale: float) -> float:
    """Return a scale, or the largest at which a drawing that is much too large for it can be painted."""
    width, height = scene.size
    if scale > USUAL_SCALE or width * height * scale**2 <= MOST_PIXELS:
        return scale
    return math.sqrt(MOST_PIXELS / 4 / (width * height))  # a quarter is quick, and large


def _pixels(scene: Scene, scale: float) -> tuple[int, int]:
    width, height = scene.size
    if not (scale > 0 and width * height * scale**2 <= MOST_PIXELS):
        message = (
            f"a picture of {width:g} x {height:g} px at scale {scale:g} cannot be painted:"
            f" it may have up to {MOST_PIXELS // 10**6} million pixels"
        )
        raise UsageProblem(message)
    return max(1, round(width * scale)), max(1, round(height * scale))


def _above_ground(scene: Scene, theme: Theme, ground: Rgba) -> Scene:
    """Leave out what a scene begins with where that changes nothing: the ground, in its own colour."""
    match scene.shapes:
        case (Rect(fill=fill, stroke=None), *above) if rgba(fill, theme) == ground:
            return replace(scene, shapes=tuple(above))
    return scene


class _Runs(NamedTuple):
    """A picture, row by row, as runs of equal pixels: drawings are flat, and it is enough to look at each run once.

    Before each row is one pixel more, which is `_BEFORE`, where a PNG names the row's filter.
    """

    colours: NDArray[np.uint32]  # 0xffrrggbb
    lengths: NDArray[np.int64]  # px


def _rasterize(document: bytes, width: int, height: int, ground: Rgba) -> _Runs:
    """Paint the page of a PDF, band by band: what is looked at right after it is painted is still in the cache."""
    import pypdfium2 as pdfium  # noqa: PLC0415  half a tenth of a second that only a PNG needs

    raw = pdfium.raw
    colour = 0xFF << 24 | ground.red << 16 | ground.green << 8 | ground.blue
    rows = max(1, _BAND // width)
    row = np.full(1 + width, colour, np.uint32)
    row[0] = _BEFORE
    whole = np.empty((min(rows, height), row.size), np.uint32)
    is_last = np.ones(whole.size, bool)  # of its run
    colours, ends = [], [np.array([-1])]
    with pdfium.PdfDocument(document) as opened:
        page = opened[0]
        for top in range(0, height, rows):
            band = whole[: height - top]
            band[:] = row
            place, stride = band[:, 1:].ctypes.data, band.strides[0]
            bitmap = raw.FPDFBitmap_CreateEx(width, len(band), raw.FPDFBitmap_BGRx, place, stride)
            raw.FPDF_RenderPageBitmap(bitmap, page, 0, -top, width, height, 0, 0)
            raw.FPDFBitmap_Destroy(bitmap)
            pixels = band.ravel()
            last = is_last[-pixels.size :]  # the last pixel of all ends a run, whatever comes after it
            np.not_equal(pixels[1:], pixels[:-1], out=last[:-1])
            found = last.nonzero()[0]
            colours.append(pixels.take(found))
            ends.append(found + top * row.size)
    places = np.concatenate(ends)
    return _Runs(np.concatenate(colours), places[1:] - places[:-1])


def _quantize(picture: _Runs) -> tuple[bytes, bytes]:
    """Find a palette for a picture; return it, and the picture's rows in its terms, compressed."""
    runs, lengths = picture
    colours = distinct(runs)  # the first is `_BEFORE`
    which = _indices(colours, runs)
    palette, nearest = _palette(colours[1:], np.bincount(which, lengths)[1:].astype(np.float64))
    numbers = np.insert(nearest, 0, _NO_FILTER)
    return palette.tobytes(), zlib_ng.compress(numbers.take(which).repeat(lengths), COMPRESSION)


def _indices(colours: NDArray[np.uint32], runs: NDArray[np.uint32]) -> NDArray[np.intp]:
    """Return for each run which of the colours, which are sorted, it has.

    Looked up in a table of hashes, for a search among thousands of colours takes as long as compressing; of colours
    that share a slot, those that are not found there are searched.
    """
    if colours.size > np.iinfo(np.uint16).max:
        return np.searchsorted(colours, runs)
    table = np.empty(1 << _SLOT_BITS, np.uint16)  # a slot that no colour has is not asked for
    table[_slots(colours)] = np.arange(colours.size, dtype=np.uint16)
    places = table.take(_slots(runs)).astype(np.intp)
    missed = (colours.take(places) != runs).nonzero()[0]
    places[missed] = np.searchsorted(colours, runs.take(missed))
    return places


def _slots(colours: NDArray[np.uint32]) -> NDArray[np.uint32]:
    return np.asarray((colours * np.uint32(_SPREAD)) >> np.uint32(32 - _SLOT_BITS))


def _palette(colours: NDArray[np.uint32], areas: NDArray[np.float64]) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Choose up to `COLOURS` for the colours of a picture; return them and the number of the nearest for each.

    Most drawings need fifty, and are a sixth smaller for it.
    """
    parts = colours[:, None].astype(">u4").view(np.uint8)[:, 1:]
    soft = areas < _FLAT * areas.sum()
    taken, nearest = quantize(parts, areas, most=COLOURS, unseen=_UNSEEN, soft=soft)
    return parts[taken], nearest


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
