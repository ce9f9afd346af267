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
        "../systems/spam-filter.html#view=serving&node=scorer"
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


SCALE = (
    "document.querySelector('.canvas').getBoundingClientRect().width / document.querySelector('.canvas').offsetWidth"
)


def scale(page):
    return page.evaluate(SCALE)


def drawn(page):
    """Where the drawing and the stage stand in the window."""
    return page.evaluate(
        """() => {
          const view = document.querySelector(".view:not([hidden])");
          const parts = [...view.querySelectorAll(".node, .cluster, .edge")];
          const boxes = parts.map((part) => part.getBoundingClientRect());
          const side = (name, choose) => choose(...boxes.map((box) => box[name]));
          const {left, top, right, bottom} = view.querySelector(".stage").getBoundingClientRect();
          return {
            drawing: {
              left: side("left", Math.min),
              top: side("top", Math.min),
              right: side("right", Math.max),
              bottom: side("bottom", Math.max),
            },
            stage: {left, top, right, bottom},
          };
        }"""
    )


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1280, 720), (390, 844)])
@pytest.mark.parametrize("path", [MOVIES, "systems/spam-filter.html", "systems/plain-script.html"])
def test_the_whole_first_drawing_is_in_sight_at_once(visit, path, width, height):
    page = visit(path, viewport={"width": width, "height": height})
    where = drawn(page)
    assert where["drawing"]["top"] >= where["stage"]["top"] > 0
    assert where["drawing"]["bottom"] <= where["stage"]["bottom"] + 1 <= height
    assert where["drawing"]["left"] >= 0
    assert where["drawing"]["right"] <= width


def test_zoom_takes_the_wheel_with_control_only(visit):
    page = visit(MOVIES)
    box(page, "viewers").hover()
    page.mouse.wheel(0, 200)
    until(page, "scrollY > 0")
    assert scale(page) == pytest.approx(1, abs=0.01)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -200)
    page.keyboard.up("Control")
    until(page, f"{SCALE} > 1.1")
    page.keyboard.press("0")
    until(page, f"Math.abs({SCALE} - 1) < 0.01")
    page.keyboard.press("-")
    until(page, f"{SCALE} < 0.9")
    page.locator(".view:visible [data-zoom=fit]").click()
    until(page, f"Math.abs({SCALE} - 1) < 0.01")
    page.get_by_role("button", name="1:1").click()
    assert page.locator(".view:visible [data-scale]").inner_text() == "100\u202f%"


def pinch(page, start, end):
    """Lay two fingers on the screen at `start`, move them to `end` in steps, and lift them."""
    session = page.context.new_cdp_session(page)

    def touch(kind, points):
        fingers = [{"x": x, "y": y, "id": at} for at, (x, y) in enumerate(points)]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": fingers})

    touch("touchStart", start)
    for share in (0.25, 0.5, 0.75, 1):
        between = [(a + (c - a) * share, b + (d - b) * share) for (a, b), (c, d) in zip(start, end, strict=True)]
        touch("touchMove", between)
    touch("touchEnd", [])


PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}


def test_two_fingers_enlarge_what_lies_between_them_and_move_it(visit):
    page = visit(MOVIES, **PHONE)
    stage = page.locator(".view:visible .stage").bounding_box()
    x, y = stage["x"] + stage["width"] / 2, stage["y"] + stage["height"] / 2
    before = scale(page)
    pinch(page, [(x - 30, y), (x + 30, y)], [(x - 90, y), (x + 90, y)])
    assert scale(page) == pytest.approx(3 * before, rel=0.1)
    left = page.locator(".view:visible .canvas").bounding_box()["x"]
    pinch(page, [(x - 30, y), (x + 30, y)], [(x + 10, y), (x + 70, y)])
    assert page.locator(".view:visible .canvas").bounding_box()["x"] == pytest.approx(left + 40, abs=4)
    assert page.evaluate("window.scrollY") == 0


def test_one_finger_scrolls_the_page_and_leaves_the_drawing(visit):
    page = visit(MOVIES, **PHONE)
    before = scale(page)
    stage = page.locator(".view:visible .stage").bounding_box()
    x, y = stage["x"] + stage["width"] / 2, stage["y"] + stage["height"] / 2
    session = page.context.new_cdp_session(page)
    session.send("Input.synthesizeScrollGesture", {"x": x, "y": y, "yDistance": -200, "speed": 1600})
    assert page.evaluate("window.scrollY") > 100
    assert scale(page) == before


