"""The index of the search: what it knows, and how it is written."""

import json
import re

import pytest
from msgspec.structs import replace

from archfolio.gallery.catalog import Catalog
from archfolio.gallery.search.documents import collect
from archfolio.gallery.search.index import search_script
from archfolio.gallery.search.synonyms import groups
from archfolio.gallery.search.terms import stem, terms


def numbers(packed):
    """Read the distances of a list of documents, as the page does."""
    found, total = [], 0
    for letters in re.findall("[A-Z]*[a-z]", packed):
        number = 0
        for letter in letters[:-1]:
            number = number * 26 + ord(letter) - ord("A")
        total += number * 26 + ord(letters[-1]) - ord("a")
        found.append(total)
    return found


@pytest.fixture(scope="module")
def data(catalog):
    script = search_script(catalog).decode()
    return json.loads(script.partition("var searchData = ")[2].removesuffix(";\n"))


def found(data, term):
    """List the documents with a term in their heading, and with it in their words, as pages, kinds and headings."""
    documents = data["documents"]
    lines = dict(zip(data["terms"].split("\n"), data["postings"].split("\n"), strict=True))
    headings = [number for number, title in enumerate(documents["titles"]) if term in terms(title)]
    return [
        [
            (
                data["entries"][documents["entries"][number]][1],
                data["kinds"][documents["kinds"][number]],
                documents["titles"][number],
            )
            for number in having
        ]
        for having in (headings, numbers(lines.get(term, "")))
    ]


def test_systems_and_components_are_pages_that_can_be_found(catalog):
    entries, _ = collect(catalog)
    assert [(entry.kind, entry.title) for entry in entries][:2] == [
        ("system", "Movie recommender"),
        ("system", "Spam filter"),
    ]
    kafka = next(entry for entry in entries if entry.title == "Kafka")
    assert (kafka.kind, kafka.href) == ("component", "components/onprem.queue.Kafka.html")


def test_a_box_is_found_by_its_name_and_its_component(data):
    headings, _ = found(data, "kafka")
    assert ("Movie recommender", "box", "Serving log (Kafka)") in headings
    assert ("Kafka", "page", "Kafka") in headings


def test_pages_that_list_what_can_be_practised_and_compared_are_found_too(catalog):
    entries, documents = collect(catalog)
    practice = next(number for number, entry in enumerate(entries) if entry.href == "practice.html")
    assert (entries[practice].kind, entries[practice].title) == ("study", "Practice")
    assert "flashcards" in next(one.words for one in documents if one.entry == practice)
    assert "compare.html" in {entry.href for entry in entries}


def test_a_word_of_a_heading_is_read_from_it_and_stands_nowhere_else(data):
    headings, words = found(data, "kafka")
    assert headings
    assert not {*headings} & {*words}
    assert "kafka" not in "".join(data["terms"].split("\n")) or words


def test_a_source_is_found_among_the_words_of_its_section(data):
    _, words = found(data, "film")
    assert ("Movie recommender", "section", "Sources") in words


def test_what_is_said_of_the_boxes_of_a_drawing_leads_to_the_drawing(catalog):
    _, documents = collect(catalog)
    drawing = next(one for one in documents if one.kind == "drawing" and one.title == "Serving")
    assert (drawing.fragment, "Scores 500 films" in drawing.words) == ("view=serving", True)


def test_a_box_that_stands_in_two_drawings_is_listed_once(catalog):
    _, documents = collect(catalog)
    boxes = [(one.entry, one.title) for one in documents if one.kind == "box"]
    assert len(boxes) == len(set(boxes))


@pytest.mark.parametrize(
    ("word", "singular"),
    [
        ("queries", "query"),
        ("losses", "loss"),
        ("indexes", "index"),
        ("batches", "batch"),
        ("caches", "cache"),
        ("releases", "release"),
        ("loss", "loss"),
        ("bias", "bias"),
        ("status", "status"),
        ("gas", "gas"),
    ],
)
def test_plurals_become_singular_and_nothing_else_does(word, singular):
    assert stem(word) == singular


def test_accents_capitals_and_bare_numbers_do_not_count():
    assert terms("Caf\u00e9 128-d BM25 in 2024") == ["cafe", "bm25", "in"]


def test_letters_that_stand_for_a_kind_of_test_are_a_word():
    assert terms("A/B tests, a / b") == ["ab", "test", "ab"]


def test_no_phrase_is_empty_or_loses_a_word():
    assert all(len(group) > 1 and all(map(terms, group)) for group in groups())
    single = [phrase for group in groups() for phrase in group if len(terms(phrase)) == 1]
    assert [phrase for phrase in single if " " in phrase and "/" not in phrase] == []


def postings(catalog, systems, having, word="xylophone"):
    """Index so many copies of a system, of which some have a word that no other text has; return where it is."""
    copies = [
        replace(
            catalog.systems[0],
            slug=f"copy-{number:02}",
            title=f"Copy {number:02}",
            summary=f"Plays the {word}." if number < having else "Plays nothing.",
        )
        for number in range(systems)
    ]
    script = search_script(Catalog(replace(catalog.manifest, systems=copies))).decode()
    data = json.loads(script.partition("var searchData = ")[2].removesuffix(";\n"))
    return dict(zip(data["terms"].split("\n"), data["postings"].split("\n"), strict=True))[word]


def test_a_word_of_three_fifths_of_ten_systems_or_more_tells_none_from_another(catalog):
    assert postings(catalog, 10, 6) == "*"
    assert len(numbers(postings(catalog, 10, 5))) == 5
    assert len(numbers(postings(catalog, 9, 9))) == 9
