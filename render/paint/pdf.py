"""Print a scene as one page of PDF: vectors, and text that can be selected, in a font that is inside.

Section numbers in here are those of PDF 32000-1.
"""

from __future__ import annotations

import hashlib
import io
import math
import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from PIL import Image as Pictures
from PIL import ImageColor

from archfolio.render.model.font import FAMILY, Typeface, width
from archfolio.render.model.geometry import Box, Point
from archfolio.render.model.icons import Icon
from archfolio.render.model.ids import printable
from archfolio.render.paint.pdf_file import PdfFile
from archfolio.render.paint.pdf_outlines import left_rounded, operand, operands, rounded, rounded_in_parts
from archfolio.render.paint.pdf_text import UNKNOWN, glyph_run, on_grid, pieces, subset
from archfolio.render.paint.shapes import Group, Image, Path, Polygon, Rect, Shape, Text, texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from archfolio.render.model.style import Colour
    from archfolio.render.paint.format import Theme
    from archfolio.render.paint.pdf_text import FontSubset, Glyph, Source
    from archfolio.render.paint.scene import Scene

POINTS = 0.75  # a CSS px in PDF's points
_OPAQUE = 255
_DOT = 2  # a shorter dash is a dot, with round ends, as in the SVG
_BEFORE = {"start": 0.0, "middle": 0.5, "end": 1.0}  # the share of a text that lies left of its anchor
_LEAN = "0.0005"  # a hundredth of a pixel over the height of a letter
_SURELY = 0.02  # of a pixel by which a letter stands right of where one begins, for PDFium rounds down to thirds
_MISSING = 0.7  # side of the box for a character that the typeface lacks, in its own width
_LEAST_GRID = 2  # places in a px at which a letter may begin: where the device has fewer, words would look uneven
_RUN = 100  # entries of one block in a CMap, at most


def pdf(scene: Scene) -> bytes:
    """Print the light drawing."""
    return _Printer("light", PdfFile(compress=True)).print(scene)


def pdf_for_raster(scene: Scene, theme: Theme, scale: float) -> bytes:
    """Print what `png.py` paints at a scale: not compressed, icons and letters on whole pixels."""
    return _Printer(theme, PdfFile(compress=False), grid=scale).print(scene)


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


