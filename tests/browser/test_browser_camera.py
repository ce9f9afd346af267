"""How a drawing is fitted, enlarged, dragged and pinched, and what stands over it."""

import pytest
from browsing import MOVIES, box, lit, until

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


def test_on_a_phone_the_frame_is_as_high_as_a_wide_drawing_until_one_walks_through_it(visit):
    page = visit(f"{MOVIES}#view=serving", **PHONE)
    heights = (
        "['.stage', 'svg.archfolio'].map((part) => document.querySelector(`.view:not([hidden]) ${part}`).clientHeight)"
    )
    stage, drawing = page.evaluate(heights)
    assert drawing > 200
    assert stage - drawing < 24
    page.locator(".view:visible [data-walk]").click()
    assert page.evaluate(heights)[0] > stage + 100  # for what the sentence stands over
    page.locator(".view:visible [data-step=end]").click()
    assert page.evaluate(heights)[0] == stage


def widen(page, width, height):
    """Give the drawing another shape."""
    page.evaluate(
        """([width, height]) => {
          const svg = document.querySelector(".view:not([hidden]) svg.archfolio");
          const said = {viewBox: `0 0 ${width} ${height}`, width, height};
          for (const [name, value] of Object.entries(said)) svg.setAttribute(name, value);
        }""",
        [width, height],
    )


def test_on_a_phone_the_frame_of_a_drawing_that_is_wider_still_is_lower(visit):
    page = visit(f"{MOVIES}#view=serving", **PHONE)
    widen(page, 1440, 480)
    frame = page.locator(".view:visible .viewer").bounding_box()
    drawing = page.locator(".view:visible svg.archfolio").bounding_box()
    assert drawing["height"] == pytest.approx(drawing["width"] / 3, abs=1)
    assert drawing["height"] < frame["height"] < 180


def test_a_walkthrough_that_goes_nearer_leaves_nothing_blank_that_the_drawing_can_fill(visit):
    page = visit(f"{MOVIES}#view=serving", viewport={"width": 390, "height": 844})
    widen(page, 1440, 600)
    page.locator(".view:visible [data-walk]").click()
    page.wait_for_timeout(400)
    stage = page.locator(".view:visible .stage").bounding_box()
    drawing = page.locator(".view:visible svg.archfolio").bounding_box()
    bar = page.locator("[data-stepper]:visible").bounding_box()
    assert drawing["height"] > bar["y"] - stage["y"]
    assert drawing["y"] <= stage["y"] + 12 + 1
    assert drawing["y"] + drawing["height"] >= bar["y"] - 12 - 1
