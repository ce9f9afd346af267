"""How a figure is written: its sign, three significant digits, a scale or a prefix, and the signs of its unit."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from archfolio.units import measure_of

if TYPE_CHECKING:
    from archfolio.units import Measure, Unit

_COUNTS = ((1e12, "tn"), (1e9, "bn"), (1e6, "M"), (1e3, "k"))
_PREFIXES = ((1e15, "P"), (1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k"))
_SMALL_PREFIXES = ((1.0, ""), (1e-3, "m"), (1e-6, "\u00b5"), (1e-9, "n"))
_SPELT_OUT = {"day", "week", "month", "year"}
_SIGNIFICANT = 3  # digits
_PLAIN_UP_TO = 1e4  # 3,000 reads better than 3 k; 12,000 does not
_PLAIN_FROM = 1e-12  # below it there are more zeros than can be counted
_RAISED = str.maketrans("-0123456789", "\u207b\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079")
_MINUS = "\u2212"
_THIN = "\u202f"  # narrow no-break space, between a number and its unit


def number(value: float, unit: Unit) -> str:
    """Write a value with three significant digits and, from ten thousand up, a scale: "2,000", "34.7 k", "76.8 G".

    What is too large for any scale, or too small, is written with a power of ten.
    """
    size, (lead, power), *_ = _tidy(value), *_signs(unit, 1), (None, 0)
    if lead and power == 1 and lead.plain_up_to and not lead.prefix.sign:
        digits, scale = _scaled(size, _PREFIXES, lead.plain_up_to)
    else:
        digits, scale = _scaled(size, _COUNTS, _PLAIN_UP_TO)
    return _minus(value) + _spaced(digits, scale)


def shown(value: float, unit: Unit) -> str:
    """Write a value with its unit: bytes and times in short, "/s" and "/day", money with its sign in front.

    What is counted goes without saying: "34.7 k/s", "76.8 GB", "$5 M/day", "7 days".
    """
    size, above = _tidy(value), _signs(unit, 1)
    below = "".join(f"/{_raised(one.prefix.sign + one.sign, power)}" for one, power in _signs(unit, -1))
    if not above:
        return f"{_minus(value)}{_spaced(*_scaled(size, _COUNTS, _PLAIN_UP_TO))}{below}"
    (lead, power), *others = above
    if lead.plain_up_to and power == 1:
        digits, prefix = _prefixed(size, lead)
        figure = _spaced(digits, prefix + lead.sign)
    else:
        digits, scale = _scaled(size, _COUNTS, _PLAIN_UP_TO)
        many = "s" if lead.sign in _SPELT_OUT and power == 1 and not others and (digits, scale) != ("1", "") else ""
        sign = _raised(lead.prefix.sign + lead.sign, power) + many
        money = sign == "$"
        figure = f"${_spaced(digits, scale)}" if money else _spaced(digits, scale, sign)
    for one, exponent in others:
        sign = _raised(one.prefix.sign + one.sign, exponent)
        figure += sign if sign == "h" and figure.endswith("W") else f"\u00b7{sign}"  # kWh
    return f"{_minus(value)}{figure}{below}"


def _signs(unit: Unit, side: int) -> list[tuple[Measure, int]]:
    """List what is known above the line (1) or below it (-1), with its powers; what is counted goes without saying."""
    known = ((measure_of(word), power * side) for word, power in unit.words.items())
    return [(one, power) for one, power in known if one and power > 0]


def _prefixed(size: float, lead: Measure) -> tuple[str, str]:
    """Write an amount of a unit that takes prefixes, in the one that its author chose while that is readable."""
    if not lead.prefix.sign:
        return _scaled(size, _PREFIXES, lead.plain_up_to)
    whole = _tidy(size * lead.prefix.factor)
    if _rounded(size) < _PLAIN_UP_TO or math.isinf(whole):
        return _scaled(size, _SMALL_PREFIXES, math.inf)[0], lead.prefix.sign
    if _rounded(whole) < 1:
        return _scaled(whole, _SMALL_PREFIXES, 0)
    return _scaled(whole, _PREFIXES, lead.plain_up_to)


def _scaled(size: float, scales: tuple[tuple[float, str], ...], plain_up_to: float) -> tuple[str, str]:
    """Write a size of 0 or more as digits and the letter of a scale, which is empty below `plain_up_to`."""
    if size and not _PLAIN_FROM <= size < scales[0][0] * _PLAIN_UP_TO:
        mantissa, power = f"{size:.2e}".split("e")
        digits = mantissa.rstrip("0").rstrip(".")
        return f"{digits}{_THIN}\u00d7{_THIN}10{str(int(power)).translate(_RAISED)}", ""
    # A value that rounds up to the next scale is written in it: 999,950 is 1 M, not 1000 k.
    rounded = _rounded(size)
    if rounded >= plain_up_to:
        for at_least, letter in scales:
            if rounded >= at_least:
                return _digits(size / at_least), letter
    return _digits(size), ""


def _digits(size: float) -> str:
    if size == 0:
        return "0"
    magnitude = math.floor(math.log10(size))
    decimals = max(0, _SIGNIFICANT - 1 - magnitude)
    text = f"{round(size, decimals):,.{decimals}f}" if magnitude < _SIGNIFICANT else f"{size:,.0f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _tidy(value: float) -> float:
    """Return the size of a value without what arithmetic leaves behind, which must not decide a tie."""
    return abs(float(f"{value:.12g}"))


def _rounded(size: float) -> float:
    return float(f"{size:.{_SIGNIFICANT}g}")


def _minus(value: float) -> str:
    return _MINUS if value < 0 else ""


def _raised(sign: str, power: int) -> str:
    return sign if power == 1 else f"{sign}{str(power).translate(_RAISED)}"


def _spaced(*parts: str) -> str:
    return _THIN.join(filter(None, parts))
