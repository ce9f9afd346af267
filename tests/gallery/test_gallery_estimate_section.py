import re

from archfolio.gallery.catalog import quantities_by_name
from archfolio.gallery.formula import in_figures, in_words
from archfolio.gallery.pages.estimate import budget_bar, numbers, rows
from archfolio.gallery.sections import Budget, Stage


def test_arithmetic_is_told_in_words_and_in_numbers(movies):
    known = quantities_by_name(movies)
    assert in_words("ceil(peak / per_host) * 4", known) == (
        "ceil(Peak visit rate ÷ Rate per host at safe load) × 4"  # noqa: RUF001  as it is shown
    )
    assert in_figures("rate * peak_factor", known) == "11.6\u202fk/s × 3"  # noqa: RUF001  as it is shown
    assert re.sub("<[^>]+>", "", numbers("rate * peak_factor", known)) == in_figures("rate * peak_factor", known)


def test_a_sign_is_no_difference():
    assert in_words("-2 - -(3)", {}) == "−2 − −(3)"  # noqa: RUF001  as it is shown


def test_inputs_have_a_source_and_computed_figures_a_formula(movies):
    table = {row.name: row for row in rows(movies.estimate, quantities_by_name(movies))}
    assert (table["users"].kind, table["users"].source, table["users"].words) == ("input", "assumption", "")
    assert (table["hosts"].kind, table["hosts"].source) == ("computed", "")


def test_the_bar_of_a_budget_adds_up(movies):
    bar = budget_bar(movies.budget, {})
    assert [(stage.share, stage.until, stage.start, stage.width) for stage in bar.stages] == [
        ("10", "10", "0.000%", "5.000%"),
        ("35", "45", "5.000%", "17.500%"),
        ("120.5", "165.5", "22.500%", "60.250%"),
        ("24.5", "190", "82.750%", "12.250%"),
    ]
    assert (bar.total, bar.promise, bar.verdict, bar.fits) == ("190", "200", "10\u202fms headroom", "yes")


def test_a_budget_that_does_not_fit_says_so():
    bar = budget_bar(Budget(what="p99", promise=50, total=55, stages=[Stage(name="All", share=55)]), {})
    assert (bar.verdict, bar.fits) == ("5\u202fms over", "no")
    assert bar.promise_at == "90.909%"


def test_a_budget_of_nothing_is_no_accident():
    assert budget_bar(Budget(what="p99", promise=0, total=0, stages=[]), {}).verdict == "no headroom"
