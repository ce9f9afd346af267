import json
import math
import random

import pytest

from archfolio import AuthorError, Estimate, assume

VALUES = [0, 0.125, 1.125, 2.5, 2.675, 9.995, 99.95, 999.5, 999.949, 1000, 1234.5, 9999, 10_000, 34_722.22, 999_950]
VALUES += [
    1.23e19,
    9.996e16,
    1e16,
    1e25,
    1.5e6,
    76.8e9,
    9.995e8,
    1e12,
    3.3e15,
    0.00123456,
    128,
    1e-7,
    44.444,
    12.5,
    0.5,
    1.125e19,
    2.5e-13,
    9.5e300,
]
ESTIMATE = Estimate(a=assume("a", 2), b=assume("b", 3))
UNITS = [
    "",
    "visit",
    "visit/s",
    "byte",
    "GB",
    "byte/user",
    "ms",
    "percent",
    "request/user/day",
    "dollar/month",
    "W",
    "bit/s",
    "B",
    "GW",
    "microsecond",
    "megabyte/millisecond",
    "joule/us",
    "kW*hour",
    "hour*kW / day",
    "metre**2",
    "metre / s ** 2",
    "byte/s*core",
    "USD/GB/month",
    "hour*USD",
    "GB*month",
    "day",
    "kbit",
    "us",
    "ns/request",
    "PB",
    "request**-1",
    "s**-1",
    "user*ms/ms",
]


def test_figures_are_written_as_python_writes_them(visit):
    page = visit("systems/movie-recommender.html")
    cases = [(sign * value, unit) for value in VALUES for unit in UNITS for sign in (1, -1)]
    shown = page.evaluate(
        "all => all.map(([value, unit]) => [figureShown(value, unit), figureNumber(value, unit)])", cases
    )
    figures = [Estimate(one=assume("one", value, unit))["one"] for value, unit in cases]
    wanted = [[figure.shown, figure.number] for figure in figures]
    wrong = [(case, got, want) for case, got, want in zip(cases, shown, wanted, strict=True) if got != want]
    assert wrong == []


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("a * b + 1", 7),
        ("a - b - 1", -2),
        ("a / b / 2", 1 / 3),
        ("-a ** 2", -4),
        ("2 ** 3 ** 2", 512),
        ("2 ** -1", 0.5),
        ("ceil(a / 3 + 0.1 + 0.2)", 1),
        ("ceil((0.1 + 0.2) * 10)", 3),
        ("max(a, b, 10) - min(a, 1.5e0)", 8.5),
        ("(a + b) * (a - -b)", 25),
        ("1_000 * a", 2000),
        ("log(a * b) + exp(-a) * sqrt(b)", math.log(6) + math.exp(-2) * math.sqrt(3)),
        ("sqrt(exp(log(a) * 2))", 2),
    ],
)
def test_formulas_compute_as_python_computes_them(visit, formula, value):
    page = visit("systems/movie-recommender.html")
    assert page.evaluate("formula => computeFormula(formula, {a: 2, b: 3})", formula) == pytest.approx(value)


@pytest.mark.parametrize(
    "formula",
    [
        "",
        "log()",
        "sqrt(a, b)",
        "sqrt(-a)",
        "log(-b)",
        "constructor(a)",
        "a +",
        "nothing",
        "alert(1)",
        "a b",
        "(a",
        "a.b",
        "a; b",
    ],
)
def test_what_is_no_formula_gives_no_number(visit, formula):
    page = visit("systems/movie-recommender.html")
    assert json.loads(page.evaluate("formula => String(isNaN(computeFormula(formula, {a: 2, b: 3})))", formula))


def formulas(seed, count):
    """Make formulas of every sign and function, as deep as authors write them."""
    chance = random.Random(seed)

    def made(depth):
        if depth == 0 or chance.random() < 0.15:
            return chance.choice(["a", "b", "2", "0.5", "10"])
        kind = chance.choice("++--**//^lesCmM")
        if kind in "les":
            return f"{ {'l': 'log', 'e': 'exp', 's': 'sqrt'}[kind] }({made(depth - 1)})"
        if kind == "C":
            return f"ceil({made(depth - 1)})"
        one, other = made(depth - 1), made(depth - 1)
        if kind in "mM":
            return f"{ {'m': 'min', 'M': 'max'}[kind] }({one}, {other})"
        return f"({one}) ** ({chance.choice(['2', '-1', '0.5', 'b'])})" if kind == "^" else f"({one}) {kind} ({other})"

    return [made(4) for _ in range(count)]


def computed(formula):
    try:
        return ESTIMATE.compute(formula, "", ("", 0)).value
    except AuthorError:
        return None


def test_formulas_of_all_functions_compute_as_python_computes_them(visit):
    page = visit("systems/movie-recommender.html")
    cases = formulas(7, 2000)
    values = page.evaluate("all => all.map((one) => String(computeFormula(one, {a: 2, b: 3})))", cases)
    got = [None if value in {"NaN", "Infinity", "-Infinity"} else float(value) for value in values]
    wanted = [computed(formula) for formula in cases]
    assert 1000 < sum(value is not None for value in wanted) < 2000
    for formula, mine, theirs in zip(cases, wanted, got, strict=True):
        assert (mine is None) == (theirs is None), (formula, mine, theirs)
        assert mine is None or theirs == pytest.approx(mine, rel=1e-9, abs=1e-9), formula
