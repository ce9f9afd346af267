"""Estimates are computed and unit-checked, and a mistake names the line that made it."""

import pickle
from enum import Enum
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archfolio import AuthorError, Estimate, assume, cite, derive
from archfolio.estimate import interpolate


def shop(users: float = 50e6) -> Estimate:
    return Estimate(
        users=assume("Daily active users", users, "user"),
        visits=assume("Visits a user makes", 20, "visit/user/day"),
        rate=derive("Average rate", "users * visits", "visit/s"),
        peak=derive("Peak rate", "rate * 3", "visit/s"),
        shown=assume("Items shown", 24, "item/visit"),
        seen=assume("Share seen", 50, "percent"),
        views=derive("Items seen", "users * visits * shown * seen", "item/day"),
    )


def test_formulas_compute_through_units() -> None:
    estimate = shop()
    assert estimate["rate"].value == pytest.approx(11574.07, rel=1e-6)
    assert estimate["views"].value == pytest.approx(12e9)
    assert (estimate["peak"].shown, estimate["peak"].number) == ("34.7\u202fk/s", "34.7\u202fk")


def test_one_changed_input_moves_every_figure_that_hangs_on_it() -> None:
    text = "{peak} at the peak, {views:n} items"
    assert interpolate(text, shop()) == "34.7\u202fk/s at the peak, 12\u202fbn items"
    assert interpolate(text, shop(users=100e6)) == "69.4\u202fk/s at the peak, 24\u202fbn items"


def test_a_forgotten_factor_does_not_check() -> None:
    with pytest.raises(AuthorError) as mistake:
        Estimate(
            users=assume("Users", 5, "user"),
            visits=assume("Visits", 2, "visit/user/day"),
            listed=assume("Items a visit lists", 24, "item/visit"),
            shown=derive("Shown", "users * visits", "item/day"),
        )
    assert "visit / day where item / day is needed" in mistake.value.sentence
    assert mistake.value.file == __file__
    assert 'derive("Shown"' in Path(__file__).read_text(encoding="utf-8").splitlines()[mistake.value.line - 1]


@pytest.mark.parametrize(
    ("formula", "unit", "says"),
    [
        ("user * 2", "user", "did you mean 'users'?"),
        ("users +", "user", "is not arithmetic"),
        ("users / 0", "user", "divides by zero"),
        ("users.value", "user", "is more than + - * / ** ceil min max"),
        ("__import__('os')", "user", "is more than"),
        ("log(users)", "", "'log(users)' takes a plain number, and gets one of user: divide it by one of that unit"),
        ("sqrt(users * users)", "user", "takes a plain number"),
        ("log(1 - 1)", "", "'log(1 - 1)' takes a number above 0, and gets 0"),
        ("sqrt(0 - 4)", "", "takes a number of 0 or more, and gets -4"),
        ("exp(1000)", "", "comes to more than a number can hold"),
        ("log(2, 2)", "", "in 'log(...)' stands one argument"),
        ("(0 - 8) ** 0.5", "", "takes a root of a number below 0"),
        ("users", "usr", "did you mean 'user'?"),
    ],
)
def test_a_formula_that_cannot_be_says_why(formula: str, unit: str, says: str) -> None:
    with pytest.raises(AuthorError) as mistake:
        Estimate(users=assume("Users", 5, "user"), figure=derive("Figure", formula, unit))
    assert says in mistake.value.sentence


def test_logarithms_exponents_and_roots_are_of_plain_numbers() -> None:
    estimate = Estimate(
        users=assume("Users", 1e6, "user"),
        each=assume("Users a shard", 1e3, "user"),
        share=assume("Miss, of lookups", 25, "percent"),
        levels=derive("Levels", "log(users / each) / log(10)"),
        rest=derive("Rest", "exp(-log(4)) + sqrt(share)", "percent"),
    )
    assert estimate["levels"].value == pytest.approx(3)
    assert estimate["rest"].value == pytest.approx(75)


def test_rounding_up_is_not_upset_by_a_hair() -> None:
    estimate = Estimate(
        a=assume("a", 0.1, "host"), b=assume("b", 0.2, "host"), c=derive("c", "ceil((a + b) * 10)", "host")
    )
    assert estimate["c"].value == 3


def test_a_cited_figure_keeps_its_source_and_an_assumption_says_so() -> None:
    estimate = Estimate(a=cite("a", 4, "byte", source="Faiss wiki"), b=assume("b", 1))
    assert [figure.source for figure in estimate.values()] == ["Faiss wiki", "assumption"]


def test_an_unknown_quote_is_a_mistake_with_a_suggestion() -> None:
    with pytest.raises(AuthorError, match="did you mean 'peak'"):
        interpolate("{peek} requests", shop())


def test_an_estimate_that_travelled_between_processes_computes_as_before() -> None:
    again = pickle.loads(pickle.dumps(shop()))  # noqa: S301  our own
    assert dict(again) == dict(shop())
    assert again.compute("peak * shown", "item/s", ("shop.py", 1)) == shop().compute("peak * shown", "item/s", ("", 0))


def test_two_braces_are_one_and_quote_nothing() -> None:
    assert interpolate("GET /users/{{id}} at {peak}", shop()) == "GET /users/{id} at 34.7\u202fk/s"
    with pytest.raises(AuthorError, match=r"for braces write '\{\{id\}\}'"):
        interpolate("GET /users/{id}", Estimate())


def test_what_comes_of_a_text_is_a_plain_one() -> None:
    said = Enum("said", {"bare": "requests", "quoting": "{peak:n}"}, type=str)
    shown = [interpolate(text, shop()) for text in said]
    assert (shown, {*map(type, shown)}) == (["requests", "34.7\u202fk"], {str})


