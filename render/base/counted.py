"""Numbers in sentences."""


def counted(number: int, what: str) -> str:
    """Return a number with its noun: "1 system", "19 systems"."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
