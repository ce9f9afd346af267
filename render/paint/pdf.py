"""Print a scene as one page of PDF: vectors, and text that can be selected, in a font that is inside.

Section numbers in here are those of PDF 32000-1.
"""

from __future__ import annotations

import hashlib
import io
import math
import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from PIL import Image as Pictures
from PIL import ImageColor
from zlib_ng import zlib_ng  # not the zlib of the machine: the same bytes everywhere

from archfolio.render.model.font import FAMILY
from archfolio.render.model.geometry import Box, Point
from archfolio.render.model.ids import printable
from archfolio.render.paint.pdf_text import UNKNOWN, FontSubset
from archfolio.render.paint.shapes import Group, Image, Path, Polygon, Rect, Shape, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archfolio.render.model.font import Weight
    from archfolio.render.model.icons import Icon
    from archfolio.render.model.style import Colour
    from archfolio.render.paint.pdf_text import Glyph
    from archfolio.render.paint.scene import Scene

Theme = Literal["light", "dark"]

POINTS = 0.75  # a CSS px in PDF's points
_QUARTER = 4 / 3 * math.tan(math.pi / 8)  # handles of a Bézier quarter of a circle, in radii
_DOT = 2  # a shorter dash is a dot, with round ends, as in the SVG
_BEFORE = {"start": 0.0, "middle": 0.5, "end": 1.0}  # the share of a text that lies left of its anchor
_LEAN = "0.0005"  # a hundredth of a pixel over the height of a letter
_MISSING = 0.7  # side of the box for a character that the typeface lacks, in its own width
_COMPRESSION = 9
_RUN = 100  # entries of one block in a CMap, at most


def pdf(scene: Scene) -> bytes:
    """Print the light drawing."""
    return _Printer("light", _File(compress=True)).print(scene)


def pdf_for_raster(scene: Scene, theme: Theme, scale: float) -> bytes:
    """Print what `raster` paints at a scale: not compressed, icons on whole pixels, text exactly where it falls."""
    return _Printer(theme, _File(compress=False), grid=scale).print(scene)


class Rgba(NamedTuple):
    """An sRGB colour with its opacity, 0..255 each."""

    red: int
    green: int
    blue: int
    alpha: int = 255


@cache
def rgba(colour: Colour, theme: Theme) -> Rgba | None:
    """Read the CSS colour of a theme as browsers do: None paints nothing, and a word they do not know is black."""
    value = colour.light if theme == "light" else colour.dark
    if value.lower() in {"none", "transparent"}:
        return None
    try:
        return Rgba(*ImageColor.getrgb(value))
    except ValueError:
        return Rgba(0, 0, 0)


class _File:
    """Numbered objects, and the table of where they are (section 7.5)."""

    def __init__(self, *, compress: bool) -> None:
        self._compress = compress
        self._objects: list[bytes] = []

    def add(self, body: str) -> str:
        """Keep an object and return the reference to it."""
        self._objects.append(body.encode("ascii"))
        return f"{len(self._objects)} 0 R"

    def stream(self, content: bytes, entries: str = "") -> str:
        """Keep a stream with the entries of its dictionary."""
        if self._compress:
            content, entries = zlib_ng.compress(content, _COMPRESSION), f"{entries}/Filter/FlateDecode"
        head = f"<<{entries}/Length {len(content)}>>stream\n".encode("ascii")
        self._objects.append(head + content + b"\nendstream")
        return f"{len(self._objects)} 0 R"

    def page(self, entries: str) -> str:
        """Keep the only page, and return the reference to the catalogue."""
        tree = f"{len(self._objects) + 2} 0 R"
        page = self.add(f"<</Type/Page/Parent {tree}{entries}>>")
        self.add(f"<</Type/Pages/Kids[{page}]/Count 1>>")
        return self.add(f"<</Type/Catalog/Pages {tree}/ViewerPreferences<</DisplayDocTitle true>>>>")

    def finish(self, catalog: str, info: str) -> bytes:
        """Write everything down."""
        out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        places = []
        for number, body in enumerate(self._objects, 1):
            places.append(len(out))
            out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
        table = len(out)
        rows = "".join(f"{place:010} 00000 n \n" for place in places)
        count = len(places) + 1
        out += f"xref\n0 {count}\n0000000000 65535 f \n{rows}".encode("ascii")
        out += f"trailer\n<</Size {count}/Root {catalog}/Info {info}>>\nstartxref\n{table}\n%%EOF\n".encode("ascii")
        return bytes(out)


