"""Units of an estimate: seconds, bytes, money, energy and whatever is counted, and the algebra that checks formulas.

A unit is words with powers: "item/request" is {"item": 1, "request": -1}. Two units are of one dimension where their
words come down to the same base words: "ms" and "hour" to "second", "GB" and "bit" to "byte", "user" to itself.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field, replace
from functools import cache, reduce
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping


class Prefix(NamedTuple):
    """What stands before a unit: its sign, and by what it multiplies."""

    sign: str
    factor: float


_NO_PREFIX = Prefix("", 1.0)


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit that is known of itself: how large it is, and how it is written and scaled."""

    sign: str  # as figures write it: "B"
    size: float  # in base words, without its prefix
    base: Mapping[str, int]
    plain_up_to: float = 0.0  # from here on figures take an SI prefix; 0 for a unit that takes none
    prefix: Prefix = _NO_PREFIX

    @property
    def factor(self) -> float:
        """Its size in base words, prefix and all."""
        return self.prefix.factor * self.size


_PREFIXES = {
    word: Prefix(sign, factor)
    for name, letter, sign, factor in (
        ("nano", "n", "n", 1e-9),
        ("micro", "u", "\u00b5", 1e-6),
        ("milli", "m", "m", 1e-3),
        ("kilo", "k", "k", 1e3),
        ("mega", "M", "M", 1e6),
        ("giga", "G", "G", 1e9),
        ("tera", "T", "T", 1e12),
        ("peta", "P", "P", 1e15),
    )
    for word in (name, letter)
}
_DAY = 24 * 3600.0
_SCALED, _LONG = 1e3, 1e4  # 1,500 B is 1.5 kB, but 1,500 s stay seconds
_SECOND, _METRE = Measure("s", 1.0, {"second": 1}, _LONG), Measure("m", 1.0, {"metre": 1}, _LONG)
_BYTE, _BIT = Measure("B", 1.0, {"byte": 1}, _SCALED), Measure("bit", 1 / 8, {"byte": 1}, _SCALED)
_JOULE, _WATT = Measure("J", 1.0, {"joule": 1}, _SCALED), Measure("W", 1.0, {"joule": 1, "second": -1}, _SCALED)
_MINUTE, _HOUR = Measure("min", 60.0, {"second": 1}), Measure("h", 3600.0, {"second": 1})
_DOLLAR = Measure("$", 1.0, {"dollar": 1})
_KNOWN = {  # no prefix goes before minutes and longer times: SI brochure, 9th edition, section 4, table 8
    "second": _SECOND,
    "s": _SECOND,
    "minute": _MINUTE,
    "min": _MINUTE,
    "hour": _HOUR,
    "h": _HOUR,
    "day": Measure("day", _DAY, {"second": 1}),
    "week": Measure("week", 7 * _DAY, {"second": 1}),
    "month": Measure("month", 30 * _DAY, {"second": 1}),
    "year": Measure("year", 365 * _DAY, {"second": 1}),
    "byte": _BYTE,
    "B": _BYTE,
    "bit": _BIT,
    "percent": Measure("%", 0.01, {}),
    "dollar": _DOLLAR,
    "USD": _DOLLAR,
    "metre": _METRE,
    "joule": _JOULE,
    "J": _JOULE,
    "watt": _WATT,
    "W": _WATT,
}
_TAKE_PREFIXES = ("second", "s", "byte", "B", "bit", "watt", "W", "joule", "J")  # in what authors write
_MEASURED = ("second", "byte", "dollar", "metre", "joule")  # base words that are measured; all others are counted
_TERM = re.compile(r"\s*([*/]?)\s*(1|[A-Za-z_]+)\s*(?:\*\*\s*(-?\d+))?")

WORD = re.compile(r"[A-Za-z_]+")


class UnknownWordError(ValueError):
    """A word of a unit that stands for nothing; its only argument is the word."""


class MismatchError(ValueError):
    """Two units of different dimensions where they must be of one; its arguments are the two, as text."""


def is_known(word: str) -> bool:
    """Tell whether a word is a unit of itself: seconds, bytes, money, energy, with or without a prefix."""
    return measure_of(word) is not None


def unit_words() -> tuple[str, ...]:
    """List the units that have no prefix."""
    return tuple(_KNOWN)


@cache
def measure_of(word: str) -> Measure | None:
    """Return what is known of "GB" or "millisecond"; None for a word that stands for what is counted."""
    if word in _KNOWN:
        return _KNOWN[word]
    for written, prefix in _PREFIXES.items():
        rest = word.removeprefix(written)
        if rest != word and rest in _TAKE_PREFIXES and (len(written) == 1) == (len(rest) == 1 or rest == "bit"):
            return replace(_KNOWN[rest], prefix=prefix)
    return None


@dataclass(frozen=True, slots=True)
class Unit:
    """Words with their powers, none of which is 0; what has none is a plain number."""

    words: Mapping[str, int] = field(default_factory=dict)

    @property
    def factor(self) -> float:
        """How many base units one of this is: 60 for "minute", 0.01 for "percent"."""
        return _factor(*self.words.items())

    @property
    def dimension(self) -> dict[str, int]:
        """The powers of its base words."""
        return dict(_dimension(*self.words.items()))

    @property
    def base(self) -> Unit:
        """The unit of the same dimension that is made of base words."""
        return Unit(self.dimension)

    @property
    def counts(self) -> bool:
        """Whether only what is counted is in it: users, items, or nothing at all; no seconds, bytes or dollars."""
        return not set(self.dimension) & set(_MEASURED)

    def times(self, other: Unit, sign: int = 1) -> Unit:
        """Return the unit of a product, or with a sign of -1 of a quotient."""
        powers = dict(self.words)
        for word, power in other.words.items():
            powers[word] = powers.get(word, 0) + sign * power
        return Unit({word: power for word, power in powers.items() if power})

    def __str__(self) -> str:
        """Write it as authors do: "item / request"."""
        above = [_power(word, power) for word, power in self.words.items() if power > 0]
        below = [_power(word, -power) for word, power in self.words.items() if power < 0]
        return " / ".join([" * ".join(above) or ("1" if below else "a plain number"), *below])