class _Printer:
    """Prints one scene."""

    def __init__(self, theme: Theme, file: PdfFile, grid: float = 0) -> None:
        self._theme = theme
        self._file = file
        self._grid = grid  # device pixels in a px, 0 where there is no device
        self._cuts: dict[Source, FontSubset] = {}
        self._used: dict[Source, dict[int, str]] = {}  # the glyphs that were set, and the characters of each
        self._names: dict[Source, str] = {}
        self._images: dict[str, str] = {}
        self._states: dict[str, str] = {}

    def print(self, scene: Scene) -> bytes:
        """Return the file."""
        self._cuts = _cuts(scene.shapes)
        self._names = {source: f"F{number}" for number, source in enumerate(self._cuts)}
        width, height = scene.size.width * POINTS, scene.size.height * POINTS
        upright = f"{operand(POINTS)} 0 0 {operand(-POINTS)} 0 {operand(height)} cm 4 M"
        lines = [upright, *self._shapes(scene.shapes, Point(0, 0))]
        content = self._file.stream("\n".join(lines).encode("ascii"))
        used = ((source, cut, self._used[source]) for source, cut in self._cuts.items() if self._used.get(source))
        fonts = {self._names[source]: _font(self._file, cut, glyphs) for source, cut, glyphs in used}
        kinds = {"Font": fonts, "XObject": self._images, "ExtGState": self._states}
        resources = _entries({kind: f"<<{_entries(named)}>>" for kind, named in kinds.items()})
        box = f"/MediaBox[0 0 {operand(width)} {operand(height)}]"
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
        dash = f"[{' '.join(map(operand, rect.dashes))}]0 d " if rect.dashes else ""
        if self._is_quick_in_parts(rect, box):
            inside = self._painted(" f ".join(rounded_in_parts(box, rect.radius)), rect.fill, None, 0)
            border = (
                self._painted(rounded(box, rect.radius), None, rect.stroke, rect.width, dash) if rect.stroke else ""
            )
            return f"{inside} {border}"
        outline = left_rounded(box, rect.radius) if rect.left_only else rounded(box, rect.radius)
        return self._painted(outline, rect.fill, rect.stroke, rect.width, dash)

    def _is_quick_in_parts(self, rect: Rect, box: Box) -> bool:
        """Return whether PDFium paints the same sooner if the corners of a rectangle are outlines of their own.

        It paints row by row what has a curve, and at once what has none and lies on whole pixels.
        """
        grid = float(self._grid)
        if rect.left_only or not (grid > 0 and grid.is_integer() and 0 < rect.radius < min(box.width, box.height) / 2):
            return False
        fill = rgba(rect.fill, self._theme)
        is_opaque = fill is not None and fill.alpha == _OPAQUE
        return is_opaque and all((side * grid).is_integer() for side in (*box, rect.radius))

    def _path(self, path: Path, at: Point) -> str:
        start, *rest = [operands(point.x + at.x, point.y + at.y) for point in path.points]
        curves = " ".join(f"{' '.join(rest[i : i + 3])} c" for i in range(0, len(rest), 3))
        dash = f"[{' '.join(map(operand, path.dashes))}]0 d " if path.dashes else ""
        cap = "1 J " if path.dashes and path.dashes[0] < _DOT else ""
        close = " h" if path.fill else ""
        return self._painted(f"{start} m {curves}{close}", path.fill, path.stroke, path.width, dash + cap)

    def _polygon(self, polygon: Polygon, at: Point) -> str:
        corners = " l ".join(operands(point.x + at.x, point.y + at.y) for point in polygon.points)
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
            state += f"{_rgb(line)} RG {operand(width)} w "
        return f"q {state}{outline} {'B' if inside and line else 'f' if inside else 'S'} Q"

    def _opacity(self, fill: Rgba | None, stroke: Rgba | None) -> str:
        inside, line = fill.alpha if fill else 255, stroke.alpha if stroke else 255
        return "" if inside == line == _OPAQUE else self._state(inside, line)

    def _state(self, fill: int, stroke: int) -> str:
        name = f"G{fill}-{stroke}"
        self._states.setdefault(name, f"<</ca {operand(fill / 255)}/CA {operand(stroke / 255)}>>")
        return f"/{name} gs "

    def _text(self, text: Text, at: Point) -> Iterator[str]:
        colour = rgba(text.fill, self._theme)
        if not colour:
            return
        said, face = clean(text.text), text.face
        runs = [
            (source, glyph_run(self._cuts[source], part, is_right_to_left=is_right_to_left))
            for part, source, is_right_to_left in pieces(said, face)
        ]
        length, squeeze = sum(advance for _, run in runs for advance in run.advances) * text.size, 1.0
        if length and (len(runs) > 1 or runs[0][0] != face):
            # What other fonts fill in may be wider than the room that was kept for it on every machine.
            squeeze = min(1.0, width(said, text.size, text.weight, text.family, text.is_italic) / length)
        length *= squeeze
        start = x = text.at.x + at.x - length * _BEFORE[text.anchor]
        y = self._snapped(text.at.y + at.y)  # as browsers do
        lean = _LEAN if self._grid else "0"
        for source, run in runs:
            self._used[source] = run.said | self._used.get(source, {})
            advances: Sequence[float] = run.advances
            moves = bool(self._grid) and run.is_apart
            if moves:
                x, advances = on_grid(advances, x, text.size * squeeze, max(self._grid, _LEAST_GRID))
            is_on_pixels = moves and self._has_pixels_for_letters()
            mode = self._text_mode(colour, is_on_pixels=is_on_pixels)
            begin = operands(x + _SURELY / self._grid if is_on_pixels else x, y)
            if run.is_plain or not any(glyph.picture for glyph in run.glyphs):
                across = operand(squeeze) if squeeze < 1 else "1"
                yield (
                    f"q {mode}{_rgb(colour)} rg BT /{self._names[source]} {operand(text.size)} Tf"
                    f" {across} 0 {lean} -1 {begin} Tm {_set(run.glyphs, advances, text.size)} ET Q"
                )
            rooms = [advance * text.size * squeeze for advance in advances]
            if not run.is_plain:
                yield from self._no_outlines(text, run.glyphs, rooms, Point(x, y))
            x += sum(rooms)
        if text.decoration:
            yield from self._decoration(text, start, y, length)

    def _no_outlines(self, text: Text, glyphs: Iterable[Glyph], rooms: Iterable[float], at: Point) -> Iterator[str]:
        """Draw the glyphs of a run that are pictures, and what stands for those that are lacking."""
        x, y = at
        for glyph, room in zip(glyphs, rooms, strict=True):
            if glyph.picture:
                yield self._emoji(glyph, Point(x, y), room, text.size)
            elif glyph.id == UNKNOWN and room:
                yield self._missing(Point(x, y), room, text)
            x += room

    def _emoji(self, glyph: Glyph, at: Point, room: float, size: float) -> str:
        """Draw a glyph that is a picture: as wide as its room, on the line as its font has it."""
        name = hashlib.sha256(glyph.picture).hexdigest()[:10]
        icon = Icon(name, glyph.picture, plate_on_light=False, plate_on_dark=False)
        side = min(room, size * 1.25) * 0.94
        left, top = at.x + (room - side) / 2, at.y - size * 0.36 - side / 2
        return self._image(Image(icon, Box(left, top, left + side, top + side)), Point(0, 0))

    def _decoration(self, text: Text, x: float, y: float, length: float) -> Iterator[str]:
        """Draw the lines under and through a text."""
        for name, place in (("underline", 0.12), ("line-through", -0.3)):
            if name in text.decoration:
                top = y + text.size * place
                box = Box(x, top, x + length, top + text.size / 14)
                yield self._painted(rounded(box, 0), text.fill, None, 0)

    def _text_mode(self, colour: Rgba, *, is_on_pixels: bool) -> str:
        """Choose how glyphs are painted.

        PDFium moves glyphs to whole pixels, and upright rectangles (an l, a dash) unless they are not quite upright.
        Where they would not stand on pixels by themselves they are outlined too, invisibly: then it leaves them where
        they are, but paints each anew, and not of a picture that it keeps of the letter.
        """
        if self._grid and not is_on_pixels:
            return f"2 Tr {self._state(colour.alpha, 0)}"
        return self._opacity(colour, None)

    def _has_pixels_for_letters(self) -> bool:
        """Return whether the places at which letters may begin are the pixels of the device."""
        return self._grid >= _LEAST_GRID and float(self._grid).is_integer()

    def _missing(self, at: Point, room: float, text: Text) -> str:
        """Draw the box that stands for a character the typeface lacks."""
        side = room * _MISSING
        left = at.x + (room - side) / 2
        return self._painted(rounded(Box(left, at.y - side, left + side, at.y), 0), None, text.fill, 1)

    def _image(self, image: Image, at: Point) -> str:
        name = f"I{image.icon.name}"
        if name not in self._images:
            self._images[name] = _picture(self._file, image.icon)
        x, y = self._snapped(image.box.x0 + at.x), self._snapped(image.box.y0 + at.y)
        width, height = image.box.width, image.box.height
        return f"q {operand(width)} 0 0 {operand(-height)} {operands(x, y + height)} cm /{name} Do Q"

    def _snapped(self, value: float) -> float:
        return round(value * self._grid) / self._grid if self._grid and math.isfinite(value) else value


