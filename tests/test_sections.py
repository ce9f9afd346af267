"""Sections check themselves and blame the author's line."""

import inspect
import pickle

import pytest

from systems import Asked, Budget, Decision, Failure, Metrics, Mistake, Requirements, Source, Tags


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
