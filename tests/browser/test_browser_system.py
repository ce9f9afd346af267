"""The page of a system: its drawings, boxes, walkthrough, keys and addresses."""

import re

import msgspec
import pytest
from browsing import MOVIES, box, lit, until


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
        "../systems/spam-filter.html#view=serving&node=scorer"
    )
    page.keyboard.press("Escape")
    assert page.locator("[data-panel]:visible").count() == 0
    assert box(page, "online/ranker").evaluate("it => it === document.activeElement")


def test_the_panel_leads_to_the_line_and_the_line_back_to_the_box(visit):
    page = visit(f"{MOVIES}#view=serving&node=online/ranker")
    page.locator("[data-panel]:visible").get_by_role("link", name="Line 19").click()
    assert page.locator("#L19").is_visible()
    page.locator("#L21 ~ .draws").first.click()
    assert page.locator("[data-panel]:visible h4").inner_text() == "Serving log"


def test_a_line_opens_by_address(visit):
    assert visit(f"{MOVIES}#L19").locator("#L19").is_visible()


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


def test_space_plays_the_walkthrough_and_pauses_it(visit):
    page = visit(f"{MOVIES}#view=serving&step=1")
    page.keyboard.press(" ")
    play = page.locator('[data-stepper]:visible [data-step="play"]')
    assert play.inner_text() == "Pause"
    page.keyboard.press(" ")
    assert play.inner_text() == "Play"
    assert page.evaluate("scrollY") == 0


def test_arrow_keys_step_even_where_a_box_has_the_focus(visit):
    page = visit(MOVIES)
    box(page, "online/ranker").click()
    page.keyboard.press("Escape")
    page.keyboard.press("w")
    page.keyboard.press("ArrowRight")
    assert page.locator("[data-step-count]:visible").inner_text() == "2 of 3"


def test_arrows_are_gone_through_and_followed_by_keys(visit):
    page = visit(MOVIES)
    box(page, "viewers").focus()
    page.keyboard.press("]")
    label = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert label == "request 34.7\u202fk/s, from Viewers to Ranker"
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.dataset.node") == "online/ranker"
    reached = set()
    for _ in range(8):
        page.keyboard.press("]")
        reached.add(page.evaluate("document.activeElement.dataset.edge"))
    assert len(reached) > 1


def test_a_link_to_a_section_leaves_the_drawing_as_it_was(visit):
    page = visit(f"{MOVIES}#view=training")
    page.locator(".outline a", has_text="Decisions").click()
    assert page.locator(".view:visible h3").inner_text() == "Training"
    assert page.url.endswith("#view=training&at=decisions")
    page.reload()
    assert page.locator(".view:visible h3").inner_text() == "Training"
    until(page, "scrollY > 200")


@pytest.mark.parametrize("fragment", ["%", "%E0%A4%A", "nothing", "a=%", "view=%"])
def test_an_address_that_is_no_text_does_no_harm(visit, fragment):
    page = visit(f"{MOVIES}#{fragment}")
    assert page.locator(".view:visible h3").inner_text() == "Serving"


def test_a_number_key_chooses_a_drawing_on_the_full_screen_too(visit):
    page = visit(MOVIES)
    page.keyboard.press("f")
    until(page, "document.querySelector('[data-full]').ariaPressed === 'true'")
    page.keyboard.press("2")
    assert page.locator(".view:visible h3").inner_text() == "Training"
    assert page.evaluate("Boolean(document.fullscreenElement)")


def test_the_picture_is_copied_at_twice_its_size(visit):
    page = visit(MOVIES, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy picture").click()
    page.get_by_text("Copied", exact=True).wait_for()
    size = page.evaluate(
        """async () => {
          const [item] = await navigator.clipboard.read();
          const image = await createImageBitmap(await item.getType("image/png"));
          const {width, height} = document.querySelector("svg.archfolio").viewBox.baseVal;
          return [image.width / width, image.height / height];
        }"""
    )
    assert size == pytest.approx([2, 2], abs=0.01)


def test_a_picture_is_saved_from_disk_too(visit):
    page = visit(MOVIES)
    page.locator(".view:visible").get_by_text("Download and embed").click()
    with page.expect_download() as download:
        page.locator(".view:visible .downloads a", has_text="SVG").first.click()
    assert download.value.suggested_filename == "serving.svg"
    assert "systems/movie-recommender" in page.url


def test_full_screen_fills_the_window_and_comes_back(visit):
    page = visit(MOVIES)
    page.keyboard.press("f")
    button = page.get_by_role("button", name="Full screen")
    until(page, "document.querySelector('[data-full]').ariaPressed === 'true'")
    button.click()
    until(page, "document.querySelector('[data-full]').ariaPressed === 'false'")


def test_embed_texts_are_tabs_with_a_copy_button(visit):
    page = visit(MOVIES, permissions=["clipboard-read", "clipboard-write"])
    page.locator(".view:visible").get_by_text("Download and embed").click()
    tabs = page.get_by_role("tablist", name="Embed in")
    tabs.get_by_role("tab", name="GitHub").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert tabs.get_by_role("tab", name="Obsidian").get_attribute("aria-selected") == "true"
    page.get_by_role("button", name="Copy", exact=True).click()
    page.get_by_text("Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert re.fullmatch(r"!\[.*\|\d+\]\(images/movie-recommender/serving\.svg\)", copied), copied


def test_the_line_below_the_views_goes_on_below_the_tools(visit):
    page = visit(MOVIES, viewport={"width": 1440, "height": 900})
    bottoms = page.evaluate(
        "[...document.querySelectorAll('.view-links, .toolbar')].map((part) => part.getBoundingClientRect())"
        ".filter(({ height }) => height).map(({ bottom }) => bottom)"
    )
    assert len(bottoms) >= 2
    assert max(bottoms) - min(bottoms) < 0.5


def crowded(gallery):
    """Give drawings longer names."""
    replace = msgspec.structs.replace

    def longer(view):
        return replace(view, title=f"{view.title} of what nobody has ever watched before tonight")

    return replace(gallery, systems=[replace(one, views=list(map(longer, one.views))) for one in gallery.systems])


@pytest.mark.parametrize("width", [1000, 1280, 1440])
def test_tabs_that_have_no_room_beside_the_buttons_stand_above_them(visit, site_of, width):
    page = visit(MOVIES, base=site_of(crowded).as_uri(), viewport={"width": width, "height": 900})
    row, *tabs = (tab.bounding_box() for tab in page.locator(".view-links, .view-links a").all())
    tools, viewer = (page.locator(f"{part}:visible").bounding_box() for part in (".toolbar", ".viewer"))
    assert row["y"] + row["height"] <= tools["y"] < tools["y"] + tools["height"] <= viewer["y"]
    for tab in tabs:
        assert tab["x"] >= row["x"]
        assert tab["x"] + tab["width"] <= row["x"] + row["width"]