def _cuts(shapes: Iterable[Shape]) -> dict[Source, FontSubset]:
    characters: dict[Source, set[str]] = {}
    for said in texts(shapes):
        for text, source, _ in pieces(clean(said.text), said.face):
            characters.setdefault(source, set()).update(text)
    return {source: subset(frozenset(own), source) for source, own in characters.items()}


@lru_cache(maxsize=1 << 12)  # each text is wanted twice, and many stand in several drawings
def clean(text: str) -> str:
    """Change what cannot be set, and fold white space, as the SVG and its readers do."""
    return re.sub("[ \t\r\n]+", " ", printable(text)).strip(" ")


@cache
def _rgb(colour: Rgba) -> str:
    return " ".join(operand(part / 255) for part in colour[:3])


def _entries(values: dict[str, str]) -> str:
    return "".join(f"/{name} {value}" for name, value in values.items())


def _set(glyphs: Iterable[Glyph], advances: Iterable[float], size: float) -> str:
    """Write glyphs, each with the thousandths of an em by which the next one is nearer (section 9.4.3)."""
    parts: list[str] = []
    shown: list[str] = []
    rise = 0.0
    for (number, _, aside, up, _, _, across), advance in zip(glyphs, advances, strict=True):
        if up != rise:  # marks that stand higher than their font has them
            if shown:
                parts.append(f"[{' '.join(shown)}] TJ")
                shown = []
            parts.append(f"{operand(up * size)} Ts")
            rise = up
        before = f"{operand(-aside * 1000)} " if aside else ""
        shown.append(before + _shown(number, across + (aside - advance) * 1000))
    return " ".join([*parts, f"[{' '.join(shown)}] TJ"])


