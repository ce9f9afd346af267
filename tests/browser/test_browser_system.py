import re

import pytest

MOVIES = "systems/movie-recommender.html"


def until(page, expression):
    """Wait for something to become true; the page's own policy forbids what Playwright would do for that."""
    for _ in range(60):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"never: {expression}")


def lit(page):
    return sorted(page.locator(".view:visible .node.lit").evaluate_all("boxes => boxes.map(box => box.dataset.node)"))


def box(page, node):
    return page.locator(f'.view:visible .node[data-node="{node}"]')


def test_drawings_are_chosen_by_tab_key_and_address(visit):
    page = visit(MOVIES)
    title = page.locator(".view:visible h3")
    assert title.inner_text() == "Serving"
    page.locator(".view-links").get_by_text("Training").click()
    assert title.inner_text() == "Training"
    assert page.url.endswith("#view=training")
    page.keyboard.press("1")
    assert title.inner_text() == "Serving"
    page.go_back()
    assert title.inner_text() == "Training"


def test_pointing_at_a_box_lights_its_neighbourhood(visit):
    page = visit(MOVIES)
    box(page, "viewers").hover()
    assert lit(page) == ["online/ranker", "viewers"]
    page.mouse.move(5, 5)
    assert lit(page) == []
    assert page.locator("svg.tracing").count() == 0


def test_a_box_opens_the_panel(visit):
    page = visit(MOVIES)
    box(page, "online/ranker").click()
    panel = page.locator("[data-panel]:visible")
    assert page.url.endswith("#view=serving&node=online/ranker")
    assert panel.get_by_role("heading", name="Ranker").evaluate("it => it === document.activeElement")
    words = panel.inner_text()
    for part in ("Scores 500 films at 34.7\u202fk/s", "Viewers 34.7\u202fk/s (request)", "Serving log scores (stream)"):
        assert part in words
    assert panel.get_by_role("link", name="Spam filter").get_attribute("href") == (
        "spam-filter.html#view=serving&node=scorer"
    )
    page.keyboard.press("Escape")
    assert page.locator("[data-panel]:visible").count() == 0
    assert box(page, "online/ranker").evaluate("it => it === document.activeElement")


def test_the_panel_leads_to_the_line_and_the_line_back_to_the_box(visit):
    page = visit(f"{MOVIES}#view=serving&node=online/ranker")
    page.locator("[data-panel]:visible").get_by_role("link", name="Line 19").click()
    assert page.locator("#line-19").is_visible()
    page.locator("#line-21 .draws").click()
    assert page.locator("[data-panel]:visible h4").inner_text() == "Serving log"


def test_a_line_opens_by_address(visit):
    assert visit(f"{MOVIES}#line-19").locator("#line-19").is_visible()


def test_boxes_are_walked_with_the_arrow_keys(visit):
    page = visit(MOVIES)
    box(page, "viewers").focus()
    for key in ("ArrowDown", "ArrowRight", "ArrowLeft", "Enter"):
        page.keyboard.press(key)
    assert page.url.endswith("node=online/ranker")
    assert page.locator('.view:visible .node[tabindex="0"]').count() == 1


def test_the_walkthrough_steps_by_key_and_button(visit):
    page = visit(MOVIES)
    page.get_by_role("button", name="Walk through").click()
    stepper = page.locator("[data-stepper]:visible")
    assert stepper.locator("p").inner_text() == "1 of 3 The page asks at 34.7\u202fk/s."
    assert lit(page) == ["online/ranker", "viewers"]
    assert stepper.get_by_role("button", name="Previous step").is_disabled()
    page.keyboard.press("ArrowRight")
    stepper.get_by_role("button", name="Next step").click()
    assert page.url.endswith("#view=serving&step=3")
    assert lit(page) == ["log", "online/ranker"]
    assert page.locator('.walkthrough [aria-current="step"]').inner_text() == "Scores are logged as used."
    page.keyboard.press("Escape")
    assert lit(page) == []


def test_a_step_opens_by_address(visit):
    page = visit(f"{MOVIES}#step=2")
    assert page.locator("[data-step-count]:visible").inner_text() == "2 of 3"


def test_an_address_that_names_nothing_shows_the_first_drawing(visit):
    page = visit(f'{MOVIES}#view=no&node="]&step=99')
    assert page.locator(".view:visible h3").inner_text() == "Serving"
    assert page.locator("[data-panel]:visible, [data-stepper]:visible").count() == 0


