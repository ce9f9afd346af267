"""How the size of a file is written."""

from __future__ import annotations

_THIN = "\u202f"  # narrow no-break space, between a number and its unit


def file_size(count: int) -> str:
    """Write a number of bytes for a reader: 156,000 is "156 kB"."""
    for at_least, unit in ((1_000_000, "MB"), (1_000, "kB")):
        if count >= at_least:
            figure = count / at_least
            return f"{figure:.1f}{_THIN}{unit}" if figure < 10 else f"{figure:.0f}{_THIN}{unit}"  # noqa: PLR2004  one digit
    return f"{count}{_THIN}B"
