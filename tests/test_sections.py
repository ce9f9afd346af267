"""Sections check themselves and blame the author's line."""

import inspect
import pickle

import pytest

from archfolio import Asked, Budget, Decision, Failure, Metrics, Mistake, Requirements, Source, Tags, bibliography


def test_a_budget_adds_its_stages_up() -> None:
    assert Budget("p99", promise=200, stages={"edge": 20, "rank": 150.5}).total == 170.5


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
    with pytest.raises(Mistake) as mistake:
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
        (lambda: Decision("", "b", "c"), "empty 'chose'"),
        (lambda: Failure("a", " ", "c"), "empty 'detection'"),
        (lambda: Budget("p99", promise=0, stages={}), "more than 0 ms"),
        (lambda: Budget("p99", promise=5, stages={"edge": -1}), "'edge'"),
        (lambda: Asked(0, "often"), "a rank starts at 1"),
        (lambda: Metrics(offline=["a"], online=[], guardrail=["b"]), "at least one 'online'"),
        (lambda: Requirements([], {"Latency": "fast"}), "at least one functional"),
        (lambda: Tags(task=["recomendation"]), "did you mean 'recommendation'?"),
    ],
)
def test_what_cannot_be_says_why(make, says: str) -> None:
    with pytest.raises(Mistake) as mistake:
        make()
    assert says in mistake.value.sentence


def test_a_mistake_names_file_and_line_also_after_a_journey_between_processes() -> None:
    line = inspect.currentframe().f_lineno + 2  # type: ignore[union-attr]
    with pytest.raises(Mistake) as mistake:
        Decision("a", "", "c")
    again = pickle.loads(pickle.dumps(mistake.value))  # noqa: S301  our own
    assert str(again) == f"{__file__}:{line}: {again.sentence}"
