import subprocess

import pytest
from npm import with_node
from page_checks import assert_axe_finds_nothing, assert_html_is_valid

PAGES = (
    "index.html",
    "systems/movie-recommender.html",
    "systems/plain-script.html",
    "components.html",
    "components/onprem.queue.Kafka.html",
    "compare.html",
    *("study.html", "paths.html", "reference.html", "sources.html", "contents.html"),
    *("study/takeaways.html", "study/monitoring.html", "study/cheat-sheet.html"),
    "practice.html",
    "practice/movie-recommender.html",
    "404.html",
)


@pytest.mark.parametrize("path", PAGES)
def test_pages_work_from_disk_and_below_a_path(visit, served, path):
    for page in (visit(path), visit(path, base=served)):
        assert page.locator("h1").is_visible()
        broken = "[...document.images].filter(image => image.complete && !image.naturalWidth).map(image => image.src)"
        assert page.evaluate(broken) == []


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_wider_than_a_narrow_screen(visit, path):
    page = visit(path, viewport={"width": 360, "height": 740}, has_touch=True)
    page.evaluate("document.querySelectorAll('details').forEach(fold => (fold.open = true))")
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_pages_are_complete_without_scripts(visit):
    page = visit("index.html", java_script_enabled=False)
    assert page.locator(".card:visible").count() == 3
    page.goto(page.locator(".card a").first.evaluate("link => link.href"))
    assert page.locator(".view:visible").count() == 2
    assert page.locator(".walkthrough li:visible").count() == 3
    assert page.locator(".estimate [data-row]:visible").count() == 9
    assert page.locator(".js-only:visible").count() == 0
    page.goto(page.url.replace("systems/movie-recommender", "compare"))
    assert page.locator("tbody tr:visible").count() == 3


def test_the_theme_is_kept_and_drives_the_drawings(visit):
    page = visit("systems/movie-recommender.html", color_scheme="light")
    card = "getComputedStyle(document.querySelector('.node rect')).fill"
    assert page.evaluate(card) == "rgb(255, 255, 255)"
    switch = page.get_by_role("button", name="Theme")
    switch.click()
    switch.click()
    assert switch.text_content() == "Theme: dark"
    assert page.evaluate(card) == "rgb(27, 34, 44)"
    page.reload()
    assert page.evaluate(card) == "rgb(27, 34, 44)"
    assert page.locator("html").get_attribute("data-theme") == "dark"


def test_a_reader_of_dark_pages_gets_dark_drawings(visit):
    page = visit("systems/movie-recommender.html", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.querySelector('.node rect')).fill") == "rgb(27, 34, 44)"


def test_the_keys_are_told_and_can_be_turned_off(visit):
    page = visit("systems/movie-recommender.html")
    page.keyboard.press("?")
    page.get_by_role("dialog").get_by_text("Single-key shortcuts").click()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("2")
    assert page.locator(".view:visible h3").inner_text() == "Serving"
    page.reload()
    page.get_by_role("button", name="Keyboard help").click()
    assert not page.get_by_role("checkbox").is_checked()


def test_a_printed_system_is_a_handout(visit):
    page = visit("systems/movie-recommender.html#view=training", color_scheme="dark")
    page.emulate_media(media="print")
    assert page.locator(".view:visible").count() == 2
    assert page.locator(".walkthrough li:visible").count() == 3
    assert page.locator(".bar:visible, .toolbar:visible, .source:visible, input:visible").count() == 0
    assert page.evaluate("getComputedStyle(document.querySelector('.node rect')).fill") == "rgb(255, 255, 255)"


def test_nothing_moves_for_a_reader_who_wants_no_motion(visit):
    page = visit("systems/movie-recommender.html", reduced_motion="reduce")
    assert page.evaluate("getComputedStyle(document.querySelector('.node')).transitionDuration") == "0s"


def test_two_systems_are_compared(visit):
    page = visit("compare.html")
    assert page.locator("[data-compared] h3").first.inner_text() == "Movie recommender"
    page.get_by_label("Right").select_option("spam-filter")
    sets = page.locator(".sets section").all_inner_texts()
    assert [text.split("\n")[0] for text in sets] == [
        "Only Movie recommender (1)",
        "In both (3)",
        "Only Spam filter (0)",
    ]
    assert page.url.endswith("#a=movie-recommender&b=spam-filter&view=serving")
    assert page.locator(".pair img").count() == 2
    rows = page.locator(".aligned tbody th").all_inner_texts()
    assert rows[:3] == ["Promise", "Figures", "Task"]
    assert page.locator(".pair section").first.locator(".mark").count() > 0


