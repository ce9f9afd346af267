"""Addresses: readable, stable ids from labels."""

from __future__ import annotations

import re
import unicodedata

_LONGEST = 60  # characters of one part of an id


_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # all but XML 1.0, section 2.2
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def printable(text: str) -> str:
    """Replace what neither XML nor HTML can hold (NUL, control characters, halves of pairs) by U+FFFD."""
    return _NOT_XML.sub("\ufffd", text)


def replace_controls(text: str) -> str:
    """Replace what is typed by accident and seen by nobody; half of a pair stays, for it has lost a letter."""
    return _CONTROLS.sub("\ufffd", text)


def slug(text: str) -> str:
    """Turn a label into a part of an address: "Online feature store" becomes "online-feature-store".

    Letters of any script stay; a text without letters or digits gives "".
    """
    plain = text
    if not text.isascii():
        plain = unicodedata.normalize("NFKD", text)
        plain = "".join(character for character in plain if not unicodedata.combining(character))
    return re.sub(r"[\W_]+", "-", plain.lower()).strip("-")[:_LONGEST].strip("-")


class Names:
    """Hands out each id once: the second "cache" in one place is "cache-2"."""

    def __init__(self) -> None:
        """Start with no id taken."""
        self._taken: set[str] = set()

    def take(self, wanted: str) -> str:
        """Return the wanted id, or the first free one after it."""
        name, count = wanted, 1
        while name in self._taken:
            count += 1
            name = f"{wanted}-{count}"
        self._taken.add(name)
        return name