def test_zoom_ends_at_a_fifth_and_at_four_times_its_own_size(visit):
    page = visit(MOVIES)
    shown = page.locator(".view:visible [data-scale]")
    for _ in range(20):
        page.keyboard.press("+")
    assert shown.inner_text() == "400\u202f%"
    for _ in range(30):
        page.keyboard.press("-")
    assert shown.inner_text() == "20\u202f%"


def test_a_drawing_that_is_far_larger_than_the_stage_is_fitted_too(visit):
    page = visit(MOVIES, viewport={"width": 320, "height": 500})
    page.evaluate("document.querySelector('svg.archfolio').setAttribute('viewBox', '0 0 4000 3000')")
    page.set_viewport_size({"width": 330, "height": 500})
    page.wait_for_timeout(100)
    assert scale(page) == pytest.approx(1, abs=0.01)


def drag(page, start, by):
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(start[0] + by[0], start[1] + by[1], steps=4)
    page.mouse.up()


def test_a_drawing_is_dragged_by_a_box_or_by_blank_paper_and_a_drag_is_no_click(visit):
    page = visit(MOVIES)
    before = box(page, "viewers").bounding_box()
    drag(page, (before["x"] + 20, before["y"] + 20), (60, 40))
    after = box(page, "viewers").bounding_box()
    assert after["x"] - before["x"] == pytest.approx(60, abs=2)
    stage = page.locator(".view:visible .stage").bounding_box()
    drag(page, (stage["x"] + 8, stage["y"] + stage["height"] - 8), (40, -30))
    assert box(page, "viewers").bounding_box()["x"] - after["x"] == pytest.approx(40, abs=2)
    assert "node=" not in page.url


def test_a_quarter_of_the_drawing_stays_on_the_stage(visit):
    page = visit(MOVIES)
    stage = page.locator(".view:visible .stage").bounding_box()
    for _ in range(6):
        drag(page, (stage["x"] + 40, stage["y"] + 40), (stage["width"] - 60, stage["height"] - 60))
    where = drawn(page)
    assert (
        where["stage"]["right"] - where["drawing"]["left"]
        > (where["drawing"]["right"] - where["drawing"]["left"]) * 0.15
    )
    assert (
        where["stage"]["bottom"] - where["drawing"]["top"]
        > (where["drawing"]["bottom"] - where["drawing"]["top"]) * 0.15
    )


def test_the_panel_lies_over_the_stage_and_moves_nothing_under_the_pointer(visit):
    page = visit(MOVIES)
    for node in ("viewers", "online/ranker", "log"):
        before = box(page, node).bounding_box()
        middle = (before["x"] + before["width"] / 2, before["y"] + before["height"] / 2)
        page.mouse.move(*middle)
        page.mouse.click(*middle)
        assert box(page, node).bounding_box() == before
        under = page.evaluate(
            "([x, y]) => document.elementFromPoint(x, y).closest('.node')?.dataset.node", list(middle)
        )
        assert under == node
        page.keyboard.press("Escape")


