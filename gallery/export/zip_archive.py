"""A zip with equal bytes on every machine: what it was compressed with is not of the machine but a locked package."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

from zlib_ng import zlib_ng

if TYPE_CHECKING:
    from collections.abc import Mapping

_COMPRESSION = 6
_VERSION, _DEFLATE = 20, 8  # of the format, that all readers know since 1993 (APPNOTE.TXT, 4.4.3 and 4.4.5)
_UTF_8 = 0x800  # flag: the name is UTF-8
_NO_TIME, _FIRST_DAY = 0, 0x21  # 1 January 1980, the first that a zip can say


def zip_archive(entries: Mapping[str, bytes]) -> bytes:
    """Return a zip of contents by name, in this order."""
    pieces, directory = [], []
    at = 0
    for name, content in entries.items():
        packed = _deflated(content)
        title = name.encode()
        said = struct.pack(
            "<HHHHHIIIHH",
            *(_VERSION, _UTF_8, _DEFLATE, _NO_TIME, _FIRST_DAY, zlib.crc32(content), len(packed), len(content)),
            *(len(title), 0),
        )
        piece = b"PK\3\4" + said + title + packed
        directory.append(b"PK\1\2" + struct.pack("<H", _VERSION) + said + struct.pack("<HHHII", 0, 0, 0, 0, at) + title)
        pieces.append(piece)
        at += len(piece)
    listed = b"".join(directory)
    end = struct.pack("<HHHHIIH", 0, 0, len(directory), len(directory), len(listed), at, 0)
    return b"".join((*pieces, listed, b"PK\5\6", end))


def _deflated(content: bytes) -> bytes:
    stream = zlib_ng.compressobj(_COMPRESSION, zlib_ng.DEFLATED, -zlib_ng.MAX_WBITS)
    return bytes(stream.compress(content) + stream.flush())