def test_both_drawings_stand_at_one_scale(visit):
    page = visit("compare.html#a=movie-recommender&b=spam-filter&view=serving")
    scales = page.locator(".pair img").evaluate_all(
        "images => images.map(image => image.getBoundingClientRect().width / image.getAttribute('width'))"
    )
    assert scales[0] == pytest.approx(scales[1], rel=0.01)


def test_a_drawing_that_one_system_lacks_is_said_and_the_nearest_is_shown(visit):
    page = visit("compare.html#a=movie-recommender&b=spam-filter&view=training")
    assert page.locator(".pair section").nth(1).locator("p").inner_text().startswith("No drawing of this name")
    assert page.locator(".pair img").count() == 2


def test_a_comparison_opens_by_address(visit):
    page = visit("compare.html#a=spam-filter&b=movie-recommender&view=serving")
    assert page.locator("[data-compared] h3").first.inner_text() == "Spam filter"


def test_a_comparison_loads_only_the_systems_it_shows(visit):
    page = visit("compare.html#a=spam-filter&b=movie-recommender")
    page.locator(".pair img").nth(1).wait_for()
    loaded = "[...document.scripts].map(script => script.src).filter(address => address.includes('/compare/'))"
    assert [address.rpartition("/")[2] for address in page.evaluate(loaded)] == [
        "spam-filter.js",
        "movie-recommender.js",
    ]
    page.get_by_label("Right").select_option("plain-script")
    page.locator(".pair h3", has_text="Plain").wait_for()
    page.get_by_label("Right").select_option("movie-recommender")
    page.locator(".pair h3", has_text="Movie").wait_for()
    assert len(page.evaluate(loaded)) == 3  # what was loaded is kept


def test_a_comparison_that_cannot_be_loaded_says_so(visit, site_of):
    site = site_of(lambda gallery: gallery)
    (site / "compare" / "spam-filter.js").unlink()
    page = visit("compare.html#a=spam-filter", base=site.as_uri(), expected=["ERR_FILE_NOT_FOUND"])
    page.get_by_text("could not be loaded").wait_for()
    page.get_by_label("Left").select_option("movie-recommender")
    page.get_by_label("Right").select_option("plain-script")
    page.locator(".pair img").nth(1).wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_comparison_loads_from_a_server_too(visit, served, scheme):
    page = visit("compare.html", base=served, color_scheme=scheme)
    page.locator(".pair img").nth(1).wait_for()


def test_a_system_leads_to_its_comparison(visit):
    page = visit("systems/spam-filter.html")
    page.get_by_role("link", name="Compare with another").click()
    page.locator("[data-compared] h3").first.wait_for()
    assert page.locator("[data-compared] h3").all_inner_texts()[:2] == ["Spam filter", "Movie recommender"]


def test_the_list_of_components_narrows(visit):
    page = visit("components.html")
    page.get_by_label("Narrow the list").fill("rank")
    assert page.locator(".entries li:visible a").all_inner_texts() == ["Ranker"]
    page.get_by_label("Narrow the list").fill("")
    page.get_by_label("Group").select_option("queue")
    assert page.locator(".entries li:visible a").all_inner_texts() == ["Kafka"]
    assert page.url.endswith("#group=queue")


@pytest.mark.parametrize("path", ["systems/movie-recomender.html", "nothing/movie-recommendr", "movie-recommender"])
def test_a_wrong_address_names_the_page_that_was_meant(visit, served, path):
    page = visit(path, base=served, expected=["404"])
    page.get_by_text("Perhaps").get_by_role("link", name="Movie recommender").wait_for()
    if path.startswith("systems"):
        page.get_by_role("link", name="Movie recommender").click()
        assert page.locator("h1").inner_text() == "Movie recommender"


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(visit, node_modules, path):
    page = visit(path, bypass_csp=True)
    if path == PAGES[1]:
        page.evaluate("document.querySelectorAll('details').forEach(fold => (fold.open = true))")
        page.evaluate("writeState({ view: 'serving', node: 'online/ranker' })")
    assert_axe_finds_nothing(page, node_modules)


def test_the_html_checker_finds_nothing(site, node_modules):
    assert_html_is_valid(node_modules, sorted(site.rglob("*.html")))


def test_the_types_of_the_scripts_check(node_modules):
    program = node_modules / ".bin" / "tsc"
    project = node_modules.parent / "gallery" / "jsconfig.json"
    checked = subprocess.run(
        [program, "--project", project], capture_output=True, text=True, check=False, env=with_node()
    )
    assert checked.returncode == 0, checked.stdout