def test_on_a_phone_the_panel_is_a_sheet_and_the_box_stays_in_sight(visit):
    page = visit(MOVIES, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    for node in ("viewers", "log"):
        box(page, node).tap()
        page.wait_for_timeout(400)
        sheet = page.locator("[data-panel]:visible").bounding_box()
        assert sheet["height"] <= 844 * 0.4 + 1
        chosen = box(page, node).bounding_box()
        assert chosen["y"] + chosen["height"] <= sheet["y"]
        page.locator("[data-panel]:visible").get_by_role("button", name="Close").click()


def test_every_step_has_its_boxes_in_sight_and_its_end_fits_the_drawing_again(visit):
    page = visit(MOVIES, viewport={"width": 390, "height": 844})
    page.get_by_role("button", name="Walk through").click()
    for _ in range(3):
        page.wait_for_timeout(350)
        bar = page.locator("[data-stepper]:visible").bounding_box()
        stage = page.locator(".view:visible .stage").bounding_box()
        for node in lit(page):
            lit_box = box(page, node).bounding_box()
            assert stage["y"] - 1 <= lit_box["y"]
            assert lit_box["y"] + lit_box["height"] <= bar["y"] + 1
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    page.wait_for_timeout(350)
    assert scale(page) == pytest.approx(1, abs=0.01)


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


def test_what_cannot_be_is_refused_with_a_sentence_and_changes_nothing(visit):
    page = visit(MOVIES)
    field = page.get_by_role("textbox", name="Daily active users")
    for text, reason in (
        ("many", "Write a number"),
        ("-5", "less than zero"),
        ("5 parsecs", "is neither a scale"),
        ("1e400", "more than a number can hold"),
    ):
        field.fill(text)
        assert field.get_attribute("aria-invalid") == "true", text
        assert reason in page.locator("[data-row=users] .reading").inner_text(), text
        assert page.locator("[data-row=peak] [data-value] .figure").inner_text() == "34.7\u202fk/s"
    page.keyboard.press("Tab")
    assert field.input_value() == "50\u202fM"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("500m", 5e8),
        ("500M", 5e8),
        ("1.5 B", 1.5e9),
        ("1,5", 1.5),
        ("0,125", 0.125),
        ("1,500", 1500),
        ("1,234,567", 1234567),
        ("1.234,5", 1234.5),
        ("50 million", 5e7),
        ("50 million users", 5e7),
        ("50 000", 5e4),
        ("2e6", 2e6),
        (".5k", 500),
        ("20 k", 2e4),
        ("3 bn", 3e9),
        ("12 users", 12),
    ],
)
def test_a_figure_is_read_as_a_person_writes_it(visit, text, value):
    page = visit(MOVIES)
    assert page.evaluate("text => readFigure(text, {unit: 'user', value: 5e7})", text) == {"value": value, "reason": ""}


def test_an_input_by_which_something_is_divided_cannot_be_nothing(visit):
    page = visit(MOVIES)
    name = page.evaluate(
        """() => {
          const [input] = estimate.inputs;
          estimate.figures.at(-1).formula = `1 / (${input.name} - ${input.name})`;
          return input.label;
        }"""
    )
    page.get_by_role("textbox", name=name).fill("7")
    assert "has no value" in page.locator(".reading.refused").inner_text()


@pytest.mark.parametrize("text", ["1000 %", "120", "-1", "1,2,3", "1.2.3", "--4", "", "NaN", "0x10"])
def test_a_share_that_cannot_be_is_refused(visit, text):
    page = visit(MOVIES)
    assert page.evaluate("text => readFigure(text, {unit: 'percent', value: 60}).reason", text)


def test_changed_inputs_stand_in_the_address_and_outlive_a_reload(visit):
    page = visit(MOVIES)
    page.get_by_role("textbox", name="Daily active users").fill("500m")
    assert page.locator("[data-row=users] .reading").inner_text().startswith("= 500\u202fM")
    assert page.url.endswith("#users=500M")
    page.locator(".view-links").get_by_text("Training").click()
    assert page.url.endswith("#view=training&users=500M")
    page.reload()
    assert page.locator("[data-row=peak] [data-value] .figure").inner_text() == "347\u202fk/s"
    page.go_back()
    assert page.locator("[data-row=peak] [data-value] .figure").inner_text() == "347\u202fk/s"


def test_an_input_in_the_address_that_cannot_be_is_left_out(visit):
    page = visit(f"{MOVIES}#users=many&view=training")
    assert page.locator(".changed").count() == 0
    assert page.locator(".view:visible h3").inner_text() == "Training"


def test_key_inputs_are_sliders_beside_the_drawing(visit):
    page = visit(MOVIES)
    page.get_by_role("button", name="What if").click()
    panel = page.locator("[data-lever-panel]:visible")
    panel.get_by_role("button", name="10").click()
    assert page.url.endswith("#users=500M")
    assert page.locator('.label[data-edge="e1"] text').first.text_content() == "347\u202fk/s"
    slider = panel.get_by_role("slider", name="Daily active users")
    assert slider.get_attribute("aria-valuetext") == "500\u202fM user"
    slider.press("ArrowRight")
    assert "users=5" in page.url
    assert slider.evaluate("it => it === document.activeElement")
    panel.get_by_role("button", name="Published").click()
    assert "#" not in page.url


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
