"""Write the objects of a PDF, and the table of where they are.

Section numbers in here are those of PDF 32000-1.
"""

from __future__ import annotations

from zlib_ng import zlib_ng  # not the zlib of the machine: the same bytes everywhere

_COMPRESSION = 9


class PdfFile:
    """Numbered objects, and the table of where they are (section 7.5)."""

    def __init__(self, *, compress: bool) -> None:
        """Begin a file, whose streams are compressed or not."""
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
        parts, places = [b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"], []
        place = len(parts[0])
        for number, body in enumerate(self._objects, 1):
            places.append(place)
            parts.append(b"%d 0 obj\n%b\nendobj\n" % (number, body))
            place += len(parts[-1])
        rows = "".join(f"{start:010} 00000 n \n" for start in places)
        count = len(places) + 1
        parts.append(f"xref\n0 {count}\n0000000000 65535 f \n{rows}".encode("ascii"))
        parts.append(
            f"trailer\n<</Size {count}/Root {catalog}/Info {info}>>\nstartxref\n{place}\n%%EOF\n".encode("ascii")
        )
        return b"".join(parts)
