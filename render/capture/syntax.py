"""A module's text as Python reads it."""

from __future__ import annotations

import ast
from functools import lru_cache


@lru_cache(maxsize=1)
def parsed(text: str | bytes) -> ast.Module | None:
    """Parse a text, once for all that ask of one module: it takes longer than to run it.

    None for what is not Python, or is nested deeper than Python goes.
    """
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
