"""A figure is written so that it can be read back: sign, digits, scale or prefix, and all of its unit."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archfolio.figures import number, shown
from archfolio.units import WORD, Amount, Unit, is_known, parse_unit

THIN = "\u202f"
SIGNS = {  # of each unit, and what one of it is in base words
    "B": (1, "byte"),
    "bit": (1 / 8, "byte"),
    "s": (1, "second"),
    "min": (60, "second"),
    "h": (3600, "second"),
    "day": (86_400, "second"),
    "week": (7 * 86_400, "second"),
    "month": (30 * 86_400, "second"),
    "year": (365 * 86_400, "second"),
    "%": (0.01, ""),
    "$": (1, "dollar"),
    "W": (1, "watt"),
    "J": (1, "joule"),
    "m": (1, "metre"),
}
TAKE_PREFIXES = ("B", "bit", "s", "W", "J", "m")
PREFIXES = {"n": 1e-9, "\u00b5": 1e-6, "m": 1e-3, "k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "P": 1e15}
SCALES = {"k": 1e3, "M": 1e6, "bn": 1e9, "tn": 1e12}
RAISED = {ord(sign): digit for sign, digit in zip("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789", strict=True)}


def unit_of(text: str) -> Unit:
    return parse_unit(text, [word for word in WORD.findall(text) if not is_known(word)])


def written(value: float, text: str) -> str:
    return shown(value, unit_of(text)).replace(THIN, " ")


def read_sign(text: str) -> tuple[float, dict[str, int]]:
    """Read "kB", "h" or "m²": one prefix at most, before a unit that takes one."""
    match = re.fullmatch(r"([^⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]*)", text)
    assert match, text
    sign, power = match[1], int(match[2].translate(RAISED) or 1)
    prefix, sign = ("", sign) if sign in SIGNS else (sign[0], sign[1:])
    assert not prefix or sign in TAKE_PREFIXES, text
    size, base = SIGNS[sign]
    return (PREFIXES.get(prefix, 1) * size) ** power, {base: power}


def read_back(figure: str) -> Amount:
    """Read a figure as a person does. The unit of the amount is of what is known, without what is counted."""
    above, *below = figure.split("/")
    match = re.fullmatch(r"(\u2212?)(\$?)([\d.,]+)(?:\u202f\u00d7\u202f10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))?(.*)", above)
    assert match, figure
    minus, money, digits, power, rest = match.groups()
    value = float(digits.replace(",", "")) * 10.0 ** int((power or "0").translate(RAISED))
    words = rest.replace("Wh", "W·h").replace("·", THIN).split(THIN)
    unit, signs = Unit(), [*filter(None, words)]
    if signs and signs[0] in SCALES:
        value *= SCALES[signs.pop(0)]
    for sign, side in [*((one, 1) for one in ([money] if money else []) + signs), *((one, -1) for one in below)]:
        singular = sign.removesuffix("s") if sign.removesuffix("s") in {"day", "week", "month", "year"} else sign
        size, powers = read_sign(singular)
        value *= size**side
        unit = unit.times(Unit({base: power * side for base, power in powers.items() if base}))
    return Amount(-value if minus else value, unit)


KNOWN = ["byte", "GB", "bit", "kbit", "s", "ms", "us", "minute", "hour", "day", "month", "percent", "USD", "dollar"]
KNOWN += ["kW", "W", "watt", "J", "kilojoule", "metre", "microsecond", "PB", "ns"]
FACTORS = st.tuples(st.sampled_from([*KNOWN, "user", "GPU"]), st.sampled_from([1, 1, 1, -1, -1, 2, -2, 3]))
UNITS = st.lists(FACTORS, max_size=4, unique_by=lambda one: one[0]).map(dict).map(Unit)
VALUES = st.floats(min_value=1e-15, max_value=1e25) | st.floats(min_value=0.01, max_value=1e7)


@given(VALUES, st.sampled_from([1, -1]), UNITS)
def test_what_is_read_back_is_what_was_written(size: float, sign: int, unit: Unit) -> None:
    read = read_back(shown(sign * size, unit))
    watts = {"W": 1, "kW": 1e3, "watt": 1}
    known = {word: power for word, power in unit.words.items() if is_known(word)}
    meant = Unit()
    for word, power in known.items():
        base = "watt" if word in watts else next(iter(unit_of(word).dimension), "")
        meant = meant.times(Unit({base: power})) if base else meant
    assert read.unit.words == meant.words
    assert read.value == pytest.approx(sign * size * Unit(known).factor, rel=0.0051)


@given(VALUES, UNITS)
def test_the_sign_stands_first(size: float, unit: Unit) -> None:
    assert shown(-size, unit) == f"\u2212{shown(size, unit)}"
    assert number(-size, unit) == f"\u2212{number(size, unit)}"


@given(VALUES, UNITS)
def test_a_figure_has_three_digits(size: float, unit: Unit) -> None:
    digits = re.split("[\u202f/·]", shown(size, unit).lstrip("$"))[0].replace(",", "").replace(".", "").strip("0")
    assert len(digits) <= 4  # 9,995 is plain


@pytest.mark.parametrize(
    ("value", "unit", "figure"),
    [
        (12_345, "ms", "12.3 s"),
        (9_999_500, "us", "10 s"),
        (12_345, "us", "12.3 ms"),
        (1_500, "ms", "1,500 ms"),
        (0.0005, "ms", "0.0005 ms"),
        (12_345, "GB", "12.3 TB"),
        (12_345, "kB/s", "12.3 MB/s"),
        (2_000, "GB", "2,000 GB"),
        (5, "kW*hour", "5 kWh"),
        (12_345, "kW*hour/day", "12.3 MWh/day"),
        (5, "metre**2", "5 m²"),
        (12_345, "metre**2", "12.3 k m²"),
        (5, "metre/s**2", "5 m/s²"),
        (-5, "USD", "\u2212$5"),
        (-5e6, "USD/day", "\u2212$5 M/day"),
        (-5, "ms", "\u22125 ms"),
        (-1, "day", "\u22121 day"),
        (5, "byte/s*core", "5 B/s"),
        (5, "GB*month", "5 GB·month"),
        (12_345, "percent", "12.3 k %"),
        (333e6, "hour/day", "333 M h/day"),
        (12_345, "s", "12.3 ks"),
        (25_000, "day", "25 k days"),
        (2.5e-13, "", "2.5 \u00d7 10⁻¹³"),
        (1.2e19, "PB", "1.2 \u00d7 10³⁴ B"),
        (5, "request/USD", "5/$"),
    ],
)
def test_a_figure_is_written_with_all_of_its_unit(value: float, unit: str, figure: str) -> None:
    assert written(value, unit) == figure


def test_without_its_unit_a_figure_keeps_the_unit_that_its_author_names_beside_it() -> None:
    assert number(12_345, unit_of("ms")) == f"12.3{THIN}k"
    assert number(76.8e9, unit_of("byte")) == f"76.8{THIN}G"
    assert number(-5, unit_of("USD")) == "\u22125"