def test_hostile_names_are_texts(visit):
    page = visit("systems/plain-script.html")
    page.locator(".node").first.click()
    assert "<i>Box</i>" in page.locator("[data-panel]:visible h4").inner_text()


@pytest.mark.usefixtures("libraries")
def test_zoom_takes_the_wheel_with_control_only(visit):
    page = visit(MOVIES)
    canvas = "document.querySelector('.canvas')"
    scale = f"{canvas}.getBoundingClientRect().width / {canvas}.offsetWidth"
    box(page, "viewers").hover()
    page.mouse.wheel(0, 200)
    until(page, "scrollY > 0")
    assert page.evaluate(scale) == 1
    page.keyboard.down("Control")
    page.mouse.wheel(0, -200)
    page.keyboard.up("Control")
    until(page, f"{scale} > 1")
    page.keyboard.press("0")
    until(page, f"{scale} === 1")
    page.keyboard.press("+")
    until(page, f"{scale} > 1")
    page.locator(".view:visible [data-zoom=fit]").click()
    until(page, f"{scale} === 1")


@pytest.mark.usefixtures("libraries")
def test_a_zoomed_drawing_is_dragged_and_a_drag_is_no_click(visit):
    page = visit(MOVIES)
    page.get_by_role("button", name="Zoom in").click()
    before = box(page, "viewers").bounding_box()
    page.mouse.move(before["x"] + 20, before["y"] + 20)
    page.mouse.down()
    page.mouse.move(before["x"] + 80, before["y"] + 60, steps=4)
    page.mouse.up()
    after = box(page, "viewers").bounding_box()
    assert after["x"] - before["x"] == pytest.approx(60, abs=2)
    assert "node=" not in page.url


def test_full_screen_fills_the_window_and_comes_back(visit):
    page = visit(MOVIES)
    page.keyboard.press("f")
    button = page.get_by_role("button", name="Full screen")
    until(page, "document.querySelector('[data-full]').ariaPressed === 'true'")
    button.click()
    until(page, "document.querySelector('[data-full]').ariaPressed === 'false'")


def test_a_changed_input_moves_every_figure_that_hangs_on_it(visit):
    page = visit(MOVIES)
    field = page.get_by_role("textbox", name="Daily active users")
    assert field.input_value() == "50\u202fM"
    field.fill("100 M")
    value = "[data-row={}] [data-value] .figure"
    assert page.locator(value.format("peak")).inner_text() == "69.4\u202fk/s"
    assert page.locator(value.format("hosts")).inner_text() == "140"
    assert page.locator(value.format("store")).inner_text() == "400\u202fGB"
    assert page.locator(".headline .figure").first.inner_text() == "69.4\u202fk/s"
    assert page.locator('.label[data-edge="e1"] text').first.text_content() == "69.4\u202fk/s"
    assert "69.4\u202fk/s" in page.locator(".walkthrough li").first.inner_text()
    assert page.locator("[data-changed]").inner_text() == "4 computed figures changed"
    page.get_by_role("button", name="Reset").click()
    assert page.locator(value.format("peak")).inner_text() == "34.7\u202fk/s"
    assert page.locator('.label[data-edge="e1"] text').first.text_content() == "34.7\u202fk/s"
    assert page.locator(".changed").count() == 0


def test_what_is_no_number_is_marked(visit):
    page = visit(MOVIES)
    field = page.get_by_role("textbox", name="Daily active users")
    field.fill("many")
    assert field.get_attribute("aria-invalid") == "true"
    assert page.locator("[data-row=peak] [data-value] .figure").inner_text() == "?"


def test_embed_texts_are_tabs_with_a_copy_button(visit):
    page = visit(MOVIES, permissions=["clipboard-read", "clipboard-write"])
    page.locator(".view:visible").get_by_text("Download and embed").click()
    tabs = page.get_by_role("tablist", name="Embed in")
    tabs.get_by_role("tab", name="GitHub").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert tabs.get_by_role("tab", name="Obsidian").get_attribute("aria-selected") == "true"
    page.get_by_role("button", name="Copy").click()
    page.get_by_text("Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert re.fullmatch(r"!\[.*\|\d+\]\(images/movie-recommender/serving\.svg\)", copied), copied
