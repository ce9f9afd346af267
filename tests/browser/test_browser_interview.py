"""The interview part in a browser: by pointer, by keys, on a phone, on paper, from disk."""

import pytest
from interview_part import INTERVIEW_PAGES, with_interview
from page_checks import assert_axe_finds_nothing, assert_html_is_valid


@pytest.fixture(scope="module")
def interview(site_of):
    return site_of(with_interview)


@pytest.fixture
def open_page(visit, interview):
    return lambda path, **context: visit(path, base=interview.as_uri(), **context)


@pytest.mark.parametrize("path", INTERVIEW_PAGES)
def test_pages_work_from_disk_and_say_nothing_on_the_console(open_page, path):
    page = open_page(path)
    assert page.locator("h1").is_visible()
    assert page.locator("nav[aria-label=Main] a", has_text="Interview").get_attribute("aria-current") in {
        "page",
        "true",
    }


@pytest.mark.parametrize("path", INTERVIEW_PAGES)
def test_nothing_is_wider_than_a_narrow_screen(open_page, path):
    page = open_page(path, viewport={"width": 360, "height": 740}, has_touch=True)
    page.evaluate("document.querySelectorAll('details').forEach(fold => (fold.open = true))")
    assert page.evaluate("document.documentElement.scrollWidth") == 360


@pytest.mark.parametrize("path", INTERVIEW_PAGES)
def test_axe_finds_nothing(open_page, node_modules, path):
    page = open_page(path, bypass_csp=True)
    page.evaluate("document.querySelectorAll('details').forEach(fold => (fold.open = true))")
    assert_axe_finds_nothing(page, node_modules)


def test_the_html_checker_finds_nothing(interview, node_modules):
    assert_html_is_valid(node_modules, [interview / path for path in INTERVIEW_PAGES])


def test_a_wrong_choice_is_told_hot_or_cold_and_the_right_one_opens_the_answer(open_page):
    page = open_page("mistakes/no-gate.html")
    verdict, answer = page.locator("[data-verdict]"), page.locator("[data-answer]")
    assert verdict.inner_text() == "Nothing chosen yet."
    page.locator("[data-fault] > .fault-drawing .node[data-node=log]").click()
    assert "Warm" in verdict.inner_text()
    assert answer.get_attribute("open") is None
    page.locator("[data-fault] > .fault-drawing .label[data-edge=e1]").click()
    assert "Hot. What is missing?" in verdict.inner_text()
    page.locator("[data-fault] > .fault-drawing .node[data-node='online/ranker']").click()
    assert verdict.inner_text().endswith("Found. After 3 tries.")
    assert answer.get_attribute("open") is not None
    assert page.get_by_text("A gate does.").is_visible()


def test_the_fault_is_found_by_keys_alone_and_a_screen_reader_is_told(open_page):
    page = open_page("mistakes/no-gate.html")
    part = page.locator("[data-fault] > .fault-drawing .node[data-node='online/ranker']")
    assert part.get_attribute("aria-label") == "Ranker GPU"
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset?.node") == "online/ranker":
            break
    page.keyboard.press("Enter")
    assert "Found. At the first try." in page.get_by_role("status").first.inner_text()


def test_an_arrow_can_be_hit_beside_its_line(open_page):
    page = open_page("mistakes/no-gate.html")
    arrow = page.locator("[data-fault] > .fault-drawing .edge[data-edge=e3]")
    arrow.scroll_into_view_if_needed()
    box = arrow.bounding_box()
    hit = page.evaluate(
        "([x, y]) => document.elementFromPoint(x, y)?.closest('.edge')?.dataset.edge",
        [box["x"] + box["width"] / 2 + 5, box["y"] + box["height"] * 3 / 4],
    )
    assert hit == "e3"


def test_a_mistake_is_whole_without_scripts(open_page):
    page = open_page("mistakes/no-gate.html", java_script_enabled=False)
    assert page.locator(".js-only:visible").count() == 0
    page.locator("[data-answer] summary").first.click()
    assert page.get_by_text("A gate does.").is_visible()
    assert page.locator(".board:visible").count() == 2


def test_the_answer_is_printed(open_page):
    page = open_page("mistakes/no-gate.html")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.get_by_text("A gate does.").is_visible()


HIDDEN = "[...document.querySelectorAll('.mock .node.unborn')].map(node => node.dataset.node)"


def test_the_board_of_a_mock_interview_grows_by_keys_with_what_is_said(open_page):
    page = open_page("mocks/mock-movies.html")
    assert page.evaluate(HIDDEN) == []
    page.keyboard.press("ArrowRight")
    assert page.evaluate(HIDDEN) == ["viewers", "online/ranker", "online/cache", "log"]
    page.keyboard.press("ArrowRight")
    assert page.evaluate(HIDDEN) == ["online/cache", "log"]
    assert page.locator(".turns [aria-current=step] .says").inner_text() == "Step 1."
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(HIDDEN) == ["online/cache", "log"]
    page.get_by_role("button", name="Whole board").click()
    assert page.evaluate(HIDDEN) == []


def test_a_turn_of_a_mock_interview_can_be_linked_to(open_page):
    page = open_page("mocks/mock-movies.html#turn-2")
    assert page.locator(".turns [aria-current=step]").get_attribute("id") == "turn-2"


def test_a_mock_interview_is_a_transcript_and_a_whole_board_without_scripts_and_on_paper(open_page):
    page = open_page("mocks/mock-movies.html", java_script_enabled=False)
    assert page.locator(".turns li:visible").count() == 4
    assert page.locator(".mock .node:visible").count() == 4
    page = open_page("mocks/mock-movies.html")
    page.keyboard.press("ArrowRight")
    page.emulate_media(media="print")
    assert page.locator(".mock .node:visible").count() == 4
    assert page.locator(".mock button:visible").count() == 0


def headings(page):
    return page.evaluate(
        "[...document.querySelectorAll('article > section h2')].map(one => one.firstChild.textContent.trim())"
    )


def test_a_system_is_read_in_the_order_of_an_interview_and_back(open_page):
    page = open_page("systems/movie-recommender.html")
    usual = headings(page)
    page.get_by_role("link", name="Read in the order of an interview").click()
    ordered = headings(page)
    assert sorted(ordered) == sorted(usual)
    places = [ordered.index(title) for title in ("Problem", "Requirements", "Scale estimate", "Drawings", "Decisions")]
    assert places == sorted(places)
    marks = page.locator(".phase-mark").all_inner_texts()
    assert [mark.split()[0] for mark in marks][:5] == ["C", "L", "E", "A", "R"]
    page.get_by_role("link", name="Read in the usual order").click()
    assert headings(page) == usual
    assert page.locator(".phase-mark").count() == 0


def test_the_order_of_an_interview_can_be_linked_to(open_page):
    page = open_page("systems/movie-recommender.html#order=clear")
    assert page.locator(".phase-mark").count() >= 5