@cache
def _factor(*words: tuple[str, int]) -> float:
    known = ((measure_of(word), power) for word, power in words)
    return math.prod((one.factor**power for one, power in known if one), start=1.0)


@cache
def _dimension(*words: tuple[str, int]) -> tuple[tuple[str, int], ...]:
    """Return the powers of the base words of a unit: formulas compare those of a few units again and again."""
    powers: dict[str, int] = {}
    for word, power in words:
        known = measure_of(word)
        for base, exponent in (known.base if known else {word: 1}).items():
            powers[base] = powers.get(base, 0) + power * exponent
    return tuple((base, power) for base, power in sorted(powers.items()) if power)


def _power(word: str, power: int) -> str:
    return word if power == 1 else f"{word} ** {power}"


def parse_unit(text: str, counted: Collection[str]) -> Unit:
    """Read "request/user/day" or "core*hour"; `counted` are the words that may stand for something that is counted.

    Raises UnknownWordError for another word, and ValueError for what is no product or quotient of words.
    """
    unit, at = Unit(), 0
    while text[at:].strip():
        match = _TERM.match(text, at)
        if not match or (match[1] == "") != (at == 0):
            message = f"'{text}' is no product or quotient of words"
            raise ValueError(message)
        if match[2] != "1":
            if match[2] not in counted and not is_known(match[2]):
                raise UnknownWordError(match[2])
            power = int(match[3] or 1) * (-1 if match[1] == "/" else 1)
            unit = unit.times(Unit({match[2]: power}))
        at = match.end()
    return unit


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of units: what formulas compute with."""

    value: float
    unit: Unit = field(default_factory=Unit)

    def to(self, unit: Unit) -> Amount:
        """Return the same amount in another unit. Raises MismatchError where that is of another dimension."""
        if self.unit.dimension != unit.dimension:
            raise MismatchError(str(self.unit), str(unit))
        return Amount(self.value * (self.unit.factor / unit.factor), unit)

    def alike(self, other: Amount) -> tuple[float, float, Unit]:
        """Return two amounts as numbers of one unit; a plain number is of whatever the other one counts.

        Raises MismatchError where they cannot be added.
        """
        if not self.unit.words and other.unit.words and other.unit.counts:
            return self.value, other.to(other.unit.base).value, other.unit.base
        if not other.unit.words and self.unit.words and self.unit.counts:
            return self.to(self.unit.base).value, other.value, self.unit.base
        return self.value, other.to(self.unit).value, self.unit

    def __add__(self, other: Amount) -> Amount:
        """Add."""
        left, right, unit = self.alike(other)
        return Amount(left + right, unit)

    def __sub__(self, other: Amount) -> Amount:
        """Subtract."""
        left, right, unit = self.alike(other)
        return Amount(left - right, unit)

    def __mul__(self, other: Amount) -> Amount:
        """Multiply."""
        return Amount(self.value * other.value, self.unit.times(other.unit))

    def __truediv__(self, other: Amount) -> Amount:
        """Divide. Raises ZeroDivisionError."""
        return Amount(self.value / other.value, self.unit.times(other.unit, -1))

    def __neg__(self) -> Amount:
        """Change the sign."""
        return Amount(-self.value, self.unit)

    def __pow__(self, other: Amount) -> Amount:
        """Raise to a plain number; to a whole one where this has a unit. Raises MismatchError, and ArithmeticError."""
        power = other.to(Unit()).value
        if not self.unit.dimension:
            raised = self.to(Unit()).value ** power
            if isinstance(raised, complex):
                message = "a root of a number below 0"
                raise ArithmeticError(message)
            return Amount(float(raised))
        if power != int(power):
            raise MismatchError(str(self.unit), str(Unit()))
        words = {word: exponent * int(power) for word, exponent in self.unit.words.items() if power}
        return Amount(self.value**power, Unit(words))

    def through(self, function: Callable[[float], float]) -> Amount:
        """Return a function of a plain number, such as its logarithm. Raises MismatchError for what has a unit."""
        return Amount(function(self.to(Unit()).value))

    def ceil(self) -> Amount:
        """Round up in base units. A hair is taken off first: 0.1 + 0.2 must not need one more host."""
        base = self.to(self.unit.base)
        return Amount(float(math.ceil(base.value * (1 - 1e-12))), base.unit)

    def least(self, *others: Amount) -> Amount:
        """Return the smallest of amounts that can be added."""
        return reduce(lambda one, other: _chosen(min, one, other), others, self)

    def greatest(self, *others: Amount) -> Amount:
        """Return the greatest of amounts that can be added."""
        return reduce(lambda one, other: _chosen(max, one, other), others, self)


def _chosen(choose: Callable[[float, float], float], one: Amount, other: Amount) -> Amount:
    left, right, unit = one.alike(other)
    return Amount(choose(left, right), unit)
