"""Which pictures of an earlier build can stand in for drawings that fail now."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import msgspec

if TYPE_CHECKING:
    from pathlib import Path

    from archfolio.gallery import manifest

_ENDS = {"png": b"IEND\xaeB`\x82", "pdf": b"%%EOF"}


def without_broken_views(folder: Path, subject: manifest.Subject) -> manifest.Subject:
    """Leave out the views whose pictures are not whole."""
    whole = [view for view in subject.views if view.files and all(_is_whole(folder, file) for file in view.files)]
    return subject if len(whole) == len(subject.views) else msgspec.structs.replace(subject, views=whole)


def _is_whole(folder: Path, file: manifest.File) -> bool:
    """Return whether a picture can be read to its end."""
    try:
        content = (folder / file.path).read_bytes()
        if file.format == "svg":
            ET.fromstring(content)  # noqa: S314  our own drawing; entities are refused by the gallery
    except (OSError, ET.ParseError):
        return False
    return content.rstrip().endswith(_ENDS.get(file.format, b""))
