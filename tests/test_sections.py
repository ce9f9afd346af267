"""Sections check themselves and blame the author's line."""

import inspect
import pickle

import pytest

from archfolio import (
    AuthorError,
    Bias,
    Budget,
    CaseStudy,
    Decision,
    Estimate,
    FailureMode,
    FeatureGroup,
    FollowUp,
    InterviewRank,
    Loss,
    MathFormula,
    Metrics,
    Parallel,
    Phase,
    Requirements,
    Source,
    System,
    Tags,
    assume,
    bibliography,
    derive,
    reference,
)
from archfolio.reference_figures import REFERENCES

ESTIMATE = Estimate(
    promise=assume("Promise", 0.2, "s"),
    ann=assume("ANN search", 30, "ms"),
    trending=assume("Trending list", 5, "ms"),
    items=assume("Items", 500, "item"),
    speed=assume("Ranker speed", 10_000, "item/s"),
    rank=derive("Ranking", "items / speed", "ms"),
)


def test_a_budget_is_computed_from_the_estimate() -> None:
    stages = {"Edge": 20, "Sources": Parallel({"ANN": "ann", "Trending": "trending"}), "Ranker": "rank + 1 * ann"}
    budget = Budget("p99", promise="promise", stages=stages)
    assert budget.promised(ESTIMATE) == pytest.approx(200)
    edge, sources, ranker = budget.computed(ESTIMATE)
    assert (edge.share, sources.share, ranker.share) == (20, 30, pytest.approx(80))
    assert [(branch.name, branch.share) for branch in sources.branches] == [("ANN", 30), ("Trending", 5)]
    assert sources.formula == "max(ann, trending)"


@pytest.mark.parametrize(
    ("stage", "says"),
    [
        ("anm", "did you mean 'ann'?"),
        ("items", "item where ms is needed"),
        ("ann - ann", "more than 0 ms, this is 0"),
        (-1, "'Stage' of the budget must take more than 0 ms"),
        (None, "write a formula over the estimate, or a number of ms"),
        (Parallel({"a": "ann", "b": "nothing"}), "'nothing' is not a figure"),
    ],
)
def test_a_stage_that_is_no_time_is_refused_where_the_budget_stands(stage, says: str) -> None:
    budget = Budget("p99", promise=200, stages={"Stage": stage})
    with pytest.raises(AuthorError) as error:
        System(title="Shop", estimate=ESTIMATE, budget=budget)
    assert says in error.value.sentence
    assert error.value.line == budget.at[1]


def test_the_path_of_a_module_quotes_no_figure() -> None:
    budget = Budget("p99", promise=200, stages={"ANN": "ann"}, at=("/{{cookiecutter.slug}}/{shop}/systems/shop.py", 1))
    assert System(title="Shop", estimate=ESTIMATE, budget=budget).budget == budget


def test_a_reference_figure_says_who_published_it_and_when() -> None:
    figure = Estimate(memory=reference("h100_memory"))["memory"]
    assert (figure.value, figure.unit) == (80e9, "byte/GPU")
    assert figure.source == "NVIDIA, H100 Tensor Core GPU datasheet, 2024"
    with pytest.raises(AuthorError, match="did you mean 'h100_memory'"):
        reference("h100_memry")


@pytest.mark.parametrize("name", REFERENCES)
def test_every_reference_figure_is_dated_and_has_an_address(name: str) -> None:
    figure = REFERENCES[name]
    assert 1990 < figure.year < 2030
    assert figure.url.startswith("https://")
    assert Estimate(one=reference(name))["one"].value > 0


def test_reference_figures_stand_in_alphabetical_order() -> None:
    assert list(REFERENCES) == sorted(REFERENCES)


def test_a_formula_becomes_mathml() -> None:
    formula = MathFormula("Log loss", r"\mathcal{L} = -\sum_i y_i \log p_i", "y is the label, p the probability")
    assert formula.mathml().startswith('<math xmlns="http://www.w3.org/1998/Math/MathML" display="block">')
    assert r"\sum" not in formula.mathml()


@pytest.mark.parametrize("tex", [r"\frac{a", r"\fraction{a}{b}", r"\left( a", "}"])
def test_tex_that_cannot_be_read_is_refused(tex: str) -> None:
    with pytest.raises(AuthorError, match="the TeX of the formula 'Loss' cannot be read"):
        MathFormula("Loss", tex, "what it means")


def test_the_braces_of_tex_quote_no_figures() -> None:
    formula = MathFormula("Loss", r"\frac{items}{speed}", "{items} over speed")
    loss = Loss("least time", [formula], "none")
    assert System(title="Shop", estimate=ESTIMATE, loss=loss).loss == loss
    with pytest.raises(AuthorError, match=r"'\{item\}' quotes a figure"):
        System(title="Shop", estimate=ESTIMATE, loss=Loss("{item}", [formula], "none"))


def test_a_source_is_taken_apart() -> None:
    source = Source('A. Author, B. Author (Lab), "A Title, with comma", RecSys 2016', "https://example.org/a")
    assert (source.authors, source.title, source.venue, source.year) == (
        "A. Author, B. Author (Lab)",
        "A Title, with comma",
        "RecSys",
        2016,
    )


