"""The page of a building block, its place among the others, and the ways to it from systems."""

import json

import pytest
from msgspec.structs import replace
from page_reader import Page
from tiny_block import with_block

from archfolio.gallery.catalog import Catalog
from archfolio.gallery.drawn_places import find_drawn
from archfolio.gallery.manifest import read
from archfolio.gallery.pages.block import block_page
from archfolio.gallery.pages.subject_json import subject_data
from archfolio.gallery.search.documents import collect
from archfolio.gallery.site import assemble
from archfolio.gallery.unchanged import unchanged


@pytest.fixture(scope="module")
def gallery(tiny):
    return with_block(tiny)


@pytest.fixture(scope="module")
def pages(gallery, read_tiny):
    return assemble(gallery, read_tiny)


@pytest.fixture(scope="module")
def page(pages):
    return Page(pages["blocks/queues.html"])


def html(pages, path):
    return pages[path].decode()


def test_sections_stand_in_reading_order(gallery, read_tiny):
    made = block_page(gallery.blocks[0], Catalog(gallery), read_tiny)
    assert [link.text for link in made.outline] == [
        *("Drawings", "What is hard about it", "Terms", "Calculators", "Measured", "Which one when", "Checklist"),
        *("Anti-patterns", "Questions", "Used by", "Python source"),
    ]


def test_texts_quote_figures_and_stay_texts(pages):
    text = html(pages, "blocks/queues.html")
    assert "Queues &amp; &lt;b&gt;lines&lt;/b&gt;" in text
    assert "&lt;told&gt;" in text
    assert "Lost &lt;i&gt;" in text
    for place in ("Every queue has a bound of ", '<th scope="col">At ', "<p>What waits is "):
        assert f'{place}<span class="figure"' in text


def test_a_calculator_has_its_inputs_first_then_results_and_steps(gallery, read_tiny):
    made = block_page(gallery.blocks[0], Catalog(gallery), read_tiny)
    [section] = made.calculators
    forms = [
        (form.title, *([row.name for row in part] for part in (form.inputs, form.results, form.steps)))
        for form in section.content
    ]
    assert forms == [
        ("Load", ["rate", "time"], ["load"], ["load"]),
        ("Root", ["rate", "time"], ["root"], ["load", "root"]),
        ("Other figures", ["spare"], [], []),
    ]


def test_a_chart_is_drawn_in_the_page_and_runs_nothing(pages):
    text = html(pages, "blocks/queues.html")
    assert "stroke: var(--bar, #2563eb)" in text
    assert "alert(1)" not in text
    assert " id=chart-1--line" in text
    assert 'aria-label="A line &#34;falls&#34;"' in text


def test_used_by_leads_to_the_box_and_names_what_is_not_there(pages):
    text = html(pages, "blocks/queues.html")
    ranker = "../systems/movie-recommender.html#view=serving&amp;node=online/ranker"
    assert f'<a href="{ranker}">Movie recommender, Serving: Ranker</a>' in text
    assert '<a href="../systems/movie-recommender.html#view=training">' in text
    assert '<th scope="row">nowhere/serving</th>' in text


def test_a_system_leads_back_from_its_list_and_from_its_box(gallery, pages):
    text = html(pages, "systems/movie-recommender.html")
    assert '<a href="../blocks/queues.html">Queues &amp; &lt;b&gt;lines&lt;/b&gt;</a>' in text
    assert "It waits for 450." in text
    assert "Model serving" in text  # has no page, and is named
    movies = next(system for system in gallery.systems if system.slug == "movie-recommender")
    nodes = subject_data(movies, Catalog(gallery))["views"]["serving"]["nodes"]
    assert nodes["online/ranker"]["blocks"] == [
        {"text": "Queues & <b>lines</b>", "href": "../blocks/queues.html", "how": "It waits for 450."}
    ]
    assert [node for node, one in nodes.items() if one.get("blocks")] == ["online/ranker"]