class _Printer:
    """Prints one scene."""

    def __init__(self, theme: Theme, file: _File, grid: float = 0) -> None:
        self._theme = theme
        self._file = file
        self._grid = grid  # device pixels in a px, 0 where there is no device
        self._cuts: dict[Weight, FontSubset] = {}
        self._images: dict[str, str] = {}
        self._states: dict[str, str] = {}

    def print(self, scene: Scene) -> bytes:
        """Return the file."""
        self._cuts = _cuts(scene.shapes)
        width, height = scene.size.width * POINTS, scene.size.height * POINTS
        lines = [f"{_n(POINTS)} 0 0 {_n(-POINTS)} 0 {_n(height)} cm 4 M", *self._shapes(scene.shapes, Point(0, 0))]
        content = self._file.stream("\n".join(lines).encode("ascii"))
        fonts = {f"F{weight:d}": _font(self._file, cut) for weight, cut in self._cuts.items()}
        kinds = {"Font": fonts, "XObject": self._images, "ExtGState": self._states}
        resources = _entries({kind: f"<<{_entries(named)}>>" for kind, named in kinds.items()})
        box = f"/MediaBox[0 0 {_n(width)} {_n(height)}]"
        catalog = self._file.page(f"{box}/Resources<<{resources}>>/Contents {content}")
        title, subject = _string(scene.title), _string(scene.description)
        info = self._file.add(f"<</Title {title}/Subject {subject}/Producer(archfolio)>>")
        return self._file.finish(catalog, info)

    def _shapes(self, shapes: Iterable[Shape], at: Point) -> Iterator[str]:
        for shape in shapes:
            match shape:
                case Group():
                    yield from self._shapes(shape.shapes, Point(at.x + shape.at.x, at.y + shape.at.y))
                case Rect():
                    yield self._rect(shape, at)
                case Path():
                    yield self._path(shape, at)
                case Polygon():
                    yield self._polygon(shape, at)
                case Text():
                    yield from self._text(shape, at)
                case Image():
                    yield self._image(shape, at)

    def _rect(self, rect: Rect, at: Point) -> str:
        box = Box(rect.box.x0 + at.x, rect.box.y0 + at.y, rect.box.x1 + at.x, rect.box.y1 + at.y)
        outline = _left_rounded(box, rect.radius) if rect.left_only else _rounded(box, rect.radius)
        return self._painted(outline, rect.fill, rect.stroke, rect.width)

    def _path(self, path: Path, at: Point) -> str:
        start, *rest = [_xy(point.x + at.x, point.y + at.y) for point in path.points]
        curves = " ".join(f"{' '.join(rest[i : i + 3])} c" for i in range(0, len(rest), 3))
        dash = f"[{' '.join(map(_n, path.dashes))}]0 d " if path.dashes else ""
        cap = "1 J " if path.dashes and path.dashes[0] < _DOT else ""
        return self._painted(f"{start} m {curves}", None, path.stroke, path.width, dash + cap)

    def _polygon(self, polygon: Polygon, at: Point) -> str:
        corners = " l ".join(_xy(point.x + at.x, point.y + at.y) for point in polygon.points)
        outline = f"{corners.replace(' l ', ' m ', 1)} l h"
        return self._painted(outline, polygon.fill, polygon.stroke, polygon.width, "1 j ")

    def _painted(self, outline: str, fill: Colour | None, stroke: Colour | None, width: float, state: str = "") -> str:
        inside = rgba(fill, self._theme) if fill else None
        line = rgba(stroke, self._theme) if stroke and 0 < width < math.inf else None
        if not inside and not line:
            return ""
        state += self._opacity(inside, line)
        if inside:
            state += f"{_rgb(inside)} rg "
        if line:
            state += f"{_rgb(line)} RG {_n(width)} w "
        return f"q {state}{outline} {'B' if inside and line else 'f' if inside else 'S'} Q"

    def _opacity(self, fill: Rgba | None, stroke: Rgba | None) -> str:
        inside, line = fill.alpha if fill else 255, stroke.alpha if stroke else 255
        return "" if inside == line == 255 else self._state(inside, line)  # noqa: PLR2004  opaque

    def _state(self, fill: int, stroke: int) -> str:
        name = f"G{fill}-{stroke}"
        self._states.setdefault(name, f"<</ca {_n(fill / 255)}/CA {_n(stroke / 255)}>>")
        return f"/{name} gs "

    def _text(self, text: Text, at: Point) -> Iterator[str]:
        colour = rgba(text.fill, self._theme)
        if not colour:
            return
        cut = self._cuts[text.weight]
        glyphs = cut.shape(clean(text.text))
        length = sum(glyph.advance for glyph in glyphs) * text.size
        x = text.at.x + at.x - length * _BEFORE[text.anchor]
        y = self._snapped(text.at.y + at.y)  # as browsers do
        mode, lean = self._text_mode(colour)
        yield (
            f"q {mode}{_rgb(colour)} rg BT /F{text.weight:d} {_n(text.size)} Tf"
            f" 1 0 {lean} -1 {_xy(x, y)} Tm [{_run(glyphs, cut)}] TJ ET Q"
        )
        for glyph in glyphs:
            if glyph.id == UNKNOWN and glyph.advance:
                yield self._missing(Point(x, y), glyph.advance * text.size, text)
            x += glyph.advance * text.size

    def _text_mode(self, colour: Rgba) -> tuple[str, str]:
        """Choose how glyphs are painted, and how far they lean.

        PDFium moves glyphs to whole pixels unless they are outlined too, so for it they are, invisibly; and upright
        rectangles (an l, a dash) unless they are not quite upright.
        """
        if self._grid:
            return f"2 Tr {self._state(colour.alpha, 0)}", _LEAN
        return self._opacity(colour, None), "0"

    def _missing(self, at: Point, room: float, text: Text) -> str:
        """Draw the box that stands for a character the typeface lacks."""
        side = room * _MISSING
        left = at.x + (room - side) / 2
        return self._painted(_rounded(Box(left, at.y - side, left + side, at.y), 0), None, text.fill, 1)

    def _image(self, image: Image, at: Point) -> str:
        name = f"I{image.icon.name}"
        if name not in self._images:
            self._images[name] = _picture(self._file, image.icon)
        x, y = self._snapped(image.box.x0 + at.x), self._snapped(image.box.y0 + at.y)
        width, height = image.box.width, image.box.height
        return f"q {_n(width)} 0 0 {_n(-height)} {_xy(x, y + height)} cm /{name} Do Q"

    def _snapped(self, value: float) -> float:
        return round(value * self._grid) / self._grid if self._grid and math.isfinite(value) else value


