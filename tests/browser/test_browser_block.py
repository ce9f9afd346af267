"""The page of a building block in a browser: whole without scripts, its calculators live, its checklist kept."""

import pytest
from page_checks import assert_axe_finds_nothing, assert_html_is_valid
from tiny_block import with_block

PAGE = "blocks/queues.html"


@pytest.fixture(scope="module")
def base(site_of):
    return site_of(with_block)


@pytest.fixture
def open_block(visit, base):
    return lambda path=PAGE, **context: visit(path, base=base.as_uri(), **context)


def test_it_is_complete_without_scripts(open_block):
    page = open_block(java_script_enabled=False)
    assert page.locator(".terms dt:visible").count() == 2
    assert page.locator(".calculator:visible").count() == 3
    assert page.locator(".answer dd").first.inner_text() == "450"
    box = page.locator(".checklist input").first
    box.check()
    assert box.is_checked()
    assert page.locator(".chart svg:visible").count() == 1
    assert page.locator(".js-only:visible").count() == 0


def test_a_changed_input_moves_every_calculator_that_has_it(open_block):
    page = open_block()
    fields = page.get_by_label("The rate", exact=True)
    assert fields.count() == 3  # one in each calculator that has it, and the slider
    fields.nth(1).fill("1800")
    assert page.locator(".answer dd .figure").all_inner_texts() == ["900", "6.8"]
    assert fields.nth(2).input_value() == "1,800"
    assert page.url.endswith("#rate=1,800")
    assert "What waits is 900." in page.locator(".terms").inner_text()
    page.reload()
    assert page.locator(".answer dd .figure").all_inner_texts() == ["900", "6.8"]
    page.locator(".calculator").nth(1).get_by_role("button", name="Reset").click()
    assert page.locator(".answer dd .figure").all_inner_texts() == ["450", "6.11"]


def test_an_input_that_leaves_no_value_is_refused(open_block):
    page = open_block()
    field = page.locator(".calculator").nth(1).get_by_label("The time")
    field.fill("0")  # the logarithm of nothing
    assert field.get_attribute("aria-invalid") == "true"
    assert page.get_by_text("With this, “The root” has no value.").is_visible()


def test_ticks_are_kept_and_can_be_cleared(open_block):
    page = open_block()
    page.locator(".checklist input").first.check()
    assert page.locator("[data-ticked]").inner_text() == "1 of 2 hold"
    page.reload()
    assert page.locator(".checklist input").first.is_checked()
    page.get_by_role("button", name="Clear").click()
    assert page.locator("[data-ticked]").inner_text() == "0 of 2 hold"
    page.reload()
    assert not page.locator(".checklist input").first.is_checked()


def test_a_box_of_a_system_leads_to_the_block(open_block):
    page = open_block("systems/movie-recommender.html#view=serving&node=online/ranker")
    page.locator("[data-panel]:visible").get_by_role("link", name="Queues").first.click()
    assert page.locator("h1").inner_text() == "Queues & <b>lines</b>"


def test_used_by_leads_to_the_box_of_a_system(open_block):
    page = open_block()
    page.get_by_role("link", name="Movie recommender, Serving: Ranker").last.click()
    assert page.locator("[data-panel]:visible h4").inner_text() == "Ranker"


def test_the_search_of_the_index_shows_the_card(open_block):
    page = open_block("index.html#q=little%27s%20law")
    page.locator("[data-card=queues]:visible").wait_for()
    assert page.locator("[data-found]:visible").inner_text().startswith("Little's law")


def test_nothing_is_wider_than_a_narrow_screen(open_block):
    page = open_block(viewport={"width": 360, "height": 740}, has_touch=True)
    page.evaluate("document.querySelectorAll('details').forEach(fold => (fold.open = true))")
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_paper_gets_the_figures_without_the_fields(open_block):
    page = open_block()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator(".calculator input:visible").count() == 0
    assert page.locator(".calculator .figure:visible").first.inner_text() == "900"
    assert page.locator(".checklist input:visible").count() == 2
    assert page.locator(".question > p:visible").count() == 6


def test_axe_finds_nothing(open_block, node_modules):
    page = open_block(bypass_csp=True)
    page.evaluate("document.querySelectorAll('details').forEach(fold => (fold.open = true))")
    assert_axe_finds_nothing(page, node_modules)


def test_the_html_checker_finds_nothing(base, node_modules):
    assert_html_is_valid(node_modules, [base / PAGE, base / "index.html"])
