"""What a picture says of itself, so that `archfolio verify` knows it wherever it went."""

from __future__ import annotations

import struct
import zlib
from html import escape
from typing import NamedTuple
from urllib.parse import quote

_PNG_HEAD = 33  # bytes: the signature, and the chunk that says the size


class Origin(NamedTuple):
    """Which view a picture shows, and a hash of everything that its bytes hang on; either may be unknown."""

    view: str = ""  # "shop/serving"
    fingerprint: str = ""
    resumed: bool = False  # was it laid out from an earlier layout, after an edit, and not by a fresh search

    def svg_attributes(self) -> str:
        """Return attributes for the root of an SVG."""
        view = f' data-view="{escape(self.view)}"' if self.view else ""
        fingerprint = f' data-hash="{self.fingerprint}"' if self.fingerprint else ""
        return view + fingerprint + (' data-layout="resumed"' if self.resumed else "")

    def in_png(self, content: bytes) -> bytes:
        """Return a PNG with a text chunk `archfolio`: the hash, a blank, and the view, percent-encoded."""
        kind, data = b"tEXt", f"archfolio\0{self.fingerprint} {quote(self.view)}".encode("ascii")
        chunk = struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        return content[:_PNG_HEAD] + chunk + content[_PNG_HEAD:]