def _flat(shapes: Iterable[Shape]) -> Iterator[Shape]:
    for shape in shapes:
        yield shape
        if isinstance(shape, Group):
            yield from _flat(shape.shapes)


def _cuts(shapes: Iterable[Shape]) -> dict[Weight, FontSubset]:
    characters: dict[Weight, set[str]] = {}
    for part in _flat(shapes):
        if isinstance(part, Text):
            characters.setdefault(part.weight, set()).update(clean(part.text))
    return {weight: FontSubset(frozenset(own), weight) for weight, own in sorted(characters.items())}


def clean(text: str) -> str:
    """Change what cannot be set, and fold white space, as the SVG and its readers do."""
    return re.sub("[ \t\r\n]+", " ", printable(text)).strip(" ")


@lru_cache(maxsize=1 << 14)  # a drawing has thousands of numbers, and many of them often
def _n(value: float) -> str:
    """Write a number to a thousandth, as short as it gets."""
    if not math.isfinite(value):
        return "0"
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _xy(x: float, y: float) -> str:
    return f"{_n(x)} {_n(y)}"


def _rgb(colour: Rgba) -> str:
    return " ".join(_n(part / 255) for part in colour[:3])


def _entries(values: dict[str, str]) -> str:
    return "".join(f"/{name} {value}" for name, value in values.items())


def _run(glyphs: Iterable[Glyph], cut: FontSubset) -> str:
    """Write glyphs, each with the thousandths of an em by which the next one is nearer (section 9.4.3)."""
    parts = []
    for glyph in glyphs:
        shown, width = (f"<{glyph.id:04x}>", cut.width(glyph.id)) if glyph.id != UNKNOWN else ("", 0)
        parts.append(f"{shown}{_n(width - glyph.advance * 1000)}")
    return " ".join(parts)


def _string(text: str) -> str:
    marked = "\ufeff" + clean(text)  # section 7.9.2.2
    return f"<{marked.encode('utf-16-be').hex()}>"


