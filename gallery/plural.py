"""Numbers in sentences of pages."""


def plural(number: int, noun: str) -> str:
    """Return a number with its noun: "1 system", "1,000 systems"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
