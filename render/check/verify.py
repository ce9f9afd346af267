"""Find out which view a picture shows and whether it is current: by the fingerprint inside it, without drawing."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import unquote

from archfolio.render.build.processes import workers
from archfolio.render.capture.discover import discover
from archfolio.render.check.fingerprints import Fingerprints, ViewKey
from archfolio.render.check.run import capture_all
from archfolio.render.model.conventions import OURS, Conventions

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from archfolio.render.base.errors import Failure
    from archfolio.render.capture.discover import Folders
    from archfolio.render.model.drawing import Drawing

CURRENT, OLD, UNKNOWN = "current", "old", "unknown"

_SVG = re.compile(rb"<svg\b[^>]*>")
_ATTRIBUTE = re.compile(r'\bdata-(hash|view)="([^"]*)"')
_HEAD = 65_536  # bytes of an SVG within which its root begins
_PNG = b"\x89PNG\r\n\x1a\n"
_KEYWORD = b"archfolio\0"


@dataclass(frozen=True, slots=True)
class PictureOrigin:
    """What a picture says of its origin."""

    key: ViewKey
    fingerprint: str


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
    """Return what a picture says of its origin; None where it is not one of ours. Raises OSError."""
    with picture.open("rb") as file:
        head = file.read(_HEAD)
        if head.startswith(_PNG):
            return _png_origin(head + file.read())
    root = _SVG.search(head)
    attributes = dict(_ATTRIBUTE.findall(root[0].decode("utf-8", "replace"))) if root else {}
    return _origin(unescape(attributes.get("view", "")), attributes.get("hash", ""))


def _png_origin(content: bytes) -> PictureOrigin | None:
    text = next((body for kind, body in _chunks(content) if kind == b"tEXt" and body.startswith(_KEYWORD)), b"")
    fingerprint, _, view = text.removeprefix(_KEYWORD).decode("latin-1").partition(" ")
    return _origin(unquote(view), fingerprint)


def _origin(name: str, fingerprint: str) -> PictureOrigin | None:
    system, _, view = name.partition("/")
    return PictureOrigin((system, view), fingerprint) if view and fingerprint else None


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Iterate over the chunks of a PNG, as far as it goes."""
    at = len(_PNG)
    while at + 8 <= len(content):
        length, kind = struct.unpack_from(">I4s", content, at)
        yield kind, content[at + 8 : at + 8 + length]
        at += 12 + length


def verify(pictures: Sequence[Path], systems: Folders, conventions: Conventions = OURS) -> VerifyReport:
    """Find out what pictures are, among the systems of a folder.

    Raises Problem where there are no systems, and OSError for a picture that cannot be read.
    """
    origins = [(picture, read_origin(picture)) for picture in pictures]
    with workers() as pool:
        captured = capture_all(pool, discover(systems), conventions)
    drawings = {(one.script.slug, drawing.graph.slug): drawing for one in captured for drawing in one.drawings}
    fingerprints, slugs = Fingerprints(systems, conventions), {one.script.slug for one in captured}
    verdicts = tuple(_verdict(picture, origin, drawings, slugs, fingerprints) for picture, origin in origins)
    return VerifyReport(verdicts, tuple(failure for one in captured for failure in one.failures))


def _verdict(
    picture: Path,
    origin: PictureOrigin | None,
    drawings: Mapping[ViewKey, Drawing],
    slugs: Collection[str],
    fingerprints: Fingerprints,
) -> Verdict:
    """Compare a picture with the view that it says it shows."""
    if origin is None:
        sentence = "carries no fingerprint: it was not drawn by archfolio, or was converted since"
        return Verdict(picture, UNKNOWN, "", "", sentence)
    system, view = origin.key
    name, drawing = f"{system}/{view}", drawings.get(origin.key)
    if drawing and fingerprints.matches(origin.key, drawing, {origin.fingerprint}):
        return Verdict(picture, CURRENT, system, view, f"is {name} as it is now")
    if drawing:
        sentence = f"is an older {name}: run 'archfolio build {system}' and take the new one"
        return Verdict(picture, OLD, system, view, sentence)
    if system in slugs:
        return Verdict(picture, OLD, system, view, f"was {name}, which is no more, or cannot be drawn now")
    return Verdict(picture, UNKNOWN, system, view, f"is {name}, and there is no system '{system}' here")
