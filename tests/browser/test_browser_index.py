import pytest


def cards(page):
    return page.locator(".card:visible h3").all_inner_texts()


@pytest.mark.usefixtures("libraries")
def test_slash_focuses_the_search_and_typing_errors_are_forgiven(visit):
    page = visit()
    page.keyboard.press("/")
    page.keyboard.type("reddis")
    page.get_by_role("link", name="Redis").wait_for()
    assert cards(page) == ["Movie recommender"]
    assert page.locator("[data-status]").inner_text() == "1 of 3 systems"
    assert page.url.endswith("#q=reddis")


@pytest.mark.usefixtures("libraries")
def test_the_search_finds_drawings_components_and_sources(visit):
    page = visit("index.html#q=film")
    assert page.locator(".hits em").all_inner_texts() == ["source", "drawing"]


def test_without_the_library_the_search_still_finds(visit, site):
    page = visit("compare.html")
    page.route("**/minisearch*", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.goto(f"{site.as_uri()}/index.html#q=spam")
    assert cards(page) == ["Spam filter"]


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
    assert page.locator("[data-status]").inner_text() == "No system fits."


def test_a_tag_on_a_system_leads_to_its_kin(visit):
    page = visit("systems/spam-filter.html")
    page.get_by_role("link", name="streaming features").click()
    page.get_by_text("2 of 3 systems").wait_for()
    assert cards(page) == ["Movie recommender", "Spam filter"]
