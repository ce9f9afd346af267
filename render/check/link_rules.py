"""Links: the addresses of a system's sources can be followed. Nothing here touches the network."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from archfolio.render.check.finding import Violation, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archfolio.render.capture.module import Captured

_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")
_ADDRESS = re.compile(r"[!-~]+")  # what a browser sends as it stands


def _lines(captured: Captured) -> Iterator[tuple[str, int]]:
    """List the addresses of the sources with the lines at which they stand."""
    rows = list(enumerate(captured.text.splitlines(), 1))
    after = 0
    for source in captured.subject.sources if captured.subject else ():
        found = next((number for number, row in rows if number > after and source.url in row), 0)
        after = found or after
        yield source.url, found or (captured.subject.line if captured.subject else 0)


@rule(
    "L401",
    "a source's address is well-formed and begins with https://",
    why="An address that is mistyped or in the clear is not a source.",
    mending="Copy it from the browser; use https.",
    wrong='Source(\'A. Author, "One", RecSys 2016\', "http://example.org/one")',
    right='Source(\'A. Author, "One", RecSys 2016\', "https://example.org/one")',
)
def malformed_address(captured: Captured) -> Iterator[Violation]:
    """Find addresses that cannot be followed, or only in the clear."""
    for url, line in _lines(captured):
        parts = urlsplit(url)
        if parts.scheme != "https":
            yield Violation(line, f"the source '{url}' does not begin with https://: use its secure address", url)
        elif not _ADDRESS.fullmatch(url) or not _HOST.fullmatch(parts.netloc.lower()):
            yield Violation(line, f"the source '{url}' is not an address: write https://host/path, without blanks", url)


@rule(
    "L402",
    "no source stands twice in a system",
    why="Two entries look like two sources.",
    mending="Keep one; say both uses there.",
    wrong='Source(\'A. Author, "Two", RecSys 2017\', "https://example.org/one")',
    right='Source(\'A. Author, "Two", RecSys 2017\', "https://example.org/two")',
)
def repeated_source(captured: Captured) -> Iterator[Violation]:
    """Find sources that are listed again."""
    seen: dict[str, int] = {}
    for url, line in _lines(captured):
        if first := seen.get(url.rstrip("/")):
            yield Violation(line, f"the source '{url}' stands at line {first} already: say both uses there", url)
        seen.setdefault(url.rstrip("/"), line)


LINK_RULES = (malformed_address, repeated_source)
"""What holds for the sources of each system."""