def test_a_plain_number_is_of_whatever_is_counted() -> None:
    pairs = Estimate(
        records=assume("Records", 100, "record"), pairs=derive("Pairs", "records * (records - 1) / 2", "record**2")
    )
    assert pairs["pairs"].value == 4950
    with pytest.raises(AuthorError, match="a plain number where s is needed"):
        Estimate(wait=assume("Wait", 5, "s"), more=derive("More", "wait + 1", "s"))


@pytest.mark.parametrize(
    ("unit", "in_base"),
    [
        *[("month", 30 * 86_400), ("year", 365 * 86_400), ("week", 7 * 86_400), ("hour", 3600), ("ms", 1e-3)],
        *[("bit", 1 / 8), ("GB", 1e9), ("kilobyte", 1e3), ("percent", 0.01), ("kW", 1e3), ("USD/hour", 1 / 3600)],
        *[
            ("metre", 1),
            ("metre**2", 1),
            ("USD", 1),
            ("J", 1),
            ("kilojoule", 1e3),
            ("min", 60),
            ("user", 1),
            ("user**2", 1),
        ],
    ],
)
def test_units_have_their_size(unit: str, in_base: float) -> None:
    assert Estimate(one=assume("one", 1, unit))["one"].factor == pytest.approx(in_base)


@pytest.mark.parametrize(
    ("unit", "other", "value"),
    [
        *[("minute", "s", 60), ("hour", "minute", 60), ("day", "hour", 24), ("week", "day", 7), ("month", "day", 30)],
        *[("year", "day", 365), ("B", "bit", 8), ("kW", "kJ/s", 1), ("percent", "", 0.01), ("USD", "dollar", 1)],
    ],
)
def test_units_of_one_dimension_convert(unit: str, other: str, value: float) -> None:
    figures = Estimate(one=assume("One", 1, unit), same=derive("Same", "one", other))
    assert figures["same"].value == pytest.approx(value)


@pytest.mark.parametrize("unit", ["user//day", "user day", "3*user", "user/", "/user", "user**x", "user-day"])
def test_a_unit_that_is_none_is_refused(unit: str) -> None:
    with pytest.raises(AuthorError, match=r"product or quotient|no input's unit uses"):
        Estimate(one=assume("one", 1, unit))


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "5", None, True])
def test_a_value_that_is_no_number_is_refused(value) -> None:
    with pytest.raises(AuthorError, match="write a number"):
        Estimate(one=assume("one", value))


@pytest.mark.parametrize("formula", ["ceil(a, a)", "min()", "ceil()", "a ** b", "9 ** 9 ** 9 ** 9", "abs(a)", "'a'"])
def test_a_formula_that_is_not_arithmetic_is_an_error_of_its_author(formula: str) -> None:
    with pytest.raises(AuthorError):
        Estimate(a=assume("a", 5, "user"), b=assume("b", 2, "user"), c=derive("c", formula, "user"))


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (0, "", "0"),
        (0.004567, "", "0.00457"),
        (999.5, "", "1,000"),
        (2_000, "item/request", "2,000"),
        (9_990, "", "9,990"),
        (10_000, "", "10\u202fk"),
        (999_950, "", "1\u202fM"),
        (12e9, "item/day", "12\u202fbn/day"),
        (76.8e9, "byte", "76.8\u202fGB"),
        (768, "byte/vector", "768\u202fB"),
        (1.667e9, "byte/s", "1.67\u202fGB/s"),
        (12.1, "ms", "12.1\u202fms"),
        (5e6, "dollar/day", "$5\u202fM/day"),
        (60, "percent", "60\u202f%"),
        (1, "day", "1\u202fday"),
        (7, "day", "7\u202fdays"),
        (5, "GB", "5\u202fGB"),
        (0.023, "USD/GB/month", "$0.023/GB/month"),
        (768, "B", "768\u202fB"),
        (76.8e9, "B", "76.8\u202fGB"),
        (5, "joule", "5\u202fJ"),
        (5, "kJ", "5\u202fkJ"),
        (5, "GW", "5\u202fGW"),
        (5, "Tbit/s", "5\u202fTbit/s"),
        (5, "microsecond", "5\u202f\u00b5s"),
        (5, "megabyte/millisecond", "5\u202fMB/ms"),
    ],
)
def test_figures_are_written_short(value: float, unit: str, shown: str) -> None:
    assert Estimate(figure=assume("figure", value, unit))["figure"].shown == shown


@given(st.floats(min_value=1e-6, max_value=1e30))
def test_a_written_figure_is_within_half_a_percent_of_the_value(value: float) -> None:
    scales = {"k": 1e3, "M": 1e6, "bn": 1e9, "tn": 1e12, "": 1}
    number, _, scale = Estimate(figure=assume("figure", value))["figure"].number.partition("\u202f")
    if scale.startswith("\u00d7"):  # 1.23 x 10 to a power, where no scale is large enough
        power = scale.partition("10")[2]
        raised = str.maketrans("\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079", "0123456789")
        times = 10.0 ** int(power.translate(raised))
        assert value > 9.9e15
    else:
        times = scales[scale]
    assert float(number.replace(",", "")) * times == pytest.approx(value, rel=0.0051)


def test_what_is_too_large_for_any_scale_is_written_with_a_power_of_ten() -> None:
    assert Estimate(figure=assume("figure", 5e17))["figure"].shown == "5\u202f\u00d7\u202f10\u00b9\u2077"
