"""The search answers what readers type: files of queries and questions, with the pages that should answer each."""

import gzip
from pathlib import Path

import pytest

from archfolio.gallery import manifest
from archfolio.gallery.catalog import Catalog
from archfolio.gallery.search.documents import collect
from archfolio.gallery.search.index import search_script
from archfolio.gallery.search.terms import terms

pytestmark = pytest.mark.slow

QUERIES = Path(__file__).with_name("search_queries.txt")
QUESTIONS = Path(__file__).with_name("search_questions.txt")
FIRST = 3
LARGEST = 120_000  # bytes, compressed
SLOWEST = 50  # ms a keystroke


def queries(file=QUERIES):
    lines = file.read_text(encoding="utf-8").splitlines()
    pairs = (line.split("|") for line in lines if line and not line.startswith("#"))
    return [(query.strip(), {page.strip() for page in pages.split(",")}) for query, pages in pairs]


@pytest.fixture(scope="module")
def answers(launch, gallery):
    """The first pages that each query finds, and how long each keystroke took."""
    browser = launch()
    page = browser.new_context(bypass_csp=True).new_page()
    page.goto(f"{gallery.as_uri()}/index.html")
    page.add_script_tag(path=gallery / "static" / "search-data.js")
    page.add_script_tag(path=gallery / "static" / "search-terms.js")
    page.add_script_tag(path=gallery / "static" / "search.js")
    found = page.evaluate(
        """(queries) => {
          const search = makeSearch(searchData);
          const named = ({entry}) => entry.slug || entry.title.replaceAll(",", "");
          const first = queries.map((query) => search(query).map(named));
          const times = queries.flatMap((query) => Array.from(query, (_, at) => {
            const begun = performance.now();
            search(query.slice(0, at + 1));
            return performance.now() - begun;
          }));
          return {first, times};
        }""",
        [query for query, _ in (*queries(), *queries(QUESTIONS))],
    )
    browser.close()
    return found


def wrong(asked, first):
    return [
        (query, found[:5])
        for (query, wanted), found in zip(asked, first, strict=True)
        if not wanted & set(found[:FIRST])
    ]


def test_the_set_is_large_and_a_third_of_it_has_slips():
    text = QUERIES.read_text(encoding="utf-8")
    right, slips = (part.count("|") for part in text.split("# With slips"))
    assert right + slips >= 120
    assert slips >= (right + slips) / 3


def test_nineteen_of_twenty_queries_are_answered_by_the_first_three(answers):
    missed = wrong(queries(), answers["first"][: len(queries())])
    assert len(missed) <= len(queries()) * 0.05, missed


def test_four_of_five_questions_in_the_words_of_engineers_are_answered_by_the_first_three(answers):
    asked = queries(QUESTIONS)
    missed = wrong(asked, answers["first"][len(queries()) :])
    assert len(missed) <= len(asked) * 0.2, missed


@pytest.mark.parametrize(
    "question", ["who uses Kafka", "my ranker is too slow what can I drop", "my model is too slow"]
)
def test_words_that_only_ask_do_not_decide_what_comes_first(answers, question):
    asked = [*queries(), *queries(QUESTIONS)]
    [(wanted, found)] = [
        (wanted, found) for (query, wanted), found in zip(asked, answers["first"], strict=True) if query == question
    ]
    assert found[0] in wanted, found[:FIRST]


def test_no_query_is_left_without_an_answer(answers):
    assert [
        query
        for (query, _), found in zip((*queries(), *queries(QUESTIONS)), answers["first"], strict=True)
        if not found
    ] == []


def test_a_keystroke_is_answered_at_once(answers):
    times = sorted(answers["times"])
    assert times[int(len(times) * 0.95)] < SLOWEST


def test_the_index_is_small(gallery):
    assert len(gzip.compress(search_script(Catalog(manifest.read(gallery))), 9)) < LARGEST


def test_headings_are_cut_into_terms_as_the_index_cuts_them(visit, gallery):
    page = visit("index.html", base=gallery.as_uri(), bypass_csp=True)
    page.add_script_tag(path=gallery / "static" / "search-terms.js")
    titles = sorted({document.title for document in collect(Catalog(manifest.read(gallery)))[1]})
    assert len(titles) > 1000
    assert page.evaluate("titles => titles.map(searchTerms)", titles) == [terms(title) for title in titles]


def test_a_query_is_cut_into_terms_as_the_index_is(visit, gallery):
    page = visit("index.html", base=gallery.as_uri(), bypass_csp=True)
    page.add_script_tag(path=gallery / "static" / "search-terms.js")
    texts = [
        "Two-tower ANN: 128-d vectors",
        "Café queries, loss, biases",
        "C++ and H3; 日本語",
        "3 p99s",
        "glass indices",
    ]
    assert page.evaluate("texts => texts.map(searchTerms)", texts) == [terms(text) for text in texts]
