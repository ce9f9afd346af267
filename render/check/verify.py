"""Find out which view a picture shows and whether it is current: by the fingerprint inside it, without drawing."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING

from archfolio.gallery import manifest
from archfolio.render.build.processes import workers
from archfolio.render.capture.discover import discover
from archfolio.render.check.fingerprints import Fingerprints, ViewKey, likely_options
from archfolio.render.check.run import capture_all

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
class PictureOrigin:
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
class VerifyReport:
    """What the pictures are, and the modules that could not be asked."""

    verdicts: tuple[Verdict, ...]
    failures: tuple[Failure, ...]


def read_origin(picture: Path) -> PictureOrigin | None:
    """Read what a picture says of its origin; None where it is not one of ours. Raises OSError."""
    with picture.open("rb") as file:
        head = file.read(_HEAD)
        if head.startswith(_PNG):
            return _png_origin(head + file.read())
    root = _SVG.search(head)
    attributes = dict(_ATTRIBUTE.findall(root[0].decode("utf-8", "replace"))) if root else {}
    return PictureOrigin(attributes["hash"], unescape(attributes.get("view", ""))) if attributes.get("hash") else None


def _png_origin(content: bytes) -> PictureOrigin | None:
    fingerprint, scale = "", None
    for kind, body in _chunks(content):
        if kind == b"tEXt" and body.startswith(_KEYWORD):
            fingerprint = body.removeprefix(_KEYWORD).decode("latin-1")
        if kind == b"pHYs" and len(body) == struct.calcsize(">IIB"):
            scale = round(struct.unpack(">IIB", body)[0] / _CSS_PIXEL, 2)
    return PictureOrigin(fingerprint, scale=scale) if fingerprint else None


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Go through the chunks of a PNG, as far as it goes."""
    at = len(_PNG)
    while at + 8 <= len(content):
        length, kind = struct.unpack_from(">I4s", content, at)
        yield kind, content[at + 8 : at + 8 + length]
        at += 12 + length


def verify(pictures: Sequence[Path], systems: Path) -> VerifyReport:
    """Find out what pictures are, among the systems of a folder.

    Raises Problem where there are no systems, and OSError for a picture that cannot be read.
    """
    origins = [(picture, read_origin(picture)) for picture in pictures]
    with workers() as pool:
        captured = capture_all(pool, discover(systems))
    drawings = {(one.script.slug, drawing.graph.slug): drawing for one in captured for drawing in one.drawings}
    fingerprints = Fingerprints(systems)
    today = {fingerprints.default(key, drawing): key for key, drawing in drawings.items()}
    verdicts = tuple(
        _current(picture, today[origin.fingerprint])
        if origin and origin.fingerprint in today
        else _verdict(picture, origin, drawings, fingerprints)
        for picture, origin in origins
    )
    return VerifyReport(verdicts, tuple(failure for one in captured for failure in one.failures))


def _verdict(
    picture: Path, origin: PictureOrigin | None, drawings: Mapping[ViewKey, Drawing], fingerprints: Fingerprints
) -> Verdict:
    """Judge a picture that is not what a build would draw today if nothing was asked for."""
    if origin is None:
        sentence = "carries no fingerprint: it was not drawn by archfolio, or was converted since"
        return Verdict(picture, UNKNOWN, "", "", sentence)
    named = _recorded(picture, origin) or _named(picture, drawings)
    asked = [named] if named else [key for key in drawings if origin.view in {"", key[1]}]
    options = likely_options(_LIKELY_SCALES if origin.scale is None else (origin.scale,))
    for key in asked:
        if key in drawings and fingerprints.matches(key, drawings[key], origin.fingerprint, options):
            return _current(picture, key)
    if named is None:
        sentence = (
            f"is no view of these systems as they are now (its fingerprint: {origin.fingerprint}): old, or of others"
        )
        return Verdict(picture, UNKNOWN, "", origin.view, sentence)
    system, view = named
    if named not in drawings:
        sentence = f"was {system}/{view}, which is no more, or cannot be drawn now"
    else:
        sentence = f"is an older {system}/{view}: run 'archfolio build {system}' and take the new one"
    return Verdict(picture, OLD, system, view, sentence)


def _current(picture: Path, key: ViewKey) -> Verdict:
    return Verdict(picture, CURRENT, *key, f"is {'/'.join(key)} as it is now")


def _recorded(picture: Path, origin: PictureOrigin) -> ViewKey | None:
    """Find a fingerprint in the manifest of the build that the picture lies in."""
    for folder in picture.resolve().parents:
        if (folder / manifest.NAME).is_file():
            try:
                built = manifest.read(folder)
            except ValueError:
                return None
            keys = (
                (system.slug, view.slug)
                for system in built.systems
                for view in system.views
                if view.hash == origin.fingerprint
            )
            return next(keys, None)
    return None


def _named(picture: Path, keys: Iterable[ViewKey]) -> ViewKey | None:
    """Take a picture for what its address says, `SYSTEM/VIEW.png`, if there is such a view."""
    key = (picture.resolve().parent.name, picture.stem.removesuffix(_DARK))
    return key if key in keys else None