def _rounded(box: Box, radius: float) -> str:
    x0, y0, x1, y1 = box
    r = min(radius, box.width / 2, box.height / 2)
    if r <= 0:
        return f"{_xy(x0, y0)} {_xy(box.width, box.height)} re"
    h = r * (1 - _QUARTER)
    return (
        f"{_xy(x0 + r, y0)} m {_xy(x1 - r, y0)} l {_xy(x1 - h, y0)} {_xy(x1, y0 + h)} {_xy(x1, y0 + r)} c"
        f" {_xy(x1, y1 - r)} l {_xy(x1, y1 - h)} {_xy(x1 - h, y1)} {_xy(x1 - r, y1)} c"
        f" {_xy(x0 + r, y1)} l {_xy(x0 + h, y1)} {_xy(x0, y1 - h)} {_xy(x0, y1 - r)} c"
        f" {_xy(x0, y0 + r)} l {_xy(x0, y0 + h)} {_xy(x0 + h, y0)} {_xy(x0 + r, y0)} c h"
    )


def _left_rounded(box: Box, radius: float) -> str:
    """Outline the sliver at the left of a card: two pieces of the circles at the card's corners, and straight sides."""
    x0, y0, x1, y1 = box
    r = radius
    angle = math.acos(1 - min(box.width, r) / r) if r else 0.0  # how much of a quarter the sliver is wide enough for
    inset = r - r * math.sin(angle)
    handle = 4 / 3 * math.tan(angle / 4) * r
    back_x, back_y = handle * math.sin(angle), handle * math.cos(angle)
    return (
        f"{_xy(x1, y0 + inset)} m {_xy(x1 - back_x, y0 + inset + back_y)}"
        f" {_xy(x0, y0 + r - handle)} {_xy(x0, y0 + r)} c"
        f" {_xy(x0, y1 - r)} l {_xy(x0, y1 - r + handle)}"
        f" {_xy(x1 - back_x, y1 - inset - back_y)} {_xy(x1, y1 - inset)} c h"
    )


@cache
def _planes(icon: Icon) -> tuple[int, int, bytes, bytes]:
    """Decode an icon: its size, its colours and its opacity."""
    with Pictures.open(io.BytesIO(icon.png)) as file:
        picture = file.convert("RGBA")
    return picture.width, picture.height, picture.convert("RGB").tobytes(), picture.getchannel("A").tobytes()


def _picture(file: _File, icon: Icon) -> str:
    width, height, colours, opacity = _planes(icon)
    entries = f"/Type/XObject/Subtype/Image/Width {width}/Height {height}/BitsPerComponent 8"
    mask = file.stream(opacity, f"{entries}/ColorSpace/DeviceGray")
    return file.stream(colours, f"{entries}/ColorSpace/DeviceRGB/SMask {mask}")


def _font(file: _File, cut: FontSubset) -> str:
    """Embed a font whose character codes are the numbers of its glyphs (section 9.7)."""
    name = f"{_tag(cut.data)}+{FAMILY}-{cut.weight:d}"
    data = file.stream(cut.data, f"/Length1 {len(cut.data)}")
    top, bottom = cut.ascent, cut.descent
    descriptor = file.add(
        f"<</Type/FontDescriptor/FontName/{name}/Flags 4/FontBBox[0 {bottom} 1000 {top}]/ItalicAngle 0"
        f"/Ascent {top}/Descent {bottom}/CapHeight {top}/StemV 80/FontFile2 {data}>>"
    )
    widths = " ".join(f"{glyph}[{cut.width(glyph)}]" for glyph in sorted(cut.used))
    descendant = file.add(
        f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}/CIDToGIDMap/Identity/DW 0/W[{widths}]"
        f"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor {descriptor}>>"
    )
    unicode = file.stream(_to_unicode(cut.used).encode("ascii"))
    return file.add(
        f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H"
        f"/DescendantFonts[{descendant}]/ToUnicode {unicode}>>"
    )


def _tag(data: bytes) -> str:
    """Name a subset by six letters (section 9.6.4) that another subset will not have."""
    return "".join(chr(ord("A") + byte % 26) for byte in hashlib.sha256(data).digest()[:6])


def _to_unicode(used: dict[int, str]) -> str:
    """Write the table by which readers find and copy text (section 9.10.3)."""
    rows = [f"<{glyph:04x}><{text.encode('utf-16-be').hex()}>" for glyph, text in sorted(used.items()) if text]
    runs = [rows[start : start + _RUN] for start in range(0, len(rows), _RUN)]
    blocks = "\n".join("\n".join([f"{len(run)} beginbfchar", *run, "endbfchar"]) for run in runs)
    return (
        "/CIDInit/ProcSet findresource begin 12 dict begin begincmap"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def"
        "/CMapName/Adobe-Identity-UCS def/CMapType 2 def\n"
        "1 begincodespacerange<0000><ffff>endcodespacerange\n"
        f"{blocks}\nendcmap CMapName currentdict/CMap defineresource pop end end\n"
    )
