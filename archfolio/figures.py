"""How a figure is written: three significant digits, a scale, a short unit."""

from __future__ import annotations

import math

from archfolio.units import split_prefix

_COUNT_SCALES = ((1e12, "tn"), (1e9, "bn"), (1e6, "M"), (1e3, "k"))
_UNIT_SCALES = ((1e15, "P"), (1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k"))
_SHORT = {
    "byte": "B",
    "B": "B",
    "bit": "bit",
    "second": "s",
    "s": "s",
    "minute": "min",
    "min": "min",
    "hour": "h",
    "h": "h",
    "day": "day",
    "week": "week",
    "month": "month",
    "year": "year",
    "percent": "%",
    "dollar": "$",
    "USD": "$",
    "W": "W",
    "watt": "W",
    "joule": "J",
    "J": "J",
    "metre": "m",
}
_PREFIXES = {"u": "\u00b5", "micro": "\u00b5", "nano": "n", "milli": "m", "kilo": "k", "mega": "M"}
_PREFIXES |= {"giga": "G", "tera": "T", "peta": "P"}  # what has one letter is that letter
_SCALED = {"B", "bit", "W", "J"}  # take SI prefixes; everything else is counted in k, M, bn, tn
_SPELT_OUT = {"day", "week", "month", "year"}
_SIGNIFICANT = 3  # digits
_PLAIN_UP_TO = 10_000  # 3,000 reads better than 3 k; 12,000 does not
_RAISED = str.maketrans("0123456789", "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079")
THIN = "\u202f"  # narrow no-break space, between a number and its unit


def _parts(unit: str) -> tuple[str, list[str]]:
    """Split "request/user/day" into its first numerator and its denominators."""
    top, *below = unit.replace("*", " ").split("/")
    words = top.split()
    short = next(filter(None, map(_short, words)), "")
    return short, [word.strip() for word in below]


def _short(word: str) -> str:
    """Return the sign of a unit, "GB" or "\u00b5s"; nothing for what is counted."""
    if found := split_prefix(word):
        prefix, unit = found
        return f"{_PREFIXES.get(prefix, prefix)}{_SHORT[unit]}"
    return _SHORT.get(word, "")


def number(value: float, unit: str) -> str:
    """Write a value with three significant digits and, from ten thousand up, a scale: "2,000", "34.7 k", "76.8 G".

    What is too large for any scale is written with a power of ten.
    """
    value = float(f"{value:.12g}")  # what arithmetic leaves behind must not decide a tie
    short, _ = _parts(unit)
    scales = _UNIT_SCALES if short in _SCALED else _COUNT_SCALES
    plain_up_to = scales[-1][0] if short in _SCALED else _PLAIN_UP_TO
    if abs(value) >= scales[0][0] * _PLAIN_UP_TO:
        digits, power = f"{value:.2e}".split("e")
        mantissa = digits.rstrip("0").rstrip(".")
        return f"{mantissa}{THIN}\u00d7{THIN}10{str(int(power)).translate(_RAISED)}"
    for at_least, letter in scales:
        # A value that rounds up to the next scale is written in it: 999,950 is 1 M, not 1000 k.
        if float(f"{abs(value):.3g}") >= max(at_least, plain_up_to):
            return f"{_digits(value / at_least)}{THIN}{letter}"
    return _digits(value)


def _digits(value: float) -> str:
    if value == 0:
        return "0"
    magnitude = math.floor(math.log10(abs(value)))
    decimals = max(0, _SIGNIFICANT - 1 - magnitude)
    text = f"{round(value, decimals):,.{decimals}f}" if magnitude < _SIGNIFICANT else f"{value:,.0f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def shown(value: float, unit: str) -> str:
    """Write a value with its unit: bytes and times in short, "/s" and "/day", money with its sign in front.

    What is counted goes without saying: "34.7 k/s", "76.8 GB", "$5 M/day", "7 days".
    """
    figure = number(value, unit)
    short, below = _parts(unit)
    rate = "".join(f"/{sign}" for word in below if (sign := _short(word)))
    if short == "$":
        return f"${figure}{rate}"
    if short == "%":
        return f"{figure}{THIN}%{rate}"
    if short in _SPELT_OUT and figure != "1":
        short += "s"
    gap = "" if not short or figure[-1:].isalpha() else THIN
    return f"{figure}{gap}{short}{rate}"