def test_a_bibliography_is_its_sources() -> None:
    text = """
        A. Author, "One", RecSys 2016
            https://example.org/one the first use

        B. Author, C. Author (Lab), "Two, again", KDD 2017
            https://example.org/two
            a use that goes
            over two lines
    """
    assert bibliography(text) == (
        Source('A. Author, "One", RecSys 2016', "https://example.org/one", "the first use"),
        Source(
            'B. Author, C. Author (Lab), "Two, again", KDD 2017',
            "https://example.org/two",
            "a use that goes over two lines",
        ),
    )


ONE = """A. Author, "One", RecSys 2016
    https://example.org/one a use
"""


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "the bibliography is empty"),
        (ONE + 'B. Author, "Two", KDD 2017', """the source 'B. Author, "Two", KDD 2017' has no address"""),
        (
            ONE + 'B. Author, "Two", KDD 2017\n    what for',
            """the source 'B. Author, "Two", KDD 2017' has no address""",
        ),
        (
            'B. Author, C. Author, D. Author, "A Long Second Title", KDD 2017\n    https://example.org/two\n' + ONE,
            """the source 'B. Author, C. Author, D. Author, "A Long ...' does not say what it is used for""",
        ),
        (ONE + "https://example.org/two\n    what for", "the source 'https://example.org/two' has no address"),
        (ONE + "no quotes here\n    https://example.org/two what for", "write a source as"),
        (ONE + 'B. Author, "Two", KDD 2017\n    ftp://example.org/two what for', "is not a web address"),
    ],
)
def test_a_bibliography_that_lacks_something_names_the_source(text: str, says: str) -> None:
    with pytest.raises(AuthorError) as mistake:
        bibliography(text)
    assert says in mistake.value.sentence


def test_a_budget_says_that_its_sum_is_cautious() -> None:
    assert "cautious" in Budget("p99", promise=5, stages={"edge": 1}).note


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: Source("no quotes here", "https://example.org"), "write a source as"),
        (lambda: Source('A, "B", C 2016', "javascript:alert(1)"), "is not a web address"),
        (lambda: Source('A, "B", C 2016', "example.org/a"), "begin with https://"),
        (lambda: Decision("", rejected=["b"], revisit_when="c"), "empty 'chosen'"),
        (lambda: FailureMode("a", " ", "c"), "empty 'detection'"),
        (lambda: Budget("p99", promise=5, stages={}), "needs stages by name"),
        (lambda: Parallel({"one": "a"}), "needs two branches"),
        (lambda: InterviewRank(0, "often"), "a rank is a whole number from 1"),
        (lambda: FollowUp("junior", "q", "a", "w", "serving"), "'junior' is not a level"),
        (lambda: Phase(0, "Clarify", "..."), "takes 0 minutes"),
        (lambda: Bias("Position", "effect", "", "serving"), "empty 'cure'"),
        (lambda: FeatureGroup("User", "age", "1 d", "serving/Store", "none"), "is one text: write a list"),
        (lambda: FeatureGroup("User", [], "1 d", "serving/Store", "none"), "has no 'features'"),
        (lambda: Loss("x", ["y"], "z"), "write formulas=[MathFormula"),
        (lambda: System(title=None), "'title' of System is None: write a text"),
        (
            lambda: System(title="x", decisions=Decision("a", rejected=["b"], revisit_when="c")),
            "'decisions' is no list",
        ),
        (lambda: System(title="x", failures=["it breaks"]), "write FailureMode(...)"),
        (lambda: System(title="x", budget=5), "write budget=Budget(...)"),
        (lambda: System(title="x", cost="price"), "'price' is not a figure of the estimate"),
        (lambda: System(title="x", five_minutes=[Phase(4, "a", "b")]), "take 4 minutes, not 5"),
        (lambda: System(title="x", interview_plan=[Phase(44, "a", "b")]), "take 44 minutes, not 45"),
        (
            lambda: System(title="x", case_studies=[CaseStudy("A", "b", "c", "https://example.org")]),
            "which is no source of the system",
        ),
        (lambda: Tags(task="ranking"), "stands where a list is needed"),
        (lambda: Metrics(offline=["a"], online=[], guardrail=["b"]), "Metrics has no 'online'"),
        (lambda: Requirements([], {"Latency": "fast"}), "at least one functional"),
        (lambda: Tags(task=["recomendation"]), "did you mean 'recommendation'?"),
    ],
)
def test_what_cannot_be_says_why(make, says: str) -> None:
    with pytest.raises(AuthorError) as mistake:
        make()
    assert says in mistake.value.sentence


def test_a_mistake_names_file_and_line_also_after_a_journey_between_processes() -> None:
    line = inspect.currentframe().f_lineno + 2  # type: ignore[union-attr]
    with pytest.raises(AuthorError) as mistake:
        Decision("a", rejected=[""], revisit_when="c")
    again = pickle.loads(pickle.dumps(mistake.value))  # noqa: S301  our own
    assert str(again) == f"{__file__}:{line}: {again.sentence}"
