"""Pages of the interview part, as text: whole without scripts, and led to."""

import pytest
from conftest import TINY, read
from interview_part import INTERVIEW_PAGES, with_interview
from page_reader import Page, check_links

from archfolio.gallery.catalog import Catalog
from archfolio.gallery.pages.mistake import away
from archfolio.gallery.site import assemble


@pytest.fixture(scope="module")
def gallery(tiny):
    return with_interview(tiny)


@pytest.fixture(scope="module")
def pages(gallery):
    return assemble(gallery, read)


def page(pages, path):
    return Page(pages[path])


def test_every_kind_has_a_page_and_a_list(pages):
    assert set(INTERVIEW_PAGES) <= set(pages)


def test_only_what_has_a_card_in_the_index_has_a_thumbnail(pages):
    made = {path for path in pages if path.startswith("thumbnails/")}
    assert made == {href for href in page(pages, "index.html").attributes("src") if href.startswith("thumbnails/")}


def test_every_link_of_them_leads_somewhere(pages):
    check_links(pages, {path.relative_to(TINY).as_posix() for path in TINY.rglob("*.*")})


def test_the_navigation_leads_there_where_there_is_something(pages, tiny):
    assert "Interview" in page(pages, "index.html").texts("a")
    assert page(pages, "questions/films.html").texts("a", aria_current="true") == ["Interview"]
    without = assemble(tiny, read)
    assert "Interview" not in Page(without["index.html"]).texts("a")
    assert not set(INTERVIEW_PAGES) & set(without)


def test_study_content_can_name_its_pages(gallery, tiny):
    names = {"interview", "question-bank", "common-mistakes", "mock-interviews"}
    assert names <= Catalog(gallery).study_pages.keys()
    assert not names & Catalog(tiny).study_pages.keys()


def test_a_question_says_what_to_ask_what_to_answer_and_what_is_nearest(pages):
    films = pages["questions/films.html"].decode()
    said = ["A prompt.", "What is hard.", "Which?", "This.", "One.", "Two.", "Three.", "It is near."]
    assert [text for text in said if text not in films] == []
    shown = page(pages, "questions/films.html").attributes("src")
    assert any(source.endswith("images/movie-recommender/serving.svg") for source in shown)


def test_a_delta_is_told_in_words_by_kind_part_and_reason(pages, gallery):
    serving = gallery.systems[-1].views[0]
    changes = page(pages, "questions/series.html").texts("li", _class="added")
    assert changes == [f"added {serving.nodes[1].name} It is new."]
    [gone] = page(pages, "questions/series.html").texts("li", _class="removed")
    assert gone.startswith("removed ")
    assert gone.endswith(" It is gone.")
    assert "\u2192" in gone


def test_figures_stand_beside_those_of_the_nearest_system(pages):
    assert "assumed for this question" in page(pages, "questions/series.html").texts("td")
    assert {"2 M", "1 M"} <= set(page(pages, "questions/series.html").texts("td"))


def test_what_begins_from_another_drawing_is_no_use_of_its_components_but_what_is_new_is(gallery, tiny):
    before, after = Catalog(tiny), Catalog(gallery)
    of_question = [use for uses in after.uses.values() for use in uses if use.subject.slug == "series"]
    assert [use.node.id for use in of_question] == [gallery.systems[-1].views[0].nodes[1].id]
    assert not [use for uses in after.uses.values() for use in uses if use.subject.slug == "no-gate"]
    assert before.neighbours == after.neighbours


def test_a_mistake_has_its_answer_and_the_finding_in_the_page(pages):
    said = pages["mistakes/no-gate.html"].decode()
    for text in ("Nothing stops it.", "A gate does.", "M201", "is released unseen", "Drawn right"):
        assert text in said
    assert said.index("What is wrong here?") < said.index("Nothing stops it.")


def test_nothing_names_the_fault_before_the_answer(pages):
    for path, answer in (
        ("mistakes/no-gate.html", "The fault, and the cure"),
        ("mistakes.html", "By name"),
        ("interview.html", "</html>"),
    ):
        before, _, after = pages[path].decode().partition(answer)
        assert "No gate" not in before
        assert "No gate" in after or path == "interview.html"


def test_a_choice_is_told_hot_from_cold_by_its_way_to_the_fault(gallery):
    view = gallery.systems[-1].views[0]
    fault = view.nodes[0].id
    steps = away(view, [fault])
    assert steps[fault] == 0
    assert {steps[edge.id] for edge in view.edges if fault in (edge.tail, edge.head)} == {1}
    assert all(steps[node.id] % 2 == 0 for node in view.nodes if steps[node.id] < len(steps))
    assert steps.keys() == {node.id for node in view.nodes} | {edge.id for edge in view.edges}


def test_a_mock_interview_reads_as_a_transcript_with_notes_in_the_margin(pages):
    mock = page(pages, "mocks/mock-movies.html")
    assert mock.texts("p", _class="says") == ["Design it.", "Step 1.", "Step 2.", "Step 3."]
    assert mock.texts("span", _class="clock") == ["0:00", "5:00", "10:00", "15:00"]
    assert [text.endswith("Good.") for text in mock.texts("p", _class="margin")] == [True] * 3
    assert mock.texts("h3")[:2] == ["C Clarify", "A Architect"]
    assert "Hire." in pages["mocks/mock-movies.html"].decode()


@pytest.mark.parametrize("path", ["mistakes/no-gate.html", "mocks/mock-movies.html", "interview/companies.html"])
def test_what_a_page_of_the_interview_part_cites_is_listed_on_it(pages, path):
    assert "sources" in page(pages, path).attributes("id")
    title = "A guide" if "companies" in path else "On faults"
    assert title in page(pages, path).texts("a", rel="noopener noreferrer external")


def test_a_fact_of_a_company_has_its_source_and_leads_to_a_drawing(pages):
    companies = page(pages, "interview/companies.html")
    assert "https://example.org/guide" in companies.attributes("href")
    assert any("movie-recommender.html#view=serving" in link for link in companies.attributes("href"))
    assert "no source here" in companies.texts("td")


def test_the_framework_has_a_checklist_a_phase_and_leads_to_systems_in_its_order(pages):
    clear = page(pages, "interview/clear.html")
    assert len([1 for attributes, _ in clear.all("input") if attributes.get("type") == "checkbox"]) >= 10
    assert any(link.endswith("movie-recommender.html#order=clear") for link in clear.attributes("href"))
    assert "../static/clear.js" in page(pages, "systems/movie-recommender.html").attributes("src")
