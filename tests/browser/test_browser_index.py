import pytest


def cards(page):
    return page.locator(".card:visible h3").all_inner_texts()


def test_slash_focuses_the_search_and_slips_are_forgiven(visit):
    page = visit()
    page.keyboard.press("/")
    page.keyboard.type("reddis")
    page.locator(".hits").get_by_role("link", name="Redis", exact=True).wait_for()
    assert cards(page) == ["Movie recommender"]
    assert page.locator("[data-status]").inner_text() == "1 of 3 systems"
    assert page.url.endswith("#q=reddis")


def test_a_card_says_where_it_was_found_and_leads_there(visit):
    page = visit("index.html#q=serving%20log")
    place = page.locator(".card:visible [data-found] a").first
    place.wait_for()
    assert place.inner_text() == "Serving log (Kafka)"
    place.click()
    assert page.locator("[data-panel]:visible h4").inner_text() == "Serving log"


def test_a_query_is_kept_on_the_way_back(visit):
    page = visit("index.html#q=spam")
    page.locator(".card:visible h3 a").click()
    page.go_back()
    page.get_by_text("of 3 systems").wait_for()
    assert page.locator("[data-query]").input_value() == "spam"


@pytest.mark.parametrize(("path", "up"), [("compare.html", ""), ("systems/spam-filter.html", "../")])
def test_the_same_search_opens_on_every_page(visit, path, up):
    page = visit(path)
    page.keyboard.press("Control+k")
    page.keyboard.type("movie recomender")
    first = page.locator(".palette [data-results] a").first
    first.wait_for()
    page.get_by_text("Movie recommender", exact=True).last.wait_for()
    assert first.get_attribute("href") == f"{up}systems/movie-recommender.html"
    page.keyboard.press("Enter")
    page.locator(".view").first.wait_for()
    assert page.locator("h1").inner_text() == "Movie recommender"


def test_the_palette_says_when_nothing_is_found(visit):
    page = visit("compare.html")
    page.keyboard.press("/")
    page.keyboard.type("zzzz")
    page.get_by_text("Nothing is called so").wait_for()
    page.keyboard.press("Escape")
    assert page.locator(".palette:visible").count() == 0


def test_systems_are_shown_as_a_list_and_the_choice_is_kept(visit):
    page = visit()
    assert page.locator(".thumbnail:visible").count() > 0
    page.get_by_role("button", name="List").click()
    page.reload()
    assert page.locator(".thumbnail:visible").count() == 0
    assert len(cards(page)) == 3


def test_filters_include_and_exclude_and_stand_in_the_address(visit):
    page = visit()
    page.get_by_text("Filter by").click()
    page.get_by_role("button", name="streaming features 2").click()
    assert cards(page) == ["Movie recommender", "Spam filter"]
    page.get_by_role("button", name="Leave out text").click()
    assert cards(page) == ["Movie recommender"]
    assert page.url.endswith("#tag=streaming%20features&not=text")
    page.get_by_role("button", name="Clear").click()
    assert len(cards(page)) == 3
    assert "#" not in page.url


def test_a_link_with_filters_opens_filtered(visit):
    page = visit("index.html#tag=classification&sort=title")
    assert cards(page) == ["Spam filter"]
    assert page.locator("[data-sort]").input_value() == "title"
    assert page.get_by_role("button", name="classification 1").get_attribute("aria-pressed") == "true"


def test_what_fits_nothing_says_so_and_offers_to_clear(visit):
    page = visit("index.html#tag=recommendation,classification")
    assert cards(page) == []
    assert page.locator("[data-status]").inner_text() == "No system fits."
    page.get_by_role("button", name="Clear").click()
    assert len(cards(page)) == 3


@pytest.mark.parametrize("hostile", ["%3Cscript%3Ealert(1)%3C/script%3E", "%25%25", "'%22%3E"])
def test_a_hostile_address_is_text(visit, hostile):
    page = visit(f"index.html#q={hostile}&tag={hostile}&sort={hostile}")
    page.get_by_text("No system fits.").wait_for()


def test_a_tag_on_a_system_leads_to_its_kin(visit):
    page = visit("systems/spam-filter.html")
    page.get_by_role("link", name="streaming features").click()
    page.get_by_text("2 of 3 systems").wait_for()
    assert cards(page) == ["Movie recommender", "Spam filter"]