@lru_cache(maxsize=1 << 14)  # letters on a grid are few, and so are the gaps between them
def _shown(glyph: int, nearer: float) -> str:
    return (f"<{glyph:04x}>" if glyph != UNKNOWN else "") + operand(nearer)


def _string(text: str) -> str:
    marked = "\ufeff" + clean(text)  # section 7.9.2.2
    return f"<{marked.encode('utf-16-be').hex()}>"


@cache
def _planes(icon: Icon) -> tuple[int, int, bytes, bytes]:
    """Decode an icon: its size, its colours and its opacity."""
    with Pictures.open(io.BytesIO(icon.png)) as file:
        picture = file.convert("RGBA")
    return picture.width, picture.height, picture.convert("RGB").tobytes(), picture.getchannel("A").tobytes()


def _picture(file: PdfFile, icon: Icon) -> str:
    width, height, colours, opacity = _planes(icon)
    entries = f"/Type/XObject/Subtype/Image/Width {width}/Height {height}/BitsPerComponent 8"
    mask = file.stream(opacity, f"{entries}/ColorSpace/DeviceGray")
    return file.stream(colours, f"{entries}/ColorSpace/DeviceRGB/SMask {mask}")


def _font(file: PdfFile, cut: FontSubset, used: dict[int, str]) -> str:
    """Embed a font whose character codes are the numbers of its glyphs (section 9.7)."""
    name = f"{_tag(cut.data)}+{_font_name(cut.source)}"
    sort, kind, entries = (
        ("FontFile3", "CIDFontType0", "/Subtype/OpenType")
        if cut.is_postscript
        else ("FontFile2", "CIDFontType2", f"/Length1 {len(cut.data)}")
    )
    data = file.stream(cut.data, entries)
    top, bottom = cut.ascent, cut.descent
    descriptor = file.add(
        f"<</Type/FontDescriptor/FontName/{name}/Flags 4/FontBBox[0 {bottom} 1000 {top}]/ItalicAngle 0"
        f"/Ascent {top}/Descent {bottom}/CapHeight {top}/StemV 80/{sort} {data}>>"
    )
    widths = " ".join(f"{glyph}[{cut.width(glyph)}]" for glyph in sorted(used))
    mapped = "" if cut.is_postscript else "/CIDToGIDMap/Identity"
    descendant = file.add(
        f"<</Type/Font/Subtype/{kind}/BaseFont/{name}{mapped}/DW 0/W[{widths}]"
        f"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor {descriptor}>>"
    )
    unicode = file.stream(_to_unicode(used).encode("ascii"))
    return file.add(
        f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H"
        f"/DescendantFonts[{descendant}]/ToUnicode {unicode}>>"
    )


def _font_name(source: Source) -> str:
    if isinstance(source, Typeface):
        slant = "Italic" if source.is_italic else ""
        return f"{re.sub('[^A-Za-z0-9]', '', source.family) or FAMILY}-{source.weight:d}{slant}"
    return re.sub("[^A-Za-z0-9]", "", source.family) or "Font"


@lru_cache(maxsize=16)  # as many as fonts are kept
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
