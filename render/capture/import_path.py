"""Import what is ours while an author's files may be imported too."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_OURS = tuple(sys.path)  # before any author's code ran


@contextmanager
def our_path() -> Iterator[None]:
    """Take none of the files beside a script for a module of ours, or of a library, that is imported in the block."""
    theirs, sys.path[:] = sys.path[:], _OURS
    try:
        yield
    finally:
        sys.path[:] = theirs