def test_blocks_have_a_section_of_the_index_and_no_place_in_comparisons(pages):
    index = html(pages, "index.html")
    assert index.index('id="family-blocks"') > index.index('id="family-applied"')
    assert "3 systems, 1 building block, 5 drawings" in index
    assert "2 calculators" in index
    assert "queues" not in html(pages, "compare.html")
    assert "queues.html" in html(pages, "404.html")
    assert "(blocks/queues.html)" in html(pages, "llms.txt")
    assert "and 1 building block" in html(pages, "components/onprem.queue.Kafka.html")


def test_a_block_is_found_by_all_that_it_says_under_its_headings(gallery):
    entries, documents = collect(Catalog(gallery))
    [number] = [at for at, entry in enumerate(entries) if entry.kind == "building block"]
    assert entries[number].href == "blocks/queues.html"
    page, drawing, *parts = [one for one in documents if one.entry == number]
    assert page.words == "Keep 900 a second waiting."
    assert (drawing.kind, drawing.title, drawing.fragment) == ("drawing", "Serving", "view=serving")
    assert "Scorer" in drawing.words.split()
    assert [(one.kind, one.title, one.fragment, one.words) for one in parts] == [
        ("term", "Little's law", "terms", "What waits is 450."),
        ("term", "Bound", "terms", "What a queue holds at most."),
        ("section", "Load", "estimate", "How many of 900?"),
        ("section", "Root", "estimate", "Of the same?"),
        ("decision", "Who waits", "decisions", "Queue 450 none It may be late. Shed 0 all It must not."),
        ("anti-pattern", "No bound", "anti-patterns", "No bound It grows Bound it"),
        ("anti-pattern", "No answer", "anti-patterns", "No answer It hangs Answer"),
        ("question", "How long?", "questions", "How long? By 450 in all."),
        ("question", "And then?", "questions", "And then? By 450 in all."),
        ("section", "Problem", "problem", "A queue is short until it is not."),
        ("section", "Checklist", "checklist", "Every queue has a bound of 450 What does not fit is <told>"),
    ]


def test_each_part_of_a_block_that_is_found_is_on_its_page(gallery, page):
    entries, documents = collect(Catalog(gallery))
    [number] = [at for at, entry in enumerate(entries) if entry.kind == "building block"]
    fragments = {one.fragment for one in documents if one.entry == number and one.fragment}
    assert len(fragments) == 8
    assert fragments <= set(page.attributes("id"))


def test_pages_of_blocks_carry_the_data_of_their_figures(page):
    data = json.loads(page.texts("script", id="system-data")[0])
    assert [one["name"] for one in data["figures"]] == ["rate", "time", "spare", "load", "root"]
    assert data["budget"] is None


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("movie-recommender", ("movie-recommender", "", "")),
        ("movie-recommender/training", ("movie-recommender", "training", "")),
        ("movie-recommender/serving/ranker", ("movie-recommender", "serving", "online/ranker")),
        ("movie-recommender/training/Log -> Ranker", ("movie-recommender", "training", "")),
        ("queues/serving/Mail queue", ("queues", "serving", "mail")),
        ("nowhere", None),
        ("movie-recommender/nothing", None),
        ("movie-recommender/serving/Nothing", None),
    ],
)
def test_places_are_found_over_all_subjects(gallery, text, place):
    found = find_drawn(text, Catalog(gallery).subjects)
    view, node = (found and found.view), (found and found.node)
    named = found and (found.subject.slug, view.slug if view else "", node.id if node else "")
    assert named == place


def test_what_a_block_says_of_systems_changes_their_pages(gallery, tiny):
    [block] = gallery.blocks
    reworded = replace(gallery, blocks=[replace(block, problem=["Otherwise."])])
    assert unchanged(gallery, reworded) == {system.slug for system in tiny.systems}
    assert unchanged(gallery, replace(gallery, blocks=[replace(block, used_by=[])])) == frozenset()


def test_a_manifest_without_blocks_can_be_read(tmp_path):
    (tmp_path / "manifest.json").write_text('{"format":2,"generator":"g","engine":"e","systems":[]}')
    assert read(tmp_path).subjects == []
