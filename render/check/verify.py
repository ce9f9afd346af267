"""Say of a picture which view it shows and whether it is current: by the fingerprint inside it, without drawing."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING

from archfolio.gallery import manifest
from archfolio.render.build.processes import workers
from archfolio.render.capture.discover import discover
from archfolio.render.check.fingerprints import Place, Prints, likely_looks
from archfolio.render.check.run import captured_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from archfolio.render.base.errors import Failure
    from archfolio.render.capture.module import Drawing

CURRENT, OLD, UNKNOWN = "current", "old", "unknown"

_SVG = re.compile(rb"<svg\b[^>]*>")
_ATTRIBUTE = re.compile(r'\bdata-(hash|view)="([^"]*)"')
_HEAD = 65_536  # bytes of an SVG within which its root begins
_PNG = b"\x89PNG\r\n\x1a\n"
_KEYWORD = b"archfolio\0"
_CSS_PIXEL = 96 / 0.0254  # to the metre
_LIKELY_SCALES = (2.0, 1.0, 3.0, 4.0)
_DARK = "-dark"


@dataclass(frozen=True, slots=True)
class Mark:
    """What a picture says of its origin."""

    fingerprint: str
    view: str = ""  # only an SVG says it
    scale: float | None = None  # only a PNG has it


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one picture is."""

    picture: Path
    state: str  # current, old or unknown
    system: str
    view: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What the pictures are, and the modules that could not be asked."""

    verdicts: tuple[Verdict, ...]
    failures: tuple[Failure, ...]


def read_mark(picture: Path) -> Mark | None:
    """Read what a picture says of its origin; None where it is not one of ours. Raises OSError."""
    with picture.open("rb") as file:
        head = file.read(_HEAD)
        if head.startswith(_PNG):
            return _png_mark(head + file.read())
    root = _SVG.search(head)
    said = dict(_ATTRIBUTE.findall(root[0].decode("utf-8", "replace"))) if root else {}
    return Mark(said["hash"], unescape(said.get("view", ""))) if said.get("hash") else None


def _png_mark(content: bytes) -> Mark | None:
    fingerprint, scale = "", None
    for kind, body in _chunks(content):
        if kind == b"tEXt" and body.startswith(_KEYWORD):
            fingerprint = body.removeprefix(_KEYWORD).decode("latin-1")
        if kind == b"pHYs" and len(body) == struct.calcsize(">IIB"):
            scale = round(struct.unpack(">IIB", body)[0] / _CSS_PIXEL, 2)
    return Mark(fingerprint, scale=scale) if fingerprint else None


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Go through the chunks of a PNG, as far as it goes."""
    at = len(_PNG)
    while at + 8 <= len(content):
        length, kind = struct.unpack_from(">I4s", content, at)
        yield kind, content[at + 8 : at + 8 + length]
        at += 12 + length


def verify(pictures: Sequence[Path], systems: Path) -> Verified:
    """Find out what pictures are, among the systems of a folder.

    Raises Problem where there are no systems, and OSError for a picture that cannot be read.
    """
    marks = [(picture, read_mark(picture)) for picture in pictures]
    with workers() as pool:
        captured = captured_all(pool, discover(systems))
    drawings = {(one.script.slug, drawing.graph.slug): drawing for one in captured for drawing in one.drawings}
    prints = Prints(systems)
    today = {prints.default(place, drawing): place for place, drawing in drawings.items()}
    verdicts = tuple(
        _current(picture, today[mark.fingerprint])
        if mark and mark.fingerprint in today
        else _verdict(picture, mark, drawings, prints)
        for picture, mark in marks
    )
    return Verified(verdicts, tuple(failure for one in captured for failure in one.failures))


def _verdict(picture: Path, mark: Mark | None, drawings: Mapping[Place, Drawing], prints: Prints) -> Verdict:
    """Judge a picture that is not what a build would draw today if nothing was asked for."""
    if mark is None:
        sentence = "carries no fingerprint: it was not drawn by archfolio, or was converted since"
        return Verdict(picture, UNKNOWN, "", "", sentence)
    said = _recorded(picture, mark) or _named(picture, drawings)
    asked = [said] if said else [place for place in drawings if mark.view in {"", place[1]}]
    looks = likely_looks(_LIKELY_SCALES if mark.scale is None else (mark.scale,))
    for place in asked:
        if place in drawings and prints.has(place, drawings[place], mark.fingerprint, looks):
            return _current(picture, place)
    if said is None:
        sentence = (
            f"is no view of these systems as they are now (its fingerprint: {mark.fingerprint}): old, or of others"
        )
        return Verdict(picture, UNKNOWN, "", mark.view, sentence)
    system, view = said
    if said not in drawings:
        sentence = f"was {system}/{view}, which is no more, or cannot be drawn now"
    else:
        sentence = f"is an older {system}/{view}: run 'archfolio build {system}' and take the new one"
    return Verdict(picture, OLD, system, view, sentence)


def _current(picture: Path, place: Place) -> Verdict:
    return Verdict(picture, CURRENT, *place, f"is {'/'.join(place)} as it is now")


def _recorded(picture: Path, mark: Mark) -> Place | None:
    """Find a fingerprint in the manifest of the build that the picture lies in."""
    for folder in picture.resolve().parents:
        if (folder / manifest.NAME).is_file():
            try:
                built = manifest.read(folder)
            except ValueError:
                return None
            places = (
                (system.slug, view.slug)
                for system in built.systems
                for view in system.views
                if view.hash == mark.fingerprint
            )
            return next(places, None)
    return None


def _named(picture: Path, places: Iterable[Place]) -> Place | None:
    """Take a picture for what its address says, `SYSTEM/VIEW.png`, if there is such a view."""
    place = (picture.resolve().parent.name, picture.stem.removesuffix(_DARK))
    return place if place in places else None
