import json

import pytest

from archfolio import figures

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
]
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
]


def test_figures_are_written_as_python_writes_them(visit):
    page = visit("systems/movie-recommender.html")
    cases = [(sign * value, unit) for value in VALUES for unit in UNITS for sign in (1, -1)]
    shown = page.evaluate("cases => cases.map(([value, unit]) => figureShown(value, unit))", cases)
    wanted = [figures.shown(value, unit) for value, unit in cases]
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
    ],
)
def test_formulas_compute_as_python_computes_them(visit, formula, value):
    page = visit("systems/movie-recommender.html")
    assert page.evaluate("formula => computeFormula(formula, {a: 2, b: 3})", formula) == pytest.approx(value)


@pytest.mark.parametrize("formula", ["", "a +", "nothing", "alert(1)", "a b", "(a", "a.b", "a; b"])
def test_what_is_no_formula_gives_no_number(visit, formula):
    page = visit("systems/movie-recommender.html")
    assert json.loads(page.evaluate("formula => String(isNaN(computeFormula(formula, {a: 2, b: 3})))", formula))
