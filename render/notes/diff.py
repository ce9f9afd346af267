"""Two texts as a unified diff, as `patch` and code review read it. Pure."""

from __future__ import annotations

import difflib
import re

from archfolio.render.notes.encoding import decode

_LINE = re.compile(r"[^\n]*\n|[^\n]+\Z")


def unified(name: str, before: bytes, after: bytes) -> str:
    """Write what changes in a file; nothing where nothing does."""
    if before == after:
        return ""
    old, new = (_LINE.findall(decode(content).text) for content in (before, after))
    lines = difflib.unified_diff(old, new, f"a/{name}", f"b/{name}")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
