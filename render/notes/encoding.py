"""The bytes of a note as text, such that what is not edited comes back byte for byte. Pure."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

_MARKED = (  # a longer mark before one that it begins with
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True, slots=True)
class Encoded:
    """A text, and how it was written."""

    text: str
    codec: str
    mark: bytes  # the byte order mark

    def bytes_of(self, text: str) -> bytes:
        """Encode another text in the same way.

        Raises UnicodeEncodeError for characters that it cannot hold.
        """
        return self.mark + text.encode(self.codec)


def decode(content: bytes) -> Encoded:
    """Read bytes by their mark, as UTF-8, or else as Latin-1, in which every byte is a character."""
    for mark, codec in _MARKED:
        if content.startswith(mark):
            try:
                return Encoded(content.removeprefix(mark).decode(codec), codec, mark)
            except UnicodeDecodeError:
                break
    try:
        return Encoded(content.decode("utf-8"), "utf-8", b"")
    except UnicodeDecodeError:
        return Encoded(content.decode("latin-1"), "latin-1", b"")


def may_have(content: bytes, word: str) -> bool:
    """Return fast whether a text may contain a word."""
    return any(word.encode(codec) in content for codec in ("utf-8", "utf-16-le", "utf-16-be"))
